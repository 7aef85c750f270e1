//! Users.

use super::lookup::USER_NAMES;
use super::paging::Wanted;
use super::{lookup, quota, view};
use crate::clock::iso8601;
use crate::dispatch::Authorized;
use crate::logon;
use crate::node::Cx;
use ramgate_api::ram::{
    CreateUser, CreateUserResponse, DeleteUser, GetUser, GetUserResponse, ListUsers, ListUsersResponse, UpdateUser,
    UpdateUserResponse, UserList, errors,
};
use ramgate_api::{ApiError, Empty};
use ramgate_model::{AccessKey, Attachment, LogonState, PrincipalRef, Tags, User};

pub(super) async fn create(cx: Cx, call: Authorized<CreateUser>) -> Result<CreateUserResponse, ApiError> {
    let request = call.request;
    let user = User {
        id: cx.ids().user(),
        display_name: request.display_name.unwrap_or_else(|| request.user_name.clone()),
        name: request.user_name,
        mobile_phone: request.mobile_phone.unwrap_or_default(),
        email: request.email.unwrap_or_default(),
        comments: request.comments.unwrap_or_default(),
        tags: Tags::new(),
        created_at: cx.now(),
        updated_at: cx.now(),
    };
    let lower = user.name.to_ascii_lowercase();
    cx.transact(|tx| {
        tx.claim::<User>(USER_NAMES, &lower, user.id.as_str(), || errors::USER_EXISTS.error())?;
        if tx.account().table::<User>().len() >= quota::USERS {
            return Err(errors::USER_LIMIT.error());
        }
        tx.unchanged::<User>()?;
        tx.create(&user)
    })
    .await?;
    Ok(CreateUserResponse { user: view::user(&user) })
}

pub(super) async fn get(cx: Cx, call: Authorized<GetUser>) -> Result<GetUserResponse, ApiError> {
    let account = cx.account();
    let user = lookup::user(&account, &call.request.user_name)?;
    let mut shown = view::user(user);
    shown.last_login_date = logon::state_of(&account, user).last_logon_at.map(iso8601);
    Ok(GetUserResponse { user: shown })
}

pub(super) async fn update(cx: Cx, call: Authorized<UpdateUser>) -> Result<UpdateUserResponse, ApiError> {
    let request = call.request;
    let changed = cx.transact(|tx| {
        let row = lookup::user(tx.account(), &request.user_name)?.clone();
        let mut user = row.value.clone();
        if let Some(new) = &request.new_user_name {
            let (before, after) = (user.name.to_ascii_lowercase(), new.to_ascii_lowercase());
            if before != after {
                tx.claim::<User>(USER_NAMES, &after, user.id.as_str(), || errors::USER_EXISTS.error())?;
                tx.release::<User>(USER_NAMES, &before)?;
            }
            user.name.clone_from(new);
        }
        let set = |field: &mut String, new: &Option<String>| {
            if let Some(new) = new {
                field.clone_from(new);
            }
        };
        set(&mut user.display_name, &request.new_display_name);
        set(&mut user.mobile_phone, &request.new_mobile_phone);
        set(&mut user.email, &request.new_email);
        set(&mut user.comments, &request.new_comments);
        user.updated_at = cx.now();
        tx.update(&row, &user)?;
        Ok(user)
    });
    Ok(UpdateUserResponse { user: view::user(&changed.await?) })
}

pub(super) async fn delete(cx: Cx, call: Authorized<DeleteUser>) -> Result<Empty, ApiError> {
    cx.transact(|tx| {
        let account = tx.account().clone();
        let row = lookup::user(&account, &call.request.user_name)?;
        let principal = PrincipalRef::User { user_id: row.id.clone() }.key();
        if account.table::<AccessKey>().indexed(&principal).next().is_some() {
            return Err(errors::USER_HAS_ACCESS_KEY.error());
        }
        logon::delete_conflict(tx, row)?;
        if account.table::<Attachment>().indexed(&principal).next().is_some() {
            return Err(errors::USER_HAS_POLICY.error());
        }
        tx.unchanged::<AccessKey>()?;
        tx.unchanged_below::<Attachment>(&principal)?;
        tx.release::<User>(USER_NAMES, &row.name.to_ascii_lowercase())?;
        tx.clear::<LogonState>(row.id.as_str())?;
        tx.delete(row)
    })
    .await?;
    Ok(Empty)
}

pub(super) async fn list(cx: Cx, call: Authorized<ListUsers>) -> Result<ListUsersResponse, ApiError> {
    let request = &call.request;
    let wanted =
        Wanted { list: "users", parameter: "Marker", marker: request.marker.as_deref(), size: request.max_items };
    let account = cx.account();
    // In the order of their making: a rename between two pages moves nobody.
    let page = wanted.cut(account.table::<User>().iter().collect(), |u| format!("{:020}/{}", u.created_at, u.id))?;
    Ok(ListUsersResponse {
        is_truncated: page.next.is_some(),
        marker: page.next,
        users: UserList { user: page.items.into_iter().map(|u| view::user(u)).collect() },
    })
}

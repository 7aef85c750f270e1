//! Users, as RAM shows them.

use super::paging::Wanted;
use super::{lookup, view};
use crate::clock::iso8601;
use crate::dispatch::Authorized;
use crate::identities::users::{self, NewUser, UserChanges};
use crate::identities::{Disposal, UserRef};
use crate::logon;
use crate::node::Cx;
use ramgate_api::ram::{
    CreateUser, CreateUserResponse, DeleteUser, GetUser, GetUserResponse, ListUsers, ListUsersResponse, UpdateUser,
    UpdateUserResponse, UserList,
};
use ramgate_api::{ApiError, Empty};
use ramgate_model::{Tags, User};

pub(super) async fn create(cx: Cx, call: Authorized<CreateUser>) -> Result<CreateUserResponse, ApiError> {
    let request = call.request;
    let new = NewUser {
        display_name: request.display_name.unwrap_or_else(|| request.user_name.clone()),
        name: request.user_name,
        mobile_phone: request.mobile_phone,
        email: request.email,
        comments: request.comments,
        tags: Tags::new(),
    };
    Ok(CreateUserResponse { user: view::user(&users::create(&cx, new).await?) })
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
    let changes = UserChanges {
        name: request.new_user_name,
        display_name: request.new_display_name,
        mobile_phone: request.new_mobile_phone,
        email: request.new_email,
        comments: request.new_comments,
    };
    let user = users::update(&cx, UserRef::Name(&request.user_name), &changes).await?;
    Ok(UpdateUserResponse { user: view::user(&user) })
}

pub(super) async fn delete(cx: Cx, call: Authorized<DeleteUser>) -> Result<Empty, ApiError> {
    users::delete(&cx, UserRef::Name(&call.request.user_name), Disposal::ForGood).await?;
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

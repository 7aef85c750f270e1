//! Users, as IMS names and shows them.

use super::view;
use crate::dispatch::{Authorized, Dispatcher};
use crate::identities::users::{self, NewUser, UserChanges};
use crate::identities::{Disposal, UserRef};
use crate::node::Cx;
use crate::ram::paging::{Page, Wanted};
use crate::ram::tags;
use crate::state::{AccountState, Row};
use ramgate_api::ims::{
    CreateUser, CreateUserResponse, DeleteUser, GetUser, GetUserResponse, IMS, ListUserBasicInfos,
    ListUserBasicInfosResponse, ListUsers, ListUsersResponse, UpdateUser, UpdateUserResponse, UserBasicInfoList,
    UserList,
};
use ramgate_api::ram::Tag;
use ramgate_api::{ApiError, Empty};
use ramgate_model::User;
use std::sync::Arc;

/// Binds the operations.
pub(super) fn bind(dispatcher: Dispatcher) -> Dispatcher {
    dispatcher.on(create).on(get).on(update).on(delete).on(list).on(list_basic_infos)
}

/// The user that a request names. Requests that name nobody were refused before.
fn named<'a>(user_principal_name: Option<&'a str>, user_id: Option<&'a str>) -> Result<UserRef<'a>, ApiError> {
    UserRef::of(user_principal_name, user_id).ok_or_else(|| IMS.missing("UserPrincipalName"))
}

async fn create(cx: Cx, call: Authorized<CreateUser>) -> Result<CreateUserResponse, ApiError> {
    let request = call.request;
    let new = NewUser {
        name: cx.logon_names().new_user_name(&cx.account(), &request.user_principal_name)?,
        display_name: request.display_name,
        mobile_phone: request.mobile_phone,
        email: request.email,
        comments: request.comments,
        tags: tags::of_request(&request.tag)?,
    };
    let user = users::create(&cx, new).await?;
    Ok(CreateUserResponse { user: view::user(cx.logon_names(), &cx.account(), &user) })
}

async fn get(cx: Cx, call: Authorized<GetUser>) -> Result<GetUserResponse, ApiError> {
    let request = &call.request;
    let account = cx.account();
    let who = match request.user_access_key_id.as_deref() {
        Some(key) => UserRef::KeyOwner(key),
        None => named(request.user_principal_name.as_deref(), request.user_id.as_deref())?,
    };
    let user = who.find(cx.logon_names(), &account)?;
    let shown = view::user(cx.logon_names(), &account, user);
    Ok(GetUserResponse { user: ramgate_api::ims::User { user_name: Some(user.name.clone()), ..shown } })
}

async fn update(cx: Cx, call: Authorized<UpdateUser>) -> Result<UpdateUserResponse, ApiError> {
    let request = call.request;
    let new_name = request.new_user_principal_name.as_deref();
    let changes = UserChanges {
        name: new_name.map(|name| cx.logon_names().new_user_name(&cx.account(), name)).transpose()?,
        display_name: request.new_display_name,
        mobile_phone: request.new_mobile_phone,
        email: request.new_email,
        comments: request.new_comments,
    };
    let who = named(request.user_principal_name.as_deref(), request.user_id.as_deref())?;
    let user = users::update(&cx, who, &changes).await?;
    Ok(UpdateUserResponse { user: view::user(cx.logon_names(), &cx.account(), &user) })
}

async fn delete(cx: Cx, call: Authorized<DeleteUser>) -> Result<Empty, ApiError> {
    let request = &call.request;
    let who = named(request.user_principal_name.as_deref(), request.user_id.as_deref())?;
    users::delete(&cx, who, Disposal::RecycleBin).await?;
    Ok(Empty)
}

/// A page of the users that have the tags asked for, in the order of their making.
fn page(
    account: &AccountState,
    wanted: &Wanted<'_>,
    status: Option<&str>,
    tags: &[Tag],
) -> Result<Page<Arc<Row<User>>>, ApiError> {
    let active = status.is_none_or(|status| status.is_empty() || status.split(',').any(|one| one == view::ACTIVE));
    let users = account.table::<User>().iter().filter(|user| active && tags::has_all(&user.tags, tags));
    wanted.cut(users.cloned().collect(), |user| format!("{:020}/{}", user.created_at, user.id))
}

async fn list(cx: Cx, call: Authorized<ListUsers>) -> Result<ListUsersResponse, ApiError> {
    let request = &call.request;
    let size = Some(request.max_items.unwrap_or(1000));
    let wanted = Wanted { list: "users", parameter: "Marker", marker: request.marker.as_deref(), size };
    let account = cx.account();
    let page = page(&account, &wanted, request.status.as_deref(), &request.tag)?;
    let user = page.items.iter().map(|user| {
        let status = Some(view::ACTIVE.to_owned());
        ramgate_api::ims::User { status, ..view::user(cx.logon_names(), &account, user) }
    });
    let users = UserList { user: user.collect() };
    Ok(ListUsersResponse { users, is_truncated: page.next.is_some(), marker: page.next })
}

async fn list_basic_infos(
    cx: Cx,
    call: Authorized<ListUserBasicInfos>,
) -> Result<ListUserBasicInfosResponse, ApiError> {
    let request = &call.request;
    let wanted =
        Wanted { list: "users", parameter: "Marker", marker: request.marker.as_deref(), size: request.max_items };
    let account = cx.account();
    let page = page(&account, &wanted, request.status.as_deref(), &request.tag)?;
    let infos = page.items.iter().map(|user| view::basic_info(cx.logon_names(), &account, user));
    let user_basic_infos = UserBasicInfoList { user_basic_info: infos.collect() };
    Ok(ListUserBasicInfosResponse { user_basic_infos, is_truncated: page.next.is_some(), marker: page.next })
}

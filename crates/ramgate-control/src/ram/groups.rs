//! Groups and their members, as RAM shows them.

use super::paging::Wanted;
use super::{lookup, view};
use crate::clock::iso8601;
use crate::dispatch::Authorized;
use crate::identities::UserRef;
use crate::identities::groups::{self, GroupChanges, Joined, NewGroup};
use crate::node::Cx;
use ramgate_api::ram::{
    AddUserToGroup, CreateGroup, CreateGroupResponse, DeleteGroup, GetGroup, GetGroupResponse, GroupList, JoinedGroup,
    JoinedGroupList, ListGroups, ListGroupsForUser, ListGroupsForUserResponse, ListGroupsResponse, ListUsersForGroup,
    ListUsersForGroupResponse, Member, MemberList, RemoveUserFromGroup, UpdateGroup, UpdateGroupResponse,
};
use ramgate_api::{ApiError, Empty};

pub(super) async fn create(cx: Cx, call: Authorized<CreateGroup>) -> Result<CreateGroupResponse, ApiError> {
    let request = call.request;
    let new = NewGroup { name: request.group_name, display_name: None, comments: request.comments };
    Ok(CreateGroupResponse { group: view::group(&groups::create(&cx, new).await?) })
}

pub(super) async fn get(cx: Cx, call: Authorized<GetGroup>) -> Result<GetGroupResponse, ApiError> {
    let account = cx.account();
    Ok(GetGroupResponse { group: view::group(lookup::group(&account, &call.request.group_name)?) })
}

pub(super) async fn update(cx: Cx, call: Authorized<UpdateGroup>) -> Result<UpdateGroupResponse, ApiError> {
    let request = call.request;
    let changes = GroupChanges { name: request.new_group_name, display_name: None, comments: request.new_comments };
    Ok(UpdateGroupResponse { group: view::group(&groups::update(&cx, &request.group_name, &changes).await?) })
}

pub(super) async fn delete(cx: Cx, call: Authorized<DeleteGroup>) -> Result<Empty, ApiError> {
    groups::delete(&cx, &call.request.group_name).await?;
    Ok(Empty)
}

pub(super) async fn list(cx: Cx, call: Authorized<ListGroups>) -> Result<ListGroupsResponse, ApiError> {
    let request = &call.request;
    let wanted =
        Wanted { list: "groups", parameter: "Marker", marker: request.marker.as_deref(), size: request.max_items };
    let page = wanted.cut(groups::all(&cx.account()), |(place, _)| place.clone())?;
    Ok(ListGroupsResponse {
        groups: GroupList { group: page.items.iter().map(|(_, group)| view::group(group)).collect() },
        is_truncated: page.next.is_some(),
        marker: page.next,
    })
}

pub(super) async fn add_user(cx: Cx, call: Authorized<AddUserToGroup>) -> Result<Empty, ApiError> {
    groups::add_user(&cx, UserRef::Name(&call.request.user_name), &call.request.group_name).await?;
    Ok(Empty)
}

pub(super) async fn remove_user(cx: Cx, call: Authorized<RemoveUserFromGroup>) -> Result<Empty, ApiError> {
    groups::remove_user(&cx, UserRef::Name(&call.request.user_name), &call.request.group_name).await?;
    Ok(Empty)
}

pub(super) async fn list_for_user(
    cx: Cx,
    call: Authorized<ListGroupsForUser>,
) -> Result<ListGroupsForUserResponse, ApiError> {
    let found = groups::of_user(&cx, &cx.account(), UserRef::Name(&call.request.user_name))?;
    let group = found.iter().map(|Joined { group, joined_at }| JoinedGroup {
        comments: group.comments.clone(),
        group_id: group.id.to_string(),
        group_name: group.name.clone(),
        join_date: iso8601(*joined_at),
    });
    Ok(ListGroupsForUserResponse { groups: JoinedGroupList { group: group.collect() } })
}

pub(super) async fn list_members(
    cx: Cx,
    call: Authorized<ListUsersForGroup>,
) -> Result<ListUsersForGroupResponse, ApiError> {
    let request = &call.request;
    let wanted =
        Wanted { list: "members", parameter: "Marker", marker: request.marker.as_deref(), size: request.max_items };
    let page = wanted.cut(groups::members(&cx.account(), &request.group_name)?, |member| member.place.clone())?;
    let user = page.items.iter().map(|member| Member {
        display_name: member.user.display_name.clone(),
        join_date: iso8601(member.joined_at),
        user_name: member.user.name.clone(),
    });
    Ok(ListUsersForGroupResponse {
        users: MemberList { user: user.collect() },
        is_truncated: page.next.is_some(),
        marker: page.next,
    })
}

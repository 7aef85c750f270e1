//! Groups of users.

mod add_user_to_group;
mod create_group;
mod delete_group;
mod get_group;
mod list_groups;
mod list_groups_for_user;
mod list_users_for_group;
mod remove_user_from_group;
mod types;
mod update_group;

pub use add_user_to_group::{AddUserToGroup, AddUserToGroupRequest};
pub use create_group::{CreateGroup, CreateGroupRequest, CreateGroupResponse};
pub use delete_group::{DeleteGroup, DeleteGroupRequest};
pub use get_group::{GetGroup, GetGroupRequest, GetGroupResponse};
pub use list_groups::{ListGroups, ListGroupsRequest, ListGroupsResponse};
pub use list_groups_for_user::{ListGroupsForUser, ListGroupsForUserRequest, ListGroupsForUserResponse};
pub use list_users_for_group::{ListUsersForGroup, ListUsersForGroupRequest, ListUsersForGroupResponse};
pub use remove_user_from_group::{RemoveUserFromGroup, RemoveUserFromGroupRequest};
pub use types::{Group, GroupList, JoinedGroup, JoinedGroupList, Member, MemberList};
pub use update_group::{UpdateGroup, UpdateGroupRequest, UpdateGroupResponse};

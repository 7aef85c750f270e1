//! Groups of users.

mod add_user_to_group;
mod create_group;
mod delete_group;
mod get_group;
mod list_groups;
mod list_groups_for_user;
mod list_users_for_group;
mod remove_user_from_group;
mod update_group;

pub use add_user_to_group::{AddUserToGroup, AddUserToGroupRequest};
pub use create_group::{CreateGroup, CreateGroupRequest};
pub use delete_group::{DeleteGroup, DeleteGroupRequest};
pub use get_group::{GetGroup, GetGroupRequest};
pub use list_groups::{ListGroups, ListGroupsRequest};
pub use list_groups_for_user::{ListGroupsForUser, ListGroupsForUserRequest};
pub use list_users_for_group::{ListUsersForGroup, ListUsersForGroupRequest};
pub use remove_user_from_group::{RemoveUserFromGroup, RemoveUserFromGroupRequest};
pub use update_group::{UpdateGroup, UpdateGroupRequest};

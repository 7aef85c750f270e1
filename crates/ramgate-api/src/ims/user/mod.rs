//! Users, named by `<name>@<domain>` or by id.

mod create_user;
mod delete_user;
mod get_user;
mod list_user_basic_infos;
mod list_users;
mod types;
mod update_user;

pub use create_user::{CreateUser, CreateUserRequest, CreateUserResponse};
pub use delete_user::{DeleteUser, DeleteUserRequest};
pub use get_user::{GetUser, GetUserRequest, GetUserResponse};
pub use list_user_basic_infos::{ListUserBasicInfos, ListUserBasicInfosRequest, ListUserBasicInfosResponse};
pub use list_users::{ListUsers, ListUsersRequest, ListUsersResponse};
pub use types::{User, UserBasicInfo, UserBasicInfoList, UserList, UserTag, UserTagList};
pub use update_user::{UpdateUser, UpdateUserRequest, UpdateUserResponse};

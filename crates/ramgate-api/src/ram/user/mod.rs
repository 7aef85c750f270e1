//! Users.

mod create_user;
mod delete_user;
mod get_user;
mod list_users;
mod types;
mod update_user;

pub use create_user::{CreateUser, CreateUserRequest, CreateUserResponse};
pub use delete_user::{DeleteUser, DeleteUserRequest};
pub use get_user::{GetUser, GetUserRequest, GetUserResponse};
pub use list_users::{ListUsers, ListUsersRequest, ListUsersResponse};
pub use types::{User, UserList};
pub use update_user::{UpdateUser, UpdateUserRequest, UpdateUserResponse};

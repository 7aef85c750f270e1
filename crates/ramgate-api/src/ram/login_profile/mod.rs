//! Console logon of users.

mod change_password;
mod create_login_profile;
mod delete_login_profile;
mod get_login_profile;
mod update_login_profile;

pub use change_password::{ChangePassword, ChangePasswordRequest};
pub use create_login_profile::{CreateLoginProfile, CreateLoginProfileRequest};
pub use delete_login_profile::{DeleteLoginProfile, DeleteLoginProfileRequest};
pub use get_login_profile::{GetLoginProfile, GetLoginProfileRequest};
pub use update_login_profile::{UpdateLoginProfile, UpdateLoginProfileRequest};

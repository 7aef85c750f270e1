//! Console logon of users.

mod change_password;
mod create_login_profile;
mod delete_login_profile;
mod get_login_profile;
mod types;
mod update_login_profile;

pub use change_password::{ChangePassword, ChangePasswordRequest};
pub use create_login_profile::{CreateLoginProfile, CreateLoginProfileRequest, CreateLoginProfileResponse};
pub use delete_login_profile::{DeleteLoginProfile, DeleteLoginProfileRequest};
pub use get_login_profile::{GetLoginProfile, GetLoginProfileRequest, GetLoginProfileResponse};
pub use types::LoginProfile;
pub use update_login_profile::{UpdateLoginProfile, UpdateLoginProfileRequest, UpdateLoginProfileResponse};

//! Logon of users through a SAML identity provider.

pub mod errors;
mod get_user_sso_settings;
mod set_user_sso_settings;
mod types;

pub use get_user_sso_settings::{GetUserSsoSettings, GetUserSsoSettingsRequest, GetUserSsoSettingsResponse};
pub use set_user_sso_settings::{SetUserSsoSettings, SetUserSsoSettingsRequest, SetUserSsoSettingsResponse};
pub use types::UserSsoSettings;

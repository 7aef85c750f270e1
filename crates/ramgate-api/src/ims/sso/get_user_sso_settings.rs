//! GetUserSsoSettings.

use super::UserSsoSettings;
use crate::ims::IMS;
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Returns how users of the account log on through a SAML identity provider.
    ///
    /// Source: IMS API reference 2019-08-15, GetUserSsoSettings.
    GetUserSsoSettings {
        product: IMS,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: GetUserSsoSettingsRequest,
        response: GetUserSsoSettingsResponse,
        errors: [],
    }
}

/// What [`GetUserSsoSettings`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetUserSsoSettingsRequest {}

impl Validate for GetUserSsoSettingsRequest {}

/// What [`GetUserSsoSettings`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GetUserSsoSettingsResponse {
    /// The settings.
    pub user_sso_settings: UserSsoSettings,
}

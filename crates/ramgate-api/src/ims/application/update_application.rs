//! UpdateApplication.

use crate::ims::IMS;
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Changes an OAuth application. What is left out stays.
    ///
    /// Source: IMS API reference 2019-08-15, UpdateApplication.
    UpdateApplication {
        product: IMS,
        bind: RPC,
        access: Update,
        resource: ALL,
        conditions: [],
        request: UpdateApplicationRequest,
        response: Unbuilt,
        errors: [],
        required: ["AppId"],
    }
}

/// What [`UpdateApplication`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UpdateApplicationRequest {
    /// The application's id.
    pub app_id: String,
    /// The new life of access tokens, 900–10,800 seconds.
    pub new_access_token_validity: Option<i32>,
    /// The new name shown, up to 24 characters.
    pub new_display_name: Option<String>,
    /// Whether other accounts may install it.
    pub new_is_multi_tenant: Option<bool>,
    /// The new scopes it may ask for, separated by `;`.
    pub new_predefined_scopes: Option<String>,
    /// Where users come back to, separated by `;`.
    pub new_redirect_uris: Option<String>,
    /// The new life of refresh tokens, 7,200–31,536,000 seconds.
    pub new_refresh_token_validity: Option<i32>,
    /// The new scopes that users cannot refuse, separated by `;`.
    pub new_required_scopes: Option<String>,
    /// Whether tokens are given only against a secret.
    pub new_secret_required: Option<bool>,
}

impl Validate for UpdateApplicationRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.range("NewAccessTokenValidity", self.new_access_token_validity.map(i64::from), 900, 10_800);
        let refresh = self.new_refresh_token_validity.map(i64::from);
        checker.range("NewRefreshTokenValidity", refresh, 7200, 31_536_000);
    }
}

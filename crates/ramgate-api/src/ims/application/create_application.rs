//! CreateApplication.

use crate::ims::IMS;
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Makes an OAuth application.
    ///
    /// Source: IMS API reference 2019-08-15, CreateApplication.
    CreateApplication {
        product: IMS,
        bind: RPC,
        access: Create,
        resource: ALL,
        conditions: [],
        request: CreateApplicationRequest,
        response: Unbuilt,
        errors: [],
        required: ["AppName", "AppType", "DisplayName"],
    }
}

/// What [`CreateApplication`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct CreateApplicationRequest {
    /// Life of access tokens, 900–10,800 seconds; 3,600 where absent.
    pub access_token_validity: Option<i32>,
    /// The name, up to 64 characters.
    pub app_name: String,
    /// `WebApp`, `NativeApp` or `ServerApp`.
    pub app_type: String,
    /// The name shown, up to 24 characters.
    pub display_name: String,
    /// Whether other accounts may install it.
    pub is_multi_tenant: Option<bool>,
    /// Scopes it may ask for, separated by `;`.
    pub predefined_scopes: Option<String>,
    /// `2.0` or `2.1`; `2.0` where absent.
    pub protocol_version: Option<String>,
    /// Where users come back to, separated by `;`.
    pub redirect_uris: Option<String>,
    /// Life of refresh tokens, 7,200–31,536,000 seconds.
    pub refresh_token_validity: Option<i32>,
    /// Scopes that users cannot refuse, separated by `;`.
    pub required_scopes: Option<String>,
    /// Whether tokens are given only against a secret.
    pub secret_required: Option<bool>,
}

impl Validate for CreateApplicationRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.range("AccessTokenValidity", self.access_token_validity.map(i64::from), 900, 10_800);
        checker.one_of("AppType", Some(&self.app_type), &["WebApp", "NativeApp", "ServerApp"]);
        checker.length("AppName", Some(&self.app_name), 1, 64);
        checker.length("DisplayName", Some(&self.display_name), 1, 24);
        checker.one_of("ProtocolVersion", self.protocol_version.as_deref(), &["2.0", "2.1"]);
        checker.range("RefreshTokenValidity", self.refresh_token_validity.map(i64::from), 7200, 31_536_000);
    }
}

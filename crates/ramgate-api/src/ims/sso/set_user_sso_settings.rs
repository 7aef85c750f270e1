//! SetUserSsoSettings.

use super::UserSsoSettings;
use crate::ims::{IMS, sso::errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Sets how users of the account log on through a SAML identity provider. What is left out stays.
    ///
    /// Source: IMS API reference 2019-08-15, SetUserSsoSettings.
    SetUserSsoSettings {
        product: IMS,
        bind: RPC,
        access: Update,
        resource: ALL,
        conditions: [],
        request: SetUserSsoSettingsRequest,
        response: SetUserSsoSettingsResponse,
        errors: [errors::METADATA_INVALID],
    }
}

/// What [`SetUserSsoSettings`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct SetUserSsoSettingsRequest {
    /// `rsa-sha256` or `rsa-sha1`: what this side would sign requests with.
    pub authn_sign_algo: Option<String>,
    /// A domain that the provider may write behind names of users; empty takes it away.
    pub auxiliary_domain: Option<String>,
    /// The metadata of the provider, Base64.
    pub metadata_document: Option<String>,
    /// Whether users log on through the provider.
    pub sso_enabled: Option<bool>,
    /// Whether the provider writes a domain behind names of users.
    pub sso_login_with_domain: Option<bool>,
}

impl Validate for SetUserSsoSettingsRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("AuthnSignAlgo", self.authn_sign_algo.as_deref(), &["rsa-sha256", "rsa-sha1"]);
        checker.length("AuxiliaryDomain", self.auxiliary_domain.as_deref(), 0, 128);
    }
}

/// What [`SetUserSsoSettings`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct SetUserSsoSettingsResponse {
    /// The settings.
    pub user_sso_settings: UserSsoSettings,
}

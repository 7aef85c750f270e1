//! Shapes that these operations share.

use schemars::JsonSchema;
use serde::Serialize;

/// How users log on through a SAML identity provider.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct UserSsoSettings {
    /// `rsa-sha256` or `rsa-sha1`.
    pub authn_sign_algo: String,
    /// A domain that the provider may write behind names of users.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auxiliary_domain: Option<String>,
    /// The metadata of the provider, Base64.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata_document: Option<String>,
    /// Whether users log on through the provider.
    pub sso_enabled: bool,
    /// Whether the provider writes a domain behind names of users.
    pub sso_login_with_domain: bool,
}

//! Shapes that these operations share.

use schemars::JsonSchema;
use serde::Serialize;

/// An OIDC identity provider.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct OIDCProvider {
    /// `acs:ram::<account>:oidc-provider/<name>`.
    pub arn: String,
    /// Client ids, separated by commas.
    pub client_ids: String,
    /// When it was made, UTC, `YYYY-MM-DDThh:mm:ssZ`.
    pub create_date: String,
    /// A description.
    pub description: String,
    /// Fingerprints of certificates, separated by commas.
    pub fingerprints: String,
    /// When it was made, in milliseconds since the Unix epoch.
    pub gmt_create: String,
    /// When it was last changed, in milliseconds since the Unix epoch.
    pub gmt_modified: String,
    /// How old a token may be, in hours.
    pub issuance_limit_time: i64,
    /// The issuer.
    pub issuer_url: String,
    /// The name as it was given.
    #[serde(rename = "OIDCProviderName")]
    pub oidc_provider_name: String,
    /// When it was last changed, UTC.
    pub update_date: String,
}

/// Providers, nested once as the API writes lists.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct OIDCProviderList {
    /// The providers.
    #[serde(rename = "OIDCProvider")]
    pub oidc_provider: Vec<OIDCProvider>,
}

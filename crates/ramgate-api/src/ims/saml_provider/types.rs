//! Shapes that these operations share.

use schemars::JsonSchema;
use serde::Serialize;

/// A SAML identity provider.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct SAMLProvider {
    /// `acs:ram::<account>:saml-provider/<name>`.
    pub arn: String,
    /// `rsa-sha256` or `rsa-sha1`; not in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authn_sign_algo: Option<String>,
    /// When it was made, UTC, `YYYY-MM-DDThh:mm:ssZ`.
    pub create_date: String,
    /// A description.
    pub description: String,
    /// The metadata as it was given, Base64; only of one provider.
    #[serde(rename = "EncodedSAMLMetadataDocument", skip_serializing_if = "Option::is_none")]
    pub encoded_saml_metadata_document: Option<String>,
    /// The name as it was given.
    #[serde(rename = "SAMLProviderName")]
    pub saml_provider_name: String,
    /// When it was last changed, UTC.
    pub update_date: String,
}

/// Providers, nested once as the API writes lists.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct SAMLProviderList {
    /// The providers.
    #[serde(rename = "SAMLProvider")]
    pub saml_provider: Vec<SAMLProvider>,
}

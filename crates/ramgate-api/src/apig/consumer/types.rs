//! Credentials of consumers.

use crate::Secret;
use schemars::JsonSchema;
use serde::Deserialize;

/// A key pair for signed requests (HMAC).
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct AkSkIdentityConfig {
    /// The key.
    pub ak: Option<String>,
    /// `System` or `Custom`.
    pub generate_mode: Option<String>,
    /// The secret.
    pub sk: Option<Secret>,
    /// The type.
    #[serde(rename = "type")]
    pub kind: Option<String>,
}

/// API keys and where requests carry them.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ApiKeyIdentityConfig {
    /// The place.
    pub apikey_source: Option<CredentialSource>,
    /// Several places, in the newer form.
    pub apikey_sources: Vec<CredentialSource>,
    /// The keys.
    pub credentials: Vec<ApiKeyCredential>,
    /// The type.
    #[serde(rename = "type")]
    pub kind: Option<String>,
}

/// Where in a request the credential stands.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct CredentialSource {
    /// `Default`, `Header` or `QueryString`.
    pub source: Option<String>,
    /// The value.
    pub value: Option<String>,
}

/// One API key.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ApiKeyCredential {
    /// The key.
    pub apikey: Option<Secret>,
    /// `System` or `Custom`.
    pub generate_mode: Option<String>,
}

/// Tokens of a consumer.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct JwtIdentityConfig {
    /// Claims passed on as headers.
    pub claims_to_headers_configs: Vec<ClaimToHeader>,
    /// The keys, a JSON Web Key Set.
    pub jwks: Option<Secret>,
    /// The claim that names the consumer.
    pub jwt_payload_config: Option<JwtPayloadConfig>,
    /// Where requests carry the token.
    pub jwt_token_config: Option<JwtTokenConfig>,
    /// Where the keys are fetched.
    pub remote_jwks: Option<String>,
    /// `Symmetry` or `Asymmetry`.
    pub secret_type: Option<String>,
    /// The type.
    #[serde(rename = "type")]
    pub kind: Option<String>,
}

/// A claim that is passed on as a header.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ClaimToHeader {
    /// The claim.
    pub claim: Option<String>,
    /// The header.
    pub header: Option<String>,
    /// Whether a header of the client is replaced.
    #[serde(rename = "override")]
    pub replace: Option<bool>,
}

/// The claim that names the consumer.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct JwtPayloadConfig {
    /// The claim.
    pub payload_key_name: Option<String>,
    /// Its value for this consumer.
    pub payload_key_value: Option<String>,
}

/// Where requests carry the token.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct JwtTokenConfig {
    /// The header or parameter.
    pub key: Option<String>,
    /// Whether the token is passed on.
    pub pass: Option<bool>,
    /// `HEADER` or `QUERY`.
    pub position: Option<String>,
    /// What stands before the token, such as `Bearer `.
    pub prefix: Option<String>,
}

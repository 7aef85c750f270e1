//! GetOIDCProvider.

use super::OIDCProvider;
use crate::ims::{IMS, oidc_provider::OIDC_PROVIDER, oidc_provider::errors};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Returns one OIDC identity provider.
    ///
    /// Source: IMS API reference 2019-08-15, GetOIDCProvider.
    GetOIDCProvider {
        product: IMS,
        bind: RPC,
        access: Get,
        resource: (OIDC_PROVIDER, oidc_provider_name),
        conditions: [],
        request: GetOIDCProviderRequest,
        response: GetOIDCProviderResponse,
        errors: [errors::PROVIDER_NOT_FOUND],
        required: ["OIDCProviderName"],
    }
}

/// What [`GetOIDCProvider`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetOIDCProviderRequest {
    /// The name of the provider, without regard to case.
    #[serde(rename = "OIDCProviderName")]
    pub oidc_provider_name: String,
}

impl Validate for GetOIDCProviderRequest {}

/// What [`GetOIDCProvider`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GetOIDCProviderResponse {
    /// The provider.
    #[serde(rename = "OIDCProvider")]
    pub oidc_provider: OIDCProvider,
}

//! GetSAMLProvider.

use super::SAMLProvider;
use crate::ims::{IMS, saml_provider::SAML_PROVIDER, saml_provider::errors};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Returns one SAML identity provider with its metadata.
    ///
    /// Source: IMS API reference 2019-08-15, GetSAMLProvider.
    GetSAMLProvider {
        product: IMS,
        bind: RPC,
        access: Get,
        resource: (SAML_PROVIDER, saml_provider_name),
        conditions: [],
        request: GetSAMLProviderRequest,
        response: GetSAMLProviderResponse,
        errors: [errors::PROVIDER_NOT_FOUND],
        required: ["SAMLProviderName"],
    }
}

/// What [`GetSAMLProvider`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetSAMLProviderRequest {
    /// The name of the provider, without regard to case.
    #[serde(rename = "SAMLProviderName")]
    pub saml_provider_name: String,
}

impl Validate for GetSAMLProviderRequest {}

/// What [`GetSAMLProvider`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GetSAMLProviderResponse {
    /// The provider.
    #[serde(rename = "SAMLProvider")]
    pub saml_provider: SAMLProvider,
}

//! RemoveClientIdFromOIDCProvider.

use super::OIDCProvider;
use crate::ims::{IMS, oidc_provider::OIDC_PROVIDER, oidc_provider::checks, oidc_provider::errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Takes a client id from an OIDC identity provider.
    ///
    /// Source: IMS API reference 2019-08-15, RemoveClientIdFromOIDCProvider.
    RemoveClientIdFromOIDCProvider {
        product: IMS,
        bind: RPC,
        access: Update,
        resource: (OIDC_PROVIDER, oidc_provider_name),
        conditions: [],
        request: RemoveClientIdFromOIDCProviderRequest,
        response: RemoveClientIdFromOIDCProviderResponse,
        errors: [errors::PROVIDER_NOT_FOUND, errors::CLIENT_ID_NOT_FOUND],
        required: ["ClientId", "OIDCProviderName"],
    }
}

/// What [`RemoveClientIdFromOIDCProvider`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct RemoveClientIdFromOIDCProviderRequest {
    /// One client id, 1–128 of letters, digits, `.`, `-`, `_`, `:`, `/`, the first a letter or digit.
    pub client_id: String,
    /// The name of the provider, without regard to case.
    #[serde(rename = "OIDCProviderName")]
    pub oidc_provider_name: String,
}

impl Validate for RemoveClientIdFromOIDCProviderRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::client_id(checker, &self.client_id);
    }
}

/// What [`RemoveClientIdFromOIDCProvider`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct RemoveClientIdFromOIDCProviderResponse {
    /// The provider.
    #[serde(rename = "OIDCProvider")]
    pub oidc_provider: OIDCProvider,
}

//! AddClientIdToOIDCProvider.

use super::OIDCProvider;
use crate::ims::{IMS, oidc_provider::OIDC_PROVIDER, oidc_provider::checks, oidc_provider::errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Adds a client id to an OIDC identity provider.
    ///
    /// Source: IMS API reference 2019-08-15, AddClientIdToOIDCProvider.
    AddClientIdToOIDCProvider {
        product: IMS,
        bind: RPC,
        access: Update,
        resource: (OIDC_PROVIDER, oidc_provider_name),
        conditions: [],
        request: AddClientIdToOIDCProviderRequest,
        response: AddClientIdToOIDCProviderResponse,
        errors: [errors::PROVIDER_NOT_FOUND, errors::CLIENT_ID_EXISTS, errors::CLIENT_ID_LIMIT],
        required: ["ClientId", "OIDCProviderName"],
    }
}

/// What [`AddClientIdToOIDCProvider`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct AddClientIdToOIDCProviderRequest {
    /// One client id, 1–128 of letters, digits, `.`, `-`, `_`, `:`, `/`, the first a letter or digit.
    pub client_id: String,
    /// The name of the provider, without regard to case.
    #[serde(rename = "OIDCProviderName")]
    pub oidc_provider_name: String,
}

impl Validate for AddClientIdToOIDCProviderRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::client_id(checker, &self.client_id);
    }
}

/// What [`AddClientIdToOIDCProvider`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct AddClientIdToOIDCProviderResponse {
    /// The provider.
    #[serde(rename = "OIDCProvider")]
    pub oidc_provider: OIDCProvider,
}

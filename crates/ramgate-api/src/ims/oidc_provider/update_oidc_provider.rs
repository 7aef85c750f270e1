//! UpdateOIDCProvider.

use super::OIDCProvider;
use crate::ims::{IMS, oidc_provider::OIDC_PROVIDER, oidc_provider::checks, oidc_provider::errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Changes the client ids, the age limit of tokens or the description of an OIDC identity provider. What is left out stays.
    ///
    /// Source: IMS API reference 2019-08-15, UpdateOIDCProvider.
    UpdateOIDCProvider {
        product: IMS,
        bind: RPC,
        access: Update,
        resource: (OIDC_PROVIDER, oidc_provider_name),
        conditions: [],
        request: UpdateOIDCProviderRequest,
        response: UpdateOIDCProviderResponse,
        errors: [errors::PROVIDER_NOT_FOUND],
        required: ["OIDCProviderName"],
    }
}

/// What [`UpdateOIDCProvider`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UpdateOIDCProviderRequest {
    /// All client ids from now on, separated by commas, at most 50.
    pub client_ids: Option<String>,
    /// How old a token may be, in hours, 1–168.
    pub issuance_limit_time: Option<i64>,
    /// The new description, up to 256 characters.
    pub new_description: Option<String>,
    /// The name of the provider, without regard to case.
    #[serde(rename = "OIDCProviderName")]
    pub oidc_provider_name: String,
}

impl Validate for UpdateOIDCProviderRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::client_ids(checker, self.client_ids.as_deref());
        checker.range("IssuanceLimitTime", self.issuance_limit_time, 1, 168);
        checks::description(checker, "NewDescription", self.new_description.as_deref());
    }
}

/// What [`UpdateOIDCProvider`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateOIDCProviderResponse {
    /// The provider.
    #[serde(rename = "OIDCProvider")]
    pub oidc_provider: OIDCProvider,
}

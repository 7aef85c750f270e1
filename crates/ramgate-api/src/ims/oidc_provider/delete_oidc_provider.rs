//! DeleteOIDCProvider.

use crate::ims::{IMS, oidc_provider::OIDC_PROVIDER, oidc_provider::errors};
use crate::{Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes an OIDC identity provider. Sessions that it vouched for end at once.
    ///
    /// Source: IMS API reference 2019-08-15, DeleteOIDCProvider.
    DeleteOIDCProvider {
        product: IMS,
        bind: RPC,
        access: Delete,
        resource: (OIDC_PROVIDER, oidc_provider_name),
        conditions: [],
        request: DeleteOIDCProviderRequest,
        response: Empty,
        errors: [errors::PROVIDER_NOT_FOUND],
        required: ["OIDCProviderName"],
    }
}

/// What [`DeleteOIDCProvider`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DeleteOIDCProviderRequest {
    /// The name of the provider, without regard to case.
    #[serde(rename = "OIDCProviderName")]
    pub oidc_provider_name: String,
}

impl Validate for DeleteOIDCProviderRequest {}

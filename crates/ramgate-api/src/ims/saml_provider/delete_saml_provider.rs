//! DeleteSAMLProvider.

use crate::ims::{IMS, saml_provider::SAML_PROVIDER, saml_provider::errors};
use crate::{Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes a SAML identity provider. Sessions that it vouched for end at once.
    ///
    /// Source: IMS API reference 2019-08-15, DeleteSAMLProvider.
    DeleteSAMLProvider {
        product: IMS,
        bind: RPC,
        access: Delete,
        resource: (SAML_PROVIDER, saml_provider_name),
        conditions: [],
        request: DeleteSAMLProviderRequest,
        response: Empty,
        errors: [errors::PROVIDER_NOT_FOUND],
        required: ["SAMLProviderName"],
    }
}

/// What [`DeleteSAMLProvider`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DeleteSAMLProviderRequest {
    /// The name of the provider, without regard to case.
    #[serde(rename = "SAMLProviderName")]
    pub saml_provider_name: String,
}

impl Validate for DeleteSAMLProviderRequest {}

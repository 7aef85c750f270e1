//! AddFingerprintToOIDCProvider.

use super::OIDCProvider;
use crate::ims::{IMS, oidc_provider::OIDC_PROVIDER, oidc_provider::checks, oidc_provider::errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Adds the fingerprint of a certificate to an OIDC identity provider.
    ///
    /// Source: IMS API reference 2019-08-15, AddFingerprintToOIDCProvider.
    AddFingerprintToOIDCProvider {
        product: IMS,
        bind: RPC,
        access: Update,
        resource: (OIDC_PROVIDER, oidc_provider_name),
        conditions: [],
        request: AddFingerprintToOIDCProviderRequest,
        response: AddFingerprintToOIDCProviderResponse,
        errors: [errors::PROVIDER_NOT_FOUND, errors::FINGERPRINT_EXISTS, errors::FINGERPRINT_LIMIT],
        required: ["Fingerprint", "OIDCProviderName"],
    }
}

/// What [`AddFingerprintToOIDCProvider`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct AddFingerprintToOIDCProviderRequest {
    /// SHA-1 or SHA-256 of a certificate of the issuer, in hexadecimal.
    pub fingerprint: String,
    /// The name of the provider, without regard to case.
    #[serde(rename = "OIDCProviderName")]
    pub oidc_provider_name: String,
}

impl Validate for AddFingerprintToOIDCProviderRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::fingerprint(checker, &self.fingerprint);
    }
}

/// What [`AddFingerprintToOIDCProvider`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct AddFingerprintToOIDCProviderResponse {
    /// The provider.
    #[serde(rename = "OIDCProvider")]
    pub oidc_provider: OIDCProvider,
}

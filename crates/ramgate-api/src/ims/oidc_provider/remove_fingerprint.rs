//! RemoveFingerprintFromOIDCProvider.

use super::OIDCProvider;
use crate::ims::{IMS, oidc_provider::OIDC_PROVIDER, oidc_provider::checks, oidc_provider::errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Takes the fingerprint of a certificate from an OIDC identity provider.
    ///
    /// Source: IMS API reference 2019-08-15, RemoveFingerprintFromOIDCProvider.
    RemoveFingerprintFromOIDCProvider {
        product: IMS,
        bind: RPC,
        access: Update,
        resource: (OIDC_PROVIDER, oidc_provider_name),
        conditions: [],
        request: RemoveFingerprintFromOIDCProviderRequest,
        response: RemoveFingerprintFromOIDCProviderResponse,
        errors: [errors::PROVIDER_NOT_FOUND, errors::FINGERPRINT_NOT_FOUND],
        required: ["Fingerprint", "OIDCProviderName"],
    }
}

/// What [`RemoveFingerprintFromOIDCProvider`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct RemoveFingerprintFromOIDCProviderRequest {
    /// SHA-1 or SHA-256 of a certificate of the issuer, in hexadecimal.
    pub fingerprint: String,
    /// The name of the provider, without regard to case.
    #[serde(rename = "OIDCProviderName")]
    pub oidc_provider_name: String,
}

impl Validate for RemoveFingerprintFromOIDCProviderRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::fingerprint(checker, &self.fingerprint);
    }
}

/// What [`RemoveFingerprintFromOIDCProvider`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct RemoveFingerprintFromOIDCProviderResponse {
    /// The provider.
    #[serde(rename = "OIDCProvider")]
    pub oidc_provider: OIDCProvider,
}

//! UpdateSAMLProvider.

use super::SAMLProvider;
use crate::ims::{IMS, saml_provider::SAML_PROVIDER, saml_provider::checks, saml_provider::errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Changes the metadata or the description of a SAML identity provider. What is left out stays.
    ///
    /// Source: IMS API reference 2019-08-15, UpdateSAMLProvider.
    UpdateSAMLProvider {
        product: IMS,
        bind: RPC,
        access: Update,
        resource: (SAML_PROVIDER, saml_provider_name),
        conditions: [],
        request: UpdateSAMLProviderRequest,
        response: UpdateSAMLProviderResponse,
        errors: [errors::PROVIDER_NOT_FOUND, errors::METADATA_INVALID],
        required: ["SAMLProviderName"],
    }
}

/// What [`UpdateSAMLProvider`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UpdateSAMLProviderRequest {
    /// `rsa-sha256` or `rsa-sha1`: what this side would sign requests with.
    pub authn_sign_algo: Option<String>,
    /// The new description, up to 256 characters.
    pub new_description: Option<String>,
    /// The new metadata, Base64.
    #[serde(rename = "NewEncodedSAMLMetadataDocument")]
    pub new_encoded_saml_metadata_document: Option<String>,
    /// The name of the provider, without regard to case.
    #[serde(rename = "SAMLProviderName")]
    pub saml_provider_name: String,
}

impl Validate for UpdateSAMLProviderRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("AuthnSignAlgo", self.authn_sign_algo.as_deref(), &["rsa-sha256", "rsa-sha1"]);
        checks::description(checker, "NewDescription", self.new_description.as_deref());
        checks::metadata(checker, "NewEncodedSAMLMetadataDocument", self.new_encoded_saml_metadata_document.as_deref());
    }
}

/// What [`UpdateSAMLProvider`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateSAMLProviderResponse {
    /// The provider.
    #[serde(rename = "SAMLProvider")]
    pub saml_provider: SAMLProvider,
}

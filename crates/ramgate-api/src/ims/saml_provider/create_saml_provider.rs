//! CreateSAMLProvider.

use super::SAMLProvider;
use crate::ims::{IMS, saml_provider::SAML_PROVIDER, saml_provider::checks, saml_provider::errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Makes a SAML identity provider, whose assertions roles can trust.
    ///
    /// Source: IMS API reference 2019-08-15, CreateSAMLProvider.
    CreateSAMLProvider {
        product: IMS,
        bind: RPC,
        access: Create,
        resource: (SAML_PROVIDER, *),
        conditions: [],
        request: CreateSAMLProviderRequest,
        response: CreateSAMLProviderResponse,
        errors: [errors::PROVIDER_EXISTS, errors::PROVIDER_LIMIT, errors::METADATA_INVALID],
        required: ["SAMLProviderName", "EncodedSAMLMetadataDocument"],
    }
}

/// What [`CreateSAMLProvider`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct CreateSAMLProviderRequest {
    /// `rsa-sha256` or `rsa-sha1`: what this side would sign requests with.
    pub authn_sign_algo: Option<String>,
    /// A description, up to 256 characters.
    pub description: Option<String>,
    /// The metadata of the provider, Base64.
    #[serde(rename = "EncodedSAMLMetadataDocument")]
    pub encoded_saml_metadata_document: String,
    /// 1–128 of letters, digits, `.`, `-`, `_`, the first and last a letter or digit.
    #[serde(rename = "SAMLProviderName")]
    pub saml_provider_name: String,
}

impl Validate for CreateSAMLProviderRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("AuthnSignAlgo", self.authn_sign_algo.as_deref(), &["rsa-sha256", "rsa-sha1"]);
        checks::description(checker, "Description", self.description.as_deref());
        checks::metadata(checker, "EncodedSAMLMetadataDocument", Some(&self.encoded_saml_metadata_document));
        checks::name(checker, "SAMLProviderName", &self.saml_provider_name);
    }
}

/// What [`CreateSAMLProvider`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct CreateSAMLProviderResponse {
    /// The provider.
    #[serde(rename = "SAMLProvider")]
    pub saml_provider: SAMLProvider,
}

//! CreateOIDCProvider.

use super::OIDCProvider;
use crate::ims::{IMS, oidc_provider::OIDC_PROVIDER, oidc_provider::checks, oidc_provider::errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Makes an OIDC identity provider, whose tokens roles can trust.
    ///
    /// Source: IMS API reference 2019-08-15, CreateOIDCProvider.
    CreateOIDCProvider {
        product: IMS,
        bind: RPC,
        access: Create,
        resource: (OIDC_PROVIDER, *),
        conditions: [],
        request: CreateOIDCProviderRequest,
        response: CreateOIDCProviderResponse,
        errors: [errors::PROVIDER_EXISTS, errors::ISSUER_EXISTS, errors::PROVIDER_LIMIT],
        required: ["OIDCProviderName", "IssuerUrl"],
    }
}

/// What [`CreateOIDCProvider`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct CreateOIDCProviderRequest {
    /// Client ids that tokens may be for, separated by commas, at most 50.
    pub client_ids: Option<String>,
    /// A description, up to 256 characters.
    pub description: Option<String>,
    /// SHA-1 or SHA-256 of certificates of the issuer, in hexadecimal, separated by commas, at most 5. Where there are any, the
    /// issuer's connection must show one of them.
    pub fingerprints: Option<String>,
    /// How old a token may be, in hours, 1–168; 12 where absent.
    pub issuance_limit_time: Option<i64>,
    /// `https://…` without query, fragment and user, up to 255 characters; one provider for each issuer.
    pub issuer_url: String,
    /// 1–128 of letters, digits, `.`, `-`, `_`, the first and last a letter or digit.
    #[serde(rename = "OIDCProviderName")]
    pub oidc_provider_name: String,
}

impl Validate for CreateOIDCProviderRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::client_ids(checker, self.client_ids.as_deref());
        checks::description(checker, "Description", self.description.as_deref());
        checks::fingerprints(checker, self.fingerprints.as_deref());
        checker.range("IssuanceLimitTime", self.issuance_limit_time, 1, 168);
        checks::issuer_url(checker, &self.issuer_url);
        checks::name(checker, "OIDCProviderName", &self.oidc_provider_name);
    }
}

/// What [`CreateOIDCProvider`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct CreateOIDCProviderResponse {
    /// The provider.
    #[serde(rename = "OIDCProvider")]
    pub oidc_provider: OIDCProvider,
}

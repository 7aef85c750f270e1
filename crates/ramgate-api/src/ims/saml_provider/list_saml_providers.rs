//! ListSAMLProviders.

use super::SAMLProviderList;
use crate::ims::{IMS, saml_provider::SAML_PROVIDER};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists the SAML identity providers of the account, page by page.
    ///
    /// Source: IMS API reference 2019-08-15, ListSAMLProviders.
    ListSAMLProviders {
        product: IMS,
        bind: RPC,
        access: List,
        resource: (SAML_PROVIDER, *),
        conditions: [],
        request: ListSAMLProvidersRequest,
        response: ListSAMLProvidersResponse,
        errors: [],
    }
}

/// What [`ListSAMLProviders`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListSAMLProvidersRequest {
    /// Where the next page begins, as the answer before gave it.
    pub marker: Option<String>,
    /// Size of the page, 1–100; 100 where absent.
    pub max_items: Option<i32>,
}

impl Validate for ListSAMLProvidersRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.range("MaxItems", self.max_items.map(i64::from), 1, 100);
    }
}

/// What [`ListSAMLProviders`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListSAMLProvidersResponse {
    /// Whether more pages follow.
    pub is_truncated: bool,
    /// Where the next page begins, as the answer before gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// The providers.
    #[serde(rename = "SAMLProviders")]
    pub saml_providers: SAMLProviderList,
}

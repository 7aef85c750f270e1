//! ListOIDCProviders.

use super::OIDCProviderList;
use crate::ims::{IMS, oidc_provider::OIDC_PROVIDER};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists the OIDC identity providers of the account, page by page.
    ///
    /// Source: IMS API reference 2019-08-15, ListOIDCProviders.
    ListOIDCProviders {
        product: IMS,
        bind: RPC,
        access: List,
        resource: (OIDC_PROVIDER, *),
        conditions: [],
        request: ListOIDCProvidersRequest,
        response: ListOIDCProvidersResponse,
        errors: [],
    }
}

/// What [`ListOIDCProviders`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListOIDCProvidersRequest {
    /// Where the next page begins, as the answer before gave it.
    pub marker: Option<String>,
    /// Size of the page, 1–100; 100 where absent.
    pub max_items: Option<i32>,
}

impl Validate for ListOIDCProvidersRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.range("MaxItems", self.max_items.map(i64::from), 1, 100);
    }
}

/// What [`ListOIDCProviders`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListOIDCProvidersResponse {
    /// Whether more pages follow.
    pub is_truncated: bool,
    /// Where the next page begins, as the answer before gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// The providers.
    #[serde(rename = "OIDCProviders")]
    pub oidc_providers: OIDCProviderList,
}

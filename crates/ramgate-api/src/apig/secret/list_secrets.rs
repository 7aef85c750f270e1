//! ListSecrets.

use crate::apig::{APIG, SECRET, checks};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists secrets without their values, page by page.
    ///
    /// Source: APIG API reference 2024-03-27, ListSecrets.
    ListSecrets {
        product: APIG,
        bind: (GET "/v1/secrets"),
        access: List,
        resource: (ALL or (SECRET, *)),
        conditions: [],
        request: ListSecretsRequest,
        response: Unbuilt,
        errors: [],
    }
}

/// What [`ListSecrets`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ListSecretsRequest {
    /// `API` or `AI`.
    pub gateway_type: Option<String>,
    /// Part of the name.
    pub name_like: Option<String>,
    /// Counted from 1; 1 where absent.
    pub page_number: Option<i32>,
    /// 1–100; 10 where absent.
    pub page_size: Option<i32>,
}

impl Validate for ListSecretsRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("gatewayType", self.gateway_type.as_deref(), &["AI", "API"]);
        checks::page_number(checker, self.page_number);
        checks::page_size(checker, self.page_size);
    }
}

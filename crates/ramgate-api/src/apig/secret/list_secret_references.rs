//! ListSecretReferences.

use crate::apig::{APIG, SECRET, checks, errors};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists what refers to a secret, page by page.
    ///
    /// Source: APIG API reference 2024-03-27, ListSecretReferences.
    ListSecretReferences {
        product: APIG,
        bind: (GET "/v1/secrets/{secretId}/references"),
        access: List,
        resource: (SECRET, secret_id),
        conditions: [],
        request: ListSecretReferencesRequest,
        response: Unbuilt,
        errors: [errors::SECRET_NOT_FOUND],
    }
}

/// What [`ListSecretReferences`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ListSecretReferencesRequest {
    /// The secret's id.
    pub secret_id: String,
    /// Counted from 1; 1 where absent.
    pub page_number: Option<i32>,
    /// 1–100; 10 where absent.
    pub page_size: Option<i32>,
}

impl Validate for ListSecretReferencesRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::page_number(checker, self.page_number);
        checks::page_size(checker, self.page_size);
    }
}

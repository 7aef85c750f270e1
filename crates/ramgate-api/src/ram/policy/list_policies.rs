//! ListPolicies.

use super::PolicyList;
use crate::ram::Tag;
use crate::ram::{POLICY, RAM, checks};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists system and custom policies, page by page.
    ///
    /// Source: RAM API reference 2015-05-01, ListPolicies.
    ListPolicies {
        product: RAM,
        bind: RPC,
        access: List,
        resource: (POLICY, *),
        conditions: [],
        request: ListPoliciesRequest,
        response: ListPoliciesResponse,
        errors: [],
    }
}

/// What [`ListPolicies`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListPoliciesRequest {
    /// Where the next page begins, as the answer before gave it.
    pub marker: Option<String>,
    /// Size of the page, 1–1,000; 100 where absent.
    pub max_items: Option<i32>,
    /// Only `System` or only `Custom` ones.
    pub policy_type: Option<String>,
    /// Only what has all of these tags.
    pub tag: Vec<Tag>,
}

impl Validate for ListPoliciesRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.range("MaxItems", self.max_items.map(i64::from), 1, 1000);
        checks::policy_type(checker, self.policy_type.as_deref());
    }
}

/// What [`ListPolicies`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListPoliciesResponse {
    /// Whether more pages follow.
    pub is_truncated: bool,
    /// Where the next page begins, as the answer before gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// The policies.
    pub policies: PolicyList,
}

//! LintPolicies.

use super::RAMGATE;
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

operation! {
    /// Looks through the account for what is dangerous, useless or said twice: ways to more permissions, trust in too many,
    /// statements without effect, grants that nobody uses.
    LintPolicies {
        product: RAMGATE,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: LintPoliciesRequest,
        response: LintPoliciesResponse,
        errors: [],
    }
}

/// What [`LintPolicies`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct LintPoliciesRequest {
    /// Report grants that nobody used in so many days, 1–3,650, by the audit log. Without it use is not looked at.
    pub unused_days: Option<i64>,
}

impl Validate for LintPoliciesRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.range("UnusedDays", self.unused_days, 1, 3650);
    }
}

/// What [`LintPolicies`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct LintPoliciesResponse {
    /// `Findings`, the worse first, each with its code, place, message and suggestion.
    pub report: Value,
}

//! SimulatePolicies.

use super::types::{ContextValues, PolicySource, check_policies};
use super::{RAMGATE, errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

operation! {
    /// Decides requests of a principal, or against policies alone, and explains each decision; with policies added or taken
    /// away also what that would change. Nothing is called and nothing changes.
    SimulatePolicies {
        product: RAMGATE,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: SimulatePoliciesRequest,
        response: SimulatePoliciesResponse,
        errors: [errors::PRINCIPAL_NOT_FOUND, errors::POLICY_NOT_FOUND, errors::QUESTION, errors::DOCUMENT],
        required: ["Actions", "Resources"],
    }
}

/// What [`SimulatePolicies`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct SimulatePoliciesRequest {
    /// Actions such as `apig:DeleteGateway`; each is asked for on each resource.
    pub actions: Vec<String>,
    /// Policies that the principal would have beside its own.
    pub add_policies: Vec<PolicySource>,
    /// Condition values of the requests.
    pub context: ContextValues,
    /// `acs:ram::<account>:user/<name>` or `…:role/<name>`; without it only the added policies count.
    pub principal_arn: Option<String>,
    /// Policies of the principal that would be taken away, by type and name.
    pub remove_policies: Vec<PolicySource>,
    /// Resource names; `acs:<service>:<region>:<account>:*` stands for all resources.
    pub resources: Vec<String>,
}

impl Validate for SimulatePoliciesRequest {
    fn validate(&self, checker: &mut Checker) {
        check_policies(checker, "AddPolicies", &self.add_policies);
        check_policies(checker, "RemovePolicies", &self.remove_policies);
        checker.needed("PrincipalArn", self.principal_arn.is_some() || !self.add_policies.is_empty());
    }
}

/// What [`SimulatePolicies`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct SimulatePoliciesResponse {
    /// For each request its decision with the explanation; where policies are added or taken away, `Before`, `After` and
    /// `Effect` (`Gained`, `Lost`, …).
    pub results: Vec<Value>,
}

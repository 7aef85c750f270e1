//! ListPolicyClasses.

use crate::apig::{APIG, POLICY_CLASS, checks};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists the kinds of policy, page by page.
    ///
    /// Source: APIG API reference 2024-03-27, ListPolicyClasses.
    ListPolicyClasses {
        product: APIG,
        bind: (GET "/v1/policy-classes"),
        access: None,
        resource: (ALL or (POLICY_CLASS, *)),
        conditions: [],
        request: ListPolicyClassesRequest,
        response: Unbuilt,
        errors: [],
    }
}

/// What [`ListPolicyClasses`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ListPolicyClassesRequest {
    /// The id of what it is attached to.
    pub attach_resource_id: Option<String>,
    /// `HttpApi`, `Operation`, `GatewayRoute`, `GatewayService`, `GatewayServicePort`, `Domain` or `Gateway`.
    pub attach_resource_type: Option<String>,
    /// `InBound`, `OutBound` or `Both`.
    pub direction: Option<String>,
    /// The gateway's id.
    pub gateway_id: Option<String>,
    /// Counted from 1; 1 where absent.
    pub page_number: Option<i32>,
    /// 1–100; 10 where absent.
    pub page_size: Option<i32>,
    /// The type.
    #[serde(rename = "type")]
    pub kind: Option<String>,
}

impl Validate for ListPolicyClassesRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("direction", self.direction.as_deref(), &["OutBound", "InBound", "Both"]);
        checks::page_number(checker, self.page_number);
        checks::page_size(checker, self.page_size);
    }
}

//! DeletePolicy.

use crate::ram::{POLICY, RAM, errors};
use crate::{Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes a custom policy that is attached to nobody.
    ///
    /// Source: RAM API reference 2015-05-01, DeletePolicy.
    DeletePolicy {
        product: RAM,
        bind: RPC,
        access: Delete,
        resource: (POLICY, policy_name),
        conditions: [],
        request: DeletePolicyRequest,
        response: Empty,
        errors: [
            errors::POLICY_NOT_FOUND,
            errors::POLICY_HAS_VERSION,
            errors::POLICY_ON_USER,
            errors::POLICY_ON_GROUP,
            errors::POLICY_ON_ROLE,
        ],
        required: ["PolicyName"],
    }
}

/// What [`DeletePolicy`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DeletePolicyRequest {
    /// Whether versions besides the default one go as well.
    pub cascading_delete: Option<bool>,
    /// The policy's name.
    pub policy_name: String,
}

impl Validate for DeletePolicyRequest {}

//! GetPasswordPolicy.

use crate::ram::RAM;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns what console passwords must be like.
    ///
    /// Source: RAM API reference 2015-05-01, GetPasswordPolicy.
    GetPasswordPolicy {
        product: RAM,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: GetPasswordPolicyRequest,
        response: Unbuilt,
        errors: [],
    }
}

/// Nothing is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetPasswordPolicyRequest {}

impl Validate for GetPasswordPolicyRequest {}

//! WhoCan.

use super::types::ContextValues;
use super::{RAMGATE, errors};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

operation! {
    /// Lists every principal of the account that may do an action on a resource: always, or under which conditions; each with
    /// the statements that grant it and how they came to count.
    WhoCan {
        product: RAMGATE,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: WhoCanRequest,
        response: WhoCanResponse,
        errors: [errors::QUESTION],
        required: ["Action", "Resource"],
    }
}

/// What [`WhoCan`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct WhoCanRequest {
    /// The action, such as `apig:DeleteGateway`.
    pub action: String,
    /// Whether keys that the context does not name are absent from the request; otherwise they are open.
    pub closed_context: Option<bool>,
    /// What is known of the request.
    pub context: ContextValues,
    /// The resource name; `acs:<service>:<region>:<account>:*` stands for all resources.
    pub resource: String,
}

impl Validate for WhoCanRequest {}

/// What [`WhoCan`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct WhoCanResponse {
    /// `Always` and `UnderConditions`, each principal with its grants, blocks, conditions and an example.
    pub answer: Value,
}

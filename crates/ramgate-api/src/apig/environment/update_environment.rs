//! UpdateEnvironment.

use crate::apig::{APIG, ENVIRONMENT, errors};
use crate::{Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Changes the alias or description of an environment.
    ///
    /// Source: APIG API reference 2024-03-27, UpdateEnvironment.
    UpdateEnvironment {
        product: APIG,
        bind: (PUT "/v1/environments/{environmentId}"),
        access: None,
        resource: (ENVIRONMENT, environment_id),
        conditions: [],
        request: UpdateEnvironmentRequest,
        response: Empty,
        errors: [errors::ENVIRONMENT_NOT_FOUND],
        required: ["alias"],
    }
}

/// What [`UpdateEnvironment`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct UpdateEnvironmentRequest {
    /// The environment's id.
    pub environment_id: String,
    /// The name shown.
    pub alias: String,
    /// Free text.
    pub description: Option<String>,
}

impl Validate for UpdateEnvironmentRequest {}

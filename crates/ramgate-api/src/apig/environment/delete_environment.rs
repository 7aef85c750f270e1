//! DeleteEnvironment.

use crate::apig::{APIG, ENVIRONMENT, errors};
use crate::{Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes an environment to which nothing is deployed.
    ///
    /// Source: APIG API reference 2024-03-27, DeleteEnvironment.
    DeleteEnvironment {
        product: APIG,
        bind: (DELETE "/v1/environments/{environmentId}"),
        access: None,
        resource: (ENVIRONMENT, environment_id),
        conditions: [],
        request: DeleteEnvironmentRequest,
        response: Empty,
        errors: [errors::ENVIRONMENT_NOT_FOUND, errors::ENVIRONMENT_IN_USE, errors::DEFAULT_ENVIRONMENT],
    }
}

/// What [`DeleteEnvironment`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct DeleteEnvironmentRequest {
    /// The environment's id.
    pub environment_id: String,
}

impl Validate for DeleteEnvironmentRequest {}

//! GetEnvironment.

use super::Environment;
use crate::apig::{APIG, ENVIRONMENT, errors};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns one environment.
    ///
    /// Source: APIG API reference 2024-03-27, GetEnvironment.
    GetEnvironment {
        product: APIG,
        bind: (GET "/v1/environments/{environmentId}"),
        access: None,
        resource: (ENVIRONMENT, environment_id),
        conditions: [],
        request: GetEnvironmentRequest,
        response: Environment,
        errors: [errors::ENVIRONMENT_NOT_FOUND],
    }
}

/// What [`GetEnvironment`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct GetEnvironmentRequest {
    /// The environment's id.
    pub environment_id: String,
    /// Whether to answer counts.
    pub with_statistics: Option<bool>,
    /// Whether to answer the virtual network.
    pub with_vpc_info: Option<bool>,
}

impl Validate for GetEnvironmentRequest {}

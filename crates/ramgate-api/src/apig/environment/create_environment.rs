//! CreateEnvironment.

use crate::apig::{APIG, ENVIRONMENT, errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Makes an environment on a gateway: a place to deploy to, with host names of its own.
    ///
    /// Source: APIG API reference 2024-03-27, CreateEnvironment.
    CreateEnvironment {
        product: APIG,
        bind: (POST "/v1/environments"),
        access: None,
        resource: (ENVIRONMENT, *),
        conditions: [],
        request: CreateEnvironmentRequest,
        response: CreateEnvironmentResponse,
        errors: [errors::GATEWAY_NOT_FOUND, errors::ENVIRONMENT_NAME_DUPLICATE],
        required: ["gatewayId", "name", "alias"],
    }
}

/// What [`CreateEnvironment`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct CreateEnvironmentRequest {
    /// The name shown.
    pub alias: String,
    /// Free text.
    pub description: Option<String>,
    /// The gateway's id.
    pub gateway_id: String,
    /// Unique on the gateway.
    pub name: String,
    /// The resource group.
    pub resource_group_id: Option<String>,
}

impl Validate for CreateEnvironmentRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.length("name", Some(&self.name), 1, 64);
    }
}

/// What [`CreateEnvironment`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CreateEnvironmentResponse {
    /// The environment's id.
    pub environment_id: String,
}

//! CreateService.

use super::ServiceConfig;
use crate::apig::{APIG, SERVICE, checks, errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Makes services on a gateway: groups of endpoints that routes send traffic to.
    ///
    /// Source: APIG API reference 2024-03-27, CreateService.
    CreateService {
        product: APIG,
        bind: (POST "/v1/services"),
        access: None,
        resource: (SERVICE, *),
        conditions: [],
        request: CreateServiceRequest,
        response: CreateServiceResponse,
        errors: [errors::GATEWAY_NOT_FOUND, errors::SERVICE_NAME_DUPLICATE],
        required: ["gatewayId", "sourceType", "serviceConfigs"],
        query: ["clientToken"],
    }
}

/// What [`CreateService`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct CreateServiceRequest {
    /// A text of up to 64 characters; a repeat with the same one answers what the first call answered.
    pub client_token: Option<String>,
    /// The gateway's id.
    pub gateway_id: String,
    /// The resource group.
    pub resource_group_id: Option<String>,
    /// Services.
    pub service_configs: Vec<ServiceConfig>,
    /// `VIP`, `DNS`, `K8S`, `MSE_NACOS`, `FC3`, `SAE_K8S_SERVICE`, `AI` or `AGENT`.
    pub source_type: String,
}

impl Validate for CreateServiceRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of(
            "sourceType",
            Some(&self.source_type),
            &["MSE_NACOS", "K8S", "VIP", "DNS", "FC3", "SAE_K8S_SERVICE", "AI", "AGENT"],
        );
        checks::client_token(checker, self.client_token.as_deref());
        checks::service_configs(checker, &self.source_type, &self.service_configs);
    }
}

/// What [`CreateService`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CreateServiceResponse {
    /// Ids in the order of the request.
    pub service_ids: Vec<String>,
}

//! CreateSource.

use super::{K8sSourceConfig, NacosSourceConfig};
use crate::apig::{APIG, SOURCE, errors};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Connects a gateway to a place where services are found.
    ///
    /// Source: APIG API reference 2024-03-27, CreateSource.
    CreateSource {
        product: APIG,
        bind: (POST "/v1/sources"),
        access: None,
        resource: (ALL or (SOURCE, *)),
        conditions: [],
        request: CreateSourceRequest,
        response: Unbuilt,
        errors: [errors::GATEWAY_NOT_FOUND],
        required: ["gatewayId", "type"],
    }
}

/// What [`CreateSource`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct CreateSourceRequest {
    /// The gateway's id.
    pub gateway_id: String,
    /// For type `K8S`.
    pub k8s_source_config: Option<K8sSourceConfig>,
    /// For type `MSE_NACOS`.
    pub nacos_source_config: Option<NacosSourceConfig>,
    /// The resource group.
    pub resource_group_id: Option<String>,
    /// `K8S` or `MSE_NACOS`.
    #[serde(rename = "type")]
    pub kind: String,
}

impl Validate for CreateSourceRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("type", Some(&self.kind), &["MSE_NACOS", "K8S"]);
    }
}

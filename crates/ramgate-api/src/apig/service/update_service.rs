//! UpdateService.

use super::{AgentServiceConfig, AiServiceConfig, HealthCheck, OutlierDetection, ServicePort};
use crate::apig::{APIG, SERVICE, checks, errors};
use crate::{Checker, Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Changes the endpoints or checks of a service.
    ///
    /// Source: APIG API reference 2024-03-27, UpdateService.
    UpdateService {
        product: APIG,
        bind: (PUT "/v1/services/{serviceId}"),
        access: None,
        resource: (SERVICE, service_id),
        conditions: [],
        request: UpdateServiceRequest,
        response: Empty,
        errors: [errors::SERVICE_NOT_FOUND, errors::LOCK_FAILED],
    }
}

/// What [`UpdateService`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct UpdateServiceRequest {
    /// The service's id.
    pub service_id: String,
    /// `ip:port` for VIP, `host:port` for DNS; at most 10.
    pub addresses: Option<Vec<String>>,
    /// Needed for source type `AGENT`.
    pub agent_service_config: Option<AgentServiceConfig>,
    /// Needed for source type `AI`.
    pub ai_service_config: Option<AiServiceConfig>,
    /// Name servers to ask; those of the machine where empty.
    pub dns_servers: Option<Vec<String>>,
    /// How endpoints are checked.
    pub health_check_config: Option<HealthCheck>,
    /// Percent of healthy endpoints at or below which all of them get traffic.
    pub healthy_panic_threshold: Option<f64>,
    /// The provider of models.
    pub model_provider_id: Option<String>,
    /// When failing endpoints are left out.
    pub outlier_detection_config: Option<OutlierDetection>,
    /// Ports.
    pub ports: Option<Vec<ServicePort>>,
    /// The protocol.
    pub protocol: Option<String>,
}

impl Validate for UpdateServiceRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("protocol", self.protocol.as_deref(), &["HTTP", "HTTPS", "GRPC", "HTTP2", "DUBBO", "TCP"]);
        checks::health_check(checker, self.health_check_config.as_ref());
        checks::outlier_detection(checker, self.outlier_detection_config.as_ref());
        checker.count("addresses", self.addresses.as_ref().map_or(0, Vec::len), 10);
    }
}

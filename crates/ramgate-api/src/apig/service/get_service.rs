//! GetService.

use super::Service;
use crate::apig::{APIG, GATEWAY_ID, SERVICE, errors};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns one service with the health of its endpoints.
    ///
    /// Source: APIG API reference 2024-03-27, GetService.
    GetService {
        product: APIG,
        bind: (GET "/v1/services/{serviceId}"),
        access: None,
        resource: (SERVICE, service_id),
        conditions: [GATEWAY_ID],
        request: GetServiceRequest,
        response: Service,
        errors: [errors::SERVICE_NOT_FOUND],
    }
}

/// What [`GetService`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct GetServiceRequest {
    /// The service's id.
    pub service_id: String,
}

impl Validate for GetServiceRequest {}

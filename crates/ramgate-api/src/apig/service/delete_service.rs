//! DeleteService.

use crate::apig::{APIG, SERVICE, errors};
use crate::{Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes a service that no route uses.
    ///
    /// Source: APIG API reference 2024-03-27, DeleteService.
    DeleteService {
        product: APIG,
        bind: (DELETE "/v1/services/{serviceId}"),
        access: None,
        resource: (SERVICE, service_id),
        conditions: [],
        request: DeleteServiceRequest,
        response: Empty,
        errors: [errors::SERVICE_NOT_FOUND, errors::SERVICE_IN_USE, errors::LOCK_FAILED],
    }
}

/// What [`DeleteService`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct DeleteServiceRequest {
    /// The service's id.
    pub service_id: String,
}

impl Validate for DeleteServiceRequest {}

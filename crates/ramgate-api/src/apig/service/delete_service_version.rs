//! DeleteServiceVersion.

use crate::apig::{APIG, SERVICE, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes a version from a service.
    ///
    /// Source: APIG API reference 2024-03-27, DeleteServiceVersion.
    DeleteServiceVersion {
        product: APIG,
        bind: (DELETE "/v1/services/{serviceId}/versions/{name}"),
        access: Delete,
        resource: (SERVICE, service_id),
        conditions: [],
        request: DeleteServiceVersionRequest,
        response: Unbuilt,
        errors: [errors::SERVICE_NOT_FOUND, errors::SERVICE_VERSION_NOT_FOUND, errors::SERVICE_IN_USE],
    }
}

/// What [`DeleteServiceVersion`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct DeleteServiceVersionRequest {
    /// The service's id.
    pub service_id: String,
    /// The name.
    pub name: String,
}

impl Validate for DeleteServiceVersionRequest {}

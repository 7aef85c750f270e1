//! CreateServiceVersion.

use super::Label;
use crate::apig::{APIG, SERVICE, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Adds a version to a service: the endpoints that carry certain labels.
    ///
    /// Source: APIG API reference 2024-03-27, CreateServiceVersion.
    CreateServiceVersion {
        product: APIG,
        bind: (POST "/v1/services/{serviceId}/versions"),
        access: Create,
        resource: (ALL or (SERVICE, service_id)),
        conditions: [],
        request: CreateServiceVersionRequest,
        response: Unbuilt,
        errors: [errors::SERVICE_NOT_FOUND, errors::SERVICE_VERSION_DUPLICATE],
        required: ["name", "labels"],
    }
}

/// What [`CreateServiceVersion`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct CreateServiceVersionRequest {
    /// The service's id.
    pub service_id: String,
    /// Endpoints with all of these labels form the version.
    pub labels: Vec<Label>,
    /// The name.
    pub name: String,
}

impl Validate for CreateServiceVersionRequest {}

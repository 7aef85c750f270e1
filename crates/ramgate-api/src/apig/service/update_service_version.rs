//! UpdateServiceVersion.

use super::Label;
use crate::apig::{APIG, SERVICE, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Changes the labels of a version.
    ///
    /// Source: APIG API reference 2024-03-27, UpdateServiceVersion.
    UpdateServiceVersion {
        product: APIG,
        bind: (PUT "/v1/services/{serviceId}/versions/{name}"),
        access: Update,
        resource: (SERVICE, service_id),
        conditions: [],
        request: UpdateServiceVersionRequest,
        response: Unbuilt,
        errors: [errors::SERVICE_NOT_FOUND, errors::SERVICE_VERSION_NOT_FOUND],
        required: ["labels"],
    }
}

/// What [`UpdateServiceVersion`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct UpdateServiceVersionRequest {
    /// The service's id.
    pub service_id: String,
    /// The name.
    pub name: String,
    /// Endpoints with all of these labels form the version.
    pub labels: Vec<Label>,
}

impl Validate for UpdateServiceVersionRequest {}

//! DeleteSource.

use crate::apig::{APIG, SOURCE, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes a source that no service uses.
    ///
    /// Source: APIG API reference 2024-03-27, DeleteSource.
    DeleteSource {
        product: APIG,
        bind: (DELETE "/v1/sources/{sourceId}"),
        access: None,
        resource: (SOURCE, source_id),
        conditions: [],
        request: DeleteSourceRequest,
        response: Unbuilt,
        errors: [errors::SOURCE_NOT_FOUND, errors::SOURCE_IN_USE],
    }
}

/// What [`DeleteSource`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct DeleteSourceRequest {
    /// The source's id.
    pub source_id: String,
}

impl Validate for DeleteSourceRequest {}

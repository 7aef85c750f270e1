//! DeleteConsumer.

use crate::apig::{APIG, CONSUMER, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes a consumer with its authorization rules.
    ///
    /// Source: APIG API reference 2024-03-27, DeleteConsumer.
    DeleteConsumer {
        product: APIG,
        bind: (DELETE "/v1/consumers/{consumerId}"),
        access: None,
        resource: (CONSUMER, consumer_id),
        conditions: [],
        request: DeleteConsumerRequest,
        response: Unbuilt,
        errors: [errors::CONSUMER_NOT_FOUND],
    }
}

/// What [`DeleteConsumer`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct DeleteConsumerRequest {
    /// The consumer's id.
    pub consumer_id: String,
}

impl Validate for DeleteConsumerRequest {}

//! GetConsumer.

use crate::apig::{APIG, CONSUMER, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns one consumer with its credentials.
    ///
    /// Source: APIG API reference 2024-03-27, GetConsumer.
    GetConsumer {
        product: APIG,
        bind: (GET "/v1/consumers/{consumerId}"),
        access: None,
        resource: (CONSUMER, consumer_id),
        conditions: [],
        request: GetConsumerRequest,
        response: Unbuilt,
        errors: [errors::CONSUMER_NOT_FOUND],
    }
}

/// What [`GetConsumer`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct GetConsumerRequest {
    /// The consumer's id.
    pub consumer_id: String,
}

impl Validate for GetConsumerRequest {}

//! UpdateConsumer.

use super::{AkSkIdentityConfig, ApiKeyIdentityConfig, JwtIdentityConfig};
use crate::apig::{APIG, CONSUMER, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Changes a consumer. What is left out stays.
    ///
    /// Source: APIG API reference 2024-03-27, UpdateConsumer.
    UpdateConsumer {
        product: APIG,
        bind: (PUT "/v1/consumers/{consumerId}"),
        access: None,
        resource: (CONSUMER, consumer_id),
        conditions: [],
        request: UpdateConsumerRequest,
        response: Unbuilt,
        errors: [errors::CONSUMER_NOT_FOUND, errors::CREDENTIAL_DUPLICATE],
    }
}

/// What [`UpdateConsumer`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct UpdateConsumerRequest {
    /// The consumer's id.
    pub consumer_id: String,
    /// Key pairs for signed requests.
    pub ak_sk_identity_configs: Option<Vec<AkSkIdentityConfig>>,
    /// API keys of the consumer.
    #[serde(alias = "apiKeyIdentityConfig")]
    pub apikey_identity_config: Option<ApiKeyIdentityConfig>,
    /// Free text.
    pub description: Option<String>,
    /// Whether it is on.
    pub enable: Option<bool>,
    /// Tokens of the consumer.
    pub jwt_identity_config: Option<JwtIdentityConfig>,
}

impl Validate for UpdateConsumerRequest {}

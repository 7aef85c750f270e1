//! CreateConsumer.

use super::{AkSkIdentityConfig, ApiKeyIdentityConfig, JwtIdentityConfig};
use crate::apig::{APIG, CONSUMER, checks, errors};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Makes a consumer: somebody who calls through gateways with credentials.
    ///
    /// Source: APIG API reference 2024-03-27, CreateConsumer.
    CreateConsumer {
        product: APIG,
        bind: (POST "/v1/consumers"),
        access: Create,
        resource: (ALL or (CONSUMER, *)),
        conditions: [],
        request: CreateConsumerRequest,
        response: Unbuilt,
        errors: [errors::CONSUMER_NAME_DUPLICATE, errors::CREDENTIAL_DUPLICATE],
        required: ["name", "gatewayType"],
        query: ["clientToken", "dryRun"],
    }
}

/// What [`CreateConsumer`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct CreateConsumerRequest {
    /// A text of up to 64 characters; a repeat with the same one answers what the first call answered.
    pub client_token: Option<String>,
    /// Whether to check only and change nothing.
    pub dry_run: Option<bool>,
    /// Key pairs for signed requests.
    pub ak_sk_identity_configs: Vec<AkSkIdentityConfig>,
    /// API keys of the consumer.
    #[serde(alias = "apiKeyIdentityConfig")]
    pub apikey_identity_config: Option<ApiKeyIdentityConfig>,
    /// Free text.
    pub description: Option<String>,
    /// Whether it is on.
    pub enable: Option<bool>,
    /// `API` or `AI`.
    pub gateway_type: String,
    /// Tokens of the consumer.
    pub jwt_identity_config: Option<JwtIdentityConfig>,
    /// 2–64 of letters, digits, `.`, `-`; unique.
    pub name: String,
}

impl Validate for CreateConsumerRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("gatewayType", Some(&self.gateway_type), &["API", "AI"]);
        checks::consumer_name(checker, &self.name);
        checks::client_token(checker, self.client_token.as_deref());
    }
}

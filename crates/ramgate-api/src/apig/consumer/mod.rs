//! Consumers: who calls through gateways.

mod create_consumer;
mod delete_consumer;
mod get_consumer;
mod list_consumers;
mod types;
mod update_consumer;

pub use create_consumer::{CreateConsumer, CreateConsumerRequest};
pub use delete_consumer::{DeleteConsumer, DeleteConsumerRequest};
pub use get_consumer::{GetConsumer, GetConsumerRequest};
pub use list_consumers::{ListConsumers, ListConsumersRequest};
pub use types::{
    AkSkIdentityConfig, ApiKeyCredential, ApiKeyIdentityConfig, ClaimToHeader, CredentialSource, JwtIdentityConfig,
    JwtPayloadConfig, JwtTokenConfig,
};
pub use update_consumer::{UpdateConsumer, UpdateConsumerRequest};

//! Secrets.

mod create_secret;
mod delete_secret;
mod get_secret;
mod get_secret_value;
mod list_secret_references;
mod list_secrets;
mod types;
mod update_secret;

pub use create_secret::{CreateSecret, CreateSecretRequest};
pub use delete_secret::{DeleteSecret, DeleteSecretRequest};
pub use get_secret::{GetSecret, GetSecretRequest};
pub use get_secret_value::{GetSecretValue, GetSecretValueRequest};
pub use list_secret_references::{ListSecretReferences, ListSecretReferencesRequest};
pub use list_secrets::{ListSecrets, ListSecretsRequest};
pub use types::KmsConfig;
pub use update_secret::{UpdateSecret, UpdateSecretRequest};

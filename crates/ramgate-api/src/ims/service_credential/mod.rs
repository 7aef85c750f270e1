//! Credentials for single services.

mod create_service_credential;
mod delete_service_credential;
mod get_service_credential;
mod list_service_credentials;
mod update_service_credential;

pub use create_service_credential::{CreateServiceCredential, CreateServiceCredentialRequest};
pub use delete_service_credential::{DeleteServiceCredential, DeleteServiceCredentialRequest};
pub use get_service_credential::{GetServiceCredential, GetServiceCredentialRequest};
pub use list_service_credentials::{ListServiceCredentials, ListServiceCredentialsRequest};
pub use update_service_credential::{UpdateServiceCredential, UpdateServiceCredentialRequest};

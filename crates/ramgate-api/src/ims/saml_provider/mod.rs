//! SAML identity providers.

mod checks;
mod create_saml_provider;
mod delete_saml_provider;
pub mod errors;
mod get_saml_provider;
mod list_saml_providers;
mod types;
mod update_saml_provider;

pub use create_saml_provider::{CreateSAMLProvider, CreateSAMLProviderRequest, CreateSAMLProviderResponse};
pub use delete_saml_provider::{DeleteSAMLProvider, DeleteSAMLProviderRequest};
pub use get_saml_provider::{GetSAMLProvider, GetSAMLProviderRequest, GetSAMLProviderResponse};
pub use list_saml_providers::{ListSAMLProviders, ListSAMLProvidersRequest, ListSAMLProvidersResponse};
pub use types::{SAMLProvider, SAMLProviderList};
pub use update_saml_provider::{UpdateSAMLProvider, UpdateSAMLProviderRequest, UpdateSAMLProviderResponse};

use crate::ResourceType;

/// A provider.
pub static SAML_PROVIDER: ResourceType = ResourceType {
    name: "SAMLProvider",
    published_as: "saml-provider",
    kind: "saml-provider",
    pattern: "acs:ram::{account}:saml-provider/{SAMLProviderName}",
    caller_when_absent: false,
};

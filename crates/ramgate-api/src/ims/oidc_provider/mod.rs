//! OIDC identity providers.

mod add_client_id;
mod add_fingerprint;
mod checks;
mod create_oidc_provider;
mod delete_oidc_provider;
pub mod errors;
mod get_oidc_provider;
mod list_oidc_providers;
mod remove_client_id;
mod remove_fingerprint;
mod types;
mod update_oidc_provider;

pub use add_client_id::{
    AddClientIdToOIDCProvider, AddClientIdToOIDCProviderRequest, AddClientIdToOIDCProviderResponse,
};
pub use add_fingerprint::{
    AddFingerprintToOIDCProvider, AddFingerprintToOIDCProviderRequest, AddFingerprintToOIDCProviderResponse,
};
pub use create_oidc_provider::{CreateOIDCProvider, CreateOIDCProviderRequest, CreateOIDCProviderResponse};
pub use delete_oidc_provider::{DeleteOIDCProvider, DeleteOIDCProviderRequest};
pub use get_oidc_provider::{GetOIDCProvider, GetOIDCProviderRequest, GetOIDCProviderResponse};
pub use list_oidc_providers::{ListOIDCProviders, ListOIDCProvidersRequest, ListOIDCProvidersResponse};
pub use remove_client_id::{
    RemoveClientIdFromOIDCProvider, RemoveClientIdFromOIDCProviderRequest, RemoveClientIdFromOIDCProviderResponse,
};
pub use remove_fingerprint::{
    RemoveFingerprintFromOIDCProvider, RemoveFingerprintFromOIDCProviderRequest,
    RemoveFingerprintFromOIDCProviderResponse,
};
pub use types::{OIDCProvider, OIDCProviderList};
pub use update_oidc_provider::{UpdateOIDCProvider, UpdateOIDCProviderRequest, UpdateOIDCProviderResponse};

use crate::ResourceType;

/// A provider.
pub static OIDC_PROVIDER: ResourceType = ResourceType {
    name: "OIDCProvider",
    published_as: "oidc-provider",
    kind: "oidc-provider",
    pattern: "acs:ram::{account}:oidc-provider/{OIDCProviderName}",
    caller_when_absent: false,
};

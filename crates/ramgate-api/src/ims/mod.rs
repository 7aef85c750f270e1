//! IMS 2019-08-15: the newer API for users, groups, keys, logon, identity providers and reports. It acts on the same objects
//! as RAM's; its users are named by `<name>@<domain>` or by id.
//!
//! Its permissions are RAM's: policies may spell its actions and resources with `ram` or with `ims`.

pub mod errors;
pub mod oidc_provider;
mod provider_checks;
pub mod saml_provider;
pub mod sso;
mod targets;

use crate::{Envelope, OpSpec, Operation, Product, Style, codes};

/// The product.
pub static IMS: Product = Product {
    name: "Ims",
    ram_code: "ram",
    ram_code_aliases: &["ims"],
    version: "2019-08-15",
    style: Style::Rpc,
    envelope: Envelope::Flat,
    regional: false,
    named_actions: &[],
    missing_parameter: &codes::MISSING_PARAMETER,
    invalid_parameter: &codes::INVALID_PARAMETER,
};

/// Its operations.
pub const OPERATIONS: &[&OpSpec] = &[
    // Identity providers.
    &oidc_provider::CreateOIDCProvider::SPEC,
    &oidc_provider::GetOIDCProvider::SPEC,
    &oidc_provider::UpdateOIDCProvider::SPEC,
    &oidc_provider::DeleteOIDCProvider::SPEC,
    &oidc_provider::ListOIDCProviders::SPEC,
    &oidc_provider::AddClientIdToOIDCProvider::SPEC,
    &oidc_provider::RemoveClientIdFromOIDCProvider::SPEC,
    &oidc_provider::AddFingerprintToOIDCProvider::SPEC,
    &oidc_provider::RemoveFingerprintFromOIDCProvider::SPEC,
    &saml_provider::CreateSAMLProvider::SPEC,
    &saml_provider::GetSAMLProvider::SPEC,
    &saml_provider::UpdateSAMLProvider::SPEC,
    &saml_provider::DeleteSAMLProvider::SPEC,
    &saml_provider::ListSAMLProviders::SPEC,
    &sso::GetUserSsoSettings::SPEC,
    &sso::SetUserSsoSettings::SPEC,
];

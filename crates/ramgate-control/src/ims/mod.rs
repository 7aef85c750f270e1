//! Handlers of IMS: another face of the identities that RAM's handlers work on.

mod oidc_providers;

use crate::dispatch::Dispatcher;
use ramgate_api::ims::{saml_provider, sso};

/// Binds the operations.
pub(crate) fn bind(dispatcher: Dispatcher) -> Dispatcher {
    dispatcher
        // Identity providers.
        .on(oidc_providers::create)
        .on(oidc_providers::get)
        .on(oidc_providers::update)
        .on(oidc_providers::delete)
        .on(oidc_providers::list)
        .on(oidc_providers::add_client_id)
        .on(oidc_providers::remove_client_id)
        .on(oidc_providers::add_fingerprint)
        .on(oidc_providers::remove_fingerprint)
        .not_yet::<saml_provider::CreateSAMLProvider>()
        .not_yet::<saml_provider::GetSAMLProvider>()
        .not_yet::<saml_provider::UpdateSAMLProvider>()
        .not_yet::<saml_provider::DeleteSAMLProvider>()
        .not_yet::<saml_provider::ListSAMLProviders>()
        .not_yet::<sso::GetUserSsoSettings>()
        .not_yet::<sso::SetUserSsoSettings>()
}

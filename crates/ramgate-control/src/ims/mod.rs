//! Handlers of IMS: another face of the identities that RAM's handlers work on.

mod access_keys;
mod groups;
mod login_profiles;
mod logon_user;
mod mfa;
mod oidc_providers;
mod pending;
mod recycle_bin;
mod reports;
mod saml_providers;
mod settings;
mod sso;
mod tags;
mod users;
mod view;

use crate::dispatch::Dispatcher;
use ramgate_api::ims::*;

/// Binds the operations.
pub(crate) fn bind(dispatcher: Dispatcher) -> Dispatcher {
    let dispatcher = users::bind(dispatcher);
    let dispatcher = groups::bind(dispatcher);
    let dispatcher = access_keys::bind(dispatcher);
    let dispatcher = tags::bind(dispatcher);
    let dispatcher = recycle_bin::bind(dispatcher);
    let dispatcher = reports::bind(dispatcher);
    let dispatcher = bind_logon(dispatcher);
    let dispatcher = bind_providers(dispatcher);
    pending::bind(dispatcher)
}

/// Identity providers.
fn bind_providers(dispatcher: Dispatcher) -> Dispatcher {
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
        .on(saml_providers::create)
        .on(saml_providers::get)
        .on(saml_providers::update)
        .on(saml_providers::delete)
        .on(saml_providers::list)
        .on(sso::get)
        .on(sso::set)
}

/// Console logon, MFA devices, and the settings about them.
fn bind_logon(dispatcher: Dispatcher) -> Dispatcher {
    dispatcher
        .on(login_profiles::create)
        .on(login_profiles::get)
        .on(login_profiles::update)
        .on(login_profiles::delete)
        .on(login_profiles::change_password)
        .on(mfa::create)
        .on(mfa::list)
        .on(mfa::delete)
        .on(mfa::bind)
        .on(mfa::unbind)
        .on(mfa::disable)
        .on(mfa::user_info)
        .on(mfa::account_info)
        .not_yet::<SetVerificationInfo>()
        .not_yet::<GetVerificationInfo>()
        .not_yet::<UnbindVerification>()
        .on(settings::set_password_policy)
        .on(settings::get_password_policy)
        .on(settings::set_security_preference)
        .on(settings::get_security_preference)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_declared_operation_is_bound() {
        let bound: BTreeSet<&str> = bind(Dispatcher::default()).operations().map(|(spec, _)| spec.name).collect();
        let declared: BTreeSet<&str> = OPERATIONS.iter().map(|spec| spec.name).collect();
        assert_eq!(bound, declared);
    }
}

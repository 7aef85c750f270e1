//! The settings for logon of users through a SAML identity provider. The logon itself is the console's.

use super::saml_providers::USUAL_ALGORITHM;
use crate::dispatch::Authorized;
use crate::federation::saml::Metadata;
use crate::node::Cx;
use crate::state::AccountState;
use ramgate_api::ApiError;
use ramgate_api::ims::sso::{
    GetUserSsoSettings, GetUserSsoSettingsResponse, SetUserSsoSettings, SetUserSsoSettingsResponse, UserSsoSettings,
    errors,
};
use ramgate_model::UserSso;

/// The settings as they are, or as they are at first.
fn settings(account: &AccountState) -> UserSso {
    let stored = account.get::<UserSso>(UserSso::ID).map(|row| row.value.clone());
    stored.unwrap_or_else(|| UserSso {
        enabled: false,
        login_with_domain: true,
        auxiliary_domain: String::new(),
        metadata: String::new(),
        authn_sign_algo: USUAL_ALGORITHM.to_owned(),
    })
}

fn view(settings: UserSso) -> UserSsoSettings {
    let shown = |text: String| Some(text).filter(|text| !text.is_empty());
    UserSsoSettings {
        authn_sign_algo: settings.authn_sign_algo,
        auxiliary_domain: shown(settings.auxiliary_domain),
        metadata_document: shown(settings.metadata),
        sso_enabled: settings.enabled,
        sso_login_with_domain: settings.login_with_domain,
    }
}

pub(super) async fn get(cx: Cx, _: Authorized<GetUserSsoSettings>) -> Result<GetUserSsoSettingsResponse, ApiError> {
    Ok(GetUserSsoSettingsResponse { user_sso_settings: view(settings(&cx.account())) })
}

pub(super) async fn set(cx: Cx, call: Authorized<SetUserSsoSettings>) -> Result<SetUserSsoSettingsResponse, ApiError> {
    let request = call.request;
    if let Some(metadata) = request.metadata_document.as_deref().filter(|text| !text.is_empty()) {
        let invalid =
            |why| errors::METADATA_INVALID.with(format!("{} In it: {why}.", errors::METADATA_INVALID.message));
        Metadata::read(metadata).map_err(invalid)?;
    }
    let changed = cx.transact(|tx| {
        let account = tx.account().clone();
        let mut settings = settings(&account);
        let text = |field: &mut String, new: &Option<String>| {
            if let Some(new) = new {
                field.clone_from(new);
            }
        };
        text(&mut settings.metadata, &request.metadata_document);
        text(&mut settings.auxiliary_domain, &request.auxiliary_domain);
        text(&mut settings.authn_sign_algo, &request.authn_sign_algo);
        settings.enabled = request.sso_enabled.unwrap_or(settings.enabled);
        settings.login_with_domain = request.sso_login_with_domain.unwrap_or(settings.login_with_domain);
        if settings.enabled && settings.metadata.is_empty() {
            return Err(errors::METADATA_INVALID.with("Logon through a provider needs the provider's metadata."));
        }
        match account.get::<UserSso>(UserSso::ID) {
            Some(row) => tx.update(row, &settings)?,
            None => tx.create(&settings)?,
        }
        Ok(settings)
    });
    Ok(SetUserSsoSettingsResponse { user_sso_settings: view(changed.await?) })
}

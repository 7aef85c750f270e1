//! Password policy and security preference as RAM shows them: fewer fields than IMS has, of the same settings.

use crate::dispatch::Authorized;
use crate::logon::settings::{self, set, set_number};
use crate::node::Cx;
use ramgate_api::ApiError;
use ramgate_api::ram::{
    AccessKeyPreference, GetPasswordPolicy, GetPasswordPolicyResponse, GetSecurityPreference,
    GetSecurityPreferenceResponse, LoginProfilePreference, MFAPreference, PasswordPolicy, PublicKeyPreference,
    SecurityPreference, SetPasswordPolicy, SetPasswordPolicyResponse, SetSecurityPreference,
    SetSecurityPreferenceResponse,
};
use ramgate_model as model;

fn policy(policy: &model::PasswordPolicy) -> PasswordPolicy {
    PasswordPolicy {
        hard_expiry: policy.hard_expiry,
        max_login_attempts: policy.max_login_attempts,
        max_password_age: policy.max_age_days,
        minimum_password_length: policy.minimum_length,
        password_reuse_prevention: policy.reuse_prevention,
        require_lowercase_characters: policy.require_lowercase,
        require_numbers: policy.require_numbers,
        require_symbols: policy.require_symbols,
        require_uppercase_characters: policy.require_uppercase,
    }
}

pub(super) async fn get_password_policy(
    cx: Cx,
    _: Authorized<GetPasswordPolicy>,
) -> Result<GetPasswordPolicyResponse, ApiError> {
    Ok(GetPasswordPolicyResponse { password_policy: policy(&settings::password_policy(&cx.account())) })
}

pub(super) async fn set_password_policy(
    cx: Cx,
    call: Authorized<SetPasswordPolicy>,
) -> Result<SetPasswordPolicyResponse, ApiError> {
    let request = &call.request;
    let changed = settings::change::<model::PasswordPolicy>(&cx, |policy| {
        set(&mut policy.hard_expiry, request.hard_expiry.as_ref());
        set_number(&mut policy.max_login_attempts, request.max_login_attempts);
        set_number(&mut policy.max_age_days, request.max_password_age);
        set_number(&mut policy.minimum_length, request.minimum_password_length);
        set_number(&mut policy.reuse_prevention, request.password_reuse_prevention);
        set(&mut policy.require_lowercase, request.require_lowercase_characters.as_ref());
        set(&mut policy.require_numbers, request.require_numbers.as_ref());
        set(&mut policy.require_symbols, request.require_symbols.as_ref());
        set(&mut policy.require_uppercase, request.require_uppercase_characters.as_ref());
    });
    Ok(SetPasswordPolicyResponse { password_policy: policy(&changed.await?) })
}

fn preference(preference: &model::SecurityPreference) -> SecurityPreference {
    SecurityPreference {
        access_key_preference: AccessKeyPreference { allow_user_to_manage_access_keys: preference.manage_access_keys },
        login_profile_preference: LoginProfilePreference {
            allow_user_to_change_password: preference.change_password,
            enable_save_mfa_ticket: preference.save_mfa_ticket,
            login_network_masks: preference.login_network_masks.clone(),
            login_session_duration: preference.login_session_hours,
        },
        mfa_preference: MFAPreference { allow_user_to_manage_mfa_devices: preference.manage_mfa_devices },
        public_key_preference: PublicKeyPreference { allow_user_to_manage_public_keys: preference.manage_public_keys },
    }
}

pub(super) async fn get_security_preference(
    cx: Cx,
    _: Authorized<GetSecurityPreference>,
) -> Result<GetSecurityPreferenceResponse, ApiError> {
    let security_preference = preference(&settings::security_preference(&cx.account()));
    Ok(GetSecurityPreferenceResponse { security_preference })
}

pub(super) async fn set_security_preference(
    cx: Cx,
    call: Authorized<SetSecurityPreference>,
) -> Result<SetSecurityPreferenceResponse, ApiError> {
    let request = &call.request;
    let changed = settings::change::<model::SecurityPreference>(&cx, |preference| {
        set(&mut preference.change_password, request.allow_user_to_change_password.as_ref());
        set(&mut preference.manage_access_keys, request.allow_user_to_manage_access_keys.as_ref());
        set(&mut preference.manage_mfa_devices, request.allow_user_to_manage_mfa_devices.as_ref());
        set(&mut preference.manage_public_keys, request.allow_user_to_manage_public_keys.as_ref());
        set(&mut preference.save_mfa_ticket, request.enable_save_mfa_ticket.as_ref());
        set(&mut preference.login_network_masks, request.login_network_masks.as_ref());
        set_number(&mut preference.login_session_hours, request.login_session_duration);
    });
    Ok(SetSecurityPreferenceResponse { security_preference: preference(&changed.await?) })
}

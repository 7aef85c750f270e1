//! Password policy and security preference with all their fields.

use crate::dispatch::Authorized;
use crate::logon::settings::{self, set, set_number};
use crate::node::Cx;
use ramgate_api::ApiError;
use ramgate_api::ims::{
    AccessKeyPreference, GetPasswordPolicy, GetPasswordPolicyResponse, GetSecurityPreference,
    GetSecurityPreferenceResponse, LoginProfilePreference, MaxIdleDays, PasswordPolicy, PersonalInfoPreference,
    SecurityPreference, SetPasswordPolicy, SetPasswordPolicyResponse, SetSecurityPreference,
    SetSecurityPreferenceResponse, VerificationPreference,
};
use ramgate_api::ram::MFAPreference;
use ramgate_model::{self as model, MfaOperation};

fn policy(policy: &model::PasswordPolicy) -> PasswordPolicy {
    PasswordPolicy {
        hard_expire: policy.hard_expiry,
        initial_password_age: policy.initial_age_days,
        intercept_risk_password_on_api: policy.intercept_risk_password,
        max_login_attempts: policy.max_login_attempts,
        max_password_age: policy.max_age_days,
        minimum_password_different_character: policy.minimum_different_characters,
        minimum_password_length: policy.minimum_length,
        password_not_contain_user_name: policy.not_contain_user_name,
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
        set(&mut policy.hard_expiry, request.hard_expire.as_ref());
        set_number(&mut policy.initial_age_days, request.initial_password_age);
        set(&mut policy.intercept_risk_password, request.intercept_risk_password_on_api.as_ref());
        set_number(&mut policy.max_login_attempts, request.max_login_attempts);
        set_number(&mut policy.max_age_days, request.max_password_age);
        set_number(&mut policy.minimum_different_characters, request.minimum_password_different_character);
        set_number(&mut policy.minimum_length, request.minimum_password_length);
        set(&mut policy.not_contain_user_name, request.password_not_contain_user_name.as_ref());
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
        access_key_preference: AccessKeyPreference {
            allow_user_to_manage_access_keys: preference.manage_access_keys,
            allow_user_to_manage_service_credentials: preference.manage_service_credentials,
        },
        login_profile_preference: LoginProfilePreference {
            allow_user_to_change_password: preference.change_password,
            allow_user_to_login_with_passkey: preference.login_with_passkey,
            enable_save_mfa_ticket: preference.save_mfa_ticket,
            login_network_masks: preference.login_network_masks.clone(),
            login_session_duration: preference.login_session_hours,
            mfa_operation_for_login: preference.mfa_operation.as_str().to_owned(),
            operation_for_risk_login: preference.operation_for_risk_login.clone(),
        },
        mfa_preference: MFAPreference { allow_user_to_manage_mfa_devices: preference.manage_mfa_devices },
        max_idle_days: MaxIdleDays {
            max_idle_days_for_access_keys: preference.max_idle_days_for_access_keys,
            max_idle_days_for_users: preference.max_idle_days_for_users,
        },
        personal_info_preference: PersonalInfoPreference {
            allow_user_to_manage_personal_ding_talk: preference.manage_personal_ding_talk,
        },
        verification_preference: VerificationPreference { verification_types: preference.verification_types.clone() },
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
    let operation = request.mfa_operation_for_login.as_deref();
    let operation = MfaOperation::ALL.into_iter().find(|known| operation == Some(known.as_str()));
    // An empty text is what SDKs send for "not said".
    let risk = request.operation_for_risk_login.as_ref().filter(|risk| !risk.is_empty());
    let changed = settings::change::<model::SecurityPreference>(&cx, |preference| {
        set(&mut preference.change_password, request.allow_user_to_change_password.as_ref());
        set(&mut preference.login_with_passkey, request.allow_user_to_login_with_passkey.as_ref());
        set(&mut preference.manage_access_keys, request.allow_user_to_manage_access_keys.as_ref());
        set(&mut preference.manage_mfa_devices, request.allow_user_to_manage_mfa_devices.as_ref());
        set(&mut preference.manage_personal_ding_talk, request.allow_user_to_manage_personal_ding_talk.as_ref());
        set(&mut preference.manage_service_credentials, request.allow_user_to_manage_service_credentials.as_ref());
        set(&mut preference.save_mfa_ticket, request.enable_save_mfa_ticket.as_ref());
        set(&mut preference.login_network_masks, request.login_network_masks.as_ref());
        set_number(&mut preference.login_session_hours, request.login_session_duration);
        set(&mut preference.mfa_operation, operation.as_ref());
        set_number(&mut preference.max_idle_days_for_access_keys, request.max_idle_days_for_access_keys);
        set_number(&mut preference.max_idle_days_for_users, request.max_idle_days_for_users);
        set(&mut preference.operation_for_risk_login, risk);
        set(&mut preference.verification_types, request.verification_types.as_ref());
    });
    Ok(SetSecurityPreferenceResponse { security_preference: preference(&changed.await?) })
}

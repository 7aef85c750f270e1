//! SetSecurityPreference.

use super::SecurityPreference;
use crate::ims::IMS;
use crate::ram::checks;
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Sets what users may do on their own and how they log on. What is left out stays.
    ///
    /// Source: IMS API reference 2019-08-15, SetSecurityPreference.
    SetSecurityPreference {
        product: IMS,
        bind: RPC,
        access: Update,
        resource: ALL,
        conditions: [],
        request: SetSecurityPreferenceRequest,
        response: SetSecurityPreferenceResponse,
        errors: [],
    }
}

/// What [`SetSecurityPreference`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct SetSecurityPreferenceRequest {
    /// Whether users may change their passwords.
    pub allow_user_to_change_password: Option<bool>,
    /// Whether users may log on with passkeys. Kept; there are none here.
    pub allow_user_to_login_with_passkey: Option<bool>,
    /// Whether users may manage their own access keys.
    pub allow_user_to_manage_access_keys: Option<bool>,
    /// Whether users may manage their own MFA devices.
    #[serde(rename = "AllowUserToManageMFADevices")]
    pub allow_user_to_manage_mfa_devices: Option<bool>,
    /// Whether users may bind a DingTalk account. Kept; nothing is bound here.
    pub allow_user_to_manage_personal_ding_talk: Option<bool>,
    /// Whether users may manage their own service credentials. Kept; there are none here.
    pub allow_user_to_manage_service_credentials: Option<bool>,
    /// Whether a browser may be remembered for seven days.
    #[serde(rename = "EnableSaveMFATicket")]
    pub enable_save_mfa_ticket: Option<bool>,
    /// Networks that may use the console, CIDRs joined by `;`, up to 40 and 512 characters; empty means all.
    pub login_network_masks: Option<String>,
    /// Hours a console session lasts, 1–24.
    pub login_session_duration: Option<i32>,
    /// `mandatory`, `independent` or `adaptive`.
    #[serde(rename = "MFAOperationForLogin")]
    pub mfa_operation_for_login: Option<String>,
    /// Days without use after which access keys of users are refused: 90, 180, 365 or 730.
    pub max_idle_days_for_access_keys: Option<i32>,
    /// Days without logon after which a user may not log on: 90, 180, 365 or 730.
    pub max_idle_days_for_users: Option<i32>,
    /// Deprecated: `autonomous` or `enforceVerify`. Kept.
    pub operation_for_risk_login: Option<String>,
    /// Further ways of verification, such as `sms`. Kept.
    pub verification_types: Option<Vec<String>>,
}

impl Validate for SetSecurityPreferenceRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::network_masks(checker, self.login_network_masks.as_deref());
        checker.range("LoginSessionDuration", self.login_session_duration.map(i64::from), 1, 24);
        let operations = ["mandatory", "independent", "adaptive"];
        checker.one_of("MFAOperationForLogin", self.mfa_operation_for_login.as_deref(), &operations);
        let risk = self.operation_for_risk_login.as_deref();
        checker.one_of("OperationForRiskLogin", risk, &["autonomous", "enforceVerify"]);
        for (name, days) in [
            ("MaxIdleDaysForAccessKeys", self.max_idle_days_for_access_keys),
            ("MaxIdleDaysForUsers", self.max_idle_days_for_users),
        ] {
            if days.is_some_and(|days| ![90, 180, 365, 730].contains(&days)) {
                checker.problem(name, "must be one of 90, 180, 365, 730");
            }
        }
        let types = self.verification_types.as_deref().unwrap_or_default();
        checker.count("VerificationTypes", types.len(), 8);
        types.iter().for_each(|kind| checker.length("VerificationTypes", Some(kind), 1, 32));
    }
}

/// What [`SetSecurityPreference`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct SetSecurityPreferenceResponse {
    /// The settings in force from now on.
    pub security_preference: SecurityPreference,
}

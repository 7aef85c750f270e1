//! SetSecurityPreference.

use super::SecurityPreference;
use crate::ram::{RAM, checks};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Sets what users may do on their own. What is left out stays.
    ///
    /// Source: RAM API reference 2015-05-01, SetSecurityPreference.
    SetSecurityPreference {
        product: RAM,
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
    /// Whether users may manage their own access keys.
    pub allow_user_to_manage_access_keys: Option<bool>,
    /// Whether users may manage their own MFA devices.
    #[serde(rename = "AllowUserToManageMFADevices")]
    pub allow_user_to_manage_mfa_devices: Option<bool>,
    /// Whether users may manage their own public keys.
    pub allow_user_to_manage_public_keys: Option<bool>,
    /// Whether a browser may be remembered for seven days.
    #[serde(rename = "EnableSaveMFATicket")]
    pub enable_save_mfa_ticket: Option<bool>,
    /// Networks that may log on to the console, CIDRs joined by `;`, up to 40 and 512 characters.
    pub login_network_masks: Option<String>,
    /// Hours a console session lasts, 1–24.
    pub login_session_duration: Option<i32>,
}

impl Validate for SetSecurityPreferenceRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::network_masks(checker, self.login_network_masks.as_deref());
        checker.range("LoginSessionDuration", self.login_session_duration.map(i64::from), 1, 24);
    }
}

/// What [`SetSecurityPreference`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct SetSecurityPreferenceResponse {
    /// The settings in force.
    pub security_preference: SecurityPreference,
}

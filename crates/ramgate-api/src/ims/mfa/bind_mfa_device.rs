//! BindMFADevice.

use crate::ims::{IMS, logon_targets};
use crate::ram::{USER, checks, errors};
use crate::{Checker, Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Binds a virtual MFA device to a user, proved by two codes in a row.
    ///
    /// Source: IMS API reference 2019-08-15, BindMFADevice.
    BindMFADevice {
        product: IMS,
        bind: RPC,
        access: Update,
        resource: (USER, user_principal_name by logon_targets::user),
        conditions: [],
        request: BindMFADeviceRequest,
        response: Empty,
        errors: [
            errors::USER_NOT_FOUND,
            errors::MFA_DEVICE_NOT_FOUND,
            errors::USER_HAS_AN_MFA_DEVICE,
            errors::MFA_DEVICE_TAKEN,
            errors::AUTHENTICATION_CODE_WRONG,
            errors::AUTHENTICATION_CODE_FORMAT,
        ],
        required: ["SerialNumber", "UserPrincipalName", "AuthenticationCode1", "AuthenticationCode2"],
    }
}

/// What [`BindMFADevice`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct BindMFADeviceRequest {
    /// A code of six digits.
    pub authentication_code1: String,
    /// The code that follows it.
    pub authentication_code2: String,
    /// The device's serial number, `acs:ram::<account>:mfa/<name>`.
    pub serial_number: String,
    /// The user, `<name>@<domain>`.
    pub user_principal_name: String,
}

impl Validate for BindMFADeviceRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::authentication_code(checker, Some(&self.authentication_code1));
        checks::authentication_code(checker, Some(&self.authentication_code2));
    }
}

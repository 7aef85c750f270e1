//! UnbindMFADevice.

use crate::ims::{IMS, logon_targets};
use crate::ram::{USER, UnboundMFADevice, errors};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Takes the MFA device from a user. The device stays.
    ///
    /// Source: IMS API reference 2019-08-15, UnbindMFADevice.
    UnbindMFADevice {
        product: IMS,
        bind: RPC,
        access: Update,
        resource: (USER, user_principal_name by logon_targets::user),
        conditions: [],
        request: UnbindMFADeviceRequest,
        response: UnbindMFADeviceResponse,
        errors: [errors::USER_NOT_FOUND, errors::USER_MFA_DEVICE_NOT_FOUND],
        required: ["UserPrincipalName"],
    }
}

/// What [`UnbindMFADevice`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UnbindMFADeviceRequest {
    /// The user, `<name>@<domain>`.
    pub user_principal_name: String,
}

impl Validate for UnbindMFADeviceRequest {}

/// What [`UnbindMFADevice`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct UnbindMFADeviceResponse {
    /// The device, which is free again.
    #[serde(rename = "MFADevice")]
    pub mfa_device: UnboundMFADevice,
}

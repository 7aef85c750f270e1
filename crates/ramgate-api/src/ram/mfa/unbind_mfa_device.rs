//! UnbindMFADevice.

use super::UnboundMFADevice;
use crate::ram::{RAM, USER, errors};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Takes the MFA device from a user.
    ///
    /// Source: RAM API reference 2015-05-01, UnbindMFADevice.
    UnbindMFADevice {
        product: RAM,
        bind: RPC,
        access: Update,
        resource: (USER, user_name),
        conditions: [],
        request: UnbindMFADeviceRequest,
        response: UnbindMFADeviceResponse,
        errors: [errors::USER_NOT_FOUND, errors::USER_MFA_DEVICE_NOT_FOUND],
        required: ["UserName"],
    }
}

/// What [`UnbindMFADevice`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UnbindMFADeviceRequest {
    /// The user's logon name, without regard to case.
    pub user_name: String,
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

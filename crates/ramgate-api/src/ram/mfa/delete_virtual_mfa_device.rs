//! DeleteVirtualMFADevice.

use crate::ram::{MFA_DEVICE, RAM, errors, targets};
use crate::{Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes a virtual MFA device that is bound to nobody.
    ///
    /// Source: RAM API reference 2015-05-01, DeleteVirtualMFADevice.
    DeleteVirtualMFADevice {
        product: RAM,
        bind: RPC,
        access: Delete,
        resource: (MFA_DEVICE, serial_number by targets::mfa_device),
        conditions: [],
        request: DeleteVirtualMFADeviceRequest,
        response: Empty,
        errors: [errors::MFA_DEVICE_NOT_FOUND, errors::MFA_DEVICE_BOUND],
        required: ["SerialNumber"],
    }
}

/// What [`DeleteVirtualMFADevice`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DeleteVirtualMFADeviceRequest {
    /// The device's serial number, `acs:ram::<account>:mfa/<name>`.
    pub serial_number: String,
}

impl Validate for DeleteVirtualMFADeviceRequest {}

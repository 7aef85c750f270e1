//! DeleteVirtualMFADevice.

use crate::ims::{IMS, logon_targets};
use crate::ram::{MFA_DEVICE, errors};
use crate::{Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes a virtual MFA device that is bound to nobody.
    ///
    /// Source: IMS API reference 2019-08-15, DeleteVirtualMFADevice.
    DeleteVirtualMFADevice {
        product: IMS,
        bind: RPC,
        access: Delete,
        resource: (MFA_DEVICE, serial_number by logon_targets::mfa_device),
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

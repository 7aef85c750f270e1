//! CreateVirtualMFADevice.

use crate::ims::IMS;
use crate::ram::{MFA_DEVICE, NewVirtualMFADevice, checks, errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Makes a virtual MFA device. Its seed is shown here and never again.
    ///
    /// Source: IMS API reference 2019-08-15, CreateVirtualMFADevice.
    CreateVirtualMFADevice {
        product: IMS,
        bind: RPC,
        access: Create,
        resource: (MFA_DEVICE, *),
        conditions: [],
        request: CreateVirtualMFADeviceRequest,
        response: CreateVirtualMFADeviceResponse,
        errors: [errors::MFA_DEVICE_EXISTS, errors::MFA_DEVICE_LIMIT],
        required: ["VirtualMFADeviceName"],
    }
}

/// What [`CreateVirtualMFADevice`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct CreateVirtualMFADeviceRequest {
    /// 1–64 of letters, digits, `.`, `-`.
    #[serde(rename = "VirtualMFADeviceName")]
    pub virtual_mfa_device_name: String,
}

impl Validate for CreateVirtualMFADeviceRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::mfa_device_name(checker, &self.virtual_mfa_device_name);
    }
}

/// What [`CreateVirtualMFADevice`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct CreateVirtualMFADeviceResponse {
    /// The device.
    #[serde(rename = "VirtualMFADevice")]
    pub virtual_mfa_device: NewVirtualMFADevice,
}

//! ListVirtualMFADevices.

use super::VirtualMFADeviceList;
use crate::ram::{MFA_DEVICE, RAM};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists the virtual MFA devices of the account.
    ///
    /// Source: RAM API reference 2015-05-01, ListVirtualMFADevices.
    ListVirtualMFADevices {
        product: RAM,
        bind: RPC,
        access: List,
        resource: (MFA_DEVICE, *),
        conditions: [],
        request: ListVirtualMFADevicesRequest,
        response: ListVirtualMFADevicesResponse,
        errors: [],
    }
}

/// Nothing is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListVirtualMFADevicesRequest {}

impl Validate for ListVirtualMFADevicesRequest {}

/// What [`ListVirtualMFADevices`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListVirtualMFADevicesResponse {
    /// The devices, in the order of their names.
    #[serde(rename = "VirtualMFADevices")]
    pub virtual_mfa_devices: VirtualMFADeviceList,
}

//! ListVirtualMFADevices.

use super::VirtualMFADeviceList;
use crate::ims::IMS;
use crate::ram::MFA_DEVICE;
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists the virtual MFA devices of the account.
    ///
    /// Source: IMS API reference 2019-08-15, ListVirtualMFADevices.
    ListVirtualMFADevices {
        product: IMS,
        bind: RPC,
        access: List,
        resource: (MFA_DEVICE, *),
        conditions: [],
        request: ListVirtualMFADevicesRequest,
        response: ListVirtualMFADevicesResponse,
        errors: [],
    }
}

/// What [`ListVirtualMFADevices`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListVirtualMFADevicesRequest {
    /// Where to go on, as an earlier answer gave it.
    pub marker: Option<String>,
    /// Devices on a page, 1–100; 100 where absent.
    pub max_items: Option<i32>,
}

impl Validate for ListVirtualMFADevicesRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.range("MaxItems", self.max_items.map(i64::from), 1, 100);
    }
}

/// What [`ListVirtualMFADevices`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListVirtualMFADevicesResponse {
    /// Whether further pages follow.
    pub is_truncated: bool,
    /// Where the next page begins; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// The devices, in the order of their names.
    #[serde(rename = "VirtualMFADevices")]
    pub virtual_mfa_devices: VirtualMFADeviceList,
}

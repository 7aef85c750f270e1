//! ListVirtualMFADevices.

use crate::ram::{MFA_DEVICE, RAM};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

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
        response: Unbuilt,
        errors: [],
    }
}

/// Nothing is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListVirtualMFADevicesRequest {}

impl Validate for ListVirtualMFADevicesRequest {}

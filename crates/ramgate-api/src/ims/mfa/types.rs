//! Types of these operations beyond those of RAM.

use schemars::JsonSchema;
use serde::Serialize;

/// A device.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct VirtualMFADevice {
    /// When it was bound, UTC; absent while it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activate_date: Option<String>,
    /// `acs:ram::<account>:mfa/<name>`.
    pub serial_number: String,
    /// Whom it is bound to; absent while it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<VirtualMFADeviceUser>,
}

/// The user of a device.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct VirtualMFADeviceUser {
    /// The name shown.
    pub display_name: String,
    /// The id.
    pub user_id: String,
    /// `<name>@<domain>`.
    pub user_principal_name: String,
}

/// Devices, nested once as the API writes lists.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct VirtualMFADeviceList {
    /// The devices.
    #[serde(rename = "VirtualMFADevice")]
    pub virtual_mfa_device: Vec<VirtualMFADevice>,
}

//! Types that several of these operations share.

use crate::Secret;
use schemars::JsonSchema;
use serde::Serialize;

/// A device just made, with what an authenticator app needs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct NewVirtualMFADevice {
    /// The seed in base32: 160 bits. Codes are of RFC 6238 with SHA-1, 30 seconds and six digits.
    #[serde(rename = "Base32StringSeed")]
    pub base32_string_seed: Secret,
    /// The seed as a QR code: a PNG image in base64, which holds an `otpauth://totp/` address.
    #[serde(rename = "QRCodePNG")]
    pub qr_code_png: Secret,
    /// `acs:ram::<account>:mfa/<name>`.
    pub serial_number: String,
}

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
    /// The logon name.
    pub user_name: String,
}

/// Devices, nested once as the API writes lists.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct VirtualMFADeviceList {
    /// The devices.
    #[serde(rename = "VirtualMFADevice")]
    pub virtual_mfa_device: Vec<VirtualMFADevice>,
}

/// The device of a user.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct UserMFADevice {
    /// `acs:ram::<account>:mfa/<name>`.
    pub serial_number: String,
    /// `VMFA`: a virtual device.
    pub r#type: String,
}

/// A device that was taken from its user.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct UnboundMFADevice {
    /// `acs:ram::<account>:mfa/<name>`.
    pub serial_number: String,
}

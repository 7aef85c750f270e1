//! GetUserMFAInfo.

use crate::ims::{IMS, logon_targets};
use crate::ram::{USER, UserMFADevice, errors};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Tells whether a user has an MFA device, and which.
    ///
    /// Source: IMS API reference 2019-08-15, GetUserMFAInfo.
    GetUserMFAInfo {
        product: IMS,
        bind: RPC,
        access: Get,
        resource: (USER, user_principal_name by logon_targets::user),
        conditions: [],
        request: GetUserMFAInfoRequest,
        response: GetUserMFAInfoResponse,
        errors: [errors::USER_NOT_FOUND],
    }
}

/// What [`GetUserMFAInfo`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetUserMFAInfoRequest {
    /// The user, `<name>@<domain>`; without it the caller.
    pub user_principal_name: Option<String>,
}

impl Validate for GetUserMFAInfoRequest {}

/// What [`GetUserMFAInfo`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GetUserMFAInfoResponse {
    /// Whether the user has a device.
    #[serde(rename = "IsMFAEnable")]
    pub is_mfa_enable: bool,
    /// The device; absent without one.
    #[serde(rename = "MFADevice", skip_serializing_if = "Option::is_none")]
    pub mfa_device: Option<UserMFADevice>,
}

//! GetUserMFAInfo.

use super::UserMFADevice;
use crate::ram::{RAM, USER, errors};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Returns the MFA device of a user.
    ///
    /// Source: RAM API reference 2015-05-01, GetUserMFAInfo.
    GetUserMFAInfo {
        product: RAM,
        bind: RPC,
        access: Get,
        resource: (USER, user_name),
        conditions: [],
        request: GetUserMFAInfoRequest,
        response: GetUserMFAInfoResponse,
        errors: [errors::USER_NOT_FOUND, errors::USER_MFA_DEVICE_NOT_FOUND],
        required: ["UserName"],
    }
}

/// What [`GetUserMFAInfo`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetUserMFAInfoRequest {
    /// The user's logon name, without regard to case.
    pub user_name: String,
}

impl Validate for GetUserMFAInfoRequest {}

/// What [`GetUserMFAInfo`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GetUserMFAInfoResponse {
    /// The device.
    #[serde(rename = "MFADevice")]
    pub mfa_device: UserMFADevice,
}

//! GetAccountMFAInfo.

use crate::ims::IMS;
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Tells whether the account itself has an MFA device. It has none here: it does not log on to the console.
    ///
    /// Source: IMS API reference 2019-08-15, GetAccountMFAInfo.
    GetAccountMFAInfo {
        product: IMS,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: GetAccountMFAInfoRequest,
        response: GetAccountMFAInfoResponse,
        errors: [],
    }
}

/// Nothing is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetAccountMFAInfoRequest {}

impl Validate for GetAccountMFAInfoRequest {}

/// What [`GetAccountMFAInfo`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GetAccountMFAInfoResponse {
    /// Whether it has one.
    #[serde(rename = "IsMFAEnable")]
    pub is_mfa_enable: bool,
}

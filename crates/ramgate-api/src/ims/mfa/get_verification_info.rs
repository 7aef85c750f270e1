//! GetVerificationInfo.

use crate::ims::{IMS, logon_targets};
use crate::ram::{USER, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns where codes are sent that a user must give at logon.
    ///
    /// Source: IMS API reference 2019-08-15, GetVerificationInfo.
    GetVerificationInfo {
        product: IMS,
        bind: RPC,
        access: Get,
        resource: (USER, user_principal_name by logon_targets::user),
        conditions: [],
        request: GetVerificationInfoRequest,
        response: Unbuilt,
        errors: [errors::USER_NOT_FOUND],
        required: ["UserPrincipalName"],
    }
}

/// What [`GetVerificationInfo`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetVerificationInfoRequest {
    /// The user, `<name>@<domain>`.
    pub user_principal_name: String,
}

impl Validate for GetVerificationInfoRequest {}

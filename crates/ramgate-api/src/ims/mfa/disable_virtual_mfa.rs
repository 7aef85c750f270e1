//! DisableVirtualMFA.

use crate::ims::{IMS, logon_targets};
use crate::ram::{USER, errors};
use crate::{Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Takes the virtual MFA device from a user and removes it.
    ///
    /// Source: IMS API reference 2019-08-15, DisableVirtualMFA.
    DisableVirtualMFA {
        product: IMS,
        bind: RPC,
        access: Delete,
        resource: (USER, user_principal_name by logon_targets::user),
        conditions: [],
        request: DisableVirtualMFARequest,
        response: Empty,
        errors: [errors::USER_NOT_FOUND, errors::USER_MFA_DEVICE_NOT_FOUND],
        required: ["UserPrincipalName"],
    }
}

/// What [`DisableVirtualMFA`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DisableVirtualMFARequest {
    /// The user, `<name>@<domain>`.
    pub user_principal_name: String,
}

impl Validate for DisableVirtualMFARequest {}

//! DeleteLoginProfile.

use crate::ims::{IMS, logon_targets};
use crate::ram::{USER, errors};
use crate::{Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Takes the console logon from a user.
    ///
    /// Source: IMS API reference 2019-08-15, DeleteLoginProfile.
    DeleteLoginProfile {
        product: IMS,
        bind: RPC,
        access: Delete,
        resource: (USER, user_principal_name by logon_targets::user),
        conditions: [],
        request: DeleteLoginProfileRequest,
        response: Empty,
        errors: [errors::USER_NOT_FOUND, errors::LOGIN_PROFILE_NOT_FOUND],
        required: ["UserPrincipalName"],
    }
}

/// What [`DeleteLoginProfile`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DeleteLoginProfileRequest {
    /// The user, `<name>@<domain>`.
    pub user_principal_name: String,
}

impl Validate for DeleteLoginProfileRequest {}

//! DeleteLoginProfile.

use crate::ram::{RAM, USER, errors};
use crate::{Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Takes the console logon from a user.
    ///
    /// Source: RAM API reference 2015-05-01, DeleteLoginProfile.
    DeleteLoginProfile {
        product: RAM,
        bind: RPC,
        access: Delete,
        resource: (USER, user_name),
        conditions: [],
        request: DeleteLoginProfileRequest,
        response: Empty,
        errors: [errors::USER_NOT_FOUND, errors::LOGIN_PROFILE_NOT_FOUND],
        required: ["UserName"],
    }
}

/// What [`DeleteLoginProfile`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DeleteLoginProfileRequest {
    /// The user's logon name, without regard to case.
    pub user_name: String,
}

impl Validate for DeleteLoginProfileRequest {}

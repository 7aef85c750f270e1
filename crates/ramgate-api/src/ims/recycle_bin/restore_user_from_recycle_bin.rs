//! RestoreUserFromRecycleBin.

use crate::ims::IMS;
use crate::ram::errors as ram;
use crate::{Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Takes a user back out of the recycle bin. The keys that went in with it come back switched off; groups and
    /// policies do not come back.
    ///
    /// Source: IMS API reference 2019-08-15, RestoreUserFromRecycleBin.
    RestoreUserFromRecycleBin {
        product: IMS,
        bind: RPC,
        access: Delete,
        resource: ALL,
        conditions: [],
        request: RestoreUserFromRecycleBinRequest,
        response: Empty,
        errors: [ram::USER_NOT_FOUND, ram::USER_EXISTS, ram::USER_LIMIT],
        required: ["UserId"],
    }
}

/// What [`RestoreUserFromRecycleBin`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct RestoreUserFromRecycleBinRequest {
    /// The user's id.
    pub user_id: String,
}

impl Validate for RestoreUserFromRecycleBinRequest {}

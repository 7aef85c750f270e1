//! DeleteUserInRecycleBin.

use crate::ims::IMS;
use crate::ram::errors as ram;
use crate::{Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes a user in the recycle bin for good, and its keys there.
    ///
    /// Source: IMS API reference 2019-08-15, DeleteUserInRecycleBin.
    DeleteUserInRecycleBin {
        product: IMS,
        bind: RPC,
        access: Delete,
        resource: ALL,
        conditions: [],
        request: DeleteUserInRecycleBinRequest,
        response: Empty,
        errors: [ram::USER_NOT_FOUND],
        required: ["UserId"],
    }
}

/// What [`DeleteUserInRecycleBin`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DeleteUserInRecycleBinRequest {
    /// The user's id.
    pub user_id: String,
}

impl Validate for DeleteUserInRecycleBinRequest {}

//! GetUserInRecycleBin.

use super::RecycledUser;
use crate::ims::{IMS, checks};
use crate::ram::errors as ram;
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Returns one user in the recycle bin, named by its id or by one of its keys.
    ///
    /// Source: IMS API reference 2019-08-15, GetUserInRecycleBin.
    GetUserInRecycleBin {
        product: IMS,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: GetUserInRecycleBinRequest,
        response: GetUserInRecycleBinResponse,
        errors: [ram::USER_NOT_FOUND],
    }
}

/// What [`GetUserInRecycleBin`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetUserInRecycleBinRequest {
    /// An access key of the user's.
    pub user_access_key_id: Option<String>,
    /// The user's id.
    pub user_id: Option<String>,
}

impl Validate for GetUserInRecycleBinRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::one_of(
            checker,
            &[("UserId", self.user_id.is_some()), ("UserAccessKeyId", self.user_access_key_id.is_some())],
        );
    }
}

/// What [`GetUserInRecycleBin`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GetUserInRecycleBinResponse {
    /// The user.
    pub user: RecycledUser,
}

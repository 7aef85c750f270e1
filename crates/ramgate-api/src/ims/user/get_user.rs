//! GetUser.

use super::User;
use crate::ims::{IMS, checks, targets};
use crate::ram::{USER, errors as ram};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Returns one user, named in one of three ways.
    ///
    /// Source: IMS API reference 2019-08-15, GetUser.
    GetUser {
        product: IMS,
        bind: RPC,
        access: Get,
        resource: (USER, user_principal_name by targets::user_or_key_owner),
        conditions: [],
        request: GetUserRequest,
        response: GetUserResponse,
        errors: [ram::USER_NOT_FOUND],
    }
}

/// What [`GetUser`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetUserRequest {
    /// An access key of the user's.
    pub user_access_key_id: Option<String>,
    /// The user's id.
    pub user_id: Option<String>,
    /// The user's logon name with its domain, `<name>@<domain>`.
    pub user_principal_name: Option<String>,
}

impl Validate for GetUserRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::one_of(
            checker,
            &[
                ("UserPrincipalName", self.user_principal_name.is_some()),
                ("UserId", self.user_id.is_some()),
                ("UserAccessKeyId", self.user_access_key_id.is_some()),
            ],
        );
    }
}

/// What [`GetUser`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GetUserResponse {
    /// The user.
    pub user: User,
}

//! DeleteUser.

use crate::ims::{IMS, checks, targets};
use crate::ram::{USER, errors as ram};
use crate::{Checker, Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Moves a user with its keys into the recycle bin. Whoever is in a group or has a policy stays.
    ///
    /// Source: IMS API reference 2019-08-15, DeleteUser.
    DeleteUser {
        product: IMS,
        bind: RPC,
        access: Delete,
        resource: (USER, user_principal_name by targets::named),
        conditions: [],
        request: DeleteUserRequest,
        response: Empty,
        errors: [ram::USER_NOT_FOUND, ram::USER_IN_GROUP, ram::USER_HAS_POLICY],
    }
}

/// What [`DeleteUser`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DeleteUserRequest {
    /// The user's id.
    pub user_id: Option<String>,
    /// The user's logon name with its domain, `<name>@<domain>`.
    pub user_principal_name: Option<String>,
}

impl Validate for DeleteUserRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::one_of(
            checker,
            &[("UserPrincipalName", self.user_principal_name.is_some()), ("UserId", self.user_id.is_some())],
        );
    }
}

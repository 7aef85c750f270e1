//! CreateUser.

use super::User;
use crate::ram::{RAM, USER, checks, errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Makes a user, who has no permission at first.
    ///
    /// Source: RAM API reference 2015-05-01, CreateUser.
    CreateUser {
        product: RAM,
        bind: RPC,
        access: Create,
        resource: (USER, *),
        conditions: [],
        request: CreateUserRequest,
        response: CreateUserResponse,
        errors: [errors::USER_EXISTS, errors::USER_LIMIT],
        required: ["UserName"],
    }
}

/// What [`CreateUser`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct CreateUserRequest {
    /// A remark, up to 128 characters.
    pub comments: Option<String>,
    /// The name shown, 1–128 characters.
    pub display_name: Option<String>,
    /// A mail address.
    pub email: Option<String>,
    /// `<country code>-<number>`, such as `86-18600000000`.
    pub mobile_phone: Option<String>,
    /// 1–64 of letters, digits, `.`, `-`, `_`; unique without regard to case.
    pub user_name: String,
}

impl Validate for CreateUserRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::comments(checker, self.comments.as_deref());
        checks::display_name(checker, self.display_name.as_deref());
        checks::email(checker, self.email.as_deref());
        checks::mobile_phone(checker, self.mobile_phone.as_deref());
        checks::user_name(checker, &self.user_name);
    }
}

/// What [`CreateUser`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct CreateUserResponse {
    /// The user.
    pub user: User,
}

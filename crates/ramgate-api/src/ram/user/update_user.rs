//! UpdateUser.

use super::User;
use crate::ram::{RAM, USER, checks, errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Renames a user or changes the profile. What is left out stays.
    ///
    /// Source: RAM API reference 2015-05-01, UpdateUser.
    UpdateUser {
        product: RAM,
        bind: RPC,
        access: Update,
        resource: (USER, user_name),
        conditions: [],
        request: UpdateUserRequest,
        response: UpdateUserResponse,
        errors: [errors::USER_NOT_FOUND, errors::USER_EXISTS],
        required: ["UserName"],
    }
}

/// What [`UpdateUser`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UpdateUserRequest {
    /// The new remark, up to 128 characters.
    pub new_comments: Option<String>,
    /// The new name shown, 1–128 characters.
    pub new_display_name: Option<String>,
    /// The new mail address.
    pub new_email: Option<String>,
    /// The new number, `<country code>-<number>`.
    pub new_mobile_phone: Option<String>,
    /// The new logon name, 1–64 of letters, digits, `.`, `-`, `_`.
    pub new_user_name: Option<String>,
    /// The user's logon name, without regard to case.
    pub user_name: String,
}

impl Validate for UpdateUserRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::new_comments(checker, self.new_comments.as_deref());
        checks::new_display_name(checker, self.new_display_name.as_deref());
        checks::new_email(checker, self.new_email.as_deref());
        checks::new_mobile_phone(checker, self.new_mobile_phone.as_deref());
        checks::new_user_name(checker, self.new_user_name.as_deref());
    }
}

/// What [`UpdateUser`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateUserResponse {
    /// The user.
    pub user: User,
}

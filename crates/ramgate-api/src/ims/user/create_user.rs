//! CreateUser.

use super::User;
use crate::ims::{IMS, checks, errors};
use crate::ram::{Tag, USER, checks as ram_checks, errors as ram};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Makes a user, who has no permission at first.
    ///
    /// Source: IMS API reference 2019-08-15, CreateUser.
    CreateUser {
        product: IMS,
        bind: RPC,
        access: Create,
        resource: (USER, *),
        conditions: [],
        request: CreateUserRequest,
        response: CreateUserResponse,
        errors: [ram::USER_EXISTS, ram::USER_LIMIT, errors::USER_PRINCIPAL_NAME_DOMAIN],
        required: ["UserPrincipalName", "DisplayName"],
    }
}

/// What [`CreateUser`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct CreateUserRequest {
    /// A remark, up to 128 characters.
    pub comments: Option<String>,
    /// The name shown, 1–24 characters.
    pub display_name: String,
    /// A mail address.
    pub email: Option<String>,
    /// `<country code>-<number>`, such as `86-18600000000`.
    pub mobile_phone: Option<String>,
    /// Up to 20 tags.
    pub tag: Vec<Tag>,
    /// `<name>@<domain>`; the name is 1–64 of letters, digits, `.`, `-`, `_`, unique without regard to case, and
    /// the domain one of the account's.
    pub user_principal_name: String,
}

impl Validate for CreateUserRequest {
    fn validate(&self, checker: &mut Checker) {
        ram_checks::comments(checker, self.comments.as_deref());
        checks::display_name(checker, Some(&self.display_name));
        ram_checks::email(checker, self.email.as_deref());
        ram_checks::mobile_phone(checker, self.mobile_phone.as_deref());
        checks::user_tags(checker, &self.tag);
        checks::user_principal_name(checker, &self.user_principal_name);
    }
}

/// What [`CreateUser`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct CreateUserResponse {
    /// The user.
    pub user: User,
}

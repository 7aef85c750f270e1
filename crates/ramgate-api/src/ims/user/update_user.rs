//! UpdateUser.

use super::User;
use crate::ims::{IMS, checks, errors, targets};
use crate::ram::{USER, checks as ram_checks, errors as ram};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Renames a user or changes the profile. What is left out stays.
    ///
    /// Source: IMS API reference 2019-08-15, UpdateUser.
    UpdateUser {
        product: IMS,
        bind: RPC,
        access: Update,
        resource: (USER, user_principal_name by targets::named),
        conditions: [],
        request: UpdateUserRequest,
        response: UpdateUserResponse,
        errors: [ram::USER_NOT_FOUND, ram::USER_EXISTS, errors::USER_PRINCIPAL_NAME_DOMAIN],
    }
}

/// What [`UpdateUser`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UpdateUserRequest {
    /// The new remark, up to 128 characters.
    pub new_comments: Option<String>,
    /// The new name shown, 1–24 characters.
    pub new_display_name: Option<String>,
    /// The new mail address.
    pub new_email: Option<String>,
    /// The new number, `<country code>-<number>`.
    pub new_mobile_phone: Option<String>,
    /// The new logon name with a domain of the account's, `<name>@<domain>`.
    pub new_user_principal_name: Option<String>,
    /// The user's id.
    pub user_id: Option<String>,
    /// The user's logon name with its domain, `<name>@<domain>`.
    pub user_principal_name: Option<String>,
}

impl Validate for UpdateUserRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::one_of(
            checker,
            &[("UserPrincipalName", self.user_principal_name.is_some()), ("UserId", self.user_id.is_some())],
        );
        ram_checks::new_comments(checker, self.new_comments.as_deref());
        checks::new_display_name(checker, self.new_display_name.as_deref());
        ram_checks::new_email(checker, self.new_email.as_deref());
        ram_checks::new_mobile_phone(checker, self.new_mobile_phone.as_deref());
        if let Some(name) = &self.new_user_principal_name {
            checks::new_user_principal_name(checker, name);
        }
    }
}

/// What [`UpdateUser`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateUserResponse {
    /// The user.
    pub user: User,
}

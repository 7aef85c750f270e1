//! SetVerificationInfo.

use crate::ims::{IMS, logon_targets};
use crate::ram::{USER, errors};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Sets where codes are sent that a user must give at logon.
    ///
    /// Source: IMS API reference 2019-08-15, SetVerificationInfo.
    SetVerificationInfo {
        product: IMS,
        bind: RPC,
        access: Update,
        resource: (USER, user_principal_name by logon_targets::user),
        conditions: [],
        request: SetVerificationInfoRequest,
        response: Unbuilt,
        errors: [errors::USER_NOT_FOUND],
        required: ["UserPrincipalName"],
    }
}

/// What [`SetVerificationInfo`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct SetVerificationInfoRequest {
    /// A mail address; needed where the type is `email`.
    pub email: Option<String>,
    /// A phone number; needed where the type is `sms`.
    pub mobile_phone: Option<String>,
    /// The user, `<name>@<domain>`.
    pub user_principal_name: String,
    /// `sms` or `email`.
    pub verify_type: Option<String>,
}

impl Validate for SetVerificationInfoRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("VerifyType", self.verify_type.as_deref(), &["sms", "email"]);
    }
}

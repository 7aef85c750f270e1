//! CreateServiceCredential.

use crate::ims::{IMS, targets};
use crate::ram::USER;
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Makes a credential for one service.
    ///
    /// Source: IMS API reference 2019-08-15, CreateServiceCredential.
    CreateServiceCredential {
        product: IMS,
        bind: RPC,
        access: Create,
        resource: (USER, user_principal_name by targets::named),
        conditions: [],
        request: CreateServiceCredentialRequest,
        response: Unbuilt,
        errors: [],
        required: ["ServiceName", "ServiceCredentialName"],
    }
}

/// What [`CreateServiceCredential`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct CreateServiceCredentialRequest {
    /// Its life, 1–36,600 days.
    pub credential_age_days: Option<i32>,
    /// 1–128 characters.
    pub service_credential_name: String,
    /// The service.
    pub service_name: String,
    /// Whose credential, by logon name with its domain; the caller's where absent.
    pub user_principal_name: Option<String>,
}

impl Validate for CreateServiceCredentialRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.range("CredentialAgeDays", self.credential_age_days.map(i64::from), 1, 36_600);
        checker.length("ServiceCredentialName", Some(&self.service_credential_name), 1, 128);
    }
}

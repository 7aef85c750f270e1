//! CreateSecret.

use super::KmsConfig;
use crate::apig::{APIG, SECRET, checks, errors};
use crate::{Checker, Secret, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Keeps a secret, encrypted.
    ///
    /// Source: APIG API reference 2024-03-27, CreateSecret.
    CreateSecret {
        product: APIG,
        bind: (POST "/v1/secrets"),
        access: Create,
        resource: (ALL or (SECRET, *)),
        conditions: [],
        request: CreateSecretRequest,
        response: Unbuilt,
        errors: [errors::SECRET_NAME_DUPLICATE],
        required: ["name", "secretData"],
    }
}

/// What [`CreateSecret`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct CreateSecretRequest {
    /// Free text.
    pub description: Option<String>,
    /// `API` or `AI`.
    pub gateway_type: Option<String>,
    /// For source `KMS`.
    pub kms_config: Option<KmsConfig>,
    /// 1–64 of letters, digits, `_`; unique.
    pub name: String,
    /// The value.
    pub secret_data: Secret,
    /// `KMS` or `Local`.
    pub secret_source: Option<String>,
}

impl Validate for CreateSecretRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::secret_name(checker, &self.name);
        checker.one_of("secretSource", self.secret_source.as_deref(), &["KMS", "Local"]);
    }
}

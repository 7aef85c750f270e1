//! AssumeRoleWithSAML.

use super::{AssumedRoleUser, Credentials};
use crate::sts::{STS, checks, errors};
use crate::{Checker, Secret, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Gives temporary credentials of a role to the bearer of a SAML assertion. The trust policy of the role
    /// decides alone.
    ///
    /// Source: STS API reference 2015-04-01, AssumeRoleWithSAML.
    AssumeRoleWithSAML {
        product: STS,
        bind: RPC,
        access: Create,
        resource: EXEMPT,
        conditions: [],
        request: AssumeRoleWithSAMLRequest,
        response: AssumeRoleWithSAMLResponse,
        errors: [
            errors::ROLE_ARN,
            errors::DURATION_SECONDS,
            errors::POLICY_GRAMMAR,
            errors::POLICY_SIZE,
            errors::AUTHENTICATION_FAILED,
            errors::SAML_ASSERTION_INVALID,
            errors::SAML_ASSERTION_EXPIRED,
            errors::SAML_ASSERTION_USED,
        ],
        required: ["SAMLProviderArn", "RoleArn", "SAMLAssertion"],
        anonymous: true,
    }
}

/// What [`AssumeRoleWithSAML`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct AssumeRoleWithSAMLRequest {
    /// How long the credentials are good, from 900 to what the role allows; 3,600 where absent.
    pub duration_seconds: Option<i64>,
    /// A policy that narrows the session further, up to 2,048 characters.
    pub policy: Option<String>,
    /// `acs:ram::<account>:role/<name>`.
    pub role_arn: String,
    /// The whole response with the assertion, Base64, 4–100,000 characters.
    #[serde(rename = "SAMLAssertion")]
    pub saml_assertion: Secret,
    /// `acs:ram::<account>:saml-provider/<name>`.
    #[serde(rename = "SAMLProviderArn")]
    pub saml_provider_arn: String,
}

impl Validate for AssumeRoleWithSAMLRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::duration(checker, self.duration_seconds);
        checks::session_policy(checker, self.policy.as_deref());
        checks::role_arn(checker, Some(&self.role_arn));
        checker.length("SAMLAssertion", Some(self.saml_assertion.expose()), 4, 100_000);
    }
}

/// What [`AssumeRoleWithSAML`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct AssumeRoleWithSAMLResponse {
    /// Whom the credentials are of.
    pub assumed_role_user: AssumedRoleUser,
    /// The credentials.
    pub credentials: Credentials,
    /// What the assertion said.
    #[serde(rename = "SAMLAssertionInfo")]
    pub saml_assertion_info: SAMLAssertionInfo,
}

/// What an assertion said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct SAMLAssertionInfo {
    /// The issuer.
    pub issuer: String,
    /// Where it was meant to go.
    pub recipient: String,
    /// The name of the subject.
    pub subject: String,
    /// The format of that name, without the usual beginning.
    pub subject_type: String,
}

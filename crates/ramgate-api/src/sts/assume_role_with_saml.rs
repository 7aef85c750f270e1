//! AssumeRoleWithSAML.

use crate::sts::{STS, checks, errors};
use crate::{Checker, Secret, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

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
        response: Unbuilt,
        errors: [
            errors::ROLE_NOT_FOUND,
            errors::ROLE_ARN,
            errors::POLICY_GRAMMAR,
            errors::POLICY_SIZE,
            errors::AUTHENTICATION_FAILED,
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
    /// The assertion, Base64, 4–100,000 characters.
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

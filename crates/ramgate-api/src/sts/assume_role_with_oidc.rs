//! AssumeRoleWithOIDC.

use super::{AssumedRoleUser, Credentials};
use crate::sts::{STS, checks, errors};
use crate::{Checker, Secret, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Gives temporary credentials of a role to the bearer of an OIDC token. The trust policy of the role decides
    /// alone.
    ///
    /// Source: STS API reference 2015-04-01, AssumeRoleWithOIDC.
    AssumeRoleWithOIDC {
        product: STS,
        bind: RPC,
        access: Create,
        resource: EXEMPT,
        conditions: [],
        request: AssumeRoleWithOIDCRequest,
        response: AssumeRoleWithOIDCResponse,
        errors: [
            errors::ROLE_ARN,
            errors::DURATION_SECONDS,
            errors::POLICY_GRAMMAR,
            errors::POLICY_SIZE,
            errors::AUTHENTICATION_FAILED,
            errors::OIDC_TOKEN_INVALID,
            errors::OIDC_TOKEN_EXPIRED,
        ],
        required: ["OIDCProviderArn", "RoleArn", "OIDCToken", "RoleSessionName"],
        anonymous: true,
    }
}

/// What [`AssumeRoleWithOIDC`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct AssumeRoleWithOIDCRequest {
    /// How long the credentials are good, from 900 to what the role allows; 3,600 where absent.
    pub duration_seconds: Option<i64>,
    /// `acs:ram::<account>:oidc-provider/<name>`.
    #[serde(rename = "OIDCProviderArn")]
    pub oidc_provider_arn: String,
    /// The token, 4–20,000 characters.
    #[serde(rename = "OIDCToken")]
    pub oidc_token: Secret,
    /// A policy that narrows the session further, up to 2,048 characters.
    pub policy: Option<String>,
    /// `acs:ram::<account>:role/<name>`.
    pub role_arn: String,
    /// 2–64 of letters, digits, `.`, `@`, `-`, `_`.
    pub role_session_name: String,
}

impl Validate for AssumeRoleWithOIDCRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::duration(checker, self.duration_seconds);
        checker.length("OIDCToken", Some(self.oidc_token.expose()), 4, 20_000);
        checks::session_policy(checker, self.policy.as_deref());
        checks::role_arn(checker, Some(&self.role_arn));
        checks::session_name(checker, Some(&self.role_session_name));
    }
}

/// What [`AssumeRoleWithOIDC`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct AssumeRoleWithOIDCResponse {
    /// Whom the credentials are of.
    pub assumed_role_user: AssumedRoleUser,
    /// The credentials.
    pub credentials: Credentials,
    /// What the token said.
    #[serde(rename = "OIDCTokenInfo")]
    pub oidc_token_info: OIDCTokenInfo,
}

/// What a token said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct OIDCTokenInfo {
    /// `aud`, separated by commas.
    pub client_ids: String,
    /// `exp`, UTC, `YYYY-MM-DDThh:mm:ssZ`.
    pub expiration_time: String,
    /// `iat`, UTC.
    pub issuance_time: String,
    /// `iss`
    pub issuer: String,
    /// `sub`
    pub subject: String,
    /// `Success`
    pub verification_info: String,
}

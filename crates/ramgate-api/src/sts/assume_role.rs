//! AssumeRole.

use super::{AssumedRoleUser, Credentials};
use crate::sts::{EXTERNAL_ID, ROLE, SOURCE_IDENTITY, STS, checks, errors, targets};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Gives temporary credentials of a role. Both the caller's policies and the trust policy of the role must
    /// allow it.
    ///
    /// Source: STS API reference 2015-04-01, AssumeRole.
    AssumeRole {
        product: STS,
        bind: RPC,
        access: Create,
        resource: (ROLE, role_arn by targets::role),
        conditions: [EXTERNAL_ID, SOURCE_IDENTITY],
        request: AssumeRoleRequest,
        response: AssumeRoleResponse,
        errors: [
            errors::ROLE_NOT_FOUND,
            errors::ROLE_ARN,
            errors::DURATION_SECONDS,
            errors::POLICY_GRAMMAR,
            errors::POLICY_SIZE,
            errors::SOURCE_IDENTITY_FIXED,
            errors::ROOT_MAY_NOT_ASSUME,
        ],
        required: ["RoleArn", "RoleSessionName"],
    }
}

/// What [`AssumeRole`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct AssumeRoleRequest {
    /// How long the credentials are good, from 900 to what the role allows; 3,600 where absent.
    pub duration_seconds: Option<i64>,
    /// A word agreed with the owner of the role, 2–1,224 characters.
    pub external_id: Option<String>,
    /// A policy that narrows the session further, up to 2,048 characters.
    pub policy: Option<String>,
    /// `acs:ram::<account>:role/<name>`.
    pub role_arn: String,
    /// 2–64 of letters, digits, `.`, `@`, `-`, `_`.
    pub role_session_name: String,
    /// A name that stays with the session through every further role, 2–64 of letters, digits, `.`, `@`, `-`, `_`.
    pub source_identity: Option<String>,
}

impl Validate for AssumeRoleRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::duration(checker, self.duration_seconds);
        checks::external_id(checker, self.external_id.as_deref());
        checks::session_policy(checker, self.policy.as_deref());
        checks::role_arn(checker, Some(&self.role_arn));
        checks::session_name(checker, Some(&self.role_session_name));
        checks::source_identity(checker, self.source_identity.as_deref());
    }
}

/// What [`AssumeRole`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct AssumeRoleResponse {
    /// Whom the credentials are of.
    pub assumed_role_user: AssumedRoleUser,
    /// The credentials.
    pub credentials: Credentials,
    /// The source identity of the session, also one that it took over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_identity: Option<String>,
}

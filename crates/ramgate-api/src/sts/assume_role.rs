//! AssumeRole.

use crate::sts::{ROLE, SOURCE_IDENTITY, STS, checks, errors, targets};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

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
        conditions: [SOURCE_IDENTITY],
        request: AssumeRoleRequest,
        response: Unbuilt,
        errors: [errors::ROLE_NOT_FOUND, errors::ROLE_ARN, errors::POLICY_GRAMMAR, errors::POLICY_SIZE],
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
    /// A name that stays with the session through every further role.
    pub source_identity: Option<String>,
}

impl Validate for AssumeRoleRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::duration(checker, self.duration_seconds);
        checker.length("ExternalId", self.external_id.as_deref(), 2, 1224);
        checks::session_policy(checker, self.policy.as_deref());
        checks::role_arn(checker, Some(&self.role_arn));
        checks::session_name(checker, Some(&self.role_session_name));
        checker.length("SourceIdentity", self.source_identity.as_deref(), 2, 64);
    }
}

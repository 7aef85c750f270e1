//! Shapes that the operations share.

use crate::Secret;
use schemars::JsonSchema;
use serde::Serialize;

/// Whom the credentials are of.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct AssumedRoleUser {
    /// `acs:ram::<account>:assumed-role/<role>/<session>`.
    pub arn: String,
    /// `<role id>:<session>`.
    pub assumed_role_id: String,
}

/// Temporary credentials.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Credentials {
    /// `STS.` and 20 characters.
    pub access_key_id: String,
    /// Shown here and never again.
    pub access_key_secret: Secret,
    /// When they end, UTC, `YYYY-MM-DDThh:mm:ssZ`.
    pub expiration: String,
    /// Goes with every call that is signed with them.
    pub security_token: Secret,
}

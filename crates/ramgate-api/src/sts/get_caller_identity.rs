//! GetCallerIdentity.

use super::STS;
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Returns who the caller is. Never refused to anyone who can sign.
    ///
    /// Source: STS API reference 2015-04-01, GetCallerIdentity.
    GetCallerIdentity {
        product: STS,
        bind: RPC,
        access: Get,
        resource: EXEMPT,
        conditions: [],
        request: GetCallerIdentityRequest,
        response: GetCallerIdentityResponse,
        errors: [],
    }
}

/// Nothing is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetCallerIdentityRequest {}

impl Validate for GetCallerIdentityRequest {}

/// Who the caller is.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GetCallerIdentityResponse {
    /// `Account`, `RAMUser` or `AssumedRoleUser`.
    pub identity_type: String,
    /// The account.
    pub account_id: String,
    /// The caller's resource name.
    pub arn: String,
    /// The user's id, or the account's for the account itself; absent for role sessions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The role's id, for role sessions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_id: Option<String>,
    /// The id of account, user, or `<role id>:<session>`.
    pub principal_id: String,
}

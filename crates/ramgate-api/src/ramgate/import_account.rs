//! ImportAccount.

use super::{RAMGATE, errors};
use crate::ram::Manifest;
use crate::ram::errors as ram;
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Makes the RAM state of the account what a document says: all of it in one step, or nothing. What is as the document
    /// says already stays untouched.
    ///
    /// The caller needs, beside this permission, the permission for each change as if it made it by the operation that is
    /// there for it.
    ImportAccount {
        product: RAMGATE,
        bind: RPC,
        access: Update,
        resource: ALL,
        conditions: [],
        request: ImportAccountRequest,
        response: ImportAccountResponse,
        errors: [
            errors::UNKNOWN_REFERENCE,
            errors::NOT_POSSIBLE,
            errors::TOO_LARGE,
            ram::MALFORMED_POLICY_DOCUMENT,
        ],
        required: ["Manifest"],
    }
}

/// What [`ImportAccount`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ImportAccountRequest {
    /// Only say what would change.
    pub dry_run: Option<bool>,
    /// The state to reach, JSON.
    pub manifest: Manifest,
    /// Remove users, groups, roles and custom policies that the document does not name; without it they stay. What a named
    /// one has beyond the document (policies, groups, tags) goes in any case.
    pub prune: Option<bool>,
}

impl Validate for ImportAccountRequest {
    fn validate(&self, checker: &mut Checker) {
        self.manifest.check(checker);
    }
}

/// What [`ImportAccount`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ImportAccountResponse {
    /// The changes made, or with a dry run those that would be made, in the order of their making.
    pub changes: Vec<PlannedChange>,
    /// True where nothing was written because a dry run was asked for.
    pub dry_run: bool,
}

/// One change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct PlannedChange {
    /// The RAM action that would make the same change, such as `ram:AttachPolicyToUser`.
    pub action: String,
    /// What it is made on, such as `user/alice` or `policy/dev`.
    pub resource: String,
    /// The change in words.
    pub summary: String,
    /// For a changed document: how what it allows relates to what it allowed, `Equivalent`, `Narrower`, `Wider`,
    /// `Incomparable`, or `Unknown` where that is too large a question here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relation: Option<String>,
}

//! DecodeDiagnosticMessage.

use crate::ram::{RAM, errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Opens the diagnostic message of a denial.
    ///
    /// Source: RAM API reference 2015-05-01, DecodeDiagnosticMessage.
    DecodeDiagnosticMessage {
        product: RAM,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: DecodeDiagnosticMessageRequest,
        response: DecodeDiagnosticMessageResponse,
        errors: [errors::DIAGNOSTIC_MESSAGE_NOT_FOUND],
        required: ["EncodedDiagnosticMessage"],
    }
}

/// What [`DecodeDiagnosticMessage`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DecodeDiagnosticMessageRequest {
    /// The message as the denial carried it.
    pub encoded_diagnostic_message: String,
}

impl Validate for DecodeDiagnosticMessageRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.length("EncodedDiagnosticMessage", Some(&self.encoded_diagnostic_message), 1, 65_536);
    }
}

/// What [`DecodeDiagnosticMessage`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct DecodeDiagnosticMessageResponse {
    /// The facts of the denial.
    pub decoded_diagnostic_message: DecodedDiagnosticMessage,
}

/// The facts of a denial.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct DecodedDiagnosticMessage {
    /// The action that was refused, such as `mse:DeleteGateway`.
    pub auth_action: String,
    /// The resource that was not allowed.
    pub auth_resource: String,
    /// True where a Deny matched; false where nothing allowed.
    pub explicit_deny: bool,
    /// The kind of policies that decided, such as `AccountLevelIdentityBasedPolicy`.
    pub no_permission_policy_type: String,
    /// Who was refused.
    pub auth_principal: AuthPrincipal,
    /// The condition values of the request.
    pub auth_conditions: Vec<AuthCondition>,
    /// The policies with a Deny that matched; empty where nothing allowed.
    pub matched_policies: Vec<MatchedPolicy>,
}

/// Who was refused.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct AuthPrincipal {
    /// `SubUser`, `AssumedRoleUser` or `Federated`.
    pub auth_principal_type: String,
    /// The user's id, `<role>:<session>`, or the identity provider.
    pub auth_principal_display_name: String,
    /// The account.
    pub auth_principal_owner_id: String,
}

/// A condition key with the values that the request had.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct AuthCondition {
    /// The key, such as `acs:SourceIp`.
    pub condition_key: String,
    /// Its values.
    pub condition_values: Vec<String>,
}

/// A policy that matched.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct MatchedPolicy {
    /// `RamUser`, `RamGroup`, `RamRole` or `ResourceDirectoryTarget`.
    pub attached_entity_type: String,
    /// `Account`, `ResourceGroup` or `Folder`.
    pub attached_scope: String,
    /// `Deny`.
    pub effect: String,
    /// The policy's name.
    pub policy_identifier: String,
    /// `System` or `Custom`.
    pub policy_type: String,
    /// The version in force, of custom policies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy_version: Option<String>,
}

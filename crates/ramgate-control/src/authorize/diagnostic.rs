//! The diagnostic message of a denial: everything that decided, sealed, so that the caller learns nothing from it and an
//! administrator of the account everything.

use super::Check;
use crate::node::Node;
use crate::secrets;
use ramgate_api::ram::{AuthCondition, AuthPrincipal, DecodedDiagnosticMessage, MatchedPolicy};
use ramgate_model::{AccountId, Timestamp};
use ramgate_policy::{Context, Decision, Explanation, Matched, Outcome, PolicyKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How long a message can be opened, in milliseconds: 30 days.
const LIFETIME: i64 = 30 * 24 * 3600 * 1000;

/// What is sealed.
#[derive(Serialize, Deserialize)]
struct Message {
    issued_at: Timestamp,
    facts: DecodedDiagnosticMessage,
}

/// Where messages of an account are sealed to: no other account can open them.
fn place(account_id: &AccountId) -> String {
    format!("a/{account_id}")
}

/// Opens a message of the account; `None` where it is none, not of this account, or too old.
pub(crate) fn open(
    node: &Node,
    account_id: &AccountId,
    message: &str,
    now: Timestamp,
) -> Option<DecodedDiagnosticMessage> {
    let text = secrets::open(&node.sealer, &place(account_id), secrets::DIAGNOSTIC_FIELD, message).ok()?;
    let message: Message = serde_json::from_str(&text).ok()?;
    (now.saturating_sub(message.issued_at) <= LIFETIME).then_some(message.facts)
}

impl Check<'_> {
    /// Seals the facts of the denial of an action. `explanation` holds the statements of an explicit one.
    pub(super) fn diagnostic(
        &self,
        action: &str,
        resource: &str,
        decision: &Decision,
        explanation: Option<&Explanation>,
        context: &Context,
    ) -> String {
        let conditions = context.present().into_iter();
        let facts = DecodedDiagnosticMessage {
            auth_action: action.to_owned(),
            auth_resource: resource.to_owned(),
            explicit_deny: decision.outcome == Outcome::ExplicitDeny,
            no_permission_policy_type: decision.layer.to_string(),
            auth_principal: AuthPrincipal {
                auth_principal_type: self.caller.type_name().to_owned(),
                auth_principal_display_name: self.caller.display_name(),
                auth_principal_owner_id: self.caller.account_id.to_string(),
            },
            auth_conditions: conditions
                .map(|(condition_key, condition_values)| AuthCondition { condition_key, condition_values })
                .collect(),
            matched_policies: explanation.map(|e| matched(&e.deciding)).unwrap_or_default(),
        };
        let message = serde_json::to_string(&Message { issued_at: self.now, facts });
        let sealed = message.map_err(|error| error.to_string()).and_then(|message| {
            let place = place(&self.caller.account_id);
            let sealed = secrets::seal(&self.node.sealer, &place, secrets::DIAGNOSTIC_FIELD, &message);
            sealed.map_err(|error| error.to_string())
        });
        sealed.unwrap_or_else(|error| {
            tracing::error!(%error, "a diagnostic message cannot be sealed");
            String::new()
        })
    }
}

/// Each policy once, however many of its statements matched.
fn matched(statements: &[Matched]) -> Vec<MatchedPolicy> {
    let mut seen = BTreeSet::new();
    let policy = |statement: &Matched| MatchedPolicy {
        attached_entity_type: statement.attached_entity.type_name().to_owned(),
        attached_scope: statement.attached_scope().to_owned(),
        effect: format!("{:?}", statement.effect),
        policy_identifier: statement.policy_name.clone(),
        policy_type: statement.policy_type.to_string(),
        policy_version: (statement.policy_type == PolicyKind::Custom && !statement.policy_version.is_empty())
            .then(|| statement.policy_version.clone()),
    };
    let key = |p: &MatchedPolicy| (p.policy_type.clone(), p.policy_identifier.clone(), p.attached_entity_type.clone());
    statements.iter().map(policy).filter(|p| seen.insert(key(p))).collect()
}

//! `sts:AssumeRole`: the caller's own policies and the trust policy of the role must both allow it, in one decision.
//!
//! Whoever lacks the permission learns nothing about the role. Whoever has it learns whether a role of the own account
//! exists; a role of another account that does not exist is one that does not trust the caller.

use super::{Check, Verdict, policies};
use crate::caller::Identity;
use crate::sessions;
use ramgate_api::{Operation, Target, sts};
use ramgate_audit::DecidedBy;
use ramgate_model::{Arn, Role};
use ramgate_policy::{Compiled, Decision, Document, DocumentKind, Layer, Outcome};
use serde_json::Value;

/// The permission to give a session a source identity.
const SET_SOURCE_IDENTITY: &str = "sts:SetSourceIdentity";

/// The trust policy that trusts nobody: that of a role which is not there, or whose own cannot be read at all.
const NOBODY: &str = r#"{"Version":"1","Statement":[]}"#;

/// The trust policy of a role as it counts.
pub(crate) fn trust_policy(role: Option<&Role>) -> Document {
    let read = |text: &str| Document::parse_stored_as(text, DocumentKind::Trust);
    let own = role.map(|role| {
        read(&role.trust_policy).inspect_err(|problems| {
            tracing::error!(role = role.name, %problems, "a stored trust policy cannot be read and trusts nobody");
        })
    });
    #[expect(clippy::expect_used, reason = "the constant is JSON, as a test shows")]
    own.and_then(Result::ok).unwrap_or_else(|| read(NOBODY).expect("NOBODY is a document"))
}

impl Check<'_> {
    /// Whether the call asks to assume a role out of the caller's own identity.
    pub(super) fn assumes_role(&self) -> bool {
        self.spec.product.ram_code == "sts" && self.spec.name == sts::AssumeRole::NAME
    }

    /// Decides on the role, and on the source identity where one is asked for.
    pub(super) fn decide_assume_role(&self, target: &Target<'_>, arn: &Arn) -> Verdict {
        let resource = arn.to_string();
        let resources = vec![resource.clone()];
        let context = self.context(target);
        let action = self.spec.full_action();
        let compiled = self.node.decisions.of(self.state, self.caller);
        let Some(caller) = sessions::trusted_caller(self.caller) else {
            let decision = compiled.decide(&action, &resource, &context);
            let mut denied = self.denied(&compiled, &decision, &[(&action, &resource)], &context);
            if matches!(self.caller.identity, Identity::Root) {
                denied.refusal = Some(&sts::errors::ROOT_MAY_NOT_ASSUME);
            }
            return Verdict { resources, decision: Err(denied) };
        };
        let role = sessions::role_of_arn(self.state, arn).map(|(_, role)| role);
        let trust = trust_policy(role.as_deref().map(|role| &role.value));
        // A role of the own account that is not there: the handler says so to whoever has the permission.
        let absent = role.is_none() && arn.account == self.caller.account_id.as_str();
        let asked = |name: &str| self.parameters.get(name).and_then(Value::as_str).is_some_and(|text| !text.is_empty());
        let mut actions = vec![action];
        if asked("SourceIdentity") {
            actions.push(SET_SOURCE_IDENTITY.to_owned());
        }
        let mut allowed_by = None;
        for action in &actions {
            let decision = compiled.decide_with_trust(action, &resource, &trust, &caller, &context);
            let by = || decided_by(&compiled, &decision, role.as_deref().map(|role| &role.value));
            let untrusted = decision.layer == Layer::AssumeRolePolicy && decision.outcome == Outcome::ImplicitDeny;
            if decision.is_allowed() {
                allowed_by = allowed_by.or_else(by);
            } else if !(untrusted && absent) {
                let explicit = decision.outcome == Outcome::ExplicitDeny;
                // The statements behind a refused source identity are those of an identity policy, or one of the trust.
                let explain = || match action.as_str() {
                    SET_SOURCE_IDENTITY => compiled.explain(action, &resource, &context),
                    _ => compiled.explain_assume_role(&resource, &trust, &caller, &context),
                };
                let (by, explanation) = (by().filter(|_| explicit), explicit.then(explain));
                let denied = self.denied_by(action, &resource, &decision, &context, by, explanation.as_ref());
                return Verdict { resources, decision: Err(denied) };
            }
        }
        Verdict { resources, decision: Ok(allowed_by) }
    }
}

/// The policy and statement behind a decision; a trust policy goes by the name of its role.
fn decided_by(compiled: &Compiled, decision: &Decision, role: Option<&Role>) -> Option<DecidedBy> {
    if decision.layer != Layer::AssumeRolePolicy {
        return policies::decided_by(compiled, decision);
    }
    Some(DecidedBy {
        policy: role?.name.clone(),
        policy_type: "Trust".to_owned(),
        version: String::new(),
        statement: decision.statement?.statement,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_trust_policy_of_no_role_and_one_that_cannot_be_read_trust_nobody() {
        assert!(trust_policy(None).statements().is_empty());
    }
}

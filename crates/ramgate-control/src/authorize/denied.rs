//! A denial: what is recorded, and what the caller reads.

use super::{Check, policies};
use crate::caller::Caller;
use ramgate_api::{ApiError, ErrorCode, codes};
use ramgate_audit::DecidedBy;
use ramgate_policy::{Compiled, Context, Decision, Explanation, Layer, Outcome};
use serde_json::json;

/// Why a call is refused.
#[derive(Clone, Debug)]
pub(crate) struct Denied {
    /// The action that is not allowed.
    action: String,
    /// The resource that is not allowed.
    pub(crate) resource: String,
    /// The kind of policies that decided, as `AccessDeniedDetail.PolicyType`.
    pub(crate) layer: String,
    /// A Deny matched; otherwise nothing allows.
    pub(crate) explicit: bool,
    /// The statement of an explicit deny.
    pub(crate) decided_by: Option<DecidedBy>,
    /// Sealed for an administrator, see `DecodeDiagnosticMessage`.
    diagnostic: String,
    /// A refusal that has words of its own.
    pub(super) refusal: Option<&'static ErrorCode>,
}

impl Denied {
    /// True where a Deny matched; false where nothing allows.
    pub(crate) fn is_explicit(&self) -> bool {
        self.explicit
    }

    fn type_name(&self) -> &'static str {
        if self.is_explicit() { "ExplicitDeny" } else { "ImplicitDeny" }
    }

    /// What the caller reads. It names action, resource and layer, and no policy: those come from decoding.
    pub(crate) fn error(&self, caller: &Caller) -> ApiError {
        let (action, resource, layer, kind) = (&self.action, &self.resource, &self.layer, self.type_name());
        let mut error = match self.refusal {
            Some(refusal) => refusal.error(),
            None => codes::NO_PERMISSION.with(format!(
                "You are not authorized to perform this operation. Action: {action}, Resource: {resource}, PolicyType: {layer}, NoPermissionType: {kind}"
            )),
        };
        error.access_denied = Some(Box::new(json!({
            "AuthAction": action,
            "AuthPrincipalType": caller.type_name(),
            "AuthPrincipalDisplayName": caller.display_name(),
            "AuthPrincipalOwnerId": caller.account_id.as_str(),
            "PolicyType": self.layer,
            "NoPermissionType": self.type_name(),
            "EncodedDiagnosticMessage": self.diagnostic,
        })));
        error
    }
}

impl Check<'_> {
    /// The denial of one resource, under the spellings of action and resource that were decided on.
    pub(super) fn denied(
        &self,
        compiled: &Compiled,
        decision: &Decision,
        spellings: &[(&str, &str)],
        context: &Context,
    ) -> Denied {
        let resource = spellings.first().map_or("", |(_, resource)| resource);
        let explicit = decision.outcome == Outcome::ExplicitDeny;
        let decided_by = explicit.then_some(()).and_then(|()| policies::decided_by(compiled, decision));
        let explanation = explicit.then(|| compiled.explain_spellings(spellings, context));
        self.denied_by(&self.spec.full_action(), resource, decision, context, decided_by, explanation.as_ref())
    }

    /// The denial of an action, which need not be that of the operation, by what is told.
    pub(super) fn denied_by(
        &self,
        action: &str,
        resource: &str,
        decision: &Decision,
        context: &Context,
        decided_by: Option<DecidedBy>,
        explanation: Option<&Explanation>,
    ) -> Denied {
        Denied {
            action: action.to_owned(),
            resource: resource.to_owned(),
            layer: decision.layer.to_string(),
            explicit: decision.outcome == Outcome::ExplicitDeny,
            decided_by,
            diagnostic: self.diagnostic(action, resource, decision, explanation, context),
            refusal: None,
        }
    }

    /// A request that names none of the resources its operation is about.
    pub(super) fn denied_without_target(&self) -> Denied {
        let layer = Layer::AccountLevelIdentityBasedPolicy.to_string();
        Denied {
            action: self.spec.full_action(),
            resource: String::new(),
            layer,
            explicit: false,
            decided_by: None,
            diagnostic: String::new(),
            refusal: None,
        }
    }
}

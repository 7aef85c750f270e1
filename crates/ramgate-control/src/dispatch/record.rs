//! The audit record of a call: opened before a mutation, closed after it; written at once for everything else.

use super::{Progress, RawRequest, header};
use ramgate_api::{ApiError, codes};
use ramgate_audit::{Audit, CallId, CallRecord, Decision, Outcome, PrincipalFacts};
use serde_json::Value;
use std::sync::atomic::Ordering;

/// Parameters whose values are secrets. Compared without regard to case.
const SECRET_PARAMETERS: &[&str] = &[
    "password",
    "oldpassword",
    "newpassword",
    "key",
    "privatekey",
    "securitytoken",
    "authenticationcode1",
    "authenticationcode2",
    "samlassertion",
    "oidctoken",
    "signature",
    "secretdata",
    "sk",
    "apikey",
    "clientsecret",
    "jwks",
    "encryptkey",
    "encryptprivatekey",
    "signprivatekey",
];
/// Longest text kept of one parameter, in characters.
const MAX_TEXT: usize = 1024;

/// A call's record and how far it has got.
pub(super) struct Record<'a> {
    progress: &'a Progress,
    record: CallRecord,
}

impl<'a> Record<'a> {
    pub(super) fn of(progress: &'a Progress, request: &RawRequest) -> Self {
        let unknown = PrincipalFacts::anonymous;
        let decision = match (&progress.denied, progress.authorized) {
            (Some(denied), _) if denied.is_explicit() => Decision::ExplicitDeny,
            (Some(_), _) => Decision::ImplicitDeny,
            (None, true) => Decision::Allowed,
            (None, false) => Decision::NotChecked,
        };
        let decided_by = match &progress.denied {
            Some(denied) => denied.decided_by.clone(),
            None => progress.allowed_by.clone(),
        };
        let spec = progress.spec;
        let record = CallRecord {
            time: progress.now,
            request_id: progress.request_id.clone(),
            account_id: progress.caller.as_ref().map(|c| c.account_id.to_string()).unwrap_or_default(),
            principal: progress.caller.as_ref().map_or_else(unknown, |c| c.facts()),
            access_key_id: progress.presented_key.clone(),
            source_ip: Some(request.source_ip),
            user_agent: Some(header(request, "user-agent").chars().take(256).collect()),
            secure: request.secure,
            product: progress.product.map(|p| p.name.to_owned()).unwrap_or_default(),
            operation: spec.map(|s| s.name.to_owned()).unwrap_or_default(),
            action: spec.map(|s| s.full_action()).unwrap_or_default(),
            access_level: spec.map(|s| s.access.as_str().to_owned()).unwrap_or_default(),
            mutation: spec.is_some_and(|s| s.is_mutation()),
            resources: progress.resources.clone(),
            decision,
            decided_by,
            layer: progress.denied.as_ref().map(|d| d.layer.clone()),
            parameters: redacted(&progress.parameters, 0),
        };
        Self { progress, record }
    }

    /// Writes the record of a mutation that is about to act.
    ///
    /// # Errors
    /// Where it cannot be written: then the mutation must not act.
    pub(super) async fn open(self, audit: &Audit) -> Result<CallId, ApiError> {
        let opened = audit.begin(self.record).await;
        opened.map_err(|e| {
            codes::SERVICE_UNAVAILABLE.with("The audit log cannot be written; nothing was changed.").log(e)
        })
    }

    /// Writes the end of the call, and all of it where nothing was written before. Answers the outcome, or, for a call
    /// that changed nothing and cannot be recorded, the failure.
    pub(super) async fn close(
        self,
        audit: &Audit,
        open: Option<CallId>,
        outcome: Result<Value, ApiError>,
    ) -> Result<Value, ApiError> {
        let (status, code, message) = match &outcome {
            Ok(_) => (200, "OK".to_owned(), String::new()),
            Err(error) => (error.status, error.code.to_owned(), error.message.chars().take(MAX_TEXT).collect()),
        };
        let revision = Some(self.progress.changed.load(Ordering::Relaxed)).filter(|r| *r > 0);
        let duration_us = u64::try_from(self.progress.started.elapsed().as_micros()).unwrap_or(u64::MAX);
        let end = Outcome { status, code, message, duration_us, revision };
        match open {
            Some(call) => {
                if let Err(failure) = audit.finish(call, end) {
                    tracing::error!(error = %failure, "the end of a recorded call cannot be written");
                }
                outcome
            }
            None => match audit.record(self.record, end).await {
                Ok(()) => outcome,
                Err(e) => Err(codes::SERVICE_UNAVAILABLE.with("The audit log cannot be written.").log(e)),
            },
        }
    }
}

/// Parameters without secrets, long texts cut, nothing nested too deeply.
fn redacted(value: &Value, depth: usize) -> Value {
    match value {
        _ if depth > 8 => Value::String("...".to_owned()),
        Value::Object(fields) => {
            let keep = |(name, value): (&String, &Value)| {
                let secret = SECRET_PARAMETERS.contains(&name.to_ascii_lowercase().as_str());
                let kept = if secret { Value::String("[redacted]".to_owned()) } else { redacted(value, depth + 1) };
                (name.clone(), kept)
            };
            Value::Object(fields.iter().map(keep).collect())
        }
        Value::Array(members) => members.iter().take(64).map(|m| redacted(m, depth + 1)).collect(),
        Value::String(text) if text.chars().count() > MAX_TEXT => {
            Value::String(text.chars().take(MAX_TEXT).chain("...".chars()).collect())
        }
        other => other.clone(),
    }
}

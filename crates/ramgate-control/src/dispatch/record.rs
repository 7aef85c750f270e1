//! The audit record of a call: opened before a mutation, closed after it; written at once for everything else.

use super::{Progress, RawRequest, header};
use ramgate_api::{ApiError, codes};
use ramgate_audit::{Audit, CallId, CallRecord, Decision, Outcome, PrincipalFacts};
use serde_json::Value;
use std::sync::atomic::Ordering;

/// Parameters whose values are secrets, at any depth, in lower case.
const SECRETS: &[&str] = &[
    "securitytoken",
    "authenticationcode",
    "authenticationcode1",
    "authenticationcode2",
    "samlassertion",
    "oidctoken",
    "signature",
    "secretdata",
    "sk",
    "apikey",
    "keyvalue",
    "jwks",
    "encryptkey",
    "base32stringseed",
    "qrcodepng",
    "csrftoken",
    "ticket",
];
/// What names of secrets end with, at any depth, in lower case.
const SECRET_ENDINGS: &[&str] = &["password", "secret", "privatekey"];
/// Secrets at the top only: deeper down, keys are those of tags and headers.
const TOP_SECRETS: &[&str] = &["key"];
/// The code of an answer that repeats what was signed.
const SIGNATURE_MISMATCH: &str = "SignatureDoesNotMatch";
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
            Err(error) => (error.status, error.code.to_owned(), message(error).chars().take(MAX_TEXT).collect()),
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

/// The message of a failure as it is kept. Where a signature does not match, the answer repeats what was signed, and that
/// holds the parameters as they are.
fn message(error: &ApiError) -> &str {
    match error.code {
        SIGNATURE_MISMATCH => error.message.split([':', '[']).next().unwrap_or_default(),
        _ => &error.message,
    }
}

/// Whether the parameter of this name, so many levels down, is a secret.
fn is_secret(name: &str, depth: usize) -> bool {
    let name = name.to_ascii_lowercase();
    SECRETS.contains(&name.as_str())
        || SECRET_ENDINGS.iter().any(|ending| name.ends_with(ending))
        || depth == 0 && TOP_SECRETS.contains(&name.as_str())
}

/// Parameters without secrets, long texts cut, nothing nested too deeply.
fn redacted(value: &Value, depth: usize) -> Value {
    match value {
        _ if depth > 8 => Value::String("...".to_owned()),
        Value::Object(fields) => {
            let keep = |(name, value): (&String, &Value)| {
                let secret = is_secret(name, depth);
                let kept = if secret { Value::String("[redacted]".to_owned()) } else { redacted(value, depth + 1) };
                (name.clone(), kept)
            };
            Value::Object(fields.iter().map(keep).collect())
        }
        Value::Array(members) => members.iter().take(64).map(|m| redacted(m, depth + 1)).collect(),
        Value::String(text) => Value::String(cut(redacted_text(text, depth).as_deref().unwrap_or(text))),
        other => other.clone(),
    }
}

/// A structure written as JSON text without the secrets in it; `None` where the text can stay as it is.
fn redacted_text(text: &str, depth: usize) -> Option<String> {
    if !text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    let inner: Value = serde_json::from_str(text).ok()?;
    holds_secret(&inner, depth + 1).then(|| redacted(&inner, depth + 1).to_string())
}

fn holds_secret(value: &Value, depth: usize) -> bool {
    match value {
        Value::Object(fields) => fields.iter().any(|(n, v)| is_secret(n, depth) || holds_secret(v, depth + 1)),
        Value::Array(members) => members.iter().any(|m| holds_secret(m, depth + 1)),
        Value::String(text) => redacted_text(text, depth).is_some(),
        _ => false,
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(MAX_TEXT) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn secrets_are_left_out_at_any_depth_and_under_any_spelling() {
        let given = json!({
            "UserName": "alice", "Password": "x", "newPassword": "x", "ClientSecret": "x", "KeyValue": "x",
            "apikeyIdentityConfig": { "credentials": [{ "apikey": "x", "generateMode": "Custom" }] },
        });
        let expected = json!({
            "UserName": "alice", "Password": "[redacted]", "newPassword": "[redacted]", "ClientSecret": "[redacted]",
            "KeyValue": "[redacted]",
            "apikeyIdentityConfig": { "credentials": [{ "apikey": "[redacted]", "generateMode": "Custom" }] },
        });
        assert_eq!(redacted(&given, 0), expected);
    }

    #[test]
    fn a_key_is_a_secret_at_the_top_and_a_name_further_down() {
        let given = json!({ "Key": "x", "Tag": [{ "Key": "team", "Value": "edge" }] });
        let expected = json!({ "Key": "[redacted]", "Tag": [{ "Key": "team", "Value": "edge" }] });
        assert_eq!(redacted(&given, 0), expected);
    }

    #[test]
    fn secrets_in_json_text_are_left_out_and_other_text_stays_byte_for_byte() {
        let given = json!({
            "AuthJSON": "{\"clientSecret\": \"x\", \"inner\": \"[{\\\"sk\\\":1}]\"}", "Tag": "[ {\"Key\": \"a\"} ]", "Odd": "{ no json",
        });
        let kept = redacted(&given, 0);
        assert_eq!(kept["AuthJSON"], r#"{"clientSecret":"[redacted]","inner":"[{\"sk\":\"[redacted]\"}]"}"#);
        assert_eq!((&kept["Tag"], &kept["Odd"]), (&given["Tag"], &given["Odd"]));
    }

    #[test]
    fn long_texts_long_lists_and_deep_nesting_are_cut() {
        let mut deep = json!("x");
        for _ in 0..20 {
            deep = json!({ "a": deep });
        }
        let given = json!({ "long": "ä".repeat(2000), "list": vec![1; 100], "deep": deep });
        let kept = redacted(&given, 0);
        assert_eq!(kept["long"].as_str().unwrap().chars().count(), MAX_TEXT + 3);
        assert_eq!(kept["list"].as_array().unwrap().len(), 64);
        assert!(kept["deep"].to_string().contains("\"...\""));
    }

    #[test]
    fn what_was_signed_is_not_kept_with_a_signature_that_does_not_match() {
        let error = |text: &str| ApiError {
            code: SIGNATURE_MISMATCH,
            status: 400,
            message: text.to_owned(),
            access_denied: None,
            log: String::new(),
        };
        let v1 = error("Specified signature is not matched. server string to sign is:POST&%2F&Password%3Dx");
        assert_eq!(message(&v1), "Specified signature is not matched. server string to sign is");
        let v3 = error("Specified signature does not match. server StringToSign is [ACS3\nabc]");
        assert_eq!(message(&v3), "Specified signature does not match. server StringToSign is ");
    }
}

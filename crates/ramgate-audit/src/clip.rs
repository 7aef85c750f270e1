//! Sizes of what callers choose themselves, so that one call cannot fill the log.

use crate::{CallRecord, Outcome};
use ring::digest;

const MAX_NAME: usize = 256;
const MAX_USER_AGENT: usize = 512;
const MAX_RESOURCE: usize = 1024;
const MAX_RESOURCES: usize = 200;
const MAX_MESSAGE: usize = 4 * 1024;
const MAX_PARAMETERS: usize = 32 * 1024;

/// Cuts the texts of a record that come from the outside. A cut text ends in `…`.
pub(crate) fn record(record: &mut CallRecord) {
    for text in [
        &mut record.request_id,
        &mut record.account_id,
        &mut record.product,
        &mut record.operation,
        &mut record.action,
        &mut record.access_level,
        &mut record.principal.id,
        &mut record.principal.name,
    ] {
        clip(text, MAX_NAME);
    }
    clip(&mut record.principal.arn, MAX_RESOURCE);
    if let Some(text) = &mut record.access_key_id {
        clip(text, MAX_NAME);
    }
    if let Some(text) = &mut record.user_agent {
        clip(text, MAX_USER_AGENT);
    }
    if record.resources.len() > MAX_RESOURCES {
        let more = record.resources.len() - MAX_RESOURCES;
        record.resources.truncate(MAX_RESOURCES);
        record.resources.push(format!("… and {more} more"));
    }
    for text in &mut record.resources {
        clip(text, MAX_RESOURCE);
    }
}

/// Cuts the texts of an outcome.
pub(crate) fn outcome(outcome: &mut Outcome) {
    clip(&mut outcome.code, MAX_NAME);
    clip(&mut outcome.message, MAX_MESSAGE);
}

/// The text of the parameters, or their size and digest when it is long.
pub(crate) fn parameters(value: &serde_json::Value) -> String {
    let text = value.to_string();
    if text.len() <= MAX_PARAMETERS {
        return text;
    }
    let digest = digest::digest(&digest::SHA256, text.as_bytes());
    serde_json::json!({ "omitted": { "bytes": text.len(), "sha256": crate::chain::hex(digest.as_ref()) } }).to_string()
}

fn clip(text: &mut String, limit: usize) {
    if text.len() <= limit {
        return;
    }
    let end = (0..=limit - '…'.len_utf8()).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    text.truncate(end);
    text.push('…');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_characters() {
        let mut text = "é".repeat(10);
        clip(&mut text, 10);
        assert_eq!(text, "ééé…");
        let mut text = "short".to_owned();
        clip(&mut text, 5);
        assert_eq!(text, "short");
    }

    #[test]
    fn long_parameters_leave_their_size_and_digest() {
        let text = parameters(&serde_json::json!({ "Spec": "x".repeat(MAX_PARAMETERS) }));
        assert!(text.starts_with(r#"{"omitted":{"bytes":32779,"sha256":""#), "{text}");
        assert_eq!(parameters(&serde_json::json!({ "Name": "a" })), r#"{"Name":"a"}"#);
    }
}

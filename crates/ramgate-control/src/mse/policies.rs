//! Policies given along with a new route. They would have to act on traffic and are not built, so only those that are
//! switched off are taken.

use super::{mse, not_built};
use crate::gateways::Refusal;
use ramgate_api::ApiError;
use serde_json::{Map, Value};

/// The policies that a route can have.
const KNOWN: &[&str] = &["CORS", "Timeout", "Retry", "HTTPRewrite", "Waf", "HeaderOp", "FlowMirror"];

/// Refuses a policy that is switched on, or that says something and does not say that it is off.
///
/// `text` is a JSON object; its values are JSON objects, written as text or as they are.
pub(super) fn refuse_active(text: Option<&str>) -> Result<(), ApiError> {
    let Some(text) = text.filter(|t| !t.trim().is_empty()) else { return Ok(()) };
    let invalid = |field: &str, expected: String| mse(Refusal::invalid(field, expected));
    let policies: Map<String, Value> = serde_json::from_str(text)
        .map_err(|error| invalid("Policies", format!("must be a JSON object of policies; {error}")))?;
    for (name, value) in &policies {
        let field = format!("Policies.{name}");
        let known = KNOWN.iter().find(|known| known.eq_ignore_ascii_case(name));
        let known = known.ok_or_else(|| invalid(&field, format!("is not one of {}", KNOWN.join(", "))))?;
        let settings = match value {
            Value::Null => continue,
            Value::String(text) if text.trim().is_empty() => continue,
            Value::String(text) => serde_json::from_str(text).ok(),
            Value::Object(settings) => Some(settings.clone()),
            _ => None,
        };
        let settings: Map<String, Value> =
            settings.ok_or_else(|| invalid(&field, "must be a JSON object, written as text".to_owned()))?;
        if is_on(&settings) {
            return Err(not_built(&format!("The route policy `{known}`")));
        }
    }
    Ok(())
}

fn is_on(settings: &Map<String, Value>) -> bool {
    let member = |name: &str| settings.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value);
    match member("status").or_else(|| member("enabled")) {
        Some(Value::String(text)) => !["off", "false"].iter().any(|off| text.eq_ignore_ascii_case(off)),
        Some(Value::Bool(on)) => *on,
        Some(Value::Null) | None => !settings.is_empty(),
        Some(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies_that_are_off_are_taken() {
        for text in [
            "",
            "{}",
            r#"{"Timeout":"{\"unitNum\":30,\"timeUnit\":\"s\",\"status\":\"off\"}"}"#,
            r#"{"CORS":{"Status":"OFF"},"waf":"{\"enabled\":false}","Retry":"","HeaderOp":null}"#,
            r#"{"HTTPRewrite":"{}"}"#,
        ] {
            assert!(refuse_active(Some(text)).is_ok(), "{text}");
        }
        assert!(refuse_active(None).is_ok());
    }

    #[test]
    fn a_policy_that_is_on_or_does_not_say_is_refused_by_name() {
        for (text, name) in [
            (r#"{"Timeout":"{\"unitNum\":30,\"status\":\"on\"}"}"#, "`Timeout`"),
            (r#"{"Timeout":"{\"unitNum\":30}"}"#, "`Timeout`"),
            (r#"{"cors":{"status":"on"}}"#, "`CORS`"),
            (r#"{"Waf":"{\"enabled\":true}"}"#, "`Waf`"),
            (r#"{"Retry":"{\"status\":\"off\"}","HeaderOp":"{\"status\":1}"}"#, "`HeaderOp`"),
        ] {
            let error = refuse_active(Some(text)).unwrap_err();
            assert_eq!((error.status, error.message.contains(name)), (501, true), "{text}: {}", error.message);
        }
    }

    #[test]
    fn what_is_no_object_of_policies_is_refused_with_its_place() {
        for (text, field) in [
            ("[", "`Policies`"),
            ("[]", "`Policies`"),
            (r#"{"Odd":"{}"}"#, "`Policies.Odd`"),
            (r#"{"CORS":"on"}"#, "`Policies.CORS`"),
            (r#"{"CORS":[1]}"#, "`Policies.CORS`"),
        ] {
            let error = refuse_active(Some(text)).unwrap_err();
            assert_eq!((error.status, error.message.contains(field)), (400, true), "{text}: {}", error.message);
        }
    }
}

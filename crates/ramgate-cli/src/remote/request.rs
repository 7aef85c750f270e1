//! Parameters put where an operation has them: path, query, form or body.

use crate::error::CliError;
use ramgate_api::{Binding, Method, OpSpec};
use ramgate_signing::percent_encode;
use serde_json::{Map, Value};

/// A request before it is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) method: &'static str,
    /// Percent-encoded.
    pub(crate) path: String,
    /// Decoded.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) content_type: Option<&'static str>,
    pub(crate) body: Vec<u8>,
}

/// Puts parameters where the operation's binding has them.
pub(crate) fn request(spec: &OpSpec, mut given: Map<String, Value>) -> Result<Request, CliError> {
    let (method, template) = match spec.binding {
        Binding::Rpc => {
            let pairs: Vec<(String, String)> = given.into_iter().map(|(name, value)| (name, text(&value))).collect();
            let form: Vec<String> = pairs
                .iter()
                .map(|(name, value)| format!("{}={}", percent_encode(name), percent_encode(value)))
                .collect();
            return Ok(Request {
                method: "POST",
                path: "/".to_owned(),
                query: Vec::new(),
                content_type: (!form.is_empty()).then_some("application/x-www-form-urlencoded"),
                body: form.join("&").into_bytes(),
            });
        }
        Binding::Roa(method, template) => (method, template),
    };
    let mut path = String::new();
    for part in template.split('/').skip(1) {
        path.push('/');
        match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            None => path.push_str(part),
            Some(name) => {
                let value = given.remove(name).map(|value| text(&value)).filter(|value| !value.is_empty());
                let value = value.ok_or_else(|| {
                    CliError::Usage(format!("{} needs `{name}`, which is part of its path", spec.name))
                })?;
                path.push_str(&percent_encode(&value));
            }
        }
    }
    let in_body = matches!(method, Method::POST | Method::PUT | Method::PATCH);
    if in_body {
        let empty = given.is_empty();
        let body = if empty { Vec::new() } else { Value::Object(given).to_string().into_bytes() };
        let content_type = (!empty).then_some("application/json; charset=utf-8");
        return Ok(Request { method: method.as_str(), path, query: Vec::new(), content_type, body });
    }
    let query = given.into_iter().map(|(name, value)| (name, text(&value))).collect();
    Ok(Request { method: method.as_str(), path, query, content_type: None, body: Vec::new() })
}

/// A value as a parameter of query or form: text as it is, everything else as JSON.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

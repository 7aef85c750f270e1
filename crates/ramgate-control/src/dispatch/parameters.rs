//! The parameters of a request as one tree: what was signed is what is decoded.

use crate::authenticate::Authenticated;
use crate::error::{decode_error, signature_error};
use ramgate_api::{ApiError, Style, codes, parameters_from_pairs};
use ramgate_signing::{WireRequest, query_parameters};
use serde_json::{Map, Value};

/// Query and form of an RPC request; path, query and JSON body of an ROA request. Where a name is in several places, the
/// path counts before the query and the query before the body: what permission is checked on is what the handler gets.
///
/// # Errors
/// Malformed parameters, or a body that is no JSON object.
pub(crate) fn parameters(
    style: Style,
    request: &WireRequest<'_>,
    authenticated: &Authenticated,
    path_values: Vec<(&'static str, String)>,
) -> Result<Value, ApiError> {
    if style == Style::Rpc {
        let given = authenticated.rpc_parameters(request).map_err(|e| signature_error(&e))?;
        return parameters_from_pairs(given.iter()).map_err(|e| decode_error(&e));
    }
    let mut tree = body(request.body)?;
    let query = query_parameters(request).map_err(|e| signature_error(&e))?;
    if let Value::Object(query) = parameters_from_pairs(query.iter()).map_err(|e| decode_error(&e))? {
        tree.extend(query);
    }
    tree.extend(path_values.into_iter().map(|(name, value)| (name.to_owned(), Value::String(value))));
    Ok(Value::Object(tree))
}

fn body(bytes: &[u8]) -> Result<Map<String, Value>, ApiError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Ok(Map::new());
    }
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(codes::MALFORMED_BODY.with("The request body must be a JSON object.")),
        Err(error) => Err(codes::MALFORMED_BODY.with(format!("The request body is not valid JSON: {error}."))),
    }
}

/// The required parameters that a tree lacks: absent, null or empty.
pub(crate) fn missing(tree: &Value, required: &[&'static str]) -> Vec<&'static str> {
    let given = |name: &str| match tree.get(name) {
        None | Some(Value::Null) => false,
        Some(Value::String(text)) => !text.is_empty(),
        Some(_) => true,
    };
    required.iter().copied().filter(|name| !given(name)).collect()
}

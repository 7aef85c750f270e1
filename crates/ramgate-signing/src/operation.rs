//! Which operation the signed part of a request names.
//!
//! Only the part that the scheme covers is read: with RPC signature version 1.0 the headers `x-acs-action` and
//! `x-acs-version` also travel, unsigned, and are ignored. ROA operations are found by method and path; their action
//! header is optional and informative.

use crate::{
    error::SignatureError,
    identify::{Presented, Scheme},
    request::WireRequest,
};

/// API version and action as the request names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationName {
    /// API version, such as `2015-05-01`. Never empty. It identifies the service.
    pub version: String,
    /// Action name, such as `GetUser`; always there for RPC version 1, absent from some ROA requests.
    pub action: Option<String>,
}

/// Reads version and action from where the scheme signs them.
///
/// | scheme | source |
/// |---|---|
/// | V3, ROA version 1, bearer token in a header | headers `x-acs-version`, `x-acs-action` |
/// | RPC version 1, bearer token in a parameter | parameters `Version`, `Action` |
/// | anonymous | the parameters if either is there, otherwise the headers |
///
/// `presented` has to come from the same request.
///
/// # Errors
/// [`SignatureError::Missing`]: `MissingVersion`, and for parameters also `MissingAction`.
pub fn operation(request: &WireRequest<'_>, presented: &Presented) -> Result<OperationName, SignatureError> {
    let in_parameters = match (&presented.scheme, &presented.parameters) {
        (Scheme::Anonymous, Some(parameters)) => {
            (parameters.get("Version").is_some() || parameters.get("Action").is_some()).then_some(parameters)
        }
        (_, parameters) => parameters.as_ref(),
    };
    let missing = |code, name| SignatureError::Missing { code, name };
    match in_parameters {
        Some(parameters) => Ok(OperationName {
            version: parameters.non_empty("Version").ok_or(missing("MissingVersion", "Version"))?.to_owned(),
            action: Some(parameters.non_empty("Action").ok_or(missing("MissingAction", "Action"))?.to_owned()),
        }),
        None => Ok(OperationName {
            version: request.text("x-acs-version")?.ok_or(missing("MissingVersion", "x-acs-version"))?.to_owned(),
            action: request.text("x-acs-action")?.map(str::to_owned),
        }),
    }
}

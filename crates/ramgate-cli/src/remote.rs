//! Calls of the management API: where they go, who makes them, and what comes back.

mod connection;
mod request;
mod send;

pub use connection::Connection;
pub(crate) use send::Answered;

use crate::error::CliError;
use crate::host::Host;
use crate::text::printable;
use ramgate_api::OpSpec;
use serde_json::{Map, Value};

/// Calls an operation with these parameters.
///
/// # Errors
/// Where no call can be made of them, or none was answered. An answer that refuses is an answer.
pub(crate) fn call(
    connection: &Connection,
    spec: &OpSpec,
    parameters: Map<String, Value>,
    host: &Host<'_>,
) -> Result<Answered, CliError> {
    let request = request::request(spec, parameters)?;
    send::send(&connection.endpoint, spec, &request, &connection.credentials()?, host.now)
}

impl Answered {
    /// The body, where it is JSON.
    pub(crate) fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// Whether the call succeeded.
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The refusal in one line: `403 NoPermission: You are not …`.
    pub(crate) fn refusal(&self) -> String {
        let body = self.json();
        let text = |name: &str| {
            let field = body.as_ref()?.as_object()?.iter().find(|(field, _)| field.eq_ignore_ascii_case(name))?.1;
            field.as_str().map(printable)
        };
        let (code, message) = (text("Code").unwrap_or_default(), text("Message").unwrap_or_default());
        format!("{} {code}: {message}", self.status)
    }
}

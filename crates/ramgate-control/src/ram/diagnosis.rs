//! Explanations of denials.

use crate::authorize::diagnostic;
use crate::dispatch::Authorized;
use crate::node::Cx;
use ramgate_api::ApiError;
use ramgate_api::ram::{DecodeDiagnosticMessage, DecodeDiagnosticMessageResponse, errors};

pub(super) async fn decode(
    cx: Cx,
    call: Authorized<DecodeDiagnosticMessage>,
) -> Result<DecodeDiagnosticMessageResponse, ApiError> {
    let message = call.request.encoded_diagnostic_message.trim();
    let opened = diagnostic::open(&cx.node, cx.account_id(), message, cx.now());
    let decoded_diagnostic_message = opened.ok_or_else(|| errors::DIAGNOSTIC_MESSAGE_NOT_FOUND.error())?;
    Ok(DecodeDiagnosticMessageResponse { decoded_diagnostic_message })
}

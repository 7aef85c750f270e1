//! Errors of the layers below as answers to callers: the one place where they are turned.

use ramgate_api::{ApiError, DecodeError, codes};
use ramgate_signing::SignatureError;

/// A signature that does not hold.
pub(crate) fn signature_error(error: &SignatureError) -> ApiError {
    let log = error.log_detail().map_or_else(|| error.to_string(), |detail| format!("{error}; {detail}"));
    ApiError { code: error.code(), status: error.http_status(), message: error.message(), access_denied: None, log }
}

/// Parameters that do not make a request.
pub(crate) fn decode_error(error: &DecodeError) -> ApiError {
    codes::INVALID_PARAMETER.with(error.to_string())
}

//! Errors of the layers below as answers to callers: the one place where they are turned.

use ramgate_api::{ApiError, DecodeError, codes};
use ramgate_signing::SignatureError;

/// A signature that does not hold. What was signed is left out of the log: it holds the parameters, and those may be
/// secrets.
pub(crate) fn signature_error(error: &SignatureError) -> ApiError {
    ApiError {
        code: error.code(),
        status: error.http_status(),
        message: error.message(),
        access_denied: None,
        log: error.to_string(),
    }
}

/// Parameters that do not make a request.
pub(crate) fn decode_error(error: &DecodeError) -> ApiError {
    codes::INVALID_PARAMETER.with(error.to_string())
}

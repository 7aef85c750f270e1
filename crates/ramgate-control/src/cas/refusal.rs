//! Refusals of the layer beneath as codes of the certificate service: the one place where they are turned.

use crate::gateways::Refusal;
use ramgate_api::cas::errors;
use ramgate_api::{ApiError, codes};

/// The answer to a refusal.
pub(super) fn cas(refusal: Refusal) -> ApiError {
    let message = refusal.to_string();
    let code = match refusal {
        Refusal::Api(error) => return error,
        Refusal::NotFound { .. } => &errors::CERTIFICATE_NOT_FOUND,
        Refusal::Duplicate { .. } => &errors::NAME_REPEAT,
        Refusal::InUse { .. } => &errors::CERTIFICATE_IN_USE,
        Refusal::KeyMismatch => &errors::KEY_MISMATCH,
        Refusal::Invalid { field, .. } => match field.as_str() {
            "Cert" => &errors::CERT_FORMAT,
            "Key" => &errors::KEY_FORMAT,
            _ => &codes::INVALID_PARAMETER,
        },
        // Of gateways; certificates meet none of them.
        Refusal::Deleting { .. } | Refusal::DefaultEnvironment | Refusal::NoEntryPort => &codes::CONCURRENT_CHANGE,
    };
    code.with(message)
}

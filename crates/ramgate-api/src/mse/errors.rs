//! Error codes of MSE. Source: MSE API reference 2019-05-31, error codes. One code serves many cases; the message
//! tells which.

use crate::error::error_codes;

error_codes! {
    /// The request conflicts with what is there: a taken name, an object in use.
    ILLEGAL_REQUEST = "IllegalRequest", 400, "Invalid request: it conflicts with what is there.";
    /// A parameter has a wrong value.
    INVALID_PARAMETER = "InvalidParameter", 400, "Parameter error.";
    /// Not authorised.
    NO_PERMISSION = "NoPermission", 403, "You are not authorized to perform this operation.";
    /// What the request names does not exist.
    NOT_FOUND = "NotFound", 404, "Not found.";
    /// Our fault.
    INTERNAL_ERROR = "InternalError", 500, "Console error. Try again later.";
}

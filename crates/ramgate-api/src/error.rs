//! Error codes with their status, and the error that an operation answers.

use std::fmt;

/// A code as clients see it, with its HTTP status and default message.
#[derive(Debug, PartialEq, Eq)]
pub struct ErrorCode {
    /// Such as `EntityNotExist.User`.
    pub code: &'static str,
    /// Such as 404.
    pub status: u16,
    /// The message where none more precise is given.
    pub message: &'static str,
}

impl ErrorCode {
    /// A code.
    pub const fn new(code: &'static str, status: u16, message: &'static str) -> Self {
        Self { code, status, message }
    }

    /// The error with its default message.
    pub fn error(&'static self) -> ApiError {
        self.with(self.message)
    }

    /// The error with its default message, in which `{Name}` is replaced by a parameter's wire name.
    pub fn naming(&'static self, name: &str) -> ApiError {
        self.with(self.message.replace("{Name}", name))
    }

    /// The error with a message of its own.
    pub fn with(&'static self, message: impl Into<String>) -> ApiError {
        ApiError {
            code: self.code,
            status: self.status,
            message: message.into(),
            access_denied: None,
            log: String::new(),
        }
    }
}

/// An error answer. It keeps two texts: the one the caller sees and the one the log sees.
#[derive(Debug)]
pub struct ApiError {
    /// The code, such as `EntityNotExist.User`.
    pub code: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// What the caller reads.
    pub message: String,
    /// `AccessDeniedDetail`, for denials.
    pub access_denied: Option<Box<serde_json::Value>>,
    /// What the log reads in addition; never sent.
    pub log: String,
}

impl ApiError {
    /// Adds a text for the log.
    #[must_use]
    pub fn log(mut self, text: impl fmt::Display) -> Self {
        self.log = text.to_string();
        self
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for ApiError {}

/// Declares codes as statics, one per line: `/// Doc. NAME = "Code", status, "message";`.
macro_rules! error_codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $status:literal, $message:literal;)+) => {
        $($(#[$doc])* pub static $name: $crate::ErrorCode = $crate::ErrorCode::new($code, $status, $message);)+
    };
}
pub(crate) use error_codes;

/// Codes common to all products. Those of one product stand in its module.
pub mod codes {
    super::error_codes! {
        /// No credentials.
        MISSING_ACCESS_KEY_ID = "MissingAccessKeyId", 400, "AccessKeyId is mandatory for this action.";
        /// Unknown key.
        ACCESS_KEY_NOT_FOUND = "InvalidAccessKeyId.NotFound", 404, "Specified access key is not found.";
        /// Disabled key.
        ACCESS_KEY_INACTIVE = "InvalidAccessKeyId.Inactive", 400, "Specified access key is disabled.";
        /// A nonce was used before.
        NONCE_USED = "SignatureNonceUsed", 400, "Specified signature nonce was used already.";
        /// A security token that is not accepted.
        INVALID_SECURITY_TOKEN = "InvalidSecurityToken", 400, "Specified SecurityToken is not accepted.";
        /// Unknown operation.
        ACTION_NOT_FOUND = "InvalidAction.NotFound", 404,
            "Specified api is not found, please check your url and method.";
        /// Unknown version, hence unknown product.
        INVALID_VERSION = "InvalidVersion", 400, "Specified parameter Version is not valid.";
        /// A required parameter is absent.
        MISSING_PARAMETER = "MissingParameter", 400,
            "The input parameter \"{Name}\" that is mandatory for processing this request is not supplied.";
        /// A parameter has a wrong value.
        INVALID_PARAMETER = "InvalidParameter", 400, "A parameter is not valid.";
        /// A body that cannot be read.
        MALFORMED_BODY = "InvalidParameter.Body", 400, "The request body is not valid.";
        /// A body over the limit.
        BODY_TOO_LARGE = "RequestEntityTooLarge", 413, "The request body is too large.";
        /// Too many requests.
        THROTTLING = "Throttling.User", 429, "Request was denied due to user flow control.";
        /// Not authorised.
        NO_PERMISSION = "NoPermission", 403, "You are not authorized to perform this operation.";
        /// Declared and authorised, without a handler.
        NOT_YET_BUILT = "NotImplemented", 501, "This operation is not built yet.";
        /// Another change came between.
        CONCURRENT_CHANGE = "Conflict.ConcurrentChange", 409, "The resource was changed at the same time. Try again.";
        /// Our fault.
        INTERNAL_ERROR = "InternalError", 500, "An internal error occurred.";
        /// Not now.
        SERVICE_UNAVAILABLE = "ServiceUnavailable", 503, "The service is temporarily unavailable. Try again.";
    }
}

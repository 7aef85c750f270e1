//! Error codes of the console's logon service, which is no operation of a product: it makes the sessions that operations can
//! be called with. All of them are of Ramgate alone.

use crate::error::error_codes;

/// Codes of console logon and console sessions.
pub mod codes {
    super::error_codes! {
        /// Wrong name, wrong password, no logon for this user, or a lock: which of them is not told.
        LOGON_FAILED = "LogonFailed", 401,
            "The logon name or the password is wrong, or this user cannot log on at present.";
        /// The console may not be used from where the request comes.
        ADDRESS_NOT_ALLOWED = "LogonAddressNotAllowed", 403,
            "The console cannot be used from this network address.";
        /// The password was right, and is no longer good for a logon.
        PASSWORD_EXPIRED = "PasswordExpired", 403,
            "The password has expired. An administrator has to set a new one.";
        /// A step of a logon that does not follow the step before.
        TICKET_INVALID = "InvalidLogonTicket", 401, "The logon took too long or was overtaken. Begin again.";
        /// A wrong, spent or overdue one-time code, or a lock.
        CODE_FAILED = "AuthenticationCodeFailed", 401,
            "The code is wrong or was used before, or no code is accepted at present.";
        /// No session, one that has ended, or one that was ended.
        SESSION_INVALID = "InvalidConsoleSession", 401, "There is no console session, or it has ended. Log on again.";
        /// A call with a session and without the token that scripts of other sites cannot know.
        CSRF_TOKEN_MISSING = "MissingCsrfToken", 403,
            "A call with a console session needs the header x-ramgate-csrf.";
        /// The token is of another session.
        CSRF_TOKEN_INVALID = "InvalidCsrfToken", 403,
            "The value of the header x-ramgate-csrf does not belong to this console session.";
        /// A browser says that another site made it ask.
        CROSS_SITE_REQUEST = "CrossSiteRequest", 403, "The request comes from a page of another site.";
        /// No such endpoint.
        ENDPOINT_NOT_FOUND = "NotFound.ConsoleEndpoint", 404, "There is no such endpoint of the console.";
        /// An endpoint with another method.
        METHOD_NOT_ALLOWED = "MethodNotAllowed", 405, "This endpoint of the console is called with another method.";
    }
}

//! Explanations of denials.

mod decode_diagnostic_message;

pub use decode_diagnostic_message::{
    AuthCondition, AuthPrincipal, DecodeDiagnosticMessage, DecodeDiagnosticMessageRequest,
    DecodeDiagnosticMessageResponse, DecodedDiagnosticMessage, MatchedPolicy,
};

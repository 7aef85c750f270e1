//! Explanations of denials.

mod decode_diagnostic_message;

pub use decode_diagnostic_message::{DecodeDiagnosticMessage, DecodeDiagnosticMessageRequest};

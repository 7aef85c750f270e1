//! Why a command could not be carried out.

use ramgate_audit::AuditError;
use ramgate_policy::corpus::CorpusError;
use ramgate_signing::SignatureError;
use std::io;

/// A command was not carried out. The exit status is 2.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CliError {
    /// The command makes no sense as given.
    #[error("{0}")]
    Usage(String),
    /// An input cannot be read.
    #[error("cannot read `{name}`")]
    Read {
        /// The file.
        name: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// An input is not what it should be.
    #[error("`{name}` cannot be used")]
    Corpus {
        /// The file.
        name: String,
        /// Why.
        #[source]
        source: CorpusError,
    },
    /// A file cannot be written.
    #[error("cannot write `{name}`")]
    WriteFile {
        /// The file.
        name: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The output cannot be written.
    #[error("cannot write the output")]
    Write(#[source] io::Error),
    /// The audit log cannot be read.
    #[error(transparent)]
    Audit(#[from] AuditError),
    /// The request cannot be signed.
    #[error("the request cannot be signed")]
    Sign(#[from] SignatureError),
    /// The endpoint did not answer.
    #[error("cannot call `{endpoint}`")]
    Call {
        /// Where.
        endpoint: String,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// Whether the answer is yes (exit status 0) or no (1).
pub(crate) type Answer = Result<bool, CliError>;

impl From<io::Error> for CliError {
    /// Errors of the output; those of inputs say which input.
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

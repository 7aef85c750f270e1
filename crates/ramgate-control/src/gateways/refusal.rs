//! Why something is refused, before either API has given it a code.

use ramgate_api::ApiError;
use std::fmt;

/// A refusal. Each API turns it into its own code and text, in one place.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// The object is not there.
    NotFound {
        /// What it is.
        kind: Kind,
        /// The id asked for.
        id: String,
    },
    /// A unique name is taken.
    Duplicate {
        /// What it is.
        kind: Kind,
        /// The name.
        name: String,
    },
    /// The object is still used.
    InUse {
        /// What it is.
        kind: Kind,
        /// Its id.
        id: String,
        /// By what, for the message.
        by: String,
    },
    /// The object is going away.
    Deleting {
        /// What it is.
        kind: Kind,
        /// Its id.
        id: String,
    },
    /// A value is not acceptable.
    Invalid {
        /// The field, in the words of this layer; an API may rename it.
        field: String,
        /// What was expected, as the end of a sentence whose subject is the field.
        expected: String,
    },
    /// The default environment of a gateway goes with its gateway only.
    DefaultEnvironment,
    /// No pair of entry ports is free.
    NoEntryPort,
    /// A private key belongs to another certificate than the one given with it.
    KeyMismatch,
    /// An error of the layers below.
    Api(ApiError),
}

/// Kinds of objects, for codes and messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Gateway,
    Environment,
    HttpApi,
    Route,
    Service,
    Source,
    Domain,
    Certificate,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gateway => "gateway",
            Self::Environment => "environment",
            Self::HttpApi => "HTTP API",
            Self::Route => "route",
            Self::Service => "service",
            Self::Source => "source",
            Self::Domain => "domain",
            Self::Certificate => "certificate",
        })
    }
}

impl Refusal {
    pub(crate) fn not_found(kind: Kind, id: impl Into<String>) -> Self {
        Self::NotFound { kind, id: id.into() }
    }

    pub(crate) fn invalid(field: impl Into<String>, expected: impl Into<String>) -> Self {
        Self::Invalid { field: field.into(), expected: expected.into() }
    }
}

impl From<ApiError> for Refusal {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

/// The message of a refusal, without a code.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound { kind, id } => write!(f, "The {kind} `{id}` does not exist."),
            Self::Duplicate { kind, name } => write!(f, "A {kind} named `{name}` exists already."),
            Self::InUse { kind, id, by } => write!(f, "The {kind} `{id}` is still used by {by}."),
            Self::Deleting { kind, id } => write!(f, "The {kind} `{id}` is being deleted."),
            Self::Invalid { field, expected } => write!(f, "The parameter `{field}` {expected}."),
            Self::DefaultEnvironment => f.write_str("The default environment is deleted with its gateway only."),
            Self::NoEntryPort => f.write_str("No pair of entry ports is free; extend the range of entry ports."),
            Self::KeyMismatch => f.write_str("The parameter `Key` does not belong to the certificate."),
            Self::Api(error) => error.fmt(f),
        }
    }
}

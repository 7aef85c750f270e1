//! What one management call leaves behind: who, from where, what, on which resource, how it was decided, how it ended.
//!
//! There is no field for a secret, a signature or a token, and `parameters` come in redacted.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;
use tokio::sync::OwnedSemaphorePermit;

/// A call, as known when its decision has been made and before it acts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CallRecord {
    /// When the call came in: milliseconds since the Unix epoch, UTC.
    pub time: i64,
    /// The id that the answer carries as `RequestId`.
    pub request_id: String,
    /// The account that was addressed; empty when the call failed before that was known.
    pub account_id: String,
    /// Who called.
    pub principal: PrincipalFacts,
    /// The key that signed, or that was claimed by a call that failed authentication. `None` for console sessions.
    pub access_key_id: Option<String>,
    /// The peer's address, or the forwarded one of a configured proxy.
    pub source_ip: Option<IpAddr>,
    /// The `User-Agent` header. Longer ones are clipped to 512 bytes.
    pub user_agent: Option<String>,
    /// Whether the call came over TLS.
    pub secure: bool,
    /// The RAM code of the product, such as `apig`; empty when no product was recognised.
    pub product: String,
    /// The operation as called, such as `GetHttpApi`. Clipped to 256 bytes, since unknown names are recorded too.
    pub operation: String,
    /// The full RAM action, such as `apig:GetHttpApi`; empty when no operation was recognised.
    pub action: String,
    /// The published access level, such as `get`; empty when no operation was recognised.
    pub access_level: String,
    /// Whether the operation changes anything.
    pub mutation: bool,
    /// The resource names that the decision was about.
    pub resources: Vec<String>,
    /// How it was decided.
    pub decision: Decision,
    /// The statement that decided; `None` for implicit denial, for the root of an account, and without a decision.
    pub decided_by: Option<DecidedBy>,
    /// The layer that decided, such as `identity`, `session` or `control`.
    pub layer: Option<String>,
    /// The parameters of the request, redacted by the caller. Over 32 KiB of JSON, their size and SHA-256 are kept
    /// instead.
    pub parameters: serde_json::Value,
}

/// Who called.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PrincipalFacts {
    /// What kind of principal.
    pub kind: PrincipalKind,
    /// The id of user, account, or `<role id>:<session>`; empty when unknown.
    pub id: String,
    /// The user's name, or `<role>/<session>`; empty when unknown.
    pub name: String,
    /// The resource name, such as `acs:ram::1000000000000001:user/alice`; empty when unknown.
    pub arn: String,
}

impl PrincipalFacts {
    /// Nobody: the call carried no credentials, or none that could be verified.
    pub fn anonymous() -> Self {
        Self { kind: PrincipalKind::Anonymous, id: String::new(), name: String::new(), arn: String::new() }
    }
}

/// Kinds of principals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PrincipalKind {
    /// The account itself.
    Root,
    /// A RAM user.
    User,
    /// A session of a RAM role.
    AssumedRole,
    /// A part of Ramgate that acts by itself.
    Service,
    /// Unknown: no credentials, or none that could be verified.
    Anonymous,
}

impl PrincipalKind {
    const ALL: [Self; 5] = [Self::Root, Self::User, Self::AssumedRole, Self::Service, Self::Anonymous];

    /// As written in files and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::User => "user",
            Self::AssumedRole => "assumed-role",
            Self::Service => "service",
            Self::Anonymous => "anonymous",
        }
    }
}

impl fmt::Display for PrincipalKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for PrincipalKind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(())
    }
}

/// How a call was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// Allowed.
    Allowed,
    /// A statement denies it.
    ExplicitDeny,
    /// No statement allows it.
    ImplicitDeny,
    /// The call failed before authorization, or needs none.
    NotChecked,
}

impl Decision {
    const ALL: [Self; 4] = [Self::Allowed, Self::ExplicitDeny, Self::ImplicitDeny, Self::NotChecked];

    /// As written in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::ExplicitDeny => "explicit-deny",
            Self::ImplicitDeny => "implicit-deny",
            Self::NotChecked => "not-checked",
        }
    }

    /// The number that stands for it in the file. Never changed.
    pub(crate) fn code(self) -> i64 {
        match self {
            Self::Allowed => 0,
            Self::ExplicitDeny => 1,
            Self::ImplicitDeny => 2,
            Self::NotChecked => 3,
        }
    }

    pub(crate) fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|decision| decision.code() == code)
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The statement that decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedBy {
    /// The policy's name.
    pub policy: String,
    /// `System` or `Custom`, or what else the layer has.
    pub policy_type: String,
    /// The version of the policy, such as `v2`; empty where there are none.
    pub version: String,
    /// The statement, counted from 0.
    pub statement: u32,
}

/// How a call ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The HTTP status of the answer.
    pub status: u16,
    /// The error code, such as `NoPermission`; `OK` or empty for success.
    pub code: String,
    /// The message that the caller saw; empty for success. Clipped to 4 KiB.
    pub message: String,
    /// From the first byte of the call to its answer, in microseconds.
    pub duration_us: u64,
    /// The store's revision that the call made; `None` when it changed nothing.
    pub revision: Option<u64>,
}

/// A call whose record is on disk and whose outcome is awaited.
///
/// It holds the room for its outcome in the queue, so that [`Audit::finish`](crate::Audit::finish) neither waits nor
/// fails for want of room. Dropped unfinished, the outcome stays unknown.
#[derive(Debug)]
pub struct CallId {
    pub(crate) seq: i64,
    pub(crate) time: i64,
    pub(crate) room: OwnedSemaphorePermit,
}

impl CallId {
    /// The position of the record in the log.
    pub fn sequence(&self) -> u64 {
        self.seq.unsigned_abs()
    }
}

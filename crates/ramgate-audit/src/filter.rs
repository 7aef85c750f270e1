//! Questions to the log and their answers.

use crate::{AuditError, CallRecord, Decision, Outcome, glob};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// Entries of one page at most.
pub const MAX_PAGE: usize = 1000;

/// Which calls are wanted. Every condition given must hold; none given means all calls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Calls at or after this time, milliseconds since the Unix epoch.
    pub from: Option<i64>,
    /// Calls before this time, milliseconds since the Unix epoch.
    pub to: Option<i64>,
    /// The account, exactly.
    pub account_id: Option<String>,
    /// The caller's name, id, resource name or access key id, exactly or with `*` and `?`.
    pub principal: Option<String>,
    /// The RAM action, with `*` and `?`, in any case.
    pub action: Option<String>,
    /// A resource that the decision was about, with `*` and `?`. Case counts.
    pub resource: Option<String>,
    /// Any of these decisions; empty means any decision.
    pub decisions: Vec<Decision>,
    /// The HTTP status of the answer. Calls of unknown outcome have none.
    pub status: Option<RangeInclusive<u16>>,
    /// The error code, with `*` and `?`, of calls that were answered with a status of 400 or more.
    pub code: Option<String>,
    /// The request id, exactly.
    pub request_id: Option<String>,
    /// Only calls of operations that change something.
    pub mutation_only: bool,
}

/// Which part of the answer is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Entries, `1..=1000`; other values are taken to the nearest of these.
    pub limit: usize,
    /// Where the page before has ended; `None` for the newest calls.
    pub cursor: Option<Cursor>,
}

impl Default for Page {
    fn default() -> Self {
        Self { limit: 100, cursor: None }
    }
}

/// A place between two calls. Calls that are recorded later do not move it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub(crate) time: i64,
    pub(crate) seq: i64,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.time, self.seq)
    }
}

impl FromStr for Cursor {
    type Err = AuditError;

    fn from_str(text: &str) -> Result<Self, AuditError> {
        let parse = || {
            let (time, seq) = text.split_once('.')?;
            Some(Self { time: time.parse().ok()?, seq: seq.parse().ok()? })
        };
        parse().ok_or_else(|| AuditError::Cursor { cursor: text.to_owned() })
    }
}

/// One page.
#[derive(Clone, Debug, PartialEq)]
pub struct Entries {
    /// Calls, newest first.
    pub entries: Vec<Entry>,
    /// Where the next page begins; `None` when there is no more.
    ///
    /// A page may hold fewer entries than asked for, even none, and still have a next one: the log is searched for a
    /// limited time per page.
    pub next: Option<Cursor>,
}

/// One call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The position of its record in the log.
    pub sequence: u64,
    /// The call.
    #[serde(flatten)]
    pub call: CallRecord,
    /// How it ended. `None` is unknown: the call is still running, or was cut off, and may or may not have acted.
    pub outcome: Option<Outcome>,
}

impl Filter {
    /// Whether an entry is wanted. The index by which it was found does not matter.
    pub fn matches(&self, entry: &Entry) -> bool {
        let call = &entry.call;
        let is = |wanted: &Option<String>, value: &str| wanted.as_ref().is_none_or(|wanted| wanted == value);
        self.from.is_none_or(|from| call.time >= from)
            && self.to.is_none_or(|to| call.time < to)
            && is(&self.account_id, &call.account_id)
            && is(&self.request_id, &call.request_id)
            && (!self.mutation_only || call.mutation)
            && (self.decisions.is_empty() || self.decisions.contains(&call.decision))
            && self.principal.as_ref().is_none_or(|wanted| {
                let facts = &call.principal;
                let key = call.access_key_id.as_deref();
                [Some(facts.name.as_str()), Some(&facts.id), Some(&facts.arn), key]
                    .into_iter()
                    .flatten()
                    .any(|fact| !fact.is_empty() && glob::matches(wanted, fact, false))
            })
            && self.action.as_ref().is_none_or(|wanted| glob::matches(wanted, &call.action, true))
            && self.resource.as_ref().is_none_or(|wanted| {
                // The text itself counts too: resource names such as `…:gateway/*` hold wildcards of their own.
                call.resources.iter().any(|name| name == wanted || glob::matches(wanted, name, false))
            })
            && (self.status.is_none() && self.code.is_none()
                || entry.outcome.as_ref().is_some_and(|outcome| {
                    self.status.as_ref().is_none_or(|status| status.contains(&outcome.status))
                        && self
                            .code
                            .as_ref()
                            .is_none_or(|code| outcome.status >= 400 && glob::matches(code, &outcome.code, false))
                }))
    }
}

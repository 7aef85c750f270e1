//! RAM policies: parse, validate, match, evaluate, explain. No I/O, no clock, no async.
//!
//! ```text
//!  text ── Document::parse ──► Document ──┐
//!                                │        ├─ PrincipalPolicies ── Compiled::new ──► Compiled ── decide ──► Decision
//!         Catalog ── validate ◄──┘        │                                             └───── explain ─► Explanation
//!            └────────────────────────────┘
//! ```
//!
//! The crate knows the policy language and nothing of HTTP, stores or accounts: whoever calls it names the action and
//! the resource, and fills a [`Context`] with the condition values of the request.
//!
//! Nothing here panics on any input, and a decision allocates nothing.

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::panic,
        clippy::unreachable
    )
)]

mod catalog;
mod compiled;
mod condition;
mod context;
pub mod corpus;
mod decision;
mod document;
mod explain;
mod flow;
mod index;
mod json;
mod key;
mod pattern;
pub mod plain;
mod principal;
mod problem;
mod trust;
mod validate;
mod value;

pub use catalog::{AccessLevel, ActionId, ActionSpec, Catalog, CatalogBuilder, ResourceSpec, ServiceSpec};
pub use compiled::{Compiled, decide_trust};
pub use condition::{Condition, OPERATORS, Operator};
pub use context::{Context, ContextError};
pub use decision::{Decision, Layer, Outcome, StatementRef};
pub use document::{Document, DocumentKind, Effect, Patterns, Principal, Statement};
pub use explain::{Explanation, Matched, Miss, NearMiss, NotApplicable};
pub use key::{Key, KeySpec, KeyType};
pub use pattern::{ActionPattern, Arn, ResourcePattern, glob};
pub use principal::{Attached, AttachedEntity, PolicyKind, PrincipalKind, PrincipalPolicies};
pub use problem::{Position, Problem, Problems};
pub use trust::Caller;
pub use validate::{Finding, Severity, validate};
pub use value::{Network, Number, Timestamp};

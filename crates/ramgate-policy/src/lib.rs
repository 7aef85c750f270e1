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
//!
//! ```
//! use std::sync::Arc;
//! use ramgate_policy::{
//!     Attached, AttachedEntity, Catalog, Compiled, Context, Document, DocumentKind, Outcome, PolicyKind, PrincipalKind,
//!     PrincipalPolicies,
//! };
//!
//! let text = r#"{ "Version": "1", "Statement": [
//!     { "Effect": "Allow", "Action": "mse:Get*", "Resource": "acs:mse:*:*:instance/gw-1",
//!       "Condition": { "IpAddress": { "acs:SourceIp": "10.0.0.0/8" } } } ] }"#;
//! let mut policies = PrincipalPolicies::new(PrincipalKind::User);
//! policies.account.push(Attached {
//!     policy_name: "read-gw-1".into(),
//!     policy_type: PolicyKind::Custom,
//!     version: "v1".into(),
//!     entity: AttachedEntity::User,
//!     document: Arc::new(Document::parse(text, DocumentKind::Identity)?),
//! });
//! let compiled = Compiled::new(&policies, &Catalog::default());
//! let context = Context { source_ip: Some([10, 0, 0, 7].into()), ..Context::default() };
//! let decide = |resource| compiled.decide("mse:GetGateway", resource, &context).outcome;
//! assert_eq!(decide("acs:mse:cn-hangzhou:100:instance/gw-1"), Outcome::Allow);
//! assert_eq!(decide("acs:mse:cn-hangzhou:100:instance/gw-2"), Outcome::ImplicitDeny);
//! # Ok::<(), ramgate_policy::Problems>(())
//! ```

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
pub use context::{Context, ContextError, OtherKeys};
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

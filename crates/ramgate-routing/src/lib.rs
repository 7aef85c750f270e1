//! Resources to an immutable routing [`Snapshot`]: which host, which route, which service, which TLS site.
//!
//! Pure: no I/O, no clock, no async. The watcher of the store turns each changed object into one [`Change`], applies it to
//! its snapshot and publishes a clone; requests read a clone and never see half a change. The management side calls
//! [`validate_route_spec`] before it stores a route, so that what is stored can be served.
//!
//! ```text
//! Change ──► Snapshot::apply ──► Effects: listeners, TLS sites, services to open, change, close
//!                │
//!                ▼
//!            GatewayTable ── host ── HostEntry ── path ── Trie ── LiveRoute ──► ServiceKey ──► LiveService
//! ```
//!
//! Costs: a selection depends on the length of the path and on how many routes share its prefixes and their conditions, not
//! on how many there are. Expressions with the same literal beginning are tested one by one; put what is fixed first. A
//! change copies the way to what it touches.
//!
//! Not for: reading requests, calling services, or what happens between route and service.

mod account;
mod action;
mod change;
mod condition;
mod domain;
mod dump;
mod expression;
mod gateway;
mod host;
mod key;
mod label;
mod path;
mod query;
mod ranked;
mod route;
mod service;
mod sites;
mod snapshot;
mod tls;
mod trie;
mod validate;
mod view;

pub use action::{Action, Mock, Redirect, Target, Targets};
pub use change::{
    Change, Effects, Kind, ListenerChange, Object, ObjectRef, OpenedCertificate, Problem, ServiceChange, TlsChange,
};
pub use gateway::GatewayTable;
pub use key::{GatewayKey, Name, ServiceKey};
pub use path::{MAX_PATH_LEN, PathError, normalise_path};
pub use route::LiveRoute;
pub use service::{LiveAddress, LiveService, ServiceIdentity, ServiceTls};
pub use snapshot::Snapshot;
pub use tls::{Identity, SecretPem, TlsSite};
pub use validate::{SpecProblem, validate_route_spec};
pub use view::{RequestView, Selection};

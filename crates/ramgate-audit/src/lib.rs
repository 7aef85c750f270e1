//! The audit log: every management call, allowed, denied or failed, in an append-only SQLite file of its own.
//!
//! ```text
//!   mutation   begin ──(durable)──▶ act ──▶ finish          a call that was cut off has no outcome: "unknown"
//!   the rest   answer ──▶ record                            one row, queued
//!
//!   begin, finish, record ──▶ bounded queue ──▶ writer thread ──▶ one transaction per group ──▶ fsync
//!                                                 query, verify ──▶ reader thread, its own connection
//! ```
//!
//! A mutation acts only after [`Audit::begin`] has returned, and `begin` returns only after its record is on disk, so a
//! mutation whose record cannot be written fails before it acts. Queued records are never dropped to make room: when
//! the queue is full, callers wait, and when the disk refuses, they get an error.
//!
//! Records form a hash chain: each row stores the SHA-256 of the previous row's hash and its own content, so that a row
//! that was changed, removed or put in between is found by [`Audit::verify`]. Who can write the file could compute a
//! whole new chain; [`Verified::head`] kept elsewhere shows that as well.
//!
//! Called by the dispatcher of the management plane (writing) and by `ramgate audit` (reading, [`Reader`]). Not for:
//! deciding what is recorded or redacting it, access logs of proxied traffic, or logs for operators.

mod audit;
mod chain;
mod clip;
mod error;
mod filter;
mod glob;
mod intern;
mod queue;
mod reader;
mod record;
mod row;
mod schema;
mod sources;
mod sweep;
mod verify;
mod writer;

pub use audit::Audit;
pub use chain::{Head, HeadParseError};
pub use error::AuditError;
pub use filter::{Cursor, Entries, Entry, Filter, MAX_PAGE, Page};
pub use reader::Reader;
pub use record::{CallId, CallRecord, DecidedBy, Decision, Outcome, PrincipalFacts, PrincipalKind};
pub use sweep::Retained;
pub use verify::{BrokenAt, Verified, VerifyError};

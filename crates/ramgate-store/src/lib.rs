//! The store: the only place where the management side and the data plane meet.
//!
//! It holds revisioned keys. A [`Transaction`] changes several keys at once if its conditions hold; every effective
//! transaction gets the next [`Revision`]; a [`Watch`] delivers the transactions of a prefix in that order.
//!
//! ```text
//!  handlers ── commit(Transaction) ──▶ Store ── Batch, Batch, … ──▶ watch ──▶ state in memory, snapshot
//!                                        ▲
//!                      read once at start┘
//! ```
//!
//! The crate contains the contract ([`Store`]), its types, the encryption of secret values ([`sealing`]) and, behind
//! the feature `suite`, the tests that every backend has to pass. It knows neither resources nor any database.

mod condition;
mod contents;
mod entry;
mod error;
mod key;
pub mod sealing;
mod store;
#[cfg(feature = "suite")]
pub mod suite;
mod transaction;
mod watch;

pub use condition::Condition;
pub use contents::Contents;
pub use entry::{DecodeError, Entry, Revision, Value};
pub use error::{CommitError, SharedError, StoreError, WatchError};
pub use key::{Key, KeyError, Prefix};
pub use store::{BoxFuture, Committed, Health, Page, Scan, Store};
pub use transaction::{Transaction, TransactionError, Write};
pub use watch::{Batch, Change, Watch};

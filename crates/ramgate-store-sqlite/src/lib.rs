//! The store in one SQLite file: what a single node uses unless it is told otherwise.
//!
//! ```text
//!  commit ──▶ bounded queue ──▶ writer thread ── one SQLite transaction for a group ──▶ store.db (WAL, synchronous=FULL)
//!                                    │ after COMMIT                                        ▲
//!                                    ▼                                                     │
//!  watch ◀── recent batches in memory, revision ──── older ones ──▶ reader threads ────────┘
//!  get, scan ──────────────────────────────────────────────────────▶      "
//! ```
//!
//! - The writer carries out several waiting transactions in one SQLite transaction, so that they share one `fsync`;
//!   each keeps its own revision and its own outcome, and none is acknowledged before that `COMMIT`.
//! - Watchers pull: they learn that the revision has moved and read what they lack, from memory or from the file.
//!   The writer does not know them and cannot be held up by them.
//! - Every change is kept in a history until it is old enough, see [`Retention`].
//! - Nothing here runs on the threads of the async runtime.
//!
//! The binary opens it and hands it on as `Arc<dyn Store>`; nobody else names this crate.

mod apply;
mod error;
mod files;
mod history;
mod open;
mod options;
mod reader;
mod schema;
mod shared;
mod store;
mod watcher;
mod writer;

pub use error::OpenError;
pub use options::{Options, Retention};
pub use store::SqliteStore;

//! Tests of the SQLite store through its public face.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, also in its helpers")]

mod child;
mod crash;
mod faults;
mod files;
mod retention;
mod scale;
mod sealing_key;
mod suite;
mod torn_log;

use std::path::Path;

use ramgate_store::{Key, Revision, Store, Transaction};
use ramgate_store_sqlite::{Options, SqliteStore};

fn key(text: impl AsRef<str>) -> Key {
    Key::new(text).expect("a valid key")
}

fn put(name: impl AsRef<str>, value: impl Into<ramgate_store::Value>) -> Transaction {
    Transaction::new().put(key(name), value)
}

async fn open(path: &Path) -> SqliteStore {
    open_with(Options::new(path)).await
}

async fn open_with(options: Options) -> SqliteStore {
    SqliteStore::open(options).await.unwrap_or_else(|error| panic!("{error:?}"))
}

async fn commit(store: &SqliteStore, transaction: Transaction) -> Revision {
    store.commit(transaction).await.expect("the transaction is carried out").revision
}

async fn number(store: &SqliteStore, name: impl AsRef<str>) -> u64 {
    let entry = store.get(key(name)).await.expect("readable");
    entry.map_or(0, |entry| std::str::from_utf8(&entry.value).expect("text").parse().expect("a number"))
}

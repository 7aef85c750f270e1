//! The suite that every backend has to pass.

use std::sync::Arc;

use ramgate_store::suite::Backend;
use ramgate_store::{BoxFuture, Store, store_suite};
use ramgate_store_sqlite::{OpenError, Options, SqliteStore};
use tempfile::TempDir;

struct Directory(TempDir);

fn directory() -> Directory {
    Directory(tempfile::tempdir().expect("a directory"))
}

impl Backend for Directory {
    fn open(&self) -> BoxFuture<'_, Arc<dyn Store>> {
        Box::pin(async {
            loop {
                match SqliteStore::open(Options::new(self.0.path().join("data/store.db"))).await {
                    Ok(store) => return Arc::new(store) as Arc<dyn Store>,
                    // A store that was dropped and not closed lets go of the file in the background.
                    Err(OpenError::InUse { .. }) => tokio::task::yield_now().await,
                    Err(error) => panic!("{error}"),
                }
            }
        })
    }
}

store_suite!(directory);

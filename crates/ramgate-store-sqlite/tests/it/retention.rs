//! How long changes are kept.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use ramgate_store::{Batch, Prefix, Revision, Store, WatchError};
use ramgate_store_sqlite::{Options, Retention, SqliteStore};

use crate::{commit, open_with, put};

/// Seconds that the test decides about.
#[derive(Clone, Default)]
struct Clock(Arc<AtomicU64>);

impl Clock {
    fn set(&self, seconds: u64) {
        self.0.store(seconds, Ordering::Relaxed);
    }
}

fn options(path: &Path, clock: &Clock, retention: Retention) -> Options {
    let seconds = clock.0.clone();
    let clock = Arc::new(move || UNIX_EPOCH + Duration::from_secs(1_000_000 + seconds.load(Ordering::Relaxed)));
    Options { retention, clock, ..Options::new(path) }
}

async fn write(store: &SqliteStore, n: u64) {
    for i in 0..n {
        commit(store, put("a", i.to_string())).await;
    }
}

/// The oldest revision that can be watched, once the compaction that is due has run.
async fn oldest(store: &SqliteStore) -> u64 {
    // Runs behind whatever was planned before, and does nothing itself.
    store.compact(Revision(1)).await.unwrap();
    let oldest = match store.watch(Prefix::all(), Revision(1)).await {
        Ok(_) => Revision(1),
        Err(WatchError::Compacted { oldest }) => oldest,
        Err(error) => panic!("{error}"),
    };
    let mut watch = store.watch(Prefix::all(), oldest).await.unwrap();
    let Batch { revision, .. } = watch.next().await.unwrap().unwrap();
    assert_eq!(revision, oldest);
    oldest.0
}

#[tokio::test]
async fn changes_are_kept_until_they_are_both_old_and_many() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("store.db");
    let clock = Clock::default();
    let retention = Retention { keep_revisions: 80, keep_for: Duration::from_secs(60), max_revisions: 100_000 };
    let store = open_with(options(&path, &clock, retention)).await;
    write(&store, 300).await;
    assert_eq!(oldest(&store).await, 1, "all of them are young");

    clock.set(30);
    write(&store, 100).await;
    assert_eq!(oldest(&store).await, 1);
    // The first 300 are old now; the last 100 are young, and more than have to be kept.
    clock.set(75);
    write(&store, 1).await;
    assert_eq!(oldest(&store).await, 301);
    // All are old: as many stay as have to be kept.
    clock.set(1000);
    write(&store, 1).await;
    assert_eq!(oldest(&store).await, 402 - 80 + 1);
    store.close().await.unwrap();

    // It is due again after a restart, without a transaction. Some slack is left until then.
    let retention = Retention { keep_revisions: 10, ..retention };
    let store = open_with(options(&path, &clock, retention)).await;
    assert_eq!(oldest(&store).await, 402 - 10 + 1);
}

#[tokio::test]
async fn young_changes_are_kept_up_to_a_number() {
    let directory = tempfile::tempdir().unwrap();
    let retention = Retention { keep_revisions: 10, keep_for: Duration::from_secs(3600), max_revisions: 50 };
    let store = open_with(options(&directory.path().join("store.db"), &Clock::default(), retention)).await;
    write(&store, 49).await;
    assert_eq!(oldest(&store).await, 1);
    write(&store, 151).await;
    assert_eq!(oldest(&store).await, 151);
}

#[tokio::test]
async fn a_clock_that_goes_back_removes_nothing_early() {
    let directory = tempfile::tempdir().unwrap();
    let clock = Clock::default();
    let retention = Retention { keep_revisions: 10, keep_for: Duration::from_secs(60), max_revisions: 100_000 };
    let store = open_with(options(&directory.path().join("store.db"), &clock, retention)).await;
    clock.set(500);
    write(&store, 50).await;
    clock.set(0);
    write(&store, 50).await;
    assert_eq!(oldest(&store).await, 1);
    clock.set(700);
    write(&store, 1).await;
    assert_eq!(oldest(&store).await, 92);
}

#[tokio::test]
async fn a_long_history_is_removed_part_by_part_up_to_the_first_young_change() {
    let directory = tempfile::tempdir().unwrap();
    let clock = Clock::default();
    let retention = Retention { keep_revisions: 10, keep_for: Duration::from_secs(60), max_revisions: 100_000 };
    let store = Arc::new(open_with(options(&directory.path().join("store.db"), &clock, retention)).await);
    let fill = async || {
        let writers = (0..50).map(|_| {
            let store = store.clone();
            async move { write(&store, 70).await }
        });
        writers.collect::<tokio::task::JoinSet<_>>().join_all().await;
    };
    fill().await;
    clock.set(100);
    fill().await;
    // Several parts of a thousand, without further transactions.
    while oldest(&store).await < 3501 {
        tokio::task::yield_now().await;
    }
    assert_eq!(oldest(&store).await, 3501);
    assert_eq!(store.revision().await.unwrap(), Revision(7000));
}

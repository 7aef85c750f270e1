//! A large store: how long it takes to open and to read everything. Prints figures and asserts no times.

use std::sync::Arc;
use std::time::Instant;

use ramgate_store::{Prefix, Revision, Scan, Store, Transaction};

use crate::{commit, key, open};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_thousand_entries_are_opened_and_read_whole() {
    const ENTRIES: usize = 100_000;
    const IN_ONE: usize = 125;
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("store.db");
    let store = Arc::new(open(&path).await);

    let begin = Instant::now();
    let writers = (0..8).map(|writer| {
        let store = store.clone();
        async move {
            for block in (writer..ENTRIES / IN_ONE).step_by(8) {
                let transaction = (0..IN_ONE).fold(Transaction::new(), |transaction, i| {
                    // Neither in the order of the keys nor all of one size, like routes.
                    let n = (block * IN_ONE + i) * 7919 % ENTRIES;
                    let value = format!("{n:06}{}", "x".repeat(400 + n % 400));
                    transaction.put(key(format!("accounts/1000000000000001/routes/{n:06}")), value)
                });
                commit(&store, transaction).await;
            }
        }
    });
    writers.collect::<tokio::task::JoinSet<_>>().join_all().await;
    let written = begin.elapsed();
    store.close().await.unwrap();
    let megabytes = std::fs::metadata(&path).unwrap().len() / 1_000_000;

    let begin = Instant::now();
    let store = open(&path).await;
    let opened = begin.elapsed();
    let begin = Instant::now();
    let page = store.scan(Scan::all(Prefix::all())).await.unwrap();
    let scanned = begin.elapsed();
    println!(
        "{ENTRIES} entries, {megabytes} MB: written in {written:.2?}, opened in {opened:.2?}, read in {scanned:.2?}"
    );

    assert_eq!(page.revision, Revision((ENTRIES / IN_ONE) as u64));
    assert_eq!((page.entries.len(), page.more), (ENTRIES, false));
    for (n, entry) in page.entries.iter().enumerate() {
        assert!(entry.key.as_str().ends_with(&format!("/{n:06}")));
        assert!(entry.value.starts_with(format!("{n:06}x").as_bytes()) && entry.value.len() == 406 + n % 400);
    }
}

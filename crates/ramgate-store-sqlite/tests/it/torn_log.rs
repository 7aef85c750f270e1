//! A write-ahead log that ends anywhere, as after a power failure: the store opens with whole transactions only.

use std::fs;

use ramgate_store::{Prefix, Revision, Scan, Store, Transaction};

use crate::{commit, key, open};

#[tokio::test]
async fn a_log_cut_or_garbled_anywhere_leaves_whole_transactions_only() {
    const N: u64 = 60;
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("store.db");
    let store = open(&path).await;
    for n in 1..=N {
        let text = format!("{n}:{}", "x".repeat((n * 613 % 6000) as usize));
        let transaction = (0..4).fold(Transaction::new(), |t, i| t.put(key(format!("k/{i}")), &*text));
        commit(&store, transaction.put(key(format!("n/{n:03}")), "")).await;
    }
    // Nothing is being written now.
    let database = fs::read(&path).unwrap();
    let log = fs::read(path.with_file_name("store.db-wal")).unwrap();
    assert!(log.len() > 500_000, "the log has only {} bytes", log.len());

    let mut seen = std::collections::BTreeSet::new();
    for i in 0..60 {
        let place = log.len() * (i + 1) / 61 + i;
        let mut log = log.clone();
        if i % 2 == 0 {
            log.truncate(place);
        } else {
            // The rest was never written: zeros, or what the disk had there before.
            let old = log[32..].iter().rev().copied().collect::<Vec<_>>();
            let rest = &mut log[place..];
            rest.fill(0);
            if i % 4 == 1 {
                rest.copy_from_slice(&old[..rest.len()]);
            }
        }
        let copy = tempfile::tempdir().unwrap();
        let path = copy.path().join("store.db");
        fs::write(&path, &database).unwrap();
        fs::write(path.with_file_name("store.db-wal"), &log).unwrap();

        let store = open(&path).await;
        let revision = store.revision().await.unwrap();
        let page = store.scan(Scan::all(Prefix::all())).await.unwrap();
        let (values, marks): (Vec<_>, Vec<_>) =
            page.entries.iter().partition(|entry| entry.key.as_str().starts_with("k/"));
        assert_eq!(marks.len() as u64, revision.0);
        assert_eq!(values.len(), if revision == Revision::ZERO { 0 } else { 4 });
        for entry in values {
            assert_eq!(entry.mod_revision, revision);
            assert!(entry.value.starts_with(format!("{revision}:").as_bytes()));
        }
        // And it goes on from there.
        assert_eq!(commit(&store, Transaction::new().put(key("next"), "")).await, revision.next());
        store.close().await.unwrap();
        seen.insert(revision.0);
    }
    assert!(seen.len() > 20 && seen.last() < Some(&N), "the cuts did not do what they should: {seen:?}");
}

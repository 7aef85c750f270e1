//! Closing and opening again.

use super::*;
use crate::{Health, StoreError};

/// As if nothing had happened.
pub async fn a_restart_keeps_entries_revisions_and_history(backend: impl Backend) {
    let store = backend.open().await;
    commit(&*store, put("a", "1").put(key("b"), "1")).await;
    commit(&*store, put("a", "2")).await;
    commit(&*store, Transaction::new().delete(key("b"))).await;
    let before = scan_all(&*store).await;
    let mut old = watch(&*store, Prefix::all(), Revision(1)).await;
    let history = next_until(&mut old, Revision(3)).await;
    store.close().await.expect("closes");

    let store = backend.open().await;
    assert_eq!(scan_all(&*store).await, before);
    assert_eq!(revision(&*store).await, Revision(3));
    let mut watch = watch(&*store, Prefix::all(), Revision(1)).await;
    assert_eq!(next_until(&mut watch, Revision(3)).await, history);
    assert_eq!(commit(&*store, put("a", "3").must_be_at(key("a"), Revision(2))).await, Revision(4));
    assert_eq!(next(&mut watch).await.revision, Revision(4));
}

/// Also when the last transaction has left no entry.
pub async fn a_restart_keeps_the_compaction(backend: impl Backend) {
    let store = backend.open().await;
    for n in 1..=5 {
        commit(&*store, put("a", &n.to_string())).await;
    }
    commit(&*store, Transaction::new().delete(key("a"))).await;
    store.compact(Revision(6)).await.expect("compacts");
    store.close().await.expect("closes");

    let store = backend.open().await;
    assert_eq!(revision(&*store).await, Revision(6));
    match store.watch(Prefix::all(), Revision(5)).await {
        Err(WatchError::Compacted { oldest: Revision(6) }) => {}
        other => panic!("expected `Compacted`, got {other:?}"),
    }
    assert_eq!(commit(&*store, put("a", "")).await, Revision(7));
}

/// To everything, and at once.
pub async fn a_closed_store_answers_closed(backend: impl Backend) {
    let store = backend.open().await;
    commit(&*store, put("a", "1")).await;
    assert!(matches!(store.health(), Health::Ready));
    store.close().await.expect("closes");
    store.close().await.expect("closes twice");
    assert!(matches!(store.health(), Health::Closed));
    assert!(matches!(store.revision().await, Err(StoreError::Closed)));
    assert!(matches!(store.get(key("a")).await, Err(StoreError::Closed)));
    assert!(matches!(store.scan(Scan::all(Prefix::all())).await, Err(StoreError::Closed)));
    assert!(matches!(store.commit(put("a", "2")).await, Err(CommitError::Closed)));
    assert!(matches!(store.compact(Revision(1)).await, Err(StoreError::Closed)));
    let watch = store.watch(Prefix::all(), Revision(1)).await;
    assert!(matches!(watch, Err(WatchError::Store(StoreError::Closed))));
    let store = backend.open().await;
    assert_eq!(value(&*store, "a").await.as_deref(), Some("1"));
}

/// They do not wait forever, nor does the last owner have to close.
pub async fn closing_ends_watches(backend: impl Backend) {
    let store = backend.open().await;
    let mut waiting = watch(&*store, Prefix::all(), Revision(1)).await;
    let waiting = tokio::spawn(async move { waiting.next().await });
    commit(&*store, put("a", "")).await;
    assert!(matches!(waiting.await, Ok(Some(Ok(_)))));

    let mut waiting = watch(&*store, Prefix::all(), Revision(2)).await;
    let waiting = tokio::spawn(async move { waiting.next().await });
    store.close().await.expect("closes");
    assert!(matches!(waiting.await, Ok(None)), "the watch should end");

    let store = backend.open().await;
    let mut waiting = watch(&*store, Prefix::all(), Revision(2)).await;
    let waiting = tokio::spawn(async move { waiting.next().await });
    drop(store);
    assert!(matches!(waiting.await, Ok(None)), "the watch should end");
}

/// One that has stopped taking what it asked for learns that the rest is missing.
pub async fn closing_waits_for_no_reader(backend: impl Backend) {
    let store = backend.open().await;
    for i in 0..64 {
        commit(&*store, Transaction::new().put(key(format!("a/{i}")), vec![b'x'; 256 * 1024])).await;
    }
    let mut reading = store.contents(Prefix::all()).await.expect("the contents can be read");
    let dropped = store.contents(Prefix::all()).await.expect("the contents can be read");
    assert!(matches!(reading.next().await, Some(Ok(_))));
    drop(dropped);
    store.close().await.expect("closes");
    let end = loop {
        match reading.next().await {
            Some(Ok(_)) => {}
            end => break end,
        }
    };
    // A backend may have had all of it at hand already.
    assert!(matches!(end, None | Some(Err(StoreError::Closed))), "got {end:?}");
    assert!(matches!(store.contents(Prefix::all()).await, Err(StoreError::Closed)));
}

/// And its answer says which.
pub async fn a_commit_during_close_is_either_kept_or_refused(backend: impl Backend) {
    for round in 0..5 {
        let store = backend.open().await;
        let base = revision(&*store).await.0;
        let commits: Vec<_> = (0..200)
            .map(|i| {
                let store = store.clone();
                tokio::spawn(async move { store.commit(put(&format!("c/{round}/{i}"), "")).await })
            })
            .collect();
        // At another moment in each round.
        while revision(&*store).await.0 < base + round * 20 {
            tokio::task::yield_now().await;
        }
        store.close().await.expect("closes");
        let mut answers = Vec::new();
        for commit in commits {
            answers.push(commit.await.expect("the task finishes"));
        }

        let store = backend.open().await;
        let mut kept = 0;
        for (i, answer) in answers.iter().enumerate() {
            let found = get(&*store, &format!("c/{round}/{i}")).await;
            match (answer, found) {
                (Ok(committed), Some(entry)) if entry.mod_revision == committed.revision => kept += 1,
                (Err(CommitError::Closed), None) => {}
                (answer, found) => panic!("answered {answer:?}, but found {found:?}"),
            }
        }
        assert_eq!(revision(&*store).await.0, base + kept);
        store.close().await.expect("closes");
    }
}

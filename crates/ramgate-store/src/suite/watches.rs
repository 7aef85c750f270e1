//! Watching: order, completeness, resuming, compaction.

use super::*;

fn revisions(batches: &[Batch]) -> Vec<u64> {
    batches.iter().map(|batch| batch.revision.0).collect()
}

/// From the first revision on, or from any later one.
pub async fn a_watch_delivers_the_past_and_then_the_present(backend: impl Backend) {
    let store = backend.open().await;
    commit(&*store, put("a", "1")).await;
    commit(&*store, put("a", "2")).await;
    commit(&*store, Transaction::new().delete(key("a"))).await;
    for from in 0..=4 {
        let mut watch = watch(&*store, Prefix::all(), Revision(from)).await;
        let current = revision(&*store).await;
        let now = commit(&*store, put("b", &from.to_string())).await;
        assert_eq!(now, current.next());
        let seen = next_until(&mut watch, now).await;
        assert_eq!(revisions(&seen), (from.max(1)..=now.0).collect::<Vec<_>>());
    }
    // The values are those of their time.
    let mut watch = watch(&*store, Prefix::all(), Revision(1)).await;
    let seen = next_until(&mut watch, Revision(3)).await;
    let entry = |value: &str, mod_revision| {
        Change::Put(Entry { key: key("a"), value: value.into(), create_revision: Revision(1), mod_revision })
    };
    assert_eq!(seen[0].changes, [entry("1", Revision(1))]);
    assert_eq!(seen[1].changes, [entry("2", Revision(2))]);
    assert_eq!(seen[2].changes, [Change::Delete { key: key("a"), mod_revision: Revision(3) }]);
}

/// With the revision after the last batch.
pub async fn a_watch_resumes_where_the_last_one_ended(backend: impl Backend) {
    let store = backend.open().await;
    let mut from = Revision(1);
    let mut seen = Vec::new();
    for round in 0..10 {
        for n in 0..=round {
            commit(&*store, put("a", &n.to_string())).await;
        }
        let mut watch = watch(&*store, Prefix::all(), from).await;
        // Not everything is taken each time.
        for _ in 0..=round / 2 {
            let batch = next(&mut watch).await;
            from = batch.revision.next();
            seen.push(batch.revision.0);
        }
    }
    assert_eq!(seen, (1..=seen.len() as u64).collect::<Vec<_>>());
}

/// And of a transaction only what lies in it.
pub async fn a_watch_sees_only_its_prefix(backend: impl Backend) {
    let store = backend.open().await;
    let transactions = || {
        [
            put("users/a", "1").put(key("groups/g"), "1"),
            put("groups/h", "1"),
            put("users0", "1").put(key("users"), "1"),
            Transaction::new().delete(key("users/a")).delete(key("groups/g")),
            put("users/b", "1"),
        ]
    };
    let mut live = watch(&*store, prefix("users/"), Revision(1)).await;
    for transaction in transactions() {
        commit(&*store, transaction).await;
    }
    let mut past = watch(&*store, prefix("users/"), Revision(1)).await;
    for watch in [&mut live, &mut past] {
        let seen = next_until(watch, Revision(5)).await;
        let seen: Vec<_> = seen
            .iter()
            .map(|batch| (batch.revision.0, batch.changes.iter().map(describe).collect::<Vec<_>>()))
            .collect();
        let expected = [(1, "users/a=1"), (4, "-users/a"), (5, "users/b=1")].map(|(r, c)| (r, vec![c.to_owned()]));
        assert_eq!(seen, expected);
    }
}

/// All of them, in one batch.
pub async fn a_batch_has_the_changes_in_the_order_of_the_transaction(backend: impl Backend) {
    let store = backend.open().await;
    commit(&*store, put("m", "")).await;
    let mut live = watch(&*store, Prefix::all(), Revision(2)).await;
    commit(&*store, put("z", "1").delete(key("m")).delete(key("never-there")).put(key("a"), "2").put(key("k"), "3"))
        .await;
    let mut past = watch(&*store, Prefix::all(), Revision(2)).await;
    for watch in [&mut live, &mut past] {
        let batch = next(watch).await;
        assert_eq!(batch.changes.iter().map(describe).collect::<Vec<_>>(), ["z=1", "-m", "a=2", "k=3"]);
    }
}

/// The next revision is the last that can be waited for.
pub async fn a_watch_of_the_future_is_refused(backend: impl Backend) {
    let store = backend.open().await;
    commit(&*store, put("a", "")).await;
    match store.watch(Prefix::all(), Revision(3)).await {
        Err(WatchError::FutureRevision { from: Revision(3), current: Revision(1) }) => {}
        other => panic!("expected `FutureRevision`, got {other:?}"),
    }
    let mut watch = watch(&*store, Prefix::all(), Revision(2)).await;
    commit(&*store, put("a", "")).await;
    assert_eq!(next(&mut watch).await.revision, Revision(2));
}

/// With the revision from which one can start.
pub async fn a_watch_behind_the_compaction_is_refused(backend: impl Backend) {
    let store = backend.open().await;
    for n in 1..=10 {
        commit(&*store, put("a", &n.to_string())).await;
    }
    assert_eq!(store.compact(Revision(5)).await.expect("compacts"), Revision(5));
    for from in 0..5 {
        match store.watch(Prefix::all(), Revision(from)).await {
            Err(WatchError::Compacted { oldest: Revision(5) }) => {}
            other => panic!("expected `Compacted` for {from}, got {other:?}"),
        }
    }
    let mut watch = watch(&*store, Prefix::all(), Revision(5)).await;
    assert_eq!(revisions(&next_until(&mut watch, Revision(10)).await), [5, 6, 7, 8, 9, 10]);
    // Compaction goes forward only.
    assert_eq!(store.compact(Revision(3)).await.expect("compacts"), Revision(5));
}

/// However far it is asked to go.
pub async fn compaction_keeps_entries_and_the_last_revision(backend: impl Backend) {
    let store = backend.open().await;
    assert_eq!(store.compact(Revision(9)).await.expect("compacts"), Revision(1));
    for n in 1..=5 {
        commit(&*store, put(&format!("a/{n}"), "")).await;
    }
    let before = scan_all(&*store).await;
    assert_eq!(store.compact(Revision(99)).await.expect("compacts"), Revision(5));
    assert_eq!(scan_all(&*store).await, before);
    let mut watch = watch(&*store, Prefix::all(), Revision(5)).await;
    assert_eq!(commit(&*store, put("b", "")).await, Revision(6));
    assert_eq!(revisions(&next_until(&mut watch, Revision(6)).await), [5, 6]);
}

/// What it gets before that has no gaps.
pub async fn a_watcher_that_was_overtaken_by_compaction_is_told_and_can_resume(backend: impl Backend) {
    let store = backend.open().await;
    let mut slow = watch(&*store, Prefix::all(), Revision(1)).await;
    commit(&*store, put("a", "1")).await;
    assert_eq!(next(&mut slow).await.revision, Revision(1));
    fill(&store, 300).await;
    store.compact(Revision(250)).await.expect("compacts");

    let mut expected = Revision(2);
    let oldest = loop {
        match slow.next().await {
            Some(Ok(batch)) => {
                assert_eq!(batch.revision, expected);
                expected = expected.next();
                assert!(expected <= Revision(250), "it has seen what is no longer kept");
            }
            Some(Err(WatchError::Compacted { oldest })) => break oldest,
            other => panic!("expected `Compacted`, got {other:?}"),
        }
    };
    assert_eq!(oldest, Revision(250));
    assert!(slow.next().await.is_none(), "a watch ends with its error");

    let page = scan_all(&*store).await;
    assert_eq!(page.revision, Revision(301));
    let mut resumed = watch(&*store, Prefix::all(), page.revision.next()).await;
    assert_idle(&*store, &mut resumed, "").await;
}

/// Far more than any buffer holds.
pub async fn a_slow_watcher_holds_no_writer_up_and_misses_nothing(backend: impl Backend) {
    const N: u64 = 3000;
    let store = backend.open().await;
    let mut idle = watch(&*store, Prefix::all(), Revision(1)).await;
    let mut slow = watch(&*store, Prefix::all(), Revision(1)).await;
    fill(&store, 10).await;
    assert_eq!(next(&mut slow).await.revision, Revision(1));
    fill(&store, N - 10).await;
    assert_eq!(revision(&*store).await, Revision(N));
    assert_eq!(revisions(&next_until(&mut slow, Revision(N)).await), (2..=N).collect::<Vec<_>>());
    assert_idle(&*store, &mut slow, "").await;
    assert_eq!(revisions(&next_until(&mut idle, Revision(N + 1)).await), (1..=N + 1).collect::<Vec<_>>());
}

/// Longer than what anybody reads or sends in one go, whole transactions nevertheless.
pub async fn a_long_past_is_delivered_whole_after_a_restart(backend: impl Backend) {
    const KEYS: usize = 7;
    let store = backend.open().await;
    let sizes = [150_000, 1, 90_000, 170_000, 30_000];
    for n in 0..14 {
        let value = |i: usize| vec![n as u8; sizes[(n + i) % sizes.len()]];
        let transaction = (0..KEYS).fold(put("n", ""), |t, i| t.put(key(format!("large/{i}")), value(i)));
        commit(&*store, transaction).await;
    }
    store.close().await.expect("closes");

    let store = backend.open().await;
    let mut all = watch(&*store, Prefix::all(), Revision(1)).await;
    let mut part = watch(&*store, prefix("large/3"), Revision(1)).await;
    for n in 0..14 {
        for (watch, n_changes) in [(&mut all, KEYS + 1), (&mut part, 1)] {
            let batch = next(watch).await;
            assert_eq!((batch.revision, batch.changes.len()), (Revision(n + 1), n_changes));
            let large = batch.changes.iter().find(|change| change.key().as_str() == "large/3");
            let Some(Change::Put(entry)) = large else { panic!("expected a put, got {large:?}") };
            assert_eq!(entry.value.len(), sizes[(n as usize + 3) % sizes.len()]);
            assert!(entry.value.iter().all(|byte| u64::from(*byte) == n));
        }
    }
    assert_idle(&*store, &mut all, "").await;
}

/// From what was before the restart to what is being written.
pub async fn a_watch_that_catches_up_with_writers_repeats_nothing(backend: impl Backend) {
    let store = backend.open().await;
    fill(&store, 50).await;
    store.close().await.expect("closes");

    let store = backend.open().await;
    let writing = tokio::spawn({
        let store = store.clone();
        async move { fill(&store, 1500).await }
    });
    let mut watchers = tokio::task::JoinSet::new();
    for begin in (50..1550).step_by(300) {
        while revision(&*store).await < Revision(begin) {
            tokio::task::yield_now().await;
        }
        // Several at once, so that they wait for each other while the writers go on.
        for _ in 0..12 {
            let mut watch = watch(&*store, Prefix::all(), Revision(1)).await;
            watchers.spawn(async move { revisions(&next_until(&mut watch, Revision(1550)).await) });
        }
    }
    writing.await.expect("the writers finish");
    for seen in watchers.join_all().await {
        assert_eq!(seen, (1..=1550).collect::<Vec<_>>());
    }
}

/// As it happens in `select!`.
pub async fn a_dropped_wait_loses_nothing(backend: impl Backend) {
    let store = backend.open().await;
    let mut watch = watch(&*store, Prefix::all(), Revision(1)).await;
    let mut seen = Vec::new();
    let writing = fill(&store, 200);
    tokio::pin!(writing);
    let mut written = false;
    while seen.len() < 200 {
        tokio::select! {
            () = &mut writing, if !written => written = true,
            // Gives up again and again, also in the middle of reading.
            () = tokio::task::yield_now() => {}
            batch = next(&mut watch) => seen.push(batch.revision.0),
        }
    }
    assert_eq!(seen, (1..=200).collect::<Vec<_>>());
}

/// Commits `n` transactions, several at a time.
async fn fill(store: &Arc<dyn Store>, n: u64) {
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..50.min(n) {
        let store = store.clone();
        writers.spawn(async move {
            for i in (writer..n).step_by(50) {
                commit(&*store, put(&format!("fill/{writer}"), &i.to_string())).await;
            }
        });
    }
    while let Some(done) = writers.join_next().await {
        done.expect("the writer finishes");
    }
}

//! Many at a time: races have one winner, readers see whole transactions.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::task::JoinSet;

use super::*;

/// The results of `n` tasks that run at the same time.
async fn together<T: Send + 'static, F: Future<Output = T> + Send + 'static>(
    n: usize,
    task: impl Fn(usize) -> F,
) -> Vec<T> {
    (0..n).map(task).collect::<JoinSet<_>>().join_all().await
}

/// No increment of a counter is lost.
pub async fn of_many_that_compare_and_swap_each_wins_once_per_revision(backend: impl Backend) {
    const TASKS: usize = 16;
    const TIMES: usize = 8;
    let store = backend.open().await;
    commit(&*store, put("counter", "0")).await;
    let conflicts = together(TASKS, |_| {
        let store = store.clone();
        async move {
            let (mut done, mut conflicts) = (0, 0);
            while done < TIMES {
                let entry = get(&*store, "counter").await.expect("it exists");
                let n: usize = text(&entry).parse().expect("a number");
                let swap = put("counter", &(n + 1).to_string()).must_be_at(key("counter"), entry.mod_revision);
                match store.commit(swap).await {
                    Ok(_) => done += 1,
                    Err(CommitError::Conflict { .. }) => conflicts += 1,
                    Err(error) => panic!("{error}"),
                }
            }
            conflicts
        }
    })
    .await;
    assert_eq!(value(&*store, "counter").await, Some((TASKS * TIMES).to_string()));
    assert_eq!(revision(&*store).await, Revision((TASKS * TIMES) as u64 + 1));
    assert!(conflicts.iter().sum::<usize>() > 0, "the tasks did not meet; the test shows nothing");
}

/// The others learn that they have lost.
pub async fn of_many_that_create_the_same_key_one_wins(backend: impl Backend) {
    let store = backend.open().await;
    for round in 0..20 {
        let name = format!("users/{round}");
        let won = together(8, |task| {
            let (store, name) = (store.clone(), name.clone());
            async move {
                let create = put(&name, &task.to_string()).must_be_absent(key(&name));
                match store.commit(create).await {
                    Ok(_) => Some(task),
                    Err(CommitError::Conflict { key: lost }) if lost == key(&name) => None,
                    Err(error) => panic!("{error}"),
                }
            }
        })
        .await;
        let winners: Vec<_> = won.into_iter().flatten().collect();
        assert_eq!(winners.len(), 1, "winners of round {round}: {winners:?}");
        assert_eq!(value(&*store, &name).await, Some(winners[0].to_string()));
    }
}

/// Uniqueness over the values of a prefix: different keys, one name.
pub async fn a_name_taken_under_another_key_stays_unique(backend: impl Backend) {
    let store = backend.open().await;
    for round in 0..20 {
        let name = format!("name-{round}");
        let won = together(6, |task| {
            let (store, name) = (store.clone(), name.clone());
            async move {
                loop {
                    let page = scan(&*store, Scan::all(prefix("gateways/"))).await;
                    if page.entries.iter().any(|entry| text(entry) == name) {
                        return false;
                    }
                    let create = put(&format!("gateways/{round}-{task}"), &name)
                        .prefix_unchanged_since(prefix("gateways/"), page.revision);
                    match store.commit(create).await {
                        Ok(_) => return true,
                        Err(error) if error.is_conflict() => {}
                        Err(error) => panic!("{error}"),
                    }
                }
            }
        })
        .await;
        assert_eq!(won.into_iter().filter(|won| *won).count(), 1, "round {round}");
    }
    assert_eq!(scan(&*store, Scan::all(prefix("gateways/"))).await.entries.len(), 20);
}

/// One side adds a reference while the other removes what it refers to.
pub async fn a_referenced_object_is_never_deleted(backend: impl Backend) {
    let store = backend.open().await;
    let (mut kept, mut deleted) = (0, 0);
    for round in 0..60 {
        let service = key(format!("services/{round}"));
        let route = key(format!("routes/{round}"));
        commit(&*store, Transaction::new().put(service.clone(), "")).await;
        let seen = scan(&*store, Scan::all(prefix("routes/"))).await.revision;
        let refer = Transaction::new().put(route.clone(), "").must_exist(service.clone());
        let delete = Transaction::new().delete(service.clone()).prefix_unchanged_since(Prefix::from(&route), seen);
        // Each goes first once.
        let (referred, removed) = if round % 2 == 0 {
            tokio::join!(store.commit(refer), store.commit(delete))
        } else {
            let (removed, referred) = tokio::join!(store.commit(delete), store.commit(refer));
            (referred, removed)
        };
        let service_exists = store.get(service).await.expect("readable").is_some();
        let route_exists = store.get(route).await.expect("readable").is_some();
        assert_eq!((referred.is_ok(), removed.is_ok()), (service_exists, !service_exists), "round {round}");
        assert_eq!(route_exists, service_exists, "round {round}");
        kept += usize::from(service_exists);
        deleted += usize::from(!service_exists);
    }
    assert!(kept > 0 && deleted > 0, "{kept} kept, {deleted} deleted; the test shows nothing");
}

/// Amounts are moved between keys; every reader finds the same sum.
pub async fn a_scan_never_sees_half_a_transaction(backend: impl Backend) {
    const KEYS: usize = 10;
    const SUM: i64 = 1000;
    let store = backend.open().await;
    let start = (0..KEYS).fold(Transaction::new(), |t, i| t.put(key(format!("sum/{i}")), "100"));
    commit(&*store, start).await;
    let done = Arc::new(AtomicBool::new(false));

    let writer = tokio::spawn({
        let (store, done) = (store.clone(), done.clone());
        async move {
            let mut amounts = [SUM / KEYS as i64; KEYS];
            for i in 0..400 {
                let (from, to) = (i % KEYS, (i * 7 + 3) % KEYS);
                if from != to {
                    amounts[from] -= i as i64;
                    amounts[to] += i as i64;
                    let amount = |n: usize| (key(format!("sum/{n}")), amounts[n].to_string());
                    let ((a, x), (b, y)) = (amount(from), amount(to));
                    commit(&*store, Transaction::new().put(a, x).put(b, y)).await;
                }
            }
            done.store(true, Ordering::Release);
        }
    });
    let scans = together(3, |_| {
        let (store, done) = (store.clone(), done.clone());
        async move {
            let (mut n_scans, mut last) = (0, Revision::ZERO);
            while !done.load(Ordering::Acquire) {
                let page = scan(&*store, Scan::all(prefix("sum/"))).await;
                let sum: i64 = page.entries.iter().map(|entry| text(entry).parse::<i64>().expect("a number")).sum();
                assert_eq!((page.entries.len(), sum), (KEYS, SUM), "at revision {}", page.revision);
                assert_eq!(page.entries.iter().map(|entry| entry.mod_revision).max(), Some(page.revision));
                assert!(page.revision >= last, "the store went back");
                assert!(page.revision <= revision(&*store).await, "a page of the future");
                last = page.revision;
                n_scans += 1;
            }
            n_scans
        }
    })
    .await;
    writer.await.expect("the writer finishes");
    assert!(scans.iter().sum::<usize>() > 10, "hardly a scan took place: {scans:?}");
}

/// As a watcher sees them, and each has what its writer was told.
pub async fn revisions_of_many_writers_have_no_gaps(backend: impl Backend) {
    const WRITERS: usize = 32;
    const TIMES: usize = 25;
    const TOTAL: u64 = (WRITERS * TIMES) as u64;
    let store = backend.open().await;
    let watchers = together(3, |_| {
        let store = store.clone();
        async move {
            let mut watch = watch(&*store, Prefix::all(), Revision(1)).await;
            next_until(&mut watch, Revision(TOTAL)).await
        }
    });
    let writers = together(WRITERS, |writer| {
        let store = store.clone();
        async move {
            let mut told = Vec::new();
            for i in 0..TIMES {
                let content = format!("{writer}:{i}");
                let transaction =
                    put(&format!("w/{writer}"), &content).put(key(format!("all/{writer}/{i}")), &*content);
                told.push((commit(&*store, transaction).await, content));
                // One that fails does not use up a revision.
                conflict(&*store, put("x", "").must_be_absent(key(format!("w/{writer}")))).await;
            }
            told
        }
    });
    let (seen, told) = tokio::join!(watchers, writers);

    assert!(told.iter().all(|told| told.is_sorted()), "a writer was told falling revisions");
    let told: BTreeMap<_, _> = told.into_iter().flatten().collect();
    assert_eq!(told.len() as u64, TOTAL, "two writers were told the same revision");
    for seen in seen {
        assert_eq!(seen.len() as u64, TOTAL);
        for (batch, revision) in seen.iter().zip(1..) {
            assert_eq!(batch.revision, Revision(revision));
            let content = &told[&batch.revision];
            let writer = content.split(':').next().unwrap_or_default();
            let i = content.split(':').nth(1).unwrap_or_default();
            let expected = [format!("w/{writer}={content}"), format!("all/{writer}/{i}={content}")];
            assert_eq!(batch.changes.iter().map(describe).collect::<Vec<_>>(), expected);
        }
    }
}

/// By any reader, while others write.
pub async fn what_was_acknowledged_is_read_at_once(backend: impl Backend) {
    let store = backend.open().await;
    together(16, |task| {
        let store = store.clone();
        async move {
            let name = format!("t/{task}");
            for i in 0..20 {
                let told = commit(&*store, put(&name, &i.to_string())).await;
                assert!(revision(&*store).await >= told);
                let entry = get(&*store, &name).await.expect("it exists");
                assert_eq!((text(&entry), entry.mod_revision), (i.to_string(), told));
                let page = scan(&*store, Scan::all(prefix(&name)).limit(1)).await;
                assert!(page.revision >= told);
                let mut watch = watch(&*store, Prefix::from(&key(&name)), told).await;
                assert_eq!(next(&mut watch).await.revision, told);
            }
        }
    })
    .await;
}

/// How every node comes to its state in memory.
pub async fn a_scan_continued_by_a_watch_yields_the_state(backend: impl Backend) {
    let store = backend.open().await;
    let writing = together(8, |writer| {
        let store = store.clone();
        async move {
            for i in 0..40 {
                let name = |n: usize| key(format!("s/{}", (writer * 5 + n * 3) % 17));
                let transaction = Transaction::new().put(name(i), format!("{writer}.{i}")).delete(name(i + 1));
                commit(&*store, transaction).await;
            }
        }
    });
    let following = together(6, |task| {
        let store = store.clone();
        async move {
            while revision(&*store).await < Revision(task as u64 * 40) {
                tokio::task::yield_now().await;
            }
            let page = scan(&*store, Scan::all(prefix("s/"))).await;
            let mut state: BTreeMap<_, _> = page.entries.into_iter().map(|entry| (entry.key.clone(), entry)).collect();
            let mut watch = watch(&*store, prefix("s/"), page.revision.next()).await;
            let mut last = page.revision;
            while last < Revision(8 * 40) {
                let batch = next(&mut watch).await;
                assert_eq!(batch.revision, last.next());
                last = batch.revision;
                for change in batch.changes {
                    match change {
                        Change::Put(entry) => state.insert(entry.key.clone(), entry),
                        Change::Delete { key, .. } => state.remove(&key),
                    };
                }
            }
            state.into_values().collect::<Vec<_>>()
        }
    });
    let (_, states) = tokio::join!(writing, following);
    let truth = scan_all(&*store).await.entries;
    for state in states {
        assert_eq!(state, truth);
    }
}

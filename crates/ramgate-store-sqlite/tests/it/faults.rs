//! Full disks, failing disks, and others who write to the file.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use ramgate_store::{CommitError, Health, Prefix, Revision, Scan, Store, Transaction};
use ramgate_store_sqlite::{OpenError, Options};
use rusqlite::Connection;

use crate::{child, commit, key, number, open, open_with, put};

#[tokio::test]
async fn a_full_store_refuses_what_does_not_fit_and_goes_on() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("store.db");
    let limited = || Options { max_bytes: Some(512 * 1024), ..Options::new(&path) };
    let store = open_with(limited()).await;
    let mut watch = store.watch(Prefix::all(), Revision(1)).await.unwrap();
    let mut n = 0;
    let error = loop {
        let transaction = put(format!("k/{n}"), vec![b'x'; 8000]).put(key("n"), n.to_string());
        match store.commit(transaction).await {
            Ok(committed) => assert_eq!(committed.revision, Revision(n + 1)),
            Err(error) => break error,
        }
        n += 1;
    };
    assert!(matches!(error, CommitError::Full { .. }), "{error:?}");
    assert!((20..40).contains(&n), "{n} transactions fit");

    // Nothing of it is there, for nobody.
    assert_eq!(store.revision().await.unwrap(), Revision(n));
    assert_eq!(store.scan(Scan::all(Prefix::all())).await.unwrap().entries.len() as u64, n + 1);
    assert_eq!(number(&store, "n").await, n - 1);
    assert!(matches!(store.health(), Health::Ready));

    // What fits is carried out, also when it waits together with what does not.
    let store = Arc::new(store);
    let commits = (0..40).map(|i| {
        let store = store.clone();
        async move {
            let size = if i % 4 == 0 { 900_000 } else { 10 };
            (i, store.commit(put(format!("small/{i}"), vec![b'x'; size])).await)
        }
    });
    let answers = commits.collect::<tokio::task::JoinSet<_>>().join_all().await;
    for (i, answer) in answers {
        match answer {
            Ok(_) => assert_ne!(i % 4, 0),
            Err(CommitError::Full { .. }) => assert_eq!(i % 4, 0, "the small one {i} was refused"),
            Err(error) => panic!("{error:?}"),
        }
    }
    assert_eq!(store.revision().await.unwrap(), Revision(n + 30));
    for expected in 1..=n + 30 {
        assert_eq!(watch.next().await.unwrap().unwrap().revision, Revision(expected));
    }

    // Removing makes room once the history has let go.
    let remove = (0..n).fold(Transaction::new(), |t, i| t.delete(key(format!("k/{i}"))));
    let removed = commit(&store, remove).await;
    store.compact(removed).await.unwrap();
    commit(&store, put("large", vec![b'x'; 200_000])).await;
    store.close().await.unwrap();

    let store = open_with(limited()).await;
    assert_eq!(store.revision().await.unwrap(), removed.next());
}

#[test]
fn a_failing_disk_makes_the_store_read_only_and_loses_nothing_acknowledged() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("store.db");
    let mut process = child::start_with_small_files("faults::writes_until_the_disk_fails", &path, 600);
    let told: Vec<_> = child::lines(&mut process).collect();
    assert!(process.wait().unwrap().success(), "the child has found something wrong: {told:?}");
    let acknowledged: u64 = told.last().expect("the child tells").parse().unwrap();
    assert!(acknowledged > 3, "the limit was hit too early");

    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let store = open(&path).await;
        let n = number(&store, "a").await;
        assert!(n == acknowledged || n == acknowledged + 1, "{acknowledged} acknowledged, {n} found");
        assert_eq!(number(&store, "b").await, n);
        assert_eq!(store.revision().await.unwrap(), Revision(n));
        assert_eq!(commit(&store, put("a", "0")).await, Revision(n + 1));
    });
}

/// In a process whose files cannot grow beyond a limit.
#[test]
fn writes_until_the_disk_fails() {
    let Some(path) = child::database() else { return };
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let store = open(&path).await;
        let transaction = |n: u64| {
            put("a", n.to_string()).put(key(format!("x/{n}")), vec![b'x'; 10_000]).put(key("b"), n.to_string())
        };
        let mut n = 0;
        let error = loop {
            match store.commit(transaction(n + 1)).await {
                Ok(committed) => assert_eq!(committed.revision, Revision(n + 1)),
                Err(error) => break error,
            }
            n += 1;
        };
        // The operating system says that the file is too large, which SQLite calls an I/O error.
        assert!(matches!(error, CommitError::Unknown { .. }), "{error:?}");
        let error = store.commit(transaction(n + 1)).await.unwrap_err();
        assert!(matches!(error, CommitError::ReadOnly { .. }), "{error:?}");
        let Health::ReadOnly { reason } = store.health() else { panic!("the store says it is well") };
        assert!(reason.to_string().contains("disk I/O error"), "{reason}");
        // Reads go on and have not moved.
        assert_eq!(store.revision().await.unwrap(), Revision(n));
        assert_eq!((number(&store, "a").await, number(&store, "b").await), (n, n));
        assert!(store.compact(Revision(n)).await.is_err());
        store.close().await.unwrap();
        child::tell(&n.to_string());
    });
}

#[tokio::test]
async fn a_change_by_another_program_stops_writing() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("store.db");
    let store = open(&path).await;
    commit(&store, put("a", "1")).await;
    let other = Connection::open(&path).unwrap();
    other.execute("INSERT INTO changes (revision, committed_at_ms, key) VALUES (2, 0, 'a')", []).unwrap();

    let error = store.commit(put("a", "2")).await.unwrap_err();
    let CommitError::ReadOnly { source } = &error else { panic!("{error:?}") };
    assert_eq!(source.to_string(), "the database was changed by another program: it is at revision 2, not 1");
    assert!(matches!(store.health(), Health::ReadOnly { .. }));
}

#[tokio::test]
async fn a_lock_of_another_program_delays_a_transaction_and_fails_it_only_after_a_while() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("store.db");
    let store = open(&path).await;
    let other = Connection::open(&path).unwrap();

    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let (answer, ()) = tokio::join!(store.commit(put("a", "1")), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        other.execute_batch("ROLLBACK").unwrap();
    });
    assert_eq!(answer.unwrap().revision, Revision(1));

    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = store.commit(put("a", "2")).await.unwrap_err();
    assert!(matches!(error, CommitError::Unavailable { .. }), "{error:?}");
    // Readers are not concerned.
    assert_eq!(number(&store, "a").await, 1);
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(commit(&store, put("a", "2")).await, Revision(2));
}

#[test]
fn a_store_in_use_by_another_process_is_refused_with_its_number_until_that_ends() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("store.db");
    let mut process = child::start("faults::holds_the_store_until_told", &path);
    let mut lines = child::lines(&mut process);
    assert_eq!(lines.next().as_deref(), Some("opened"));

    let runtime = tokio::runtime::Runtime::new().unwrap();
    let error = runtime.block_on(ramgate_store_sqlite::SqliteStore::open(Options::new(&path))).unwrap_err();
    assert!(matches!(error, OpenError::InUse { holder: Some(id), .. } if id == process.id()), "{error:?}");
    let expected = format!(
        "the store `{}` is in use by process {}: stop that process, or choose another data directory",
        path.canonicalize().unwrap().display(),
        process.id()
    );
    assert_eq!(error.to_string(), expected);

    process.stdin.take().unwrap().write_all(b"go on\n").unwrap();
    assert!(process.wait().unwrap().success());
    runtime.block_on(async {
        let store = open(&path).await;
        assert_eq!(number(&store, "a").await, 7);
    });
}

/// In another process.
#[test]
fn holds_the_store_until_told() {
    let Some(path) = child::database() else { return };
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let store = open(&path).await;
        child::tell("opened");
        std::io::stdin().read_line(&mut String::new()).unwrap();
        commit(&store, put("a", "7")).await;
    });
}

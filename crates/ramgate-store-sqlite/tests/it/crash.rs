//! `kill -9` at random moments: nothing acknowledged is lost, nothing half-written is seen.

use std::collections::HashMap;
use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use ramgate_store::{Change, Prefix, Revision, Scan, Store, Transaction};
use ramgate_store_sqlite::{Options, Retention, SqliteStore};

use crate::{child, commit, key, number, open_with};

const ROUNDS: u32 = 40;
const WRITERS: u64 = 6;
/// Keys that are all written by each transaction of the last writer.
const BULK: u64 = 100;
/// Old entries that each writer leaves behind.
const TRAIL: u64 = 20;

/// With history being removed all the time.
fn options(path: &Path) -> Options {
    let retention = Retention { keep_revisions: 50, keep_for: Duration::ZERO, max_revisions: 50 };
    Options { retention, ..Options::new(path) }
}

#[test]
fn a_killed_process_loses_nothing_acknowledged_and_leaves_nothing_half_written() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("data/store.db");
    // Not for reproduction, the moments are not reproducible anyway; it only has to differ.
    let random = RandomState::new();
    let random = |round: u32, below: u64| random.hash_one((round, below)) % below;

    let begin = Instant::now();
    // For each writer the number up to which its transactions are known to be in the store, and the last one's revision.
    let mut known = HashMap::new();
    let (mut last_revision, mut n_acknowledged, mut n_in_flight) = (Revision::ZERO, 0, 0);
    for round in 0..ROUNDS {
        let mut process = child::start("crash::writes_until_it_is_killed", &path);
        let (started, has_started) = mpsc::channel();
        let lines = child::lines(&mut process);
        let reader = thread::spawn(move || {
            lines
                .inspect(|line| {
                    if line == "opened" {
                        let _ = started.send(());
                    }
                })
                .collect::<Vec<_>>()
        });
        if round % 5 == 0 {
            // Also while the store is being made or recovered.
            thread::sleep(Duration::from_millis(random(round, 25)));
        } else {
            let _ = has_started.recv_timeout(Duration::from_secs(10));
            thread::sleep(Duration::from_micros(random(round, 150_000)));
        }
        process.kill().unwrap();
        process.wait().unwrap();

        for line in reader.join().unwrap().iter().filter(|line| *line != "opened") {
            let mut numbers = line.split(' ').map(|number| number.parse::<u64>().unwrap());
            let (writer, n, revision) = (numbers.next().unwrap(), numbers.next().unwrap(), numbers.next().unwrap());
            let before = known.insert(writer, (n, Revision(revision)));
            assert!(before.is_none_or(|(before, _)| before < n), "writer {writer} went back from {before:?} to {n}");
            n_acknowledged += 1;
        }
        // Every other time what the killed process has left goes to the next one as it is.
        let copy = tempfile::tempdir().unwrap();
        let looked_at = if round % 2 == 0 { path.clone() } else { copy_database(&path, copy.path()) };
        let (revision, in_flight) = runtime.block_on(check(&looked_at, &mut known));
        assert!(revision >= last_revision, "round {round}: the store went back from {last_revision} to {revision}");
        last_revision = revision;
        n_in_flight += in_flight;
    }
    println!(
        "{ROUNDS} kills in {:.1?}: {n_acknowledged} transactions acknowledged, {last_revision} in the store, \
         {n_in_flight} were on disk when their writer was killed before it could tell",
        begin.elapsed()
    );
    assert!(n_acknowledged > 100, "only {n_acknowledged} transactions; the test shows little");
    assert!(begin.elapsed() < Duration::from_secs(60));
}

/// The process that gets killed: each writer counts up, each transaction touches several keys.
#[test]
fn writes_until_it_is_killed() {
    let Some(path) = child::database() else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let store = Arc::new(open_with(options(&path)).await);
        child::tell("opened");
        let writers = (0..=WRITERS).map(|writer| {
            let store = store.clone();
            async move {
                for n in number(&store, format!("w/{writer}/a")).await + 1.. {
                    let revision = commit(&store, transaction(writer, n)).await;
                    child::tell(&format!("{writer} {n} {revision}"));
                }
            }
        });
        writers.collect::<tokio::task::JoinSet<_>>().join_all().await;
    });
}

fn transaction(writer: u64, n: u64) -> Transaction {
    let text = n.to_string();
    if writer == WRITERS {
        return (0..BULK).fold(Transaction::new().put(key(format!("w/{writer}/a")), &*text), |transaction, i| {
            transaction.put(key(format!("bulk/{i}")), &*text)
        });
    }
    // Of many sizes, some longer than a page, a few longer than the whole write-ahead log of a quiet store.
    let size = if n.is_multiple_of(40) { 300_000 } else { n * 7919 % 9000 };
    let trail = format!("{n}:{}", "x".repeat(usize::try_from(size).unwrap()));
    let transaction = Transaction::new()
        .put(key(format!("w/{writer}/a")), &*text)
        .put(key(format!("w/{writer}/trail/{n}")), trail)
        .put(key(format!("w/{writer}/b")), &*text);
    if n > TRAIL { transaction.delete(key(format!("w/{writer}/trail/{}", n - TRAIL))) } else { transaction }
}

/// Everything that must hold, whenever the process was killed. Answers the revision, and how many transactions are
/// there that were not known to be.
async fn check(path: &Path, known: &mut HashMap<u64, (u64, Revision)>) -> (Revision, u64) {
    let store = open_with(options(path)).await;
    let revision = store.revision().await.unwrap();
    let (mut total, mut in_flight) = (0, 0);
    for writer in 0..=WRITERS {
        let n = number(&store, format!("w/{writer}/a")).await;
        let (told, told_revision) = known.get(&writer).copied().unwrap_or_default();
        // A writer has at most one transaction on its way.
        assert!(n == told || n == told + 1, "writer {writer} has {told}, the store has {n}");
        assert!(revision >= told_revision, "{told_revision} was acknowledged, the store is at {revision}");
        total += n;
        in_flight += n - told;
        if n == 0 {
            continue;
        }
        let written = store.get(key(format!("w/{writer}/a"))).await.unwrap().unwrap().mod_revision;
        if n == told {
            assert_eq!(written, told_revision);
        }
        known.insert(writer, (n, written));
        let names = if writer == WRITERS {
            (0..BULK).map(|i| format!("bulk/{i}")).collect::<Vec<_>>()
        } else {
            let prefix = Prefix::new(format!("w/{writer}/trail/")).unwrap();
            let trail = store.scan(Scan::all(prefix)).await.unwrap().entries;
            assert_eq!(trail.len() as u64, n.min(TRAIL), "the trail of writer {writer} at {n}");
            vec![format!("w/{writer}/b"), format!("w/{writer}/trail/{n}")]
        };
        for name in names {
            let entry = store.get(key(&name)).await.unwrap().expect("every key of a transaction is there");
            assert_eq!(entry.mod_revision, written, "`{name}` is of another transaction");
            assert_eq!(entry.value.split(|byte| *byte == b':').next(), Some(n.to_string().as_bytes()), "`{name}`");
        }
    }
    // Each transaction has one revision: none is missing, none is there twice.
    assert_eq!(Revision(total), revision);
    check_history(&store, revision).await;
    store.close().await.unwrap();
    (revision, in_flight)
}

async fn check_history(store: &SqliteStore, revision: Revision) {
    if revision == Revision::ZERO {
        return;
    }
    let oldest = store.compact(Revision(1)).await.unwrap();
    let mut watch = store.watch(Prefix::all(), oldest).await.unwrap();
    for expected in oldest.0..=revision.0 {
        let batch = watch.next().await.unwrap().unwrap();
        assert_eq!(batch.revision, Revision(expected));
        let Change::Put(first) = &batch.changes[0] else { panic!("the first change is a put") };
        let writer: u64 = first.key.segments().nth(1).unwrap().parse().unwrap();
        let n: u64 = std::str::from_utf8(&first.value).unwrap().parse().unwrap();
        assert_eq!(batch.changes.len(), transaction(writer, n).writes().len(), "revision {expected} is not whole");
    }
}

fn copy_database(path: &Path, to: &Path) -> std::path::PathBuf {
    for suffix in ["", "-wal"] {
        let name = format!("store.db{suffix}");
        let from = path.with_file_name(&name);
        if from.exists() {
            fs::copy(from, to.join(&name)).unwrap();
        }
    }
    to.join("store.db")
}

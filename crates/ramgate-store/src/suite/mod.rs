//! The tests that every backend has to pass.
//!
//! A backend implements [`Backend`] in its test binary and writes `store_suite!(make)`, where `make` is a function
//! without arguments that returns a fresh one; each test then stands there under its own name.

pub mod concurrency;
pub mod conditions;
pub mod lifecycle;
pub mod model;
pub mod reads;
pub mod watches;

use std::sync::Arc;
use std::time::Duration;

use crate::{
    Batch, BoxFuture, Change, CommitError, Committed, Entry, Key, Page, Prefix, Revision, Scan, Store, Transaction,
    Watch, WatchError,
};

/// Data of one test, empty at first.
pub trait Backend: Send + Sync {
    /// Opens the data; a second time after the first store was closed.
    fn open(&self) -> BoxFuture<'_, Arc<dyn Store>>;
}

/// Longest time that any test waits for anything.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs one test of the suite on a runtime of its own.
pub fn run<B: Backend, F: Future<Output = ()>>(backend: B, test: impl FnOnce(B) -> F) {
    runtime().block_on(async { tokio::time::timeout(PATIENCE, test(backend)).await.expect("the test takes too long") });
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime")
}

/// Declares the tests of the suite for the backend that `$make` makes: a function without arguments whose result
/// implements [`Backend`](crate::suite::Backend).
#[macro_export]
macro_rules! store_suite {
    ($make:expr) => {
        $crate::store_suite! { @tests $make;
            conditions: an_absent_key_can_be_required,
            conditions: an_existing_key_can_be_required,
            conditions: a_key_must_be_at_the_given_revision,
            conditions: a_deleted_and_remade_key_is_a_new_one,
            conditions: a_prefix_must_be_unchanged_since_the_given_revision,
            conditions: a_deletion_changes_a_prefix,
            conditions: a_prefix_condition_behind_the_compaction_is_refused,
            conditions: a_prefix_condition_in_the_future_is_refused,
            conditions: the_first_failed_condition_is_reported,
            conditions: a_refused_transaction_changes_nothing,
            conditions: a_transaction_without_effect_gets_no_revision,
            conditions: an_invalid_transaction_is_refused_and_changes_nothing,
            conditions: the_largest_transaction_is_accepted,
            reads: an_empty_store_is_at_revision_zero,
            reads: an_entry_tells_when_it_was_made_and_changed,
            reads: keys_are_in_the_order_of_their_bytes,
            reads: a_scan_stays_within_its_prefix,
            reads: pages_continue_behind_a_key,
            reads: values_of_any_bytes_come_back_unchanged,
            reads: contents_are_all_that_a_scan_finds,
            reads: contents_do_not_show_what_is_committed_while_they_are_read,
            watches: a_watch_delivers_the_past_and_then_the_present,
            watches: a_watch_resumes_where_the_last_one_ended,
            watches: a_watch_sees_only_its_prefix,
            watches: a_batch_has_the_changes_in_the_order_of_the_transaction,
            watches: a_watch_of_the_future_is_refused,
            watches: a_watch_behind_the_compaction_is_refused,
            watches: compaction_keeps_entries_and_the_last_revision,
            watches: a_watcher_that_was_overtaken_by_compaction_is_told_and_can_resume,
            watches: a_slow_watcher_holds_no_writer_up_and_misses_nothing,
            watches: a_long_past_is_delivered_whole_after_a_restart,
            watches: a_watch_that_catches_up_with_writers_repeats_nothing,
            watches: a_dropped_wait_loses_nothing,
            concurrency: of_many_that_compare_and_swap_each_wins_once_per_revision,
            concurrency: of_many_that_create_the_same_key_one_wins,
            concurrency: a_name_taken_under_another_key_stays_unique,
            concurrency: a_referenced_object_is_never_deleted,
            concurrency: a_scan_never_sees_half_a_transaction,
            concurrency: revisions_of_many_writers_have_no_gaps,
            concurrency: what_was_acknowledged_is_read_at_once,
            concurrency: a_scan_continued_by_a_watch_yields_the_state,
            lifecycle: a_restart_keeps_entries_revisions_and_history,
            lifecycle: a_restart_keeps_the_compaction,
            lifecycle: a_closed_store_answers_closed,
            lifecycle: closing_ends_watches,
            lifecycle: closing_waits_for_no_reader,
            lifecycle: a_commit_during_close_is_either_kept_or_refused,
        }

        #[test]
        fn random_histories_agree_with_a_plain_map() {
            $crate::suite::model::random_histories_agree_with_a_plain_map($make);
        }
    };
    (@tests $make:expr; $($module:ident: $test:ident,)*) => {
        $(
            #[test]
            fn $test() {
                $crate::suite::run($make(), $crate::suite::$module::$test);
            }
        )*
    };
}

fn key(text: impl AsRef<str>) -> Key {
    Key::new(text).expect("a valid key")
}

fn prefix(text: &str) -> Prefix {
    Prefix::new(text).expect("a valid prefix")
}

fn put(entry: &str, value: &str) -> Transaction {
    Transaction::new().put(key(entry), value)
}

async fn commit(store: &dyn Store, transaction: Transaction) -> Revision {
    let Committed { revision } = store.commit(transaction).await.expect("the transaction is carried out");
    revision
}

async fn conflict(store: &dyn Store, transaction: Transaction) -> Key {
    match store.commit(transaction).await {
        Err(CommitError::Conflict { key }) => key,
        other => panic!("expected a conflict, got {other:?}"),
    }
}

async fn revision(store: &dyn Store) -> Revision {
    store.revision().await.expect("the store tells its revision")
}

async fn get(store: &dyn Store, entry: &str) -> Option<Entry> {
    store.get(key(entry)).await.expect("the key can be read")
}

async fn value(store: &dyn Store, entry: &str) -> Option<String> {
    get(store, entry).await.map(|entry| text(&entry))
}

async fn scan(store: &dyn Store, scan: Scan) -> Page {
    store.scan(scan).await.expect("the prefix can be scanned")
}

async fn scan_all(store: &dyn Store) -> Page {
    scan(store, Scan::all(Prefix::all())).await
}

async fn contents(store: &dyn Store, prefix: Prefix) -> (Revision, Vec<Entry>) {
    let mut contents = store.contents(prefix).await.expect("the contents can be read");
    let mut entries = Vec::new();
    while let Some(portion) = contents.next().await {
        let portion = portion.expect("the contents can be read to the end");
        assert!(!portion.is_empty());
        entries.extend(portion);
    }
    (contents.revision(), entries)
}

async fn watch(store: &dyn Store, prefix: Prefix, from: Revision) -> Watch {
    store.watch(prefix, from).await.expect("the watch starts")
}

async fn next(watch: &mut Watch) -> Batch {
    match tokio::time::timeout(PATIENCE / 2, watch.next()).await.expect("the watch delivers in time") {
        Some(Ok(batch)) => batch,
        other => panic!("expected a batch, got {other:?}"),
    }
}

async fn next_until(watch: &mut Watch, last: Revision) -> Vec<Batch> {
    let mut batches: Vec<Batch> = Vec::new();
    while batches.last().is_none_or(|batch| batch.revision < last) {
        batches.push(next(watch).await);
    }
    batches
}

/// Asserts that nothing is waiting for the watcher: what is committed afterwards is what comes next.
async fn assert_idle(store: &dyn Store, watch: &mut Watch, within: &str) {
    let mark = key(format!("{within}idle-mark"));
    let revision = commit(store, Transaction::new().put(mark.clone(), "")).await;
    let batch = next(watch).await;
    assert_eq!((batch.revision, batch.changes[0].key()), (revision, &mark), "the watch delivers something unexpected");
}

fn text(entry: &Entry) -> String {
    String::from_utf8(entry.value.to_vec()).expect("text")
}

fn describe(change: &Change) -> String {
    match change {
        Change::Put(entry) => format!("{}={}", entry.key, text(entry)),
        Change::Delete { key, .. } => format!("-{key}"),
    }
}

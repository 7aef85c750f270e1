//! Conditions: what they require, what they report, and that nothing happens when they fail.

use super::*;
use crate::{TransactionError, Value};

/// `must_be_absent`
pub async fn an_absent_key_can_be_required(backend: impl Backend) {
    let store = backend.open().await;
    let create = || put("users/alice", "1").must_be_absent(key("users/alice"));
    assert_eq!(commit(&*store, create()).await, Revision(1));
    assert_eq!(conflict(&*store, create()).await, key("users/alice"));
    commit(&*store, Transaction::new().delete(key("users/alice"))).await;
    assert_eq!(commit(&*store, create()).await, Revision(3));
}

/// `must_exist`
pub async fn an_existing_key_can_be_required(backend: impl Backend) {
    let store = backend.open().await;
    let refer = || put("routes/r", "to s").must_exist(key("services/s"));
    assert_eq!(conflict(&*store, refer()).await, key("services/s"));
    commit(&*store, put("services/s", "")).await;
    commit(&*store, refer()).await;
}

/// `must_be_at`
pub async fn a_key_must_be_at_the_given_revision(backend: impl Backend) {
    let store = backend.open().await;
    let change = |revision, value| put("a", value).must_be_at(key("a"), revision);
    assert_eq!(conflict(&*store, change(Revision(0), "x")).await, key("a"));
    let first = commit(&*store, put("a", "1")).await;
    commit(&*store, put("b", "another key")).await;
    let second = commit(&*store, change(first, "2")).await;
    assert_eq!(conflict(&*store, change(first, "3")).await, key("a"));
    assert_eq!(conflict(&*store, change(second.next(), "3")).await, key("a"));
    assert_eq!(value(&*store, "a").await.as_deref(), Some("2"));
}

/// A revision of a former life of the key is no match.
pub async fn a_deleted_and_remade_key_is_a_new_one(backend: impl Backend) {
    let store = backend.open().await;
    let first = commit(&*store, put("a", "1")).await;
    commit(&*store, Transaction::new().delete(key("a"))).await;
    let again = commit(&*store, put("a", "1")).await;
    let entry = get(&*store, "a").await.expect("it exists");
    assert_eq!((entry.create_revision, entry.mod_revision), (again, again));
    assert_eq!(conflict(&*store, put("a", "2").must_be_at(key("a"), first)).await, key("a"));
}

/// `prefix_unchanged_since`
pub async fn a_prefix_must_be_unchanged_since_the_given_revision(backend: impl Backend) {
    let store = backend.open().await;
    let add = |entry: &str, since| put(entry, "").prefix_unchanged_since(prefix("mail/"), since);
    commit(&*store, add("mail/a", Revision(0))).await;
    assert_eq!(conflict(&*store, add("mail/b", Revision(0))).await, key("mail/a"));
    // Other keys, also neighbours in the order, do not matter.
    commit(&*store, put("mail", "")).await;
    commit(&*store, put("mail.", "")).await;
    commit(&*store, put("mail0", "")).await;
    let last = commit(&*store, add("mail/b", Revision(1))).await;
    // The prefix itself counts, in whole and in part.
    let all = put("x", "").prefix_unchanged_since(Prefix::all(), Revision(4));
    assert_eq!(conflict(&*store, all).await, key("mail/b"));
    let part = put("x", "").prefix_unchanged_since(prefix("ma"), last);
    commit(&*store, part).await;
}

/// Somebody who has counted entries has to learn that one is gone.
pub async fn a_deletion_changes_a_prefix(backend: impl Backend) {
    let store = backend.open().await;
    let seen = commit(&*store, put("admins/a", "").put(key("admins/b"), "")).await;
    let leave = |entry: &str| Transaction::new().delete(key(entry)).prefix_unchanged_since(prefix("admins/"), seen);
    commit(&*store, leave("admins/a")).await;
    assert_eq!(conflict(&*store, leave("admins/b")).await, key("admins/a"));
    // A deletion of what is not there changes nothing.
    let seen = commit(&*store, put("x", "")).await;
    commit(&*store, Transaction::new().delete(key("admins/a")).put(key("x"), "")).await;
    commit(&*store, put("x", "").prefix_unchanged_since(prefix("admins/"), seen)).await;
}

/// What was deleted is known from the history only.
pub async fn a_prefix_condition_behind_the_compaction_is_refused(backend: impl Backend) {
    let store = backend.open().await;
    for n in 1..=5 {
        commit(&*store, put("a", &n.to_string())).await;
    }
    store.compact(Revision(4)).await.expect("compacts");
    let since = |since| put("b", "").prefix_unchanged_since(prefix("z/"), Revision(since));
    match store.commit(since(2)).await {
        Err(error @ CommitError::Compacted { oldest: Revision(4) }) => assert!(error.is_conflict()),
        other => panic!("expected `Compacted`, got {other:?}"),
    }
    // All changes behind 3 are kept.
    assert_eq!(commit(&*store, since(3)).await, Revision(6));
}

/// Such a caller has read another store.
pub async fn a_prefix_condition_in_the_future_is_refused(backend: impl Backend) {
    let store = backend.open().await;
    commit(&*store, put("a", "")).await;
    let since = |since| put("b", "").prefix_unchanged_since(prefix("z/"), Revision(since));
    match store.commit(since(2)).await {
        Err(CommitError::Invalid(TransactionError::FutureRevision { given: Revision(2), current: Revision(1) })) => {}
        other => panic!("expected `FutureRevision`, got {other:?}"),
    }
    assert_eq!(commit(&*store, since(1)).await, Revision(2));
}

/// In the order in which the conditions were added.
pub async fn the_first_failed_condition_is_reported(backend: impl Backend) {
    let store = backend.open().await;
    commit(&*store, put("a", "").put(key("b"), "")).await;
    let transaction = put("c", "")
        .must_exist(key("a"))
        .must_be_absent(key("c"))
        .must_be_at(key("b"), Revision(9))
        .must_be_absent(key("a"));
    assert_eq!(conflict(&*store, transaction).await, key("b"));
}

/// No write of it is seen, no revision is used up, no watcher hears of it.
pub async fn a_refused_transaction_changes_nothing(backend: impl Backend) {
    let store = backend.open().await;
    commit(&*store, put("a", "1").put(key("b"), "1")).await;
    let before = scan_all(&*store).await;
    let mut watch = watch(&*store, Prefix::all(), Revision(2)).await;
    let transaction = put("a", "2").delete(key("b")).put(key("c"), "2").must_be_absent(key("a"));
    conflict(&*store, transaction).await;
    assert_eq!(scan_all(&*store).await, before);
    assert_eq!(revision(&*store).await, Revision(1));
    assert_idle(&*store, &mut watch, "").await;
}

/// Conditions alone, and deletions of what does not exist.
pub async fn a_transaction_without_effect_gets_no_revision(backend: impl Backend) {
    let store = backend.open().await;
    assert_eq!(commit(&*store, Transaction::new()).await, Revision(0));
    commit(&*store, put("a", "")).await;
    let mut watch = watch(&*store, Prefix::all(), Revision(2)).await;
    assert_eq!(commit(&*store, Transaction::new().must_exist(key("a"))).await, Revision(1));
    assert_eq!(commit(&*store, Transaction::new().delete(key("b"))).await, Revision(1));
    assert_eq!(conflict(&*store, Transaction::new().must_exist(key("b"))).await, key("b"));
    assert_eq!(revision(&*store).await, Revision(1));
    assert_idle(&*store, &mut watch, "").await;
}

/// What `Transaction::check` refuses, every backend refuses.
pub async fn an_invalid_transaction_is_refused_and_changes_nothing(backend: impl Backend) {
    let store = backend.open().await;
    let too_long = vec![b'x'; Value::MAX_BYTES + 1];
    let too_many = (0..=Transaction::MAX_WRITES).fold(Transaction::new(), |t, i| t.put(key(i.to_string()), ""));
    for transaction in [
        put("a", "1").put(key("a"), "2"),
        put("a", "1").put(key("b"), "1").delete(key("a")),
        put("b", "").put(key("a"), too_long),
        too_many,
    ] {
        let expected = transaction.check().expect_err("it is invalid");
        match store.commit(transaction).await {
            Err(CommitError::Invalid(error)) => assert_eq!(error, expected),
            other => panic!("expected `Invalid`, got {other:?}"),
        }
    }
    let page = scan_all(&*store).await;
    assert_eq!((page.entries.len(), page.revision), (0, Revision(0)));
}

/// As many writes and bytes as are allowed, all at once.
pub async fn the_largest_transaction_is_accepted(backend: impl Backend) {
    let store = backend.open().await;
    let name = |i: usize| key(format!("{i:04}/{}", "k".repeat(200)));
    let keys = 2 * Transaction::MAX_WRITES * name(0).as_str().len();
    let each = (Transaction::MAX_BYTES - keys) / Transaction::MAX_WRITES;
    let mut transaction = Transaction::new();
    for i in 0..Transaction::MAX_WRITES {
        transaction = transaction.must_be_absent(name(i)).put(name(i), vec![b'x'; each]);
    }
    assert_eq!(transaction.check(), Ok(()));
    commit(&*store, transaction).await;
    let page = scan_all(&*store).await;
    assert_eq!(page.entries.len(), Transaction::MAX_WRITES);
    assert!(page.entries.iter().all(|entry| entry.value.len() == each));
}

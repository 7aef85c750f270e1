//! Random histories, compared step by step with a map that keeps everything.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::*;
use crate::{Condition, TransactionError, Value, Write};

/// Few keys, so that steps meet; one is the beginning of others, one lies outside of every prefix.
const KEYS: [&str; 7] = ["a", "a/1", "a/1/x", "a/2", "a0", "b/1", "路/由"];
const PREFIXES: [&str; 6] = ["", "a", "a/", "a/1", "b/", "c"];

/// One step; revisions are given as distance from the newest one, so that they stay meaningful while shrinking.
#[derive(Debug, Clone)]
enum Step {
    Commit { conditions: Vec<(Kind, usize, u64)>, writes: Vec<(usize, Option<u8>)> },
    Get { key: usize },
    Scan { prefix: usize, after: Option<usize>, limit: Option<usize> },
    Watch { prefix: usize, back: u64 },
    Compact { back: u64 },
    Restart,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Absent,
    Exists,
    At,
    /// At the revision where the key really is.
    AtRight,
    Unchanged,
}

fn step() -> impl Strategy<Value = Step> {
    let kind = prop_oneof![
        1 => Just(Kind::Absent),
        1 => Just(Kind::Exists),
        1 => Just(Kind::At),
        4 => Just(Kind::AtRight),
        2 => Just(Kind::Unchanged)
    ];
    let condition = (kind, 0..KEYS.len(), 0..6_u64);
    let writes = prop::collection::vec((0..KEYS.len(), prop::option::weighted(0.7, any::<u8>())), 0..4);
    prop_oneof![
        20 => (prop::collection::vec(condition, 0..3), writes)
            .prop_map(|(conditions, writes)| Step::Commit { conditions, writes }),
        2 => (0..KEYS.len()).prop_map(|key| Step::Get { key }),
        3 => (0..PREFIXES.len(), prop::option::of(0..KEYS.len()), prop::option::of(1..5_usize))
            .prop_map(|(prefix, after, limit)| Step::Scan { prefix, after, limit }),
        3 => (0..PREFIXES.len(), 0..12_u64).prop_map(|(prefix, back)| Step::Watch { prefix, back }),
        1 => (0..6_u64).prop_map(|back| Step::Compact { back }),
        1 => Just(Step::Restart),
    ]
}

/// The store as one would write it on a blackboard.
#[derive(Default)]
struct Model {
    entries: BTreeMap<Key, Entry>,
    history: Vec<Batch>,
    compacted_before: u64,
}

impl Model {
    fn revision(&self) -> Revision {
        Revision(self.history.len() as u64)
    }

    fn oldest(&self) -> Revision {
        Revision(self.compacted_before.max(1))
    }

    fn back(&self, distance: u64) -> Revision {
        Revision((self.revision().0 + 1).saturating_sub(distance))
    }

    fn changed_since(&self, prefix: &Prefix, since: Revision) -> BTreeSet<Key> {
        let later = self.history.iter().filter(|batch| batch.revision > since);
        let keys = later.flat_map(|batch| &batch.changes).map(|change| change.key().clone());
        keys.filter(|key| prefix.covers(key)).collect()
    }

    /// What `commit` has to answer: a revision, or a judgement of the error.
    fn commit(&mut self, transaction: &Transaction) -> Result<Revision, Expected> {
        for condition in transaction.conditions() {
            match condition {
                Condition::Absent { key } if self.entries.contains_key(key) => return Err(Expected::on(key)),
                Condition::Exists { key } if !self.entries.contains_key(key) => return Err(Expected::on(key)),
                Condition::At { key, revision } => match self.entries.get(key) {
                    Some(entry) if entry.mod_revision == *revision => {}
                    _ => return Err(Expected::on(key)),
                },
                Condition::Unchanged { since, .. } if *since > self.revision() => return Err(Expected::Future),
                Condition::Unchanged { since, .. } if since.next() < self.oldest() => return Err(Expected::Compacted),
                Condition::Unchanged { prefix, since } => {
                    let changed = self.changed_since(prefix, *since);
                    if !changed.is_empty() {
                        return Err(Expected::Conflict(changed));
                    }
                }
                _ => {}
            }
        }
        let revision = self.revision().next();
        let mut changes = Vec::new();
        for write in transaction.writes() {
            match write {
                Write::Put { key, value } => {
                    let create_revision = self.entries.get(key).map_or(revision, |entry| entry.create_revision);
                    let value = value.clone();
                    let entry = Entry { key: key.clone(), value, create_revision, mod_revision: revision };
                    self.entries.insert(key.clone(), entry.clone());
                    changes.push(Change::Put(entry));
                }
                Write::Delete { key } => {
                    if self.entries.remove(key).is_some() {
                        changes.push(Change::Delete { key: key.clone(), mod_revision: revision });
                    }
                }
            }
        }
        if !changes.is_empty() {
            self.history.push(Batch { revision, changes });
        }
        Ok(self.revision())
    }

    fn page(&self, scan: &Scan) -> Page {
        let entries = self.entries.values().filter(|entry| scan.prefix.covers(&entry.key));
        let entries = entries.filter(|entry| scan.after.as_ref().is_none_or(|after| entry.key > *after));
        let mut entries: Vec<_> = entries.cloned().collect();
        let more = scan.limit.is_some_and(|limit| entries.len() > limit);
        entries.truncate(scan.limit.unwrap_or(usize::MAX));
        Page { entries, revision: self.revision(), more }
    }

    fn batches(&self, prefix: &Prefix, from: Revision) -> Vec<Batch> {
        let later = self.history.iter().filter(|batch| batch.revision >= from);
        later.filter_map(|batch| batch.restricted_to(prefix)).collect()
    }

    fn transaction(&self, conditions: &[(Kind, usize, u64)], writes: &[(usize, Option<u8>)]) -> Transaction {
        let mut transaction = Transaction::new();
        for &(kind, n, back) in conditions {
            let name = key(KEYS[n]);
            transaction = match kind {
                Kind::Absent => transaction.must_be_absent(name),
                Kind::Exists => transaction.must_exist(name),
                Kind::At => transaction.must_be_at(name, self.back(back)),
                Kind::AtRight => match self.entries.get(&name) {
                    Some(entry) => transaction.must_be_at(name, entry.mod_revision),
                    None => transaction.must_be_absent(name),
                },
                Kind::Unchanged => {
                    transaction.prefix_unchanged_since(prefix(PREFIXES[n % PREFIXES.len()]), self.back(back))
                }
            };
        }
        let mut written = BTreeSet::new();
        for &(n, content) in writes {
            if !written.insert(n) {
                continue;
            }
            transaction = match content {
                Some(byte) => transaction.put(key(KEYS[n]), Value::from(vec![byte; usize::from(byte % 5)])),
                None => transaction.delete(key(KEYS[n])),
            };
        }
        transaction
    }
}

/// What an error has to be.
#[derive(Debug)]
enum Expected {
    /// With one of these keys.
    Conflict(BTreeSet<Key>),
    Compacted,
    Future,
}

impl Expected {
    fn on(key: &Key) -> Self {
        Self::Conflict(BTreeSet::from([key.clone()]))
    }
}

/// Answers, state and history, after each step and across restarts; each history in fresh data from `make`.
pub fn random_histories_agree_with_a_plain_map<B: Backend>(make: impl Fn() -> B) {
    let config = Config { cases: 32, max_shrink_iters: 300, failure_persistence: None, ..Config::default() };
    let runtime = runtime();
    let check = |steps: Vec<Step>| {
        runtime.block_on(async {
            tokio::time::timeout(PATIENCE, replay(&make(), &steps)).await.expect("it takes too long")
        });
        Ok(())
    };
    if let Err(error) = TestRunner::new(config).run(&prop::collection::vec(step(), 1..80), check) {
        panic!("{error}");
    }
}

async fn replay(backend: &impl Backend, steps: &[Step]) {
    let mut store = backend.open().await;
    let mut model = Model::default();
    for (i, step) in steps.iter().enumerate() {
        let told = || format!("step {i}");
        store = take(store, backend, &mut model, step, &told).await;
        assert_eq!(revision(&*store).await, model.revision(), "{}", told());
    }
    assert_eq!(scan_all(&*store).await, model.page(&Scan::all(Prefix::all())));
    let mut watch = watch(&*store, Prefix::all(), model.oldest()).await;
    for expected in model.batches(&Prefix::all(), model.oldest()) {
        assert_eq!(next(&mut watch).await, expected);
    }
}

async fn take(
    store: Arc<dyn Store>,
    backend: &impl Backend,
    model: &mut Model,
    step: &Step,
    told: &impl Fn() -> String,
) -> Arc<dyn Store> {
    match step {
        Step::Commit { conditions, writes } => {
            let transaction = model.transaction(conditions, writes);
            let (answer, expected) = (store.commit(transaction.clone()).await, model.commit(&transaction));
            match (&answer, &expected) {
                (Ok(committed), Ok(revision)) if committed.revision == *revision => {}
                (Err(CommitError::Conflict { key }), Err(Expected::Conflict(keys))) if keys.contains(key) => {}
                (Err(CommitError::Compacted { oldest }), Err(Expected::Compacted)) if *oldest == model.oldest() => {}
                (
                    Err(CommitError::Invalid(TransactionError::FutureRevision { current, .. })),
                    Err(Expected::Future),
                ) if *current == model.revision() => {}
                _ => panic!("{}: answered {answer:?}, expected {expected:?}", told()),
            }
        }
        Step::Get { key: n } => {
            let entry = get(&*store, KEYS[*n]).await;
            assert_eq!(entry.as_ref(), model.entries.get(&key(KEYS[*n])), "{}", told());
        }
        Step::Scan { prefix: p, after, limit } => {
            let request = Scan { prefix: prefix(PREFIXES[*p]), after: after.map(|n| key(KEYS[n])), limit: *limit };
            assert_eq!(scan(&*store, request.clone()).await, model.page(&request), "{}", told());
        }
        Step::Watch { prefix: p, back } => {
            let (within, from) = (prefix(PREFIXES[*p]), model.back(*back).max(Revision(1)));
            match store.watch(within.clone(), from).await {
                Ok(mut watch) => {
                    let expected = model.batches(&within, from);
                    for expected in &expected {
                        assert_eq!(&next(&mut watch).await, expected, "{}", told());
                    }
                    assert!(from >= model.oldest(), "{}", told());
                }
                Err(WatchError::Compacted { oldest }) => {
                    assert_eq!(oldest, model.oldest(), "{}", told());
                    assert!(from < oldest, "{}", told());
                }
                Err(error) => panic!("{}: {error}", told()),
            }
        }
        Step::Compact { back } => {
            let before = model.back(*back);
            model.compacted_before = model.compacted_before.max(before.min(model.revision()).0);
            assert_eq!(store.compact(before).await.expect("compacts"), model.oldest(), "{}", told());
        }
        Step::Restart => {
            store.close().await.expect("closes");
            return backend.open().await;
        }
    }
    store
}

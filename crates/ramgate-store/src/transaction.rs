//! Transactions: what a handler wants to change, and under which conditions.
//!
//! Built by the handlers of the management side, carried out by a backend. Its limits are those that every backend
//! can keep, so that a call which works on one machine also works on a cluster.

use std::collections::HashSet;

use crate::condition::Condition;
use crate::entry::{Revision, Value};
use crate::key::{Key, Prefix};

/// Changes to several keys, applied all or not at all.
///
/// ```
/// # use ramgate_store::{Key, Prefix, Revision, Transaction};
/// # fn example() -> Result<(), ramgate_store::KeyError> {
/// let alice = Key::new("users/alice")?;
/// let transaction = Transaction::new()
///     .must_be_absent(alice.clone())
///     .prefix_unchanged_since(Prefix::new("users-by-mail/")?, Revision(41))
///     .put(alice, "{}");
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Transaction {
    conditions: Vec<Condition>,
    writes: Vec<Write>,
}

/// One change of a transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// Makes the key or replaces its value.
    Put {
        /// The key.
        key: Key,
        /// Its new value.
        value: Value,
    },
    /// Removes the key; nothing happens if it does not exist.
    Delete {
        /// The key.
        key: Key,
    },
}

/// Why a transaction is refused before it is tried.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TransactionError {
    /// A key is put or deleted more than once.
    #[error("the transaction writes the key `{key}` more than once")]
    SameKeyTwice {
        /// The key.
        key: Key,
    },
    /// A value is longer than [`Value::MAX_BYTES`].
    #[error("the value of `{key}` has {bytes} bytes, more than {}", Value::MAX_BYTES)]
    ValueTooLarge {
        /// The key.
        key: Key,
        /// Length of its value.
        bytes: usize,
    },
    /// More than [`Transaction::MAX_WRITES`] puts and deletes.
    #[error("the transaction writes {n_writes} keys, more than {}", Transaction::MAX_WRITES)]
    TooManyWrites {
        /// How many there are.
        n_writes: usize,
    },
    /// More than [`Transaction::MAX_CONDITIONS`] conditions.
    #[error("the transaction has {n_conditions} conditions, more than {}", Transaction::MAX_CONDITIONS)]
    TooManyConditions {
        /// How many there are.
        n_conditions: usize,
    },
    /// Keys and values together are longer than [`Transaction::MAX_BYTES`].
    #[error("the transaction has {bytes} bytes of keys and values, more than {}", Transaction::MAX_BYTES)]
    TooLarge {
        /// How many there are.
        bytes: usize,
    },
    /// A condition refers to a revision that the store has not reached: the caller has read another store,
    /// or this one has been replaced by an older copy.
    #[error("the revision {given} is in the future of the store, which is at {current}")]
    FutureRevision {
        /// The revision of the condition.
        given: Revision,
        /// The revision of the store.
        current: Revision,
    },
}

impl Transaction {
    /// Most puts and deletes of one transaction: enough for the identities of an account that a file holds. An etcd behind
    /// the store needs `--max-txn-ops` of no less.
    pub const MAX_WRITES: usize = 4096;
    /// Most conditions of one transaction, see [`Transaction::MAX_WRITES`].
    pub const MAX_CONDITIONS: usize = 8192;
    /// Most bytes of all keys, prefixes and values together: 16 MiB. An etcd behind the store needs
    /// `--max-request-bytes` of no less.
    pub const MAX_BYTES: usize = 16 * 1024 * 1024;

    /// A transaction without conditions and changes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Requires that `key` does not exist.
    #[must_use]
    pub fn must_be_absent(self, key: Key) -> Self {
        self.condition(Condition::Absent { key })
    }

    /// Requires that `key` exists, whatever its value.
    #[must_use]
    pub fn must_exist(self, key: Key) -> Self {
        self.condition(Condition::Exists { key })
    }

    /// Requires that `key` exists and was last written at `revision`: the compare of compare-and-swap.
    #[must_use]
    pub fn must_be_at(self, key: Key, revision: Revision) -> Self {
        self.condition(Condition::At { key, revision })
    }

    /// Requires that no transaction after `since` has put or deleted a key of `prefix`. Protects what was concluded
    /// from a list, such as "no other user has this address" or "no route refers to this service".
    ///
    /// Fails with `CommitError::Compacted` if `since` is so old that the store cannot tell any more.
    #[must_use]
    pub fn prefix_unchanged_since(self, prefix: Prefix, since: Revision) -> Self {
        self.condition(Condition::Unchanged { prefix, since })
    }

    /// Adds a condition. Conditions are judged in the order in which they were added; the first that fails is reported.
    #[must_use]
    pub fn condition(mut self, condition: Condition) -> Self {
        self.conditions.push(condition);
        self
    }

    /// Makes `key` or replaces its value. Writing the value that is already there is a change like any other.
    #[must_use]
    pub fn put(mut self, key: Key, value: impl Into<Value>) -> Self {
        self.writes.push(Write::Put { key, value: value.into() });
        self
    }

    /// Removes `key`. A key that does not exist is not an error; add [`Transaction::must_exist`] where it should be.
    #[must_use]
    pub fn delete(mut self, key: Key) -> Self {
        self.writes.push(Write::Delete { key });
        self
    }

    /// The conditions, in the order in which they were added.
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    /// The changes, in the order in which they were added; a watch reports them in the same order.
    pub fn writes(&self) -> &[Write] {
        &self.writes
    }

    /// Bytes of all keys, prefixes and values.
    pub fn bytes(&self) -> usize {
        let conditions = self.conditions.iter().map(|condition| match condition {
            Condition::Absent { key } | Condition::Exists { key } | Condition::At { key, .. } => key.as_str().len(),
            Condition::Unchanged { prefix, .. } => prefix.as_str().len(),
        });
        let writes = self.writes.iter().map(|write| match write {
            Write::Put { key, value } => key.as_str().len() + value.len(),
            Write::Delete { key } => key.as_str().len(),
        });
        conditions.chain(writes).sum()
    }

    /// Checks what can be checked without the store. Every backend calls it first.
    pub fn check(&self) -> Result<(), TransactionError> {
        if self.writes.len() > Self::MAX_WRITES {
            return Err(TransactionError::TooManyWrites { n_writes: self.writes.len() });
        }
        if self.conditions.len() > Self::MAX_CONDITIONS {
            return Err(TransactionError::TooManyConditions { n_conditions: self.conditions.len() });
        }
        let mut keys = HashSet::with_capacity(self.writes.len());
        for write in &self.writes {
            if !keys.insert(write.key()) {
                return Err(TransactionError::SameKeyTwice { key: write.key().clone() });
            }
            if let Write::Put { key, value } = write
                && value.len() > Value::MAX_BYTES
            {
                return Err(TransactionError::ValueTooLarge { key: key.clone(), bytes: value.len() });
            }
        }
        let bytes = self.bytes();
        if bytes > Self::MAX_BYTES {
            return Err(TransactionError::TooLarge { bytes });
        }
        Ok(())
    }
}

impl Write {
    /// The key that is put or deleted.
    pub fn key(&self) -> &Key {
        match self {
            Self::Put { key, .. } | Self::Delete { key } => key,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Key {
        Key::new(text).unwrap()
    }

    #[test]
    fn a_key_written_twice_is_refused_however_it_is_written() {
        for transaction in [
            Transaction::new().put(key("a"), "1").put(key("a"), "2"),
            Transaction::new().put(key("a"), "1").delete(key("a")),
            Transaction::new().delete(key("a")).delete(key("a")),
        ] {
            assert_eq!(transaction.check(), Err(TransactionError::SameKeyTwice { key: key("a") }));
        }
    }

    #[test]
    fn a_key_may_have_several_conditions_and_one_write() {
        let transaction = Transaction::new()
            .must_exist(key("a"))
            .must_be_at(key("a"), Revision(1))
            .put(key("a"), "")
            .delete(key("b"));
        assert_eq!(transaction.check(), Ok(()));
    }

    #[test]
    fn limits_hold_exactly() {
        let value = |bytes: usize| vec![b'x'; bytes];
        assert_eq!(Transaction::new().put(key("a"), value(Value::MAX_BYTES)).check(), Ok(()));
        assert_eq!(
            Transaction::new().put(key("a"), value(Value::MAX_BYTES + 1)).check(),
            Err(TransactionError::ValueTooLarge { key: key("a"), bytes: Value::MAX_BYTES + 1 })
        );

        // Keys count too, so the last value is a little shorter than the longest.
        let n = Transaction::MAX_BYTES / Value::MAX_BYTES - 1;
        let full = (0..n).fold(Transaction::new(), |t, i| t.put(key(&format!("a{i}")), value(Value::MAX_BYTES)));
        let rest = Transaction::MAX_BYTES - full.bytes() - 1;
        let full = full.put(key("b"), value(rest));
        assert_eq!(full.bytes(), Transaction::MAX_BYTES);
        assert_eq!(full.check(), Ok(()));
        assert_eq!(
            full.must_exist(key("c")).check(),
            Err(TransactionError::TooLarge { bytes: Transaction::MAX_BYTES + 1 })
        );

        let many = |n: usize| (0..n).fold(Transaction::new(), |t, i| t.delete(key(&i.to_string())));
        let most = Transaction::MAX_WRITES;
        assert_eq!(many(most).check(), Ok(()));
        assert_eq!(many(most + 1).check(), Err(TransactionError::TooManyWrites { n_writes: most + 1 }));
        let many = |n: usize| (0..n).fold(Transaction::new(), |t, _| t.must_exist(key("a")));
        let most = Transaction::MAX_CONDITIONS;
        assert_eq!(many(most).check(), Ok(()));
        assert_eq!(many(most + 1).check(), Err(TransactionError::TooManyConditions { n_conditions: most + 1 }));
    }
}

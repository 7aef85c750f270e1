//! The materialised state: everything the store holds, typed and in memory.
//!
//! Handlers and authorization read here, at one revision; writes go through the store and come back by the watch. A
//! state is immutable and cheap to keep: a change makes a new one that shares all that did not change.

mod feed;
mod names;
mod table;
mod tables;
#[cfg(test)]
mod tests;

pub use feed::{Feed, FeedError};
pub use table::{Row, Table};
pub use tables::{AccountState, ClientToken, CredentialReport, KeyUse, SeenAssertion, Sequence, Tabled};

use imbl::OrdMap;
use ramgate_model::{AccountId, StoreKey};
use ramgate_store::{Batch, Change, DecodeError, Entry, Revision};
use std::sync::Arc;

/// All accounts, as of one revision of the store.
#[derive(Clone, Default)]
pub struct State {
    revision: Revision,
    accounts: OrdMap<String, Arc<AccountState>>,
    /// Which account an access key belongs to: ids are unique over all accounts.
    access_keys: OrdMap<String, AccountId>,
}

impl State {
    /// The state of a store at that revision, nothing of which has been added yet.
    pub fn at(revision: Revision) -> Self {
        Self { revision, ..Self::default() }
    }

    /// Adds what the store holds at the state's revision, or a part of it.
    ///
    /// # Errors
    /// An entry that cannot be read. Going on without it could lose a Deny.
    pub fn add(&mut self, entries: &[Entry]) -> Result<(), DecodeError> {
        entries.iter().try_for_each(|entry| self.put(entry))
    }

    /// The state after one transaction.
    ///
    /// # Errors
    /// As [`State::add`]; the state is then as before.
    pub fn apply(&mut self, batch: &Batch) -> Result<(), DecodeError> {
        let mut next = self.clone();
        for change in &batch.changes {
            match change {
                Change::Put(entry) => next.put(entry)?,
                Change::Delete { key, .. } => next.remove(key.as_str(), batch.revision),
            }
        }
        next.revision = batch.revision;
        *self = next;
        Ok(())
    }

    fn put(&mut self, entry: &Entry) -> Result<(), DecodeError> {
        let Some(key) = StoreKey::parse(entry.key.as_str()) else { return Ok(()) };
        if key.kind == "access-key" {
            self.access_keys.insert(key.id.to_owned(), AccountId::from(key.account));
        }
        let account = self.accounts.entry(key.account.to_owned()).or_default();
        Arc::make_mut(account).put(key, entry)
    }

    fn remove(&mut self, key: &str, revision: Revision) {
        let Some(key) = StoreKey::parse(key) else { return };
        if key.kind == "access-key" {
            self.access_keys.remove(key.id);
        }
        if let Some(account) = self.accounts.get_mut(key.account) {
            Arc::make_mut(account).remove(key, revision);
        }
    }

    /// The revision it shows.
    pub fn revision(&self) -> Revision {
        self.revision
    }

    /// The state of one account.
    pub fn account(&self, id: &AccountId) -> Option<&Arc<AccountState>> {
        self.accounts.get(id.as_str())
    }

    /// All accounts.
    pub fn accounts(&self) -> impl Iterator<Item = (&str, &Arc<AccountState>)> {
        self.accounts.iter().map(|(id, account)| (id.as_str(), account))
    }

    /// The account that an access key belongs to.
    pub fn account_of_key(&self, access_key_id: &str) -> Option<&AccountId> {
        self.access_keys.get(access_key_id)
    }
}

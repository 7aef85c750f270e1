//! Changes of the store as handlers make them: a function from the present state to a transaction, run again where
//! another change came between.
//!
//! What a handler has read and relies on, it names: `update` and `delete` hold the row to the revision read, `require`
//! holds that a referenced object exists, `unchanged` that nothing was added to a table that was searched.

use crate::node::Node;
use crate::state::{AccountState, Row, State, Tabled};
use ramgate_api::{ApiError, codes};
use ramgate_model::{AccountId, Resource, StoreKey};
use ramgate_store::{CommitError, Condition, Key, KeyError, Prefix, Revision, Transaction, Value};
use std::collections::BTreeSet;
use std::sync::Arc;

/// How often a change is tried before the caller is told to try again. Only other nodes can make a third one necessary.
const ATTEMPTS: usize = 16;

/// Whose turn it is to change something: first attempts share it, later ones have it alone.
pub(crate) type Turns = tokio::sync::RwLock<()>;

/// A transaction in the making, over the state it was decided on.
pub struct Tx {
    account_id: AccountId,
    state: Arc<State>,
    account: Arc<AccountState>,
    transaction: Transaction,
    /// Kinds that are held whole already.
    unchanged: BTreeSet<&'static str>,
}

impl Tx {
    pub(crate) fn new(account_id: AccountId, state: Arc<State>) -> Self {
        let account = state.account(&account_id).cloned().unwrap_or_default();
        Self { account_id, state, account, transaction: Transaction::new(), unchanged: BTreeSet::new() }
    }

    /// The account's state that is being decided on.
    pub fn account(&self) -> &Arc<AccountState> {
        &self.account
    }

    /// Adds a new object. Its key must not exist.
    pub fn create<R: Resource>(&mut self, value: &R) -> Result<(), ApiError> {
        let key = key(&value.key(&self.account_id))?;
        self.edit(|t| t.must_be_absent(key.clone()).put(key.clone(), json(value)));
        Ok(())
    }

    /// Replaces an object that has not changed since it was read.
    pub fn update<R: Resource>(&mut self, row: &Row<R>, value: &R) -> Result<(), ApiError> {
        let key = key(&row.key(&self.account_id))?;
        debug_assert_eq!(row.id(), value.id(), "an object keeps its id");
        self.edit(|t| t.must_be_at(key.clone(), row.revision).put(key.clone(), json(value)));
        Ok(())
    }

    /// Writes an object whether it exists or not, and whatever it was.
    pub fn put<R: Resource>(&mut self, value: &R) -> Result<(), ApiError> {
        let key = key(&value.key(&self.account_id))?;
        self.edit(|t| t.put(key, json(value)));
        Ok(())
    }

    /// Removes an object that has not changed since it was read.
    pub fn delete<R: Resource>(&mut self, row: &Row<R>) -> Result<(), ApiError> {
        let key = key(&row.key(&self.account_id))?;
        self.edit(|t| t.must_be_at(key.clone(), row.revision).delete(key.clone()));
        Ok(())
    }

    /// Holds that a referenced object exists, so that it cannot be deleted at the same time.
    pub fn require<R: Resource>(&mut self, row: &Row<R>) -> Result<(), ApiError> {
        let key = key(&row.key(&self.account_id))?;
        self.edit(|t| t.must_exist(key));
        Ok(())
    }

    /// Holds that an object is as it was read.
    pub fn unmodified<R: Resource>(&mut self, row: &Row<R>) -> Result<(), ApiError> {
        let key = key(&row.key(&self.account_id))?;
        self.edit(|t| t.must_be_at(key, row.revision));
        Ok(())
    }

    /// Holds that no object of kind `R` was added, changed or removed since the state was read: for decisions that rest on
    /// a search of the table, such as "no route uses it".
    pub fn unchanged<R: Tabled>(&mut self) -> Result<(), ApiError> {
        if !self.unchanged.insert(R::KIND) {
            return Ok(());
        }
        let prefix = Prefix::new(format!("a/{}/{}/", self.account_id, R::KIND)).map_err(internal_key)?;
        let since = self.state.revision();
        self.edit(|t| t.condition(Condition::Unchanged { prefix, since }));
        Ok(())
    }

    /// As [`Tx::unchanged`], for the objects only whose ids lie below `folder`, such as one user's attachments.
    pub fn unchanged_below<R: Tabled>(&mut self, folder: &str) -> Result<(), ApiError> {
        let prefix = format!("a/{}/{}/{folder}/", self.account_id, R::KIND);
        let prefix = Prefix::new(prefix).map_err(internal_key)?;
        let since = self.state.revision();
        self.edit(|t| t.condition(Condition::Unchanged { prefix, since }));
        Ok(())
    }

    /// Removes an object whether it exists or not, and whatever it was.
    pub fn clear<R: Resource>(&mut self, id: &str) -> Result<(), ApiError> {
        let key = key(&StoreKey::of::<R>(&self.account_id, id))?;
        self.edit(|t| t.delete(key));
        Ok(())
    }

    /// Claims a unique name. Taken already: the error given.
    pub fn claim<R: Tabled>(
        &mut self,
        scope: &str,
        name: &str,
        owner: &str,
        taken: impl FnOnce() -> ApiError,
    ) -> Result<(), ApiError> {
        if self.account.named::<R>(scope, name).is_some() {
            return Err(taken());
        }
        let key = key(&StoreKey::name_claim::<R>(&self.account_id, scope, name))?;
        self.edit(|t| t.must_be_absent(key.clone()).put(key.clone(), json(owner)));
        Ok(())
    }

    /// Gives a unique name up.
    pub fn release<R: Tabled>(&mut self, scope: &str, name: &str) -> Result<(), ApiError> {
        let key = key(&StoreKey::name_claim::<R>(&self.account_id, scope, name))?;
        self.edit(|t| t.must_exist(key.clone()).delete(key.clone()));
        Ok(())
    }

    fn edit(&mut self, change: impl FnOnce(Transaction) -> Transaction) {
        self.transaction = change(std::mem::take(&mut self.transaction));
    }
}

fn key(text: &str) -> Result<Key, ApiError> {
    Key::new(text).map_err(internal_key)
}

/// Names are checked before they become keys, so this is a defect of ours.
fn internal_key(error: KeyError) -> ApiError {
    codes::INTERNAL_ERROR.error().log(error)
}

#[expect(clippy::expect_used, reason = "resources have text keys only, which is all that JSON asks for")]
fn json<T: serde::Serialize + ?Sized>(value: &T) -> Value {
    Value::json(value).expect("a resource is JSON")
}

impl Node {
    /// Runs `decide` on the present state and commits what it decided; runs it again on a newer state where another change
    /// came between. Returns what `decide` returned last, and the revision, once this node shows it.
    ///
    /// First attempts go beside each other. One that another change was faster than goes on alone, so that on this node
    /// nothing comes between a second time, however many calls change the same thing at once.
    ///
    /// # Errors
    /// What `decide` answers; `Conflict.ConcurrentChange` where other nodes were faster too often; `ServiceUnavailable`
    /// where the store cannot write.
    pub(crate) async fn transact<T, E: From<ApiError>>(
        &self,
        account_id: &AccountId,
        mut decide: impl FnMut(&mut Tx) -> Result<T, E>,
    ) -> Result<(T, Revision), E> {
        let beside = self.turns.read().await;
        if let Some((result, revision)) = self.attempt(account_id, &mut decide).await? {
            drop(beside);
            self.applied(revision).await;
            return Ok((result, revision));
        }
        drop(beside);
        let alone = self.turns.write().await;
        for _ in 1..ATTEMPTS {
            // The state that shows what came between is on its way; deciding on the old one again is useless.
            if let Ok(current) = self.store.revision().await {
                self.feed.applied(current).await;
            }
            if let Some((result, revision)) = self.attempt(account_id, &mut decide).await? {
                drop(alone);
                self.applied(revision).await;
                return Ok((result, revision));
            }
        }
        Err(codes::CONCURRENT_CHANGE.error().into())
    }

    /// Decides and commits once; `None` where another change came between.
    async fn attempt<T, E: From<ApiError>>(
        &self,
        account_id: &AccountId,
        decide: &mut impl FnMut(&mut Tx) -> Result<T, E>,
    ) -> Result<Option<(T, Revision)>, E> {
        let mut tx = Tx::new(account_id.clone(), self.feed.state());
        let seen = tx.state.revision();
        let result = decide(&mut tx)?;
        if tx.transaction.writes().is_empty() {
            return Ok(Some((result, seen)));
        }
        match self.store.commit(tx.transaction).await {
            Ok(committed) => Ok(Some((result, committed.revision))),
            Err(conflict) if conflict.is_conflict() => Ok(None),
            Err(failure) => Err(commit_failed(&failure).into()),
        }
    }

    /// Waits until state and data plane of this node show `revision`.
    async fn applied(&self, revision: Revision) {
        self.feed.applied(revision).await;
        if let Some(data_plane) = &self.data_plane {
            data_plane.applied(revision).await;
        }
    }
}

fn commit_failed(failure: &CommitError) -> ApiError {
    let mut text = failure.to_string();
    let mut source = std::error::Error::source(failure);
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    match failure {
        CommitError::Invalid(_) => codes::INTERNAL_ERROR.error().log(text),
        _ => codes::SERVICE_UNAVAILABLE.error().log(text),
    }
}

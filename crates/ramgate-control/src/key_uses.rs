//! When access keys were last used: noted in memory at every call, written now and then.

use crate::caller::Caller;
use crate::node::Node;
use crate::state::KeyUse;
use ramgate_api::Product;
use ramgate_model::{AccessKey, AccountId, RecycledAccessKey, Timestamp};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How often uses are written. A crash loses at most this much of them.
pub(crate) const WRITE_EVERY: Duration = Duration::from_secs(60);
/// Most uses written in one transaction.
const AT_ONCE: usize = 100;

/// Uses not written yet, by access key.
#[derive(Default)]
pub(crate) struct KeyUses {
    pending: Mutex<HashMap<String, (AccountId, KeyUse)>>,
}

impl KeyUses {
    /// Notes that the caller's key was used. Temporary keys are not kept, and so have no last use.
    pub(crate) fn note(&self, caller: &Caller, product: &Product, at: Timestamp) {
        let Some(key) = caller.access_key_id().filter(|_| caller.session().is_none()) else { return };
        let key_use = KeyUse { access_key_id: key.into(), at, service: product.name.to_owned() };
        let mut pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
        pending.insert(key.to_owned(), (caller.account_id.clone(), key_use));
    }

    /// The last use that is not written yet.
    pub(crate) fn pending(&self, access_key_id: &str) -> Option<KeyUse> {
        let pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
        pending.get(access_key_id).map(|(_, key_use)| key_use.clone())
    }

    /// Writes what is pending. Uses of keys that are gone by now are dropped.
    pub(crate) async fn write(&self, node: &Node) {
        let pending = std::mem::take(&mut *self.pending.lock().unwrap_or_else(PoisonError::into_inner));
        let mut by_account: HashMap<AccountId, Vec<KeyUse>> = HashMap::new();
        for (account_id, key_use) in pending.into_values() {
            by_account.entry(account_id).or_default().push(key_use);
        }
        for (account_id, uses) in by_account {
            for chunk in uses.chunks(AT_ONCE) {
                let written = node
                    .transact(&account_id, |tx| {
                        for key_use in chunk {
                            let id = key_use.access_key_id.as_str();
                            let key = tx.account().get::<AccessKey>(id).cloned();
                            let recycled = tx.account().get::<RecycledAccessKey>(id).cloned();
                            match (key, recycled) {
                                (Some(key), _) => tx.require(&key)?,
                                // It may come back, and then still tells when it was last used.
                                (None, Some(recycled)) => tx.require(&recycled)?,
                                (None, None) => continue,
                            }
                            tx.put(key_use)?;
                        }
                        Ok::<_, ramgate_api::ApiError>(())
                    })
                    .await;
                if let Err(error) = written {
                    tracing::warn!(%error, "the last use of access keys could not be written");
                }
            }
        }
    }
}

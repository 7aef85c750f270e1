//! The keys that security tokens are sealed with. One is in use for a day; the first session after that makes the next
//! one, in a transaction, so that several nodes agree on it. A key goes once the last session that it sealed has ended.

use super::token::{KEY_ID, SealingKey};
use crate::node::Node;
use crate::secrets;
use crate::state::{AccountState, Row};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ramgate_api::{ApiError, codes};
use ramgate_model::{AccountId, Resource, Timestamp, TokenKey};
use std::sync::Arc;

const HOUR: i64 = 3_600_000;
/// How long a key seals.
const IN_USE: i64 = 24 * HOUR;
/// How long a key is kept: while it seals, the longest session, and an hour for clocks that disagree.
const KEPT: i64 = IN_USE + 12 * HOUR + HOUR;

/// The newest key, where it may still seal.
fn in_use(account: &AccountState, now: Timestamp) -> Option<&Arc<Row<TokenKey>>> {
    let newest = account.table::<TokenKey>().iter().max_by_key(|key| (key.created_at, key.id.clone()))?;
    (now < newest.created_at + IN_USE).then_some(newest)
}

/// The key that seals now; a new one where there is none.
///
/// # Errors
/// Where the store cannot write, or the key does not open.
pub(super) async fn current(node: &Node, account_id: &AccountId) -> Result<SealingKey, ApiError> {
    let now = node.clock.now();
    let state = node.feed.state();
    if let Some(key) = state.account(account_id).and_then(|account| in_use(account, now)) {
        return open(node, account_id, key);
    }
    let id: String = node.ids.bytes::<KEY_ID>().iter().map(|byte| format!("{byte:02x}")).collect();
    let mut new = TokenKey { id, sealed_key: String::new(), created_at: now };
    let bytes = STANDARD.encode(node.ids.bytes::<32>());
    new.sealed_key = secrets::seal(&node.sealer, &new.key(account_id), secrets::TOKEN_KEY_FIELD, &bytes)?;
    let made = node.transact(account_id, |tx| {
        let account = tx.account().clone();
        if let Some(key) = in_use(&account, now) {
            return Ok::<_, ApiError>(key.value.clone()); // Another node, or another call, was faster.
        }
        for old in account.table::<TokenKey>().iter().filter(|key| key.created_at + KEPT < now) {
            tx.delete(old)?;
        }
        tx.unchanged::<TokenKey>()?;
        tx.create(&new)?;
        Ok(new.clone())
    });
    let (key, _) = made.await?;
    open(node, account_id, &key)
}

/// The key of this id.
pub(super) fn find(
    node: &Node,
    account: &AccountState,
    account_id: &AccountId,
    id: &[u8; KEY_ID],
) -> Option<SealingKey> {
    let id: String = id.iter().map(|byte| format!("{byte:02x}")).collect();
    let key = account.get::<TokenKey>(&id)?;
    open(node, account_id, key).map_err(|error| tracing::error!(detail = %error.log, "a token key does not open")).ok()
}

fn open(node: &Node, account_id: &AccountId, key: &TokenKey) -> Result<SealingKey, ApiError> {
    let broken = |why: String| codes::INTERNAL_ERROR.error().log(format!("token key {}: {why}", key.id));
    let text = secrets::token_key(&node.sealer, account_id, key).map_err(|error| broken(error.to_string()))?;
    let mut id = [0; KEY_ID];
    for (i, byte) in id.iter_mut().enumerate() {
        let digits = key.id.get(2 * i..2 * i + 2).ok_or_else(|| broken("its id is too short".to_owned()))?;
        *byte = u8::from_str_radix(digits, 16).map_err(|error| broken(error.to_string()))?;
    }
    let bytes = STANDARD.decode(text).map_err(|error| broken(error.to_string()))?;
    SealingKey::new(id, &bytes).ok_or_else(|| broken("it has not 32 bytes".to_owned()))
}

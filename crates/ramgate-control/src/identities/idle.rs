//! Access keys of users that nobody uses: refused once the account's security preference says so, and switched off soon
//! after. Switched on again, a key has the whole time anew. The keys of the account itself stay as they are.

use crate::logon::settings;
use crate::node::Node;
use crate::state::{AccountState, KeyUse};
use ramgate_api::ApiError;
use ramgate_model::{AccessKey, AccessKeyStatus, AccountId, KeyOwner, Timestamp};

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;
/// Most keys switched off in one transaction.
const AT_ONCE: usize = 100;

/// Whether a key was not used for longer than the account allows.
pub(crate) fn is_idle(node: &Node, account: &AccountState, key: &AccessKey, now: Timestamp) -> bool {
    if key.owner == KeyOwner::Root {
        return false;
    }
    let days = i64::from(settings::security_preference(account).max_idle_days_for_access_keys);
    let since = key.created_at.max(key.updated_at.unwrap_or(0));
    // Most keys are younger than that; only of the others the last use matters.
    if now - since < days * DAY {
        return false;
    }
    let written = account.get::<KeyUse>(key.id.as_str()).map(|key_use| key_use.at);
    let pending = node.key_uses.pending(key.id.as_str()).map(|key_use| key_use.at);
    now - written.max(pending).unwrap_or(0) >= days * DAY
}

/// Switches idle keys off.
pub(crate) async fn sweep(node: &Node) {
    let (state, now) = (node.feed.state(), node.clock.now());
    for (account_id, account) in state.accounts() {
        let is_due = |account: &AccountState, key: &AccessKey| {
            key.status == AccessKeyStatus::Active && is_idle(node, account, key, now)
        };
        let keys = account.table::<AccessKey>().iter().filter(|key| is_due(account, key));
        let due: Vec<String> = keys.map(|key| key.id.to_string()).take(AT_ONCE).collect();
        if due.is_empty() {
            continue;
        }
        let account_id = AccountId::from(account_id);
        let switched = node.transact(&account_id, |tx| {
            let account = tx.account().clone();
            for row in due.iter().filter_map(|id| account.get::<AccessKey>(id)).filter(|key| is_due(&account, key)) {
                let off = AccessKey { status: AccessKeyStatus::Inactive, updated_at: Some(now), ..row.value.clone() };
                tx.update(row, &off)?;
            }
            Ok::<_, ApiError>(())
        });
        match switched.await {
            Ok(_) => tracing::info!(n_keys = due.len(), "access keys that nobody used were switched off"),
            Err(error) => tracing::warn!(%error, "access keys that nobody used could not be switched off"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ramgate_model::{AccessKeyId, UserId};

    #[tokio::test]
    async fn keys_of_users_that_nobody_used_for_too_long_are_switched_off_and_no_others() {
        let (_directory, node) = crate::dispatch::tests::node().await;
        let (account_id, now) = (node.config.account_id.clone(), node.clock.now());
        let (old, recent) = (now - 731 * DAY, now - 729 * DAY);
        let user = || KeyOwner::User { user_id: UserId("1".to_owned()) };
        // When each was made, switched on, and used.
        let seeded = [
            ("unused", user(), old, None, None),
            ("used-long-ago", user(), old, None, Some(old)),
            ("used", user(), old, None, Some(recent)),
            ("switched-on", user(), old, Some(recent), None),
            ("young", user(), recent, None, None),
            ("root", KeyOwner::Root, old, None, None),
        ];
        let seed = node.transact(&account_id, |tx| {
            for (id, owner, created_at, updated_at, used) in &seeded {
                let id = AccessKeyId((*id).to_owned());
                if let Some(at) = *used {
                    tx.create(&KeyUse { access_key_id: id.clone(), at, service: "Ram".to_owned() })?;
                }
                tx.create(&AccessKey {
                    id,
                    owner: owner.clone(),
                    status: AccessKeyStatus::Active,
                    sealed_secret: String::new(),
                    created_at: *created_at,
                    updated_at: *updated_at,
                    network_policy: None,
                })?;
            }
            Ok::<_, ApiError>(())
        });
        seed.await.unwrap();
        sweep(&node).await;
        let account = node.feed.state().account(&account_id).unwrap().clone();
        let keys = account.table::<AccessKey>().iter();
        let off: Vec<_> =
            keys.filter(|key| key.status == AccessKeyStatus::Inactive).map(|key| key.id.0.clone()).collect();
        assert_eq!(off, ["unused", "used-long-ago"]);
    }
}

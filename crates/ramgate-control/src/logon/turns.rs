//! Attempts to log on as the same user take turns: what one of them came to is written before the next is judged, so that
//! many at once have no more tries than one after the other.

use ramgate_model::AccountId;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use tokio::sync::{Mutex, MutexGuard};

/// Locks; names share them by chance, which nobody can foresee.
const SHARES: usize = 256;

/// The turns of all users.
pub(crate) struct Turns {
    shares: Vec<Mutex<()>>,
    state: RandomState,
}

impl Default for Turns {
    fn default() -> Self {
        Self { shares: (0..SHARES).map(|_| Mutex::new(())).collect(), state: RandomState::new() }
    }
}

impl Turns {
    /// Waits for the turn of a user, who need not exist.
    pub(crate) async fn take(&self, account_id: &AccountId, user_name: &str) -> MutexGuard<'_, ()> {
        let hash = self.state.hash_one((account_id.as_str(), user_name.to_ascii_lowercase()));
        let share = usize::try_from(hash % SHARES as u64).unwrap_or(0);
        self.shares[share].lock().await
    }
}

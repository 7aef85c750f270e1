//! Failed attempts: counted, and locked out for an hour when there are too many.
//!
//! Wrong passwords lock where the password policy says so. Wrong one-time codes always lock after ten in a row: who comes so
//! far knows the password, so nobody else can lock a user out that way.

use crate::node::Node;
use crate::transact::Tx;
use ramgate_api::ApiError;
use ramgate_model::{AccountId, LogonState, Timestamp, User, UserId};

use super::{settings, state_of};

/// How long a lock lasts, and how long a failure counts: an hour.
const LOCKED_FOR: i64 = 3_600_000;
/// Wrong one-time codes in a row before a lock.
const MAX_CODE_FAILURES: u32 = 10;
/// Stands for everyone who does not exist.
const NOBODY: &str = "-";

/// What was wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The password.
    Password,
    /// The one-time code, after the right password.
    Code,
}

/// Whether no attempt can succeed at present.
pub(crate) fn is_locked(state: &LogonState, now: Timestamp) -> bool {
    now < state.locked_until
}

/// Records a failed attempt. Without a user the same is written in nobody's name, so that neither the answer nor the time
/// it takes tells who exists.
///
/// # Errors
/// Where it cannot be written: then the attempt must fail, too.
pub(crate) async fn failed(
    node: &Node,
    account_id: &AccountId,
    user: Option<&User>,
    failure: Failure,
    now: Timestamp,
) -> Result<(), ApiError> {
    let write = |tx: &mut Tx| {
        let account = tx.account().clone();
        let Some(user) = user.filter(|user| account.get::<User>(user.id.as_str()).is_some()) else {
            return tx.put(&LogonState { failed_at: now, ..LogonState::new(UserId(NOBODY.to_owned())) });
        };
        let limit = settings::password_policy(&account).max_login_attempts;
        let state = count(state_of(&account, user), failure, limit, now);
        match account.get::<LogonState>(user.id.as_str()) {
            Some(row) => tx.update(row, &state),
            None => tx.create(&state),
        }
    };
    node.transact(account_id, write).await.map(|_| ())
}

/// The state after a further failure.
fn count(mut state: LogonState, failure: Failure, limit: u32, now: Timestamp) -> LogonState {
    if now - state.failed_at >= LOCKED_FOR || state.locked_until > 0 && !is_locked(&state, now) {
        state.password_failures = 0;
        state.code_failures = 0;
        state.locked_until = 0;
    }
    state.failed_at = now;
    let too_many = match failure {
        Failure::Password => {
            state.password_failures = state.password_failures.saturating_add(1);
            limit > 0 && state.password_failures >= limit
        }
        Failure::Code => {
            state.code_failures = state.code_failures.saturating_add(1);
            state.code_failures >= MAX_CODE_FAILURES
        }
    };
    // Attempts during a lock do not make it longer.
    if too_many && !is_locked(&state, now) {
        state.locked_until = now + LOCKED_FOR;
    }
    state
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(failures: &[(Failure, i64)], limit: u32) -> LogonState {
        let state = LogonState::new(UserId("1".to_owned()));
        failures.iter().fold(state, |state, (failure, at)| count(state, *failure, limit, *at))
    }

    const START: i64 = 1_767_323_045_000;

    #[test]
    fn the_last_allowed_failure_locks_for_an_hour() {
        let failures = [(Failure::Password, START), (Failure::Password, START + 1), (Failure::Password, START + 2)];
        assert!(!is_locked(&after(&failures[..2], 3), START + 2));
        let locked = after(&failures, 3);
        assert!(is_locked(&locked, START + 2) && is_locked(&locked, START + 2 + LOCKED_FOR - 1));
        assert!(!is_locked(&locked, START + 2 + LOCKED_FOR));
    }

    #[test]
    fn a_lock_is_not_made_longer_and_counting_begins_anew_behind_it() {
        let mut failures = vec![(Failure::Password, START); 2];
        failures.push((Failure::Password, START + 1000));
        let locked = after(&failures, 2);
        assert_eq!(locked.locked_until, START + LOCKED_FOR);
        failures.push((Failure::Password, START + LOCKED_FOR));
        let again = after(&failures, 2);
        assert_eq!((again.password_failures, is_locked(&again, START + LOCKED_FOR)), (1, false));
    }

    #[test]
    fn failures_an_hour_apart_are_not_in_a_row() {
        let failures = [(Failure::Password, START), (Failure::Password, START + LOCKED_FOR)];
        assert_eq!(after(&failures, 2).password_failures, 1);
    }

    #[test]
    fn without_a_limit_passwords_never_lock_and_codes_do() {
        assert!(!is_locked(&after(&[(Failure::Password, START); 1000], 0), START));
        assert!(!is_locked(&after(&[(Failure::Code, START); 9], 0), START));
        assert!(is_locked(&after(&[(Failure::Code, START); 10], 0), START));
    }
}

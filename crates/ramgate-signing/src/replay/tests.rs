//! Behaviour of the replay guard: windows, capacity, shares, and the log.

#![allow(clippy::panic, reason = "a test that cannot go on should say where")]

use super::*;

const START: UnixTime = UnixTime::from_secs(1_767_323_045);

fn at(secs: i64) -> UnixTime {
    START.saturating_add(secs)
}

fn fresh(guard: &mut ReplayGuard, key: &str, nonce: &str, now: UnixTime) -> ReplayEntry {
    match guard.check_and_insert(key, nonce, now) {
        ReplayCheck::Fresh(entry) => entry,
        other => panic!("`{nonce}` of `{key}` should be fresh, not {other:?}"),
    }
}

#[test]
fn a_nonce_counts_once_per_access_key() {
    let mut guard = ReplayGuard::new(100, 10, 10);
    fresh(&mut guard, "a", "n", at(0));
    assert_eq!(guard.check_and_insert("a", "n", at(0)), ReplayCheck::Replayed);
    fresh(&mut guard, "b", "n", at(0));
    fresh(&mut guard, "a", "N", at(0));
    assert_eq!(guard.len(), 3);
}

#[test]
fn key_and_nonce_are_not_run_together() {
    let mut guard = ReplayGuard::new(100, 10, 10);
    fresh(&mut guard, "ab", "c", at(0));
    fresh(&mut guard, "a", "bc", at(0));
}

#[test]
fn a_nonce_is_remembered_through_its_last_second_and_not_longer() {
    let mut guard = ReplayGuard::new(100, 10, 10);
    assert_eq!(fresh(&mut guard, "a", "n", at(0)).expires_at, at(100));
    assert_eq!(guard.check_and_insert("a", "n", at(100)), ReplayCheck::Replayed);
    fresh(&mut guard, "a", "n", at(101));
}

#[test]
fn a_full_guard_refuses_new_nonces_and_still_knows_the_old_ones() {
    let mut guard = ReplayGuard::new(100, 3, 3);
    for (key, nonce) in [("a", "1"), ("a", "2"), ("b", "1")] {
        fresh(&mut guard, key, nonce, at(0));
    }
    assert_eq!(guard.check_and_insert("c", "1", at(50)), ReplayCheck::Full(FullScope::Guard));
    assert_eq!(guard.check_and_insert("a", "1", at(100)), ReplayCheck::Replayed);
    assert_eq!(guard.len(), 3);
    fresh(&mut guard, "c", "1", at(101));
    assert_eq!(guard.len(), 1, "expired nonces make room");
}

#[test]
fn one_access_key_cannot_use_up_the_room_of_the_others() {
    let mut guard = ReplayGuard::new(100, 100, 2);
    fresh(&mut guard, "loud", "1", at(0));
    fresh(&mut guard, "loud", "2", at(0));
    assert_eq!(guard.check_and_insert("loud", "3", at(0)), ReplayCheck::Full(FullScope::AccessKey));
    fresh(&mut guard, "quiet", "1", at(0));
    fresh(&mut guard, "loud", "3", at(101));
}

#[test]
fn what_the_log_gives_back_is_refused_after_a_restart_and_expired_entries_are_not_taken() {
    let mut before = ReplayGuard::new(100, 10, 10);
    let log = [
        fresh(&mut before, "a", "old", at(0)),
        fresh(&mut before, "a", "n", at(50)),
        fresh(&mut before, "b", "n", at(60)),
    ];
    let mut after = ReplayGuard::new(100, 10, 10);
    after.restore(log.iter().cloned().chain(log.iter().cloned()), at(101));
    assert_eq!(after.len(), 2, "repeated log entries count once");
    assert_eq!(after.check_and_insert("a", "n", at(101)), ReplayCheck::Replayed);
    assert_eq!(after.check_and_insert("b", "n", at(160)), ReplayCheck::Replayed);
    fresh(&mut after, "a", "old", at(101));
    assert_eq!(before.iter_live(at(101)).collect::<Vec<_>>(), log.get(1..).unwrap());
}

#[test]
fn more_live_entries_than_room_are_all_restored_and_nothing_new_is_let_in() {
    let mut before = ReplayGuard::new(100, 10, 10);
    let log: Vec<_> = (0..5).map(|n| fresh(&mut before, "a", &n.to_string(), at(0))).collect();
    let mut after = ReplayGuard::new(100, 3, 3);
    after.restore(log, at(1));
    assert_eq!(after.len(), 5);
    for n in 0..5 {
        assert_eq!(after.check_and_insert("a", &n.to_string(), at(1)), ReplayCheck::Replayed);
    }
    assert_eq!(after.check_and_insert("b", "new", at(1)), ReplayCheck::Full(FullScope::Guard));
}

#[test]
fn a_clock_that_steps_back_forgets_nothing() {
    let mut guard = ReplayGuard::new(100, 10, 10);
    fresh(&mut guard, "a", "n", at(60));
    assert_eq!(guard.check_and_insert("a", "n", at(0)), ReplayCheck::Replayed);
    fresh(&mut guard, "a", "m", at(0));
    assert_eq!(guard.check_and_insert("a", "n", at(160)), ReplayCheck::Replayed);
    assert_eq!(guard.len(), 1, "the other one expired in its own time");
}

#[test]
fn many_expired_entries_are_forgotten_in_portions_and_never_block_a_new_one() {
    let n = FORGET_AT_ONCE * 2 + 1;
    let mut guard = ReplayGuard::new(100, n, n);
    for i in 0..n {
        fresh(&mut guard, "a", &i.to_string(), at(0));
    }
    fresh(&mut guard, "b", "1", at(101));
    assert_eq!(guard.len(), n - FORGET_AT_ONCE + 1);
    let mut tight = ReplayGuard::new(100, n, n);
    for i in 0..n {
        fresh(&mut tight, "a", &i.to_string(), at(0));
    }
    tight.capacity_per_key = 1;
    fresh(&mut tight, "a", "new", at(101));
    assert_eq!(tight.len(), 1, "at capacity everything expired goes");
}

#[test]
fn the_end_of_time_does_not_overflow() {
    let mut guard = ReplayGuard::new(u32::MAX, 10, 10);
    let end = UnixTime::from_secs(i64::MAX);
    fresh(&mut guard, "a", "n", end);
    assert_eq!(guard.check_and_insert("a", "n", end), ReplayCheck::Replayed);
}

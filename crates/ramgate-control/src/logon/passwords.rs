//! What passwords must be like, and how they are made and kept.

use super::Hasher;
use crate::ids::Ids;
use crate::secrets;
use ramgate_api::ApiError;
use ramgate_api::ram::errors;
use ramgate_model::{AccountId, LoginProfile, PasswordPolicy};
use ramgate_store::sealing::Sealer;
use std::collections::BTreeSet;

/// Former passwords kept: the longest history that a policy can ask for.
pub(crate) const MAX_FORMER: usize = 24;
/// Longest password, in characters.
const MAX_LENGTH: usize = 128;
/// Length of passwords that are made, where the policy asks for no more.
const MADE_LENGTH: usize = 20;
/// Characters of passwords that are made, none like another.
const MADE_CLASSES: [&[u8]; 4] = [b"abcdefghijkmnpqrstuvwxyz", b"ABCDEFGHJKLMNPQRSTUVWXYZ", b"23456789", b"!#%+-=?@_"];
/// Passwords that everyone tries first, in lower case.
const COMMON: &str = include_str!("common_passwords.txt");

/// What a password lacks under a policy, in words; empty where nothing.
pub(crate) fn shortcomings(policy: &PasswordPolicy, user_name: &str, password: &str) -> Vec<String> {
    let mut lacks = Vec::new();
    let mut needs = |needed: bool, met: bool, what: &str| {
        if needed && !met {
            lacks.push(what.to_owned());
        }
    };
    let any = |is: fn(char) -> bool| password.chars().any(is);
    needs(policy.require_lowercase, any(char::is_lowercase), "a lower-case letter");
    needs(policy.require_uppercase, any(char::is_uppercase), "an upper-case letter");
    needs(policy.require_numbers, any(|c| c.is_ascii_digit()), "a digit");
    needs(policy.require_symbols, any(|c| !c.is_alphanumeric()), "a symbol");
    needs(true, password.chars().count() <= MAX_LENGTH, "at most 128 characters");
    needs(true, !any(char::is_control), "no control characters");
    let holds_name = password.to_lowercase().contains(&user_name.to_lowercase());
    needs(policy.not_contain_user_name, !holds_name, "to leave the user's name out");
    needs(policy.intercept_risk_password, !is_widely_known(password), "to be less widely known");
    if password.chars().count() < policy.minimum_length as usize {
        lacks.push(format!("at least {} characters", policy.minimum_length));
    }
    let n_different = password.chars().collect::<BTreeSet<_>>().len();
    if n_different < policy.minimum_different_characters as usize {
        lacks.push(format!("at least {} different characters", policy.minimum_different_characters));
    }
    lacks
}

/// Checks a password that somebody chose, but for its history.
///
/// # Errors
/// `InvalidParameter.Password.TooWeak`, which says what is lacking.
pub(crate) fn check(policy: &PasswordPolicy, user_name: &str, password: &str) -> Result<(), ApiError> {
    match shortcomings(policy, user_name, password).as_slice() {
        [] => Ok(()),
        lacks => Err(too_weak(&format!("It needs {}.", lacks.join(", ")))),
    }
}

fn too_weak(why: &str) -> ApiError {
    errors::PASSWORD_TOO_WEAK.with(format!("{} {why}", errors::PASSWORD_TOO_WEAK.message))
}

/// Whether a password is one of those that are tried first: a common one with or without digits and symbols behind it and
/// with letters written as digits, one character or one short group over and over, or a run such as `12345678`.
fn is_widely_known(password: &str) -> bool {
    let lower = password.to_lowercase();
    let plain: String = lower
        .chars()
        .map(|c| match c {
            '@' | '4' => 'a',
            '0' => 'o',
            '1' | '!' => 'i',
            '3' => 'e',
            '$' | '5' => 's',
            '7' => 't',
            c => c,
        })
        .collect();
    let stem = lower.trim_end_matches(|c: char| !c.is_alphabetic());
    let forms = [lower.as_str(), plain.as_str(), stem, plain.trim_end_matches(|c: char| !c.is_alphabetic())];
    let common = COMMON.lines().any(|known| forms.contains(&known));
    let chars: Vec<char> = lower.chars().collect();
    let repeats = (1..=chars.len() / 2).any(|n| n <= 4 && chars.iter().enumerate().all(|(i, c)| *c == chars[i % n]));
    let runs = |step: i64| {
        let pairs = || chars.iter().zip(chars.iter().skip(1));
        chars.len() > 2 && pairs().all(|(a, b)| i64::from(u32::from(*b)) - i64::from(u32::from(*a)) == step)
    };
    common || repeats || runs(1) || runs(-1)
}

/// Makes a password that satisfies the policy.
///
/// # Errors
/// Where a thousand tries do not satisfy it, which takes a user whose name is in nearly everything.
pub(crate) fn make(ids: &Ids, policy: &PasswordPolicy, user_name: &str) -> Result<String, ApiError> {
    let length = MADE_LENGTH.max(policy.minimum_length as usize);
    for _ in 0..1000 {
        // One of each class, the rest of all classes, in any order.
        let all = MADE_CLASSES.concat();
        let mut password: Vec<u8> = MADE_CLASSES.iter().map(|class| class[below(ids, class.len())]).collect();
        password.resize_with(length, || all[below(ids, all.len())]);
        for i in (1..password.len()).rev() {
            password.swap(i, below(ids, i + 1));
        }
        let password: String = password.into_iter().map(char::from).collect();
        if shortcomings(policy, user_name, &password).is_empty() {
            return Ok(password);
        }
    }
    Err(too_weak("None could be made that satisfies it."))
}

/// A number below `n`, at most 256, each equally likely.
fn below(ids: &Ids, n: usize) -> usize {
    // Bytes at or above the largest multiple of `n` would favour small numbers.
    let limit = 256 - 256 % n;
    loop {
        let drawn = ids.bytes::<16>().into_iter().map(usize::from).find(|byte| *byte < limit);
        if let Some(byte) = drawn {
            return byte % n;
        }
    }
}

/// The hashes of a profile: of the password in force, then of former ones. What does not open is left out: no password
/// belongs to it.
pub(crate) fn hashes(sealer: &Sealer, account_id: &AccountId, profile: &LoginProfile) -> Vec<String> {
    let sealed = [&profile.sealed_hash].into_iter().chain(&profile.former);
    sealed.filter_map(|sealed| secrets::password_hash(sealer, account_id, profile, sealed).ok()).collect()
}

/// The hash of the password in force alone; empty where it does not open.
pub(crate) fn hash_in_force(sealer: &Sealer, account_id: &AccountId, profile: &LoginProfile) -> Vec<String> {
    secrets::password_hash(sealer, account_id, profile, &profile.sealed_hash).into_iter().collect()
}

/// Refuses a password that the history forbids.
///
/// # Errors
/// `InvalidParameter.Password.TooWeak`.
pub(crate) async fn check_history(
    hasher: &Hasher,
    policy: &PasswordPolicy,
    mut hashes: Vec<String>,
    password: &str,
) -> Result<(), ApiError> {
    hashes.truncate(policy.reuse_prevention as usize);
    if hashes.is_empty() {
        return Ok(());
    }
    match hasher.find(password, hashes).await? {
        None => Ok(()),
        Some(_) => Err(too_weak(&format!("It was one of the last {} passwords.", policy.reuse_prevention))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::ManualClock;
    use std::sync::Arc;

    fn lacks(policy: PasswordPolicy, password: &str) -> Vec<String> {
        shortcomings(&policy, "Alice", password)
    }

    #[test]
    fn each_rule_is_reported_where_it_is_broken_and_nowhere_else() {
        let base = PasswordPolicy::default();
        assert_eq!(lacks(base.clone(), "aaaaaaa1"), [""; 0]);
        assert_eq!(lacks(base.clone(), "aaaaaa1"), ["at least 8 characters"]);
        for (policy, bad, good, what) in [
            (PasswordPolicy { require_lowercase: true, ..base.clone() }, "ABCDEFG1", "ABCDEFg1", "a lower-case letter"),
            (
                PasswordPolicy { require_uppercase: true, ..base.clone() },
                "abcdefg1",
                "abcdefG1",
                "an upper-case letter",
            ),
            (PasswordPolicy { require_numbers: true, ..base.clone() }, "abcdefgh", "abcdefg1", "a digit"),
            (PasswordPolicy { require_symbols: true, ..base.clone() }, "abcdefg1", "abcdef-1", "a symbol"),
            (
                PasswordPolicy { not_contain_user_name: true, ..base.clone() },
                "x-aLICE-1",
                "x-alise-1",
                "to leave the user's name out",
            ),
            (
                PasswordPolicy { minimum_different_characters: 5, ..base.clone() },
                "abcdabcd",
                "abcdeabc",
                "at least 5 different characters",
            ),
            (
                PasswordPolicy { intercept_risk_password: true, ..base.clone() },
                "P@ssw0rd123!",
                "plum-orbit-7",
                "to be less widely known",
            ),
        ] {
            assert_eq!(lacks(policy.clone(), bad), [what], "{bad}");
            assert_eq!(lacks(policy, good), [""; 0], "{good}");
            assert_eq!(lacks(base.clone(), bad), [""; 0], "{bad} without the rule");
        }
        assert_eq!(lacks(base.clone(), &"ab".repeat(65)), ["at most 128 characters"]);
        assert_eq!(lacks(base, "abcdefg\n"), ["no control characters"]);
    }

    #[test]
    fn passwords_that_are_tried_first_are_known() {
        for known in
            ["password", "Passw0rd", "12345678", "87654321", "abcdefghij", "aaaaaaaa", "abcabcabc", "Welcome2024!"]
        {
            assert!(is_widely_known(known), "{known}");
        }
        for unknown in ["correct horse", "xK2-plum-Orbit", "1357924680x"] {
            assert!(!is_widely_known(unknown), "{unknown}");
        }
    }

    #[test]
    fn made_passwords_satisfy_the_strictest_policy_and_differ() {
        let ids = Ids::new(Arc::new(ManualClock::at(0)));
        let strictest = PasswordPolicy {
            minimum_length: 32,
            minimum_different_characters: 8,
            require_lowercase: true,
            require_uppercase: true,
            require_numbers: true,
            require_symbols: true,
            not_contain_user_name: true,
            intercept_risk_password: true,
            ..PasswordPolicy::default()
        };
        // The name is a single letter that many passwords hold.
        let made: BTreeSet<String> = (0..50).map(|_| make(&ids, &strictest, "x").unwrap()).collect();
        assert_eq!(made.len(), 50);
        for password in &made {
            assert_eq!((password.len(), shortcomings(&strictest, "x", password)), (32, Vec::new()));
        }
        assert_eq!(make(&ids, &PasswordPolicy::default(), "alice").unwrap().len(), MADE_LENGTH);
    }
}

//! How far an account follows the advice on credentials.
//!
//! The published report has facts and a score, and says nothing of how the score comes about. Here each piece of advice counts
//! the same: no key of the account itself, a second factor for everyone who can log on, strong passwords, no old key, no unused
//! key.

use super::access_keys;
use crate::logon::settings::password_policy;
use crate::node::Cx;
use ramgate_api::ims::{SecurityPractice, SecurityPracticeFacts};
use ramgate_model::{AccessKey, AccessKeyStatus, KeyOwner, LoginProfile, MfaDevice, PasswordPolicy, User, UserId};
use std::collections::BTreeSet;

/// After so long a key is old, or unused: 90 days.
const LONG: i64 = 90 * 24 * 3600 * 1000;

/// The report of now.
pub(crate) fn report(cx: &Cx) -> SecurityPractice {
    let (account, now) = (cx.account(), cx.now());
    let mut facts = SecurityPracticeFacts {
        sub_user: number(account.table::<User>().len()),
        sub_user_pwd_level: level(&password_policy(&account)).to_owned(),
        ..SecurityPracticeFacts::default()
    };
    let (mut with_old, mut with_unused) = (BTreeSet::new(), BTreeSet::new());
    for key in account.table::<AccessKey>().iter() {
        let used = access_keys::use_of(cx, &account, key.id.as_str()).map_or(0, |key_use| key_use.at);
        let old = now - key.created_at > LONG;
        let since = key.created_at.max(key.updated_at.unwrap_or(0)).max(used);
        let unused = key.status == AccessKeyStatus::Active && now - since > LONG;
        match &key.owner {
            KeyOwner::Root => {
                facts.root_with_access_key += 1;
                facts.old_ak_num += u32::from(old);
                facts.unused_ak_num += u32::from(unused);
            }
            KeyOwner::User { user_id } => {
                with_old.extend(old.then_some(user_id));
                with_unused.extend(unused.then_some(user_id));
            }
        }
    }
    facts.sub_user_with_old_access_key = number(with_old.len());
    facts.sub_user_with_unused_access_key = number(with_unused.len());
    let bound = |device: &MfaDevice| device.bound.as_ref().map(|binding| binding.user_id.clone());
    let with_mfa: BTreeSet<UserId> = account.table::<MfaDevice>().iter().filter_map(|device| bound(device)).collect();
    facts.sub_user_bind_mfa = number(with_mfa.len());

    let followed = [
        facts.root_with_access_key == 0,
        account.table::<LoginProfile>().iter().all(|profile| !profile.active || with_mfa.contains(&profile.user_id)),
        facts.sub_user_pwd_level == "high",
        facts.old_ak_num == 0 && with_old.is_empty(),
        facts.unused_ak_num == 0 && with_unused.is_empty(),
    ];
    let score = followed.iter().filter(|followed| **followed).count() * 100 / followed.len();
    SecurityPractice { score: number(score), account_security_practice_user_info: facts }
}

/// How strong passwords must be: high with twelve characters of three classes, low with fewer than two classes.
fn level(policy: &PasswordPolicy) -> &'static str {
    let classes = [policy.require_lowercase, policy.require_uppercase, policy.require_numbers, policy.require_symbols];
    match (classes.iter().filter(|required| **required).count(), policy.minimum_length) {
        (3.., 12..) => "high",
        (2.., _) => "mid",
        _ => "low",
    }
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

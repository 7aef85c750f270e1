//! The limits of values, each reported under the code that STS documents for it.

use super::errors::*;
use crate::Checker;

/// `acs:ram::<account>:role/<name>`, the region being empty or `*`.
pub(super) fn role_arn(checker: &mut Checker, value: Option<&str>) {
    let well_formed = |arn: &str| {
        let mut parts = arn.splitn(5, ':');
        let mut next = || parts.next().unwrap_or_default();
        let head = next() == "acs" && next() == "ram" && matches!(next(), "" | "*");
        let account = next();
        let role = next().strip_prefix("role/").unwrap_or_default();
        head && !account.is_empty() && account.bytes().all(|b| b.is_ascii_digit()) && !role.is_empty()
    };
    if value.is_some_and(|v| !well_formed(v)) {
        checker.problem_as(&ROLE_ARN, ROLE_ARN.message);
    }
}

pub(super) fn session_name(checker: &mut Checker, value: Option<&str>) {
    let allowed = |c: char| c.is_ascii_alphanumeric() || ".@-_".contains(c);
    if value.is_some_and(|v| !(2..=64).contains(&v.chars().count()) || !v.chars().all(allowed)) {
        checker.problem_as(&ROLE_SESSION_NAME, ROLE_SESSION_NAME.message);
    }
}

/// 2–1,224 of letters, digits and `_+=,.@:/-`; empty is as good as absent.
pub(super) fn external_id(checker: &mut Checker, value: Option<&str>) {
    let Some(value) = value.filter(|v| !v.is_empty()) else { return };
    checker.length("ExternalId", Some(value), 2, 1224);
    if !value.chars().all(|c| c.is_ascii_alphanumeric() || "_+=,.@:/-".contains(c)) {
        checker.problem("ExternalId", "may hold letters, digits and `_+=,.@:/-`");
    }
}

/// As a session's name; empty is as good as absent.
pub(super) fn source_identity(checker: &mut Checker, value: Option<&str>) {
    let Some(value) = value.filter(|v| !v.is_empty()) else { return };
    checker.length("SourceIdentity", Some(value), 2, 64);
    if !value.chars().all(|c| c.is_ascii_alphanumeric() || ".@-_".contains(c)) {
        checker.problem("SourceIdentity", "may hold letters, digits, `.`, `@`, `-` and `_`");
    }
}

/// The least and the most that any role allows; what this role allows is checked later.
pub(super) fn duration(checker: &mut Checker, value: Option<i64>) {
    if value.is_some_and(|v| !(900..=43_200).contains(&v)) {
        checker.problem_as(&DURATION_SECONDS, DURATION_SECONDS.message);
    }
}

pub(super) fn session_policy(checker: &mut Checker, value: Option<&str>) {
    if value.is_some_and(|v| v.chars().count() > 2048) {
        checker.problem_as(&POLICY_SIZE, POLICY_SIZE.message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_of(check: impl FnOnce(&mut Checker)) -> Option<&'static str> {
        let mut checker = Checker::default();
        check(&mut checker);
        checker.finish().err().map(|e| e.code)
    }

    #[test]
    fn roles_are_named_by_full_resource_names() {
        for good in ["acs:ram::1000000000000001:role/ops", "acs:ram:*:1:role/a"] {
            assert_eq!(code_of(|c| role_arn(c, Some(good))), None, "{good}");
        }
        for bad in ["", "ops", "acs:ram::1:user/a", "acs:ram::x:role/a", "acs:ram::1:role/", "acs:sts::1:role/a"] {
            assert_eq!(code_of(|c| role_arn(c, Some(bad))), Some("InvalidParameter.RoleArn"), "{bad}");
        }
    }

    #[test]
    fn sessions_last_between_a_quarter_of_an_hour_and_half_a_day() {
        assert_eq!(code_of(|c| duration(c, Some(900))), None);
        assert_eq!(code_of(|c| duration(c, Some(899))), Some("InvalidParameter.DurationSeconds"));
        assert_eq!(code_of(|c| duration(c, Some(43_201))), Some("InvalidParameter.DurationSeconds"));
    }
}

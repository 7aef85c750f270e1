//! The limits that providers of both kinds share.

use crate::Checker;

/// 1–128 of letters, digits, `.`, `-`, `_`, the first and last a letter or digit.
pub(super) fn name(checker: &mut Checker, parameter: &str, value: &str) {
    let ends = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let allowed = value.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c));
    if value.len() > 128 || !allowed || !ends(value.chars().next()) || !ends(value.chars().next_back()) {
        checker.problem(
            parameter,
            "must have 1 to 128 letters, digits, `.`, `-`, `_`, of which the first and last a letter or digit",
        );
    }
}

/// Up to 256 characters.
pub(super) fn description(checker: &mut Checker, parameter: &str, value: Option<&str>) {
    checker.length(parameter, value, 0, 256);
}

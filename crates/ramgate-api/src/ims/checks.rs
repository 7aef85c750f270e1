//! The limits of names and texts where they are not RAM's. Source: IMS API reference 2019-08-15, parameters of the
//! operations.

use super::errors::*;
use crate::ram::errors::{DISPLAY_NAME_INVALID_CHARS, DISPLAY_NAME_LENGTH};
use crate::ram::errors::{NEW_DISPLAY_NAME_INVALID_CHARS, NEW_DISPLAY_NAME_LENGTH};
use crate::ram::{Tag, checks as ram_checks};
use crate::{Checker, ErrorCode};

fn report(checker: &mut Checker, code: &'static ErrorCode) {
    checker.problem_as(code, code.message);
}

/// Exactly one of these parameters is given.
pub(super) fn one_of(checker: &mut Checker, given: &[(&str, bool)]) {
    let names = |list: &[&(&str, bool)]| list.iter().map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>();
    let present: Vec<_> = given.iter().filter(|(_, given)| *given).collect();
    match (present.as_slice(), given) {
        ([_], _) | (_, []) => {}
        ([], [(first, _), ..]) => checker.missing(first),
        (several, [(first, _), ..]) => {
            checker.problem(
                first,
                format_args!("was given with others of {}; only one may be", names(several).join(", ")),
            );
        }
    }
}

fn principal_name(checker: &mut Checker, value: &str, length: &'static ErrorCode, chars: &'static ErrorCode) {
    let n = value.chars().count();
    let (name, domain) = value.split_once('@').unwrap_or((value, ""));
    let plain = |part: &str| part.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_".contains(&b));
    if n == 0 || n > 128 || name.is_empty() || name.chars().count() > 64 {
        report(checker, length);
    } else if !plain(name) || !plain(domain) {
        report(checker, chars);
    }
}

/// `<name>@<domain>` by its form; whether the domain is the account's is the handler's to judge.
pub(super) fn user_principal_name(checker: &mut Checker, value: &str) {
    principal_name(checker, value, &USER_PRINCIPAL_NAME_LENGTH, &USER_PRINCIPAL_NAME_INVALID_CHARS);
}

pub(super) fn new_user_principal_name(checker: &mut Checker, value: &str) {
    principal_name(checker, value, &NEW_USER_PRINCIPAL_NAME_LENGTH, &NEW_USER_PRINCIPAL_NAME_INVALID_CHARS);
}

/// `least` to 24 characters where given; anything but control characters.
fn shown(
    checker: &mut Checker,
    value: Option<&str>,
    least: usize,
    length: &'static ErrorCode,
    chars: &'static ErrorCode,
) {
    let Some(value) = value else { return };
    if !(least..=24).contains(&value.chars().count()) {
        report(checker, length);
    } else if value.chars().any(char::is_control) {
        report(checker, chars);
    }
}

pub(super) fn display_name(checker: &mut Checker, value: Option<&str>) {
    shown(checker, value, 1, &DISPLAY_NAME_LENGTH, &DISPLAY_NAME_INVALID_CHARS);
}

pub(super) fn new_display_name(checker: &mut Checker, value: Option<&str>) {
    shown(checker, value, 1, &NEW_DISPLAY_NAME_LENGTH, &NEW_DISPLAY_NAME_INVALID_CHARS);
}

pub(super) fn group_display_name(checker: &mut Checker, value: Option<&str>) {
    shown(checker, value, 0, &DISPLAY_NAME_LENGTH, &DISPLAY_NAME_INVALID_CHARS);
}

pub(super) fn new_group_display_name(checker: &mut Checker, value: Option<&str>) {
    shown(checker, value, 0, &NEW_DISPLAY_NAME_LENGTH, &NEW_DISPLAY_NAME_INVALID_CHARS);
}

/// As RAM's tags, but values end at 128 characters.
pub(super) fn user_tags(checker: &mut Checker, tags: &[Tag]) {
    ram_checks::tags(checker, tags);
    for (i, tag) in tags.iter().enumerate() {
        if tag.value.chars().count() > 128 {
            checker.length(&format!("Tag.{}.Value", i + 1), Some(&tag.value), 0, 128);
        }
    }
}

/// A status out of the two there are, or both; tags, or a status.
pub(super) fn user_filter(checker: &mut Checker, status: Option<&str>, tags: &[Tag]) {
    checker.count("Tag", tags.len(), 20);
    let Some(status) = status.filter(|status| !status.is_empty()) else { return };
    if !status.split(',').all(|one| matches!(one, "active" | "freeze")) {
        checker.problem("Status", "must be `active`, `freeze` or `active,freeze`");
    } else if !tags.is_empty() {
        checker.problem("Status", "may not be given beside `Tag`");
    }
}

/// Users named by ids or by logon names, not by both; `needed` where one must be named.
pub(super) fn tagged(checker: &mut Checker, resource_type: &str, ids: &[String], names: &[String], needed: bool) {
    checker.one_of("ResourceType", Some(resource_type), &["user"]);
    checker.count("ResourceId", ids.len(), 50);
    checker.count("ResourcePrincipalName", names.len(), 50);
    if !ids.is_empty() && !names.is_empty() {
        checker.problem("ResourceId", "was given beside `ResourcePrincipalName`; only one may be");
    }
    checker.needed("ResourceId", !needed || !ids.is_empty() || !names.is_empty());
}

/// An alias, a dot and more; whether it ends in the suffix of this installation is the handler's to judge.
pub(super) fn default_domain(checker: &mut Checker, value: &str) {
    let alias = value.split_once('.').map_or(value, |(alias, _)| alias);
    if value.chars().count() > 64 || !(3..=32).contains(&alias.chars().count()) {
        report(checker, &DEFAULT_DOMAIN_LENGTH);
    } else if alias.len() == value.len() || !ram_checks::is_alias(alias) {
        report(checker, &DEFAULT_DOMAIN_FORMAT);
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
    fn exactly_one_name_is_taken() {
        let of = |a, b| code_of(|c| one_of(c, &[("UserPrincipalName", a), ("UserId", b)]));
        assert_eq!((of(true, false), of(false, true)), (None, None));
        assert_eq!(of(false, false), Some("MissingParameter"));
        assert_eq!(of(true, true), Some("InvalidParameter"));
    }

    #[test]
    fn logon_names_are_a_name_and_a_domain_of_plain_characters() {
        let of = |value: &str| code_of(|c| user_principal_name(c, value));
        assert_eq!(of("a.b-c_9@example.onaliyun.com"), None);
        for long in ["", "@example.com", &format!("{}@a.b", "a".repeat(65)), &format!("a@{}", "b".repeat(127))] {
            assert_eq!(of(long), Some("InvalidParameter.UserPrincipalName.Length"), "{long}");
        }
        // The second letter of the last one is Cyrillic.
        for odd in ["a b@c", "a@b@c", "a@b c", "a/b@c", "\u{430}lice@c", "a@ex\u{430}mple"] {
            assert_eq!(of(odd), Some("InvalidParameter.UserPrincipalName.InvalidChars"), "{odd}");
        }
    }

    #[test]
    fn users_to_tag_are_named_in_one_way() {
        let some = [String::from("x")];
        let of = |ids: &[String], names: &[String], needed| code_of(|c| tagged(c, "user", ids, names, needed));
        assert_eq!((of(&some, &[], true), of(&[], &some, true), of(&[], &[], false)), (None, None, None));
        assert_eq!(of(&[], &[], true), Some("MissingParameter"));
        assert_eq!(of(&some, &some, true), Some("InvalidParameter"));
        assert_eq!(code_of(|c| tagged(c, "role", &some, &[], true)), Some("InvalidParameter"));
    }

    #[test]
    fn a_default_domain_begins_with_an_alias() {
        let of = |value: &str| code_of(|c| default_domain(c, value));
        assert_eq!((of("my-company.onaliyun.com"), of("1000000000000001.onaliyun.com")), (None, None));
        for length in ["", "ab.onaliyun.com", ".onaliyun.com", &format!("{}.onaliyun.com", "a".repeat(33))] {
            assert_eq!(of(length), Some("InvalidParameter.DefaultDomainName.Length"), "{length}");
        }
        for format in ["my-company", "My-Company.onaliyun.com", "a--b.onaliyun.com", "-ab.onaliyun.com"] {
            assert_eq!(of(format), Some("InvalidParameter.DefaultDomainName.Format"), "{format}");
        }
    }

    #[test]
    fn a_status_is_known_and_stands_alone() {
        let tag = Tag { key: "a".into(), value: String::new() };
        for fine in [None, Some(""), Some("active"), Some("freeze"), Some("active,freeze")] {
            assert_eq!(code_of(|c| user_filter(c, fine, &[])), None, "{fine:?}");
        }
        assert_eq!(code_of(|c| user_filter(c, Some("gone"), &[])), Some("InvalidParameter"));
        assert_eq!(code_of(|c| user_filter(c, Some("active"), &[tag])), Some("InvalidParameter"));
    }
}

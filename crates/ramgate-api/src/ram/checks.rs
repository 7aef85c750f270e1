//! The limits of names and texts, each reported under the code that RAM documents for it.
//!
//! Source: RAM API reference 2015-05-01, parameters of the operations and error codes.

use super::errors::*;
use super::tag::Tag;
use crate::{Checker, ErrorCode};

fn report(checker: &mut Checker, code: &'static ErrorCode) {
    checker.problem_as(code, code.message);
}

/// A name of 1 to `most` of letters, digits and `others`.
fn name(
    checker: &mut Checker,
    value: &str,
    most: usize,
    others: &str,
    length: &'static ErrorCode,
    chars: &'static ErrorCode,
) {
    if value.is_empty() || value.chars().count() > most {
        report(checker, length);
    } else if !value.chars().all(|c| c.is_ascii_alphanumeric() || others.contains(c)) {
        report(checker, chars);
    }
}

/// Text of at most `most` characters.
fn text(checker: &mut Checker, value: Option<&str>, most: usize, length: &'static ErrorCode) {
    if value.is_some_and(|v| v.chars().count() > most) {
        report(checker, length);
    }
}

pub(super) fn user_name(checker: &mut Checker, value: &str) {
    name(checker, value, 64, ".-_", &USER_NAME_LENGTH, &USER_NAME_INVALID_CHARS);
}

pub(super) fn new_user_name(checker: &mut Checker, value: Option<&str>) {
    if let Some(value) = value {
        name(checker, value, 64, ".-_", &NEW_USER_NAME_LENGTH, &NEW_USER_NAME_INVALID_CHARS);
    }
}

pub(crate) fn group_name(checker: &mut Checker, value: &str) {
    name(checker, value, 64, ".-_", &GROUP_NAME_LENGTH, &GROUP_NAME_INVALID_CHARS);
}

pub(crate) fn new_group_name(checker: &mut Checker, value: Option<&str>) {
    if let Some(value) = value {
        name(checker, value, 64, ".-_", &NEW_GROUP_NAME_LENGTH, &NEW_GROUP_NAME_INVALID_CHARS);
    }
}

pub(super) fn role_name(checker: &mut Checker, value: &str) {
    name(checker, value, 64, ".-", &ROLE_NAME_LENGTH, &ROLE_NAME_INVALID_CHARS);
}

/// 1–64 letters, digits, `.`, `-`, where given.
pub(super) fn custom_suffix(checker: &mut Checker, value: Option<&str>) {
    let Some(value) = value.filter(|v| !v.is_empty()) else { return };
    checker.length("CustomSuffix", Some(value), 1, 64);
    if !value.chars().all(|c| c.is_ascii_alphanumeric() || ".-".contains(c)) {
        checker.problem("CustomSuffix", "may hold letters, digits, `.` and `-`");
    }
}

pub(super) fn policy_name(checker: &mut Checker, value: &str) {
    name(checker, value, 128, "-", &POLICY_NAME_LENGTH, &POLICY_NAME_INVALID_CHARS);
}

pub(crate) fn mfa_device_name(checker: &mut Checker, value: &str) {
    name(checker, value, 64, ".-", &MFA_DEVICE_NAME_LENGTH, &MFA_DEVICE_NAME_INVALID_CHARS);
}

/// 1–128 characters where given; anything but control characters.
fn shown(checker: &mut Checker, value: Option<&str>, length: &'static ErrorCode, chars: &'static ErrorCode) {
    let Some(value) = value else { return };
    if value.is_empty() || value.chars().count() > 128 {
        report(checker, length);
    } else if value.chars().any(char::is_control) {
        report(checker, chars);
    }
}

pub(super) fn display_name(checker: &mut Checker, value: Option<&str>) {
    shown(checker, value, &DISPLAY_NAME_LENGTH, &DISPLAY_NAME_INVALID_CHARS);
}

pub(super) fn new_display_name(checker: &mut Checker, value: Option<&str>) {
    shown(checker, value, &NEW_DISPLAY_NAME_LENGTH, &NEW_DISPLAY_NAME_INVALID_CHARS);
}

pub(crate) fn comments(checker: &mut Checker, value: Option<&str>) {
    text(checker, value, 128, &COMMENTS_LENGTH);
}

pub(crate) fn new_comments(checker: &mut Checker, value: Option<&str>) {
    text(checker, value, 128, &NEW_COMMENTS_LENGTH);
}

pub(super) fn description(checker: &mut Checker, value: Option<&str>) {
    text(checker, value, 1024, &DESCRIPTION_LENGTH);
}

/// Length only; what the document says is the policy language's to judge.
pub(super) fn policy_document(checker: &mut Checker, value: &str) {
    if value.is_empty() || value.chars().count() > 6144 {
        report(checker, &POLICY_DOCUMENT_LENGTH);
    }
}

pub(super) fn trust_policy(checker: &mut Checker, value: Option<&str>) {
    if value.is_some_and(|v| v.is_empty() || v.chars().count() > 4096) {
        report(checker, &TRUST_POLICY_LENGTH);
    }
}

pub(super) fn policy_type(checker: &mut Checker, value: Option<&str>) {
    if value.is_some_and(|v| v != "System" && v != "Custom") {
        report(checker, &POLICY_TYPE_INVALID);
    }
}

/// `v` and a number without leading zeros.
pub(super) fn version_id(checker: &mut Checker, value: Option<&str>) {
    let well_formed = |v: &str| {
        v.strip_prefix('v')
            .is_some_and(|n| !n.starts_with('0') && n.len() <= 9 && n.parse::<u32>().is_ok_and(|n| n > 0))
            && v.bytes().skip(1).all(|b| b.is_ascii_digit())
    };
    if value.is_some_and(|v| !well_formed(v)) {
        report(checker, &VERSION_ID_FORMAT);
    }
}

/// Empty, or `<country code>-<number>`.
fn phone(checker: &mut Checker, value: Option<&str>, code: &'static ErrorCode) {
    let digits = |t: &str, most: usize| (1..=most).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_digit());
    let well_formed = |v: &str| {
        v.is_empty() || v.split_once('-').is_some_and(|(country, rest)| digits(country, 4) && digits(rest, 20))
    };
    if value.is_some_and(|v| !well_formed(v)) {
        report(checker, code);
    }
}

pub(crate) fn mobile_phone(checker: &mut Checker, value: Option<&str>) {
    phone(checker, value, &MOBILE_PHONE_FORMAT);
}

pub(crate) fn new_mobile_phone(checker: &mut Checker, value: Option<&str>) {
    phone(checker, value, &NEW_MOBILE_PHONE_FORMAT);
}

/// Empty, or a local part, `@`, and a domain with a dot; no blanks.
fn mail(checker: &mut Checker, value: Option<&str>, code: &'static ErrorCode) {
    let domain = |d: &str| d.contains('.') && d.split('.').all(|label| !label.is_empty());
    let well_formed = |v: &str| {
        v.is_empty()
            || v.len() <= 254
                && !v.chars().any(|c| c.is_whitespace() || c.is_control())
                && v.rsplit_once('@').is_some_and(|(local, d)| !local.is_empty() && !local.contains('@') && domain(d))
    };
    if value.is_some_and(|v| !well_formed(v)) {
        report(checker, code);
    }
}

pub(crate) fn email(checker: &mut Checker, value: Option<&str>) {
    mail(checker, value, &EMAIL_FORMAT);
}

pub(crate) fn new_email(checker: &mut Checker, value: Option<&str>) {
    mail(checker, value, &NEW_EMAIL_FORMAT);
}

pub(super) fn account_alias(checker: &mut Checker, value: Option<&str>) {
    let Some(value) = value else { return };
    if !(3..=32).contains(&value.chars().count()) {
        report(checker, &ACCOUNT_ALIAS_LENGTH);
    } else if !is_alias(value) {
        report(checker, &ACCOUNT_ALIAS_FORMAT);
    }
}

/// Lower-case letters, digits and `-`, without a hyphen at either end or two in a row.
pub(crate) fn is_alias(value: &str) -> bool {
    value.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !value.starts_with('-')
        && !value.ends_with('-')
        && !value.contains("--")
}

pub(crate) fn authentication_code(checker: &mut Checker, value: Option<&str>) {
    if value.is_some_and(|v| v.len() != 6 || !v.bytes().all(|b| b.is_ascii_digit())) {
        report(checker, &AUTHENTICATION_CODE_FORMAT);
    }
}

/// A password is given or made, not both.
pub(crate) fn given_or_generated(checker: &mut Checker, given: bool, generate: bool) {
    if given && generate {
        checker.problem("GeneratePassword", "makes a password, so `Password` cannot be given as well");
    }
}

/// Up to 40 networks or addresses, joined by `;`, in up to 512 characters. Empty lifts the restriction.
pub(crate) fn network_masks(checker: &mut Checker, value: Option<&str>) {
    let Some(value) = value.filter(|v| !v.is_empty()) else { return };
    checker.length("LoginNetworkMasks", Some(value), 0, 512);
    checker.count("LoginNetworkMasks", value.split(';').count(), 40);
    if let Some(bad) = value.split(';').find(|mask| !is_network(mask.trim())) {
        checker.problem("LoginNetworkMasks", format_args!("holds `{bad}`, which is no address and no network"));
    }
}

/// An address, or an address, `/` and the length of its prefix.
fn is_network(text: &str) -> bool {
    let (address, length) = match text.split_once('/') {
        Some((address, length)) => (address, Some(length)),
        None => (text, None),
    };
    let Ok(address) = address.parse::<std::net::IpAddr>() else { return false };
    let most = if address.is_ipv4() { 32 } else { 128 };
    let digits = |l: &str| !l.is_empty() && l.bytes().all(|b| b.is_ascii_digit());
    length.is_none_or(|l| digits(l) && l.parse::<u8>().is_ok_and(|l| l <= most))
}

pub(crate) fn minimum_password_length(checker: &mut Checker, value: Option<i32>) {
    if value.is_some_and(|v| !(8..=32).contains(&v)) {
        report(checker, &MINIMUM_PASSWORD_LENGTH_RANGE);
    }
}

/// At most 20 tags; keys of 1–128 characters without reserved beginnings, values up to 256.
pub(crate) fn tags(checker: &mut Checker, tags: &[Tag]) {
    checker.count("Tag", tags.len(), 20);
    for (i, tag) in tags.iter().enumerate() {
        let key = format!("Tag.{}.Key", i + 1);
        checker.length(&key, Some(&tag.key), 1, 128);
        checker.length(&format!("Tag.{}.Value", i + 1), Some(&tag.value), 0, 256);
        let lower = tag.key.to_ascii_lowercase();
        if lower.starts_with("acs:")
            || lower.starts_with("aliyun")
            || lower.contains("http://")
            || lower.contains("https://")
        {
            checker.problem(&key, "may not begin with `acs:` or `aliyun` nor hold `http://` or `https://`");
        }
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
    fn names_are_refused_under_the_code_of_their_parameter() {
        assert_eq!(code_of(|c| user_name(c, "a.b-c_9")), None);
        assert_eq!(code_of(|c| user_name(c, "")), Some("InvalidParameter.UserName.Length"));
        assert_eq!(code_of(|c| user_name(c, &"a".repeat(65))), Some("InvalidParameter.UserName.Length"));
        assert_eq!(code_of(|c| user_name(c, "a b")), Some("InvalidParameter.UserName.InvalidChars"));
        assert_eq!(code_of(|c| new_user_name(c, Some("ä"))), Some("InvalidParameter.NewUserName.InvalidChars"));
        assert_eq!(code_of(|c| policy_name(c, "a_b")), Some("InvalidParameter.PolicyName.InvalidChars"));
        assert_eq!(code_of(|c| role_name(c, "a_b")), Some("InvalidParameter.RoleName.InvalidChars"));
    }

    #[test]
    fn version_ids_are_v_and_a_number() {
        for good in ["v1", "v12"] {
            assert_eq!(code_of(|c| version_id(c, Some(good))), None, "{good}");
        }
        for bad in ["", "1", "v", "v0", "v01", "v+1", "v-1", "V1", "v1 ", "v99999999999"] {
            assert_eq!(code_of(|c| version_id(c, Some(bad))), Some("InvalidParameter.VersionId.Format"), "{bad}");
        }
    }

    #[test]
    fn phones_and_mail_addresses_may_be_empty_and_must_else_be_well_formed() {
        for good in ["", "86-18600000000"] {
            assert_eq!(code_of(|c| mobile_phone(c, Some(good))), None, "{good}");
        }
        for bad in ["18600000000", "86-", "-1", "86-1a"] {
            assert_eq!(code_of(|c| mobile_phone(c, Some(bad))), Some("InvalidParameter.MobilePhone.Format"), "{bad}");
        }
        for good in ["", "a@example.com", "a.b+c@mail.example.com"] {
            assert_eq!(code_of(|c| email(c, Some(good))), None, "{good}");
        }
        for bad in ["a", "@example.com", "a@b", "a@b..c", "a b@example.com", "a@b@example.com"] {
            assert_eq!(code_of(|c| email(c, Some(bad))), Some("InvalidParameter.Email.Format"), "{bad}");
        }
    }

    #[test]
    fn network_masks_are_addresses_and_networks() {
        for good in ["", "10.0.0.0/8", "192.168.0.1", "10.0.0.0/8;192.168.0.0/16", "2001:db8::/32", "::1/128"] {
            assert_eq!(code_of(|c| network_masks(c, Some(good))), None, "{good}");
        }
        let many = vec!["10.0.0.0/8"; 41].join(";");
        let long = format!("10.0.0.1{}", " ".repeat(512));
        for bad in ["10.0.0.0/33", "10.0.0/8", "x", "10.0.0.0/", "10.0.0.0/+8", "10.0.0.0/8,::1", ";", &many, &long] {
            assert_eq!(code_of(|c| network_masks(c, Some(bad))), Some("InvalidParameter"), "{bad}");
        }
    }

    #[test]
    fn reserved_tag_keys_are_refused() {
        let tag = |key: &str| Tag { key: key.into(), value: String::new() };
        assert_eq!(code_of(|c| tags(c, &[tag("team")])), None);
        for bad in ["", "acs:x", "Aliyun", "see http://x"] {
            assert_eq!(code_of(|c| tags(c, &[tag(bad)])), Some("InvalidParameter"), "{bad}");
        }
        assert_eq!(code_of(|c| tags(c, &vec![tag("a"); 21])), Some("InvalidParameter"));
    }
}

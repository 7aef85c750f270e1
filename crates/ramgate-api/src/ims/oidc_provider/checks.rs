//! The limits of values.

pub(super) use crate::ims::provider_checks::{description, name};

use crate::Checker;

/// The parts of a list with commas; blanks around them do not count, and no text has no parts.
pub(super) fn parts(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim).filter(|part| !part.is_empty())
}

fn is_client_id(value: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || ".-_:/".contains(c);
    (1..=128).contains(&value.len())
        && value.chars().all(allowed)
        && value.starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// SHA-1 or SHA-256 in hexadecimal, with or without colons between the bytes.
fn is_fingerprint(value: &str) -> bool {
    let digits: String = value.chars().filter(|c| *c != ':').collect();
    matches!(digits.len(), 40 | 64) && digits.bytes().all(|b| b.is_ascii_hexdigit()) && value.len() <= 128
}

const CLIENT_ID: &str = "must be 1 to 128 letters, digits, `.`, `-`, `_`, `:`, `/`, the first a letter or digit";
const FINGERPRINT: &str = "must be a SHA-1 or SHA-256 in hexadecimal";

pub(super) fn client_id(checker: &mut Checker, value: &str) {
    if !is_client_id(value) {
        checker.problem("ClientId", CLIENT_ID);
    }
}

pub(super) fn client_ids(checker: &mut Checker, value: Option<&str>) {
    let value = value.unwrap_or_default();
    if !parts(value).all(is_client_id) {
        checker.problem("ClientIds", format_args!("holds a client id that is none: each {CLIENT_ID}"));
    }
    checker.count("ClientIds", parts(value).count(), 50);
}

pub(super) fn fingerprint(checker: &mut Checker, value: &str) {
    if !is_fingerprint(value) {
        checker.problem("Fingerprint", FINGERPRINT);
    }
}

pub(super) fn fingerprints(checker: &mut Checker, value: Option<&str>) {
    let value = value.unwrap_or_default();
    if !parts(value).all(is_fingerprint) {
        checker.problem("Fingerprints", format_args!("holds a fingerprint that is none: each {FINGERPRINT}"));
    }
    checker.count("Fingerprints", parts(value).count(), 5);
}

/// A URL with host and without query, fragment or user. That it is `https`, or where else it may lead, is for the
/// installation to say.
pub(super) fn issuer_url(checker: &mut Checker, value: &str) {
    let rest = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://")).unwrap_or_default();
    let plain = value.chars().all(|c| c.is_ascii_graphic()) && !value.contains(['?', '#', '@', '\\']);
    if value.len() > 255 || !plain || rest.is_empty() || rest.starts_with(['/', ':']) {
        checker.problem("IssuerUrl", "must be a URL of up to 255 characters without query, fragment and user");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fails(check: impl FnOnce(&mut Checker)) -> bool {
        let mut checker = Checker::default();
        check(&mut checker);
        checker.finish().is_err()
    }

    #[test]
    fn issuers_are_urls_without_anything_that_could_lead_elsewhere() {
        for good in ["https://idp.example.com", "https://idp.example.com:8443/realms/a", "http://127.0.0.1:1/x"] {
            assert!(!fails(|c| issuer_url(c, good)), "{good}");
        }
        for bad in [
            "",
            "idp.example.com",
            "ftp://a",
            "https://",
            "https:///x",
            "https://a?b",
            "https://a#b",
            "https://u@a",
            "https://a b",
            "https://a\\@b",
            "https://:1",
            &format!("https://{}", "a".repeat(255)),
        ] {
            assert!(fails(|c| issuer_url(c, bad)), "{bad}");
        }
    }

    #[test]
    fn lists_are_checked_part_by_part() {
        assert!(!fails(|c| client_ids(c, Some("a, b:/c"))));
        assert!(fails(|c| client_ids(c, Some("a,-b"))));
        assert!(fails(|c| client_ids(c, Some(&"a,".repeat(51)))));
        assert!(!fails(|c| fingerprints(c, Some(&"ab".repeat(20)))));
        assert!(!fails(|c| fingerprint(c, &"AB:".repeat(31).chars().chain("ab".chars()).collect::<String>())));
        assert!(fails(|c| fingerprints(c, Some("abc"))));
    }
}

//! Cookies: what browsers keep, where scripts cannot read it.

use crate::dispatch::RawRequest;

/// Which cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cookie {
    /// Of a session.
    Session,
    /// Of a browser that need not give a one-time code.
    Remembered,
}

impl Cookie {
    /// Over TLS with the prefix for which browsers see to it that no other host has set it, and only then.
    fn name(self, secure: bool) -> &'static str {
        match (self, secure) {
            (Self::Session, true) => "__Host-ramgate-session",
            (Self::Session, false) => "ramgate-session",
            (Self::Remembered, true) => "__Host-ramgate-mfa",
            (Self::Remembered, false) => "ramgate-mfa",
        }
    }

    /// The value that a request has. Two different ones are none: somebody has put one of them there.
    pub(super) fn of(self, request: &RawRequest) -> Option<&str> {
        let name = self.name(request.secure);
        let headers = request.headers.iter().filter(|(header, _)| header.eq_ignore_ascii_case("cookie"));
        let pairs = headers.filter_map(|(_, value)| std::str::from_utf8(value).ok()).flat_map(|value| value.split(';'));
        let mut values =
            pairs.filter_map(|pair| pair.trim().split_once('=')).filter(|(n, _)| *n == name).map(|(_, v)| v);
        let value = values.next().filter(|value| !value.is_empty())?;
        values.all(|other| other == value).then_some(value)
    }

    /// The header that sets it for so many seconds.
    pub(super) fn set(self, secure: bool, value: &str, seconds: i64) -> String {
        let name = self.name(secure);
        let only_tls = if secure { "; Secure" } else { "" };
        format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{only_tls}")
    }

    /// The header that removes it.
    pub(super) fn remove(self, secure: bool) -> String {
        self.set(secure, "", 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;

    fn of(secure: bool, cookies: &[&str]) -> Option<String> {
        let request = RawRequest {
            method: "GET".into(),
            target: "/".into(),
            headers: cookies.iter().map(|value| ("Cookie".to_owned(), value.as_bytes().to_vec())).collect(),
            body: Bytes::new(),
            source_ip: [127, 0, 0, 1].into(),
            secure,
        };
        Cookie::Session.of(&request).map(str::to_owned)
    }

    #[test]
    fn a_cookie_is_found_among_others_and_in_several_headers() {
        assert_eq!(of(false, &["a=b; ramgate-session=x; c=d"]).as_deref(), Some("x"));
        assert_eq!(of(false, &["a=b", "ramgate-session=x"]).as_deref(), Some("x"));
        assert_eq!(of(false, &["ramgate-session=x; ramgate-session=x"]).as_deref(), Some("x"));
    }

    #[test]
    fn ambiguous_empty_and_foreign_cookies_are_none() {
        for cookies in ["", "ramgate-session", "ramgate-session=", "xramgate-session=x", "Ramgate-Session=x"] {
            assert_eq!(of(false, &[cookies]), None, "{cookies}");
        }
        assert_eq!(of(false, &["ramgate-session=x; ramgate-session=y"]), None);
    }

    #[test]
    fn over_tls_a_cookie_that_came_in_without_tls_does_not_count() {
        assert_eq!(of(true, &["ramgate-session=x"]), None);
        assert_eq!(of(true, &["__Host-ramgate-session=x"]).as_deref(), Some("x"));
        assert_eq!(of(false, &["__Host-ramgate-session=x"]), None);
    }

    #[test]
    fn cookies_are_out_of_the_reach_of_scripts_and_of_other_sites() {
        let plain = "ramgate-session=x; Path=/; Max-Age=60; HttpOnly; SameSite=Strict";
        assert_eq!(Cookie::Session.set(false, "x", 60), plain);
        assert_eq!(Cookie::Session.set(true, "x", 60), format!("__Host-{plain}; Secure"));
        assert!(Cookie::Remembered.remove(true).contains("Max-Age=0"));
    }
}

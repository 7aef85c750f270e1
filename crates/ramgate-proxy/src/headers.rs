//! Header hygiene: what must not travel through a gateway, and what a gateway tells services about the client.

use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use std::borrow::Cow;

/// Headers about the client that only proxies may write.
pub(crate) mod forwarded {
    pub(crate) const FOR: &str = "x-forwarded-for";
    pub(crate) const PROTO: &str = "x-forwarded-proto";
    pub(crate) const HOST: &str = "x-forwarded-host";
    pub(crate) const REQUEST_ID: &str = "x-request-id";
}

/// What one pass over the headers has found; most requests have none of these.
#[derive(Clone, Copy, Default)]
struct Found(u16);

impl Found {
    const CONNECTION: u16 = 1;
    const KEEP_ALIVE: u16 = 1 << 1;
    const PROXY_CONNECTION: u16 = 1 << 2;
    const TE: u16 = 1 << 3;
    const TRANSFER_ENCODING: u16 = 1 << 4;
    const UPGRADE: u16 = 1 << 5;
    const EXPECT: u16 = 1 << 6;
    const HTTP2_SETTINGS: u16 = 1 << 7;
    const TRAILER: u16 = 1 << 8;
    const CLAIM: u16 = 1 << 9;
    const COOKIE: u16 = 1 << 10;
    const FORWARDED: u16 = 1 << 11;

    fn of(headers: &HeaderMap) -> Self {
        let mut found = 0;
        for name in headers.keys() {
            found |= match name.as_str() {
                "connection" => Self::CONNECTION,
                "keep-alive" => Self::KEEP_ALIVE,
                "proxy-connection" => Self::PROXY_CONNECTION,
                "te" => Self::TE,
                "transfer-encoding" => Self::TRANSFER_ENCODING,
                "upgrade" => Self::UPGRADE,
                "expect" => Self::EXPECT,
                "http2-settings" => Self::HTTP2_SETTINGS,
                "trailer" => Self::TRAILER,
                "forwarded" | "x-real-ip" | "x-forwarded-port" => Self::CLAIM,
                "cookie" => Self::COOKIE,
                "x-forwarded-for" | "x-forwarded-proto" | "x-forwarded-host" | "x-request-id" => Self::FORWARDED,
                _ => 0,
            };
        }
        Self(found)
    }

    fn has(self, what: u16) -> bool {
        self.0 & what != 0
    }
}

/// Who a request comes from, as services are told.
pub(crate) struct Client<'a> {
    /// The peer's address.
    pub(crate) address: &'a HeaderValue,
    /// The peer is a proxy whose claims are believed.
    pub(crate) trusted: bool,
    pub(crate) secure: bool,
}

/// What services are told beside the headers that go through: who asks, how, and what the request is called.
///
/// Kept apart from those, so that a head can be written without filing them first.
pub(crate) struct Told<'a> {
    /// The client's address, behind those that a believed proxy has named.
    chain: Cow<'a, HeaderValue>,
    /// `None` where a believed proxy has said it.
    proto: Option<&'static str>,
    /// `None` where a believed proxy has said it.
    host: Option<&'a HeaderValue>,
    request_id: &'a [u8],
}

/// Header fields in order: name and value.
pub(crate) type Fields<'a> = smallvec::SmallVec<[(&'static str, &'a [u8]); 4]>;

impl Told<'_> {
    pub(crate) fn fields(&self) -> Fields<'_> {
        let mut fields = Fields::new();
        fields.push((forwarded::FOR, self.chain.as_bytes()));
        fields.extend(self.proto.map(|proto| (forwarded::PROTO, proto.as_bytes())));
        fields.extend(self.host.map(|host| (forwarded::HOST, host.as_bytes())));
        fields.push((forwarded::REQUEST_ID, self.request_id));
        fields
    }

    /// Files them among other headers.
    pub(crate) fn add_to(&self, headers: &mut HeaderMap) {
        for (name, value) in self.fields() {
            // They were headers before, or are made of ASCII letters and digits.
            if let Ok(value) = HeaderValue::from_bytes(value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
    }
}

/// Makes the headers of a request ready for a service; what it is told beside them is answered. `upgrade` keeps what asks
/// for a WebSocket; `http2` is spoken to the service.
pub(crate) fn prepare_request<'a>(
    headers: &mut HeaderMap,
    client: &Client<'a>,
    host: &'a HeaderValue,
    request_id: &'a [u8],
    upgrade: bool,
    http2: bool,
) -> Told<'a> {
    let mut told = Told {
        chain: Cow::Borrowed(client.address),
        proto: Some(if client.secure { "https" } else { "http" }),
        host: Some(host),
        request_id,
    };
    let found = Found::of(headers);
    if found.0 != 0 {
        clean_request(headers, found, client.trusted, http2);
    }
    if found.has(Found::FORWARDED) {
        if client.trusted {
            let chain = joined(headers, &HeaderName::from_static(forwarded::FOR), Some(client.address), ", ");
            told.chain = chain.map_or(told.chain, Cow::Owned);
            told.proto = told.proto.filter(|_| !headers.contains_key(forwarded::PROTO));
            told.host = told.host.filter(|_| !headers.contains_key(forwarded::HOST));
        } else {
            headers.remove(forwarded::PROTO);
            headers.remove(forwarded::HOST);
        }
        headers.remove(forwarded::FOR);
        headers.remove(forwarded::REQUEST_ID);
    }
    if upgrade {
        headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
        headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    }
    told
}

fn clean_request(headers: &mut HeaderMap, found: Found, trusted: bool, http2: bool) {
    let trailers = found.has(Found::TE) && accepts_trailers(headers);
    if found.has(Found::CONNECTION) {
        remove_listed(headers);
    }
    remove_hop_by_hop(headers, found);
    if found.has(Found::EXPECT) {
        // The gateway itself has told the client to go on, or will once the service reads.
        headers.remove(header::EXPECT);
    }
    if found.has(Found::HTTP2_SETTINGS) {
        headers.remove("http2-settings");
    }
    if found.has(Found::TRAILER) && !http2 {
        headers.remove(header::TRAILER);
    }
    if trailers {
        headers.insert(header::TE, HeaderValue::from_static("trailers"));
    }
    if found.has(Found::CLAIM) && !trusted {
        for name in ["forwarded", "x-real-ip", "x-forwarded-port"] {
            headers.remove(name);
        }
    }
    // RFC 9113 §8.2.3: clients may split cookies; in HTTP/1.1 there is one header.
    if found.has(Found::COOKIE)
        && !http2
        && let Some(all) = joined(headers, &header::COOKIE, None, "; ")
    {
        headers.insert(header::COOKIE, all);
    }
}

/// Makes the headers of a service's answer ready for the client.
pub(crate) fn prepare_response(headers: &mut HeaderMap) {
    let found = Found::of(headers);
    if found.has(Found::CONNECTION) {
        remove_listed(headers);
    }
    remove_hop_by_hop(headers, found);
}

fn remove_hop_by_hop(headers: &mut HeaderMap, found: Found) {
    for (what, name) in [
        (Found::CONNECTION, header::CONNECTION),
        (Found::KEEP_ALIVE, HeaderName::from_static("keep-alive")),
        (Found::PROXY_CONNECTION, HeaderName::from_static("proxy-connection")),
        (Found::TE, header::TE),
        (Found::TRANSFER_ENCODING, header::TRANSFER_ENCODING),
        (Found::UPGRADE, header::UPGRADE),
    ] {
        if found.has(what) {
            headers.remove(name);
        }
    }
}

/// Removes the headers that `Connection` lists (RFC 9110 §7.6.1), except those that a message cannot do without: a client
/// must not be able to take away what the gateway or the service relies on.
fn remove_listed(headers: &mut HeaderMap) {
    let listed: Vec<HeaderName> = headers
        .get_all(header::CONNECTION)
        .iter()
        .flat_map(|value| value.as_bytes().split(|&b| b == b','))
        .filter_map(|token| HeaderName::from_bytes(token.trim_ascii()).ok())
        .filter(|name| !is_essential(name))
        .collect();
    for name in listed {
        headers.remove(name);
    }
}

fn is_essential(name: &HeaderName) -> bool {
    let text = name.as_str();
    matches!(text, "host" | "content-length" | "content-type" | "authorization" | "cookie" | "close" | "upgrade")
        || text.starts_with("x-forwarded-")
        || text == "x-request-id"
}

fn accepts_trailers(headers: &HeaderMap) -> bool {
    let tokens = headers.get_all(header::TE).iter().flat_map(|v| v.as_bytes().split(|&b| b == b','));
    tokens.into_iter().any(|token| token.trim_ascii().eq_ignore_ascii_case(b"trailers"))
}

/// All values of `name`, then `last`, in one; `None` where nothing has to be joined.
fn joined(headers: &HeaderMap, name: &HeaderName, last: Option<&HeaderValue>, separator: &str) -> Option<HeaderValue> {
    let values: Vec<&[u8]> = headers.get_all(name).iter().chain(last).map(HeaderValue::as_bytes).collect();
    if values.len() < 2 {
        return None;
    }
    HeaderValue::from_bytes(&values.join(separator.as_bytes())).ok()
}

/// Does this request ask for a WebSocket? Must agree with the gate's reading of the same head.
pub(crate) fn asks_for_websocket<B: hyper::body::Body>(request: &http::Request<B>) -> bool {
    let headers = request.headers();
    // Looked up first, since nearly no request has it.
    let Some(_) = headers.get(header::UPGRADE) else { return false };
    let any = |name: HeaderName, test: fn(&[u8]) -> bool| headers.get_all(name).iter().any(|v| test(v.as_bytes()));
    request.method() == http::Method::GET
        && request.version() == http::Version::HTTP_11
        && request.body().is_end_stream()
        && any(header::UPGRADE, |v| v.eq_ignore_ascii_case(b"websocket"))
        && any(header::CONNECTION, |v| {
            v.split(|&b| b == b',').any(|token| token.trim_ascii().eq_ignore_ascii_case(b"upgrade"))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(lines: &[(&'static str, &'static str)]) -> HeaderMap {
        lines.iter().map(|(k, v)| (HeaderName::from_static(k), HeaderValue::from_static(v))).collect()
    }

    fn request(lines: &[(&'static str, &'static str)], trusted: bool) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        let client = Client { address: &HeaderValue::from_static("9.9.9.9"), trusted, secure: true };
        let host = HeaderValue::from_static("a.test");
        let told = prepare_request(&mut headers, &client, &host, b"id", false, false);
        // Each of them once, wherever it comes from.
        for (name, _) in told.fields() {
            assert!(!headers.contains_key(name), "{name}");
        }
        told.add_to(&mut headers);
        headers
    }

    #[test]
    fn hop_by_hop_headers_and_those_listed_in_connection_do_not_pass() {
        let headers = request(
            &[
                ("host", "a.test"),
                ("connection", "close, X-Private, Host, authorization"),
                ("x-private", "1"),
                ("authorization", "testsecret"),
                ("keep-alive", "5"),
                ("proxy-connection", "x"),
                ("te", "gzip, Trailers"),
                ("upgrade", "h2c"),
                ("http2-settings", "x"),
                ("expect", "100-continue"),
                ("trailer", "x"),
            ],
            false,
        );
        let mut left: Vec<_> = headers.iter().map(|(k, v)| format!("{k}={}", v.to_str().unwrap())).collect();
        left.sort();
        assert_eq!(
            left,
            [
                "authorization=testsecret",
                "host=a.test",
                "te=trailers",
                "x-forwarded-for=9.9.9.9",
                "x-forwarded-host=a.test",
                "x-forwarded-proto=https",
                "x-request-id=id"
            ]
        );
    }

    #[test]
    fn claims_about_the_client_are_believed_from_trusted_proxies_only() {
        let claims = [
            ("x-forwarded-for", "1.1.1.1"),
            ("x-forwarded-for", "2.2.2.2"),
            ("x-forwarded-proto", "http"),
            ("x-forwarded-host", "other"),
            ("forwarded", "for=1.1.1.1"),
            ("x-real-ip", "1.1.1.1"),
            ("x-request-id", "theirs"),
        ];
        let untrusted = request(&claims, false);
        assert_eq!(untrusted.get_all("x-forwarded-for").iter().collect::<Vec<_>>(), ["9.9.9.9"]);
        assert_eq!(untrusted["x-forwarded-proto"], "https");
        assert_eq!(untrusted["x-forwarded-host"], "a.test");
        assert_eq!(untrusted.get_all("x-request-id").iter().collect::<Vec<_>>(), ["id"]);
        assert!(!untrusted.contains_key("forwarded") && !untrusted.contains_key("x-real-ip"));
        let trusted = request(&claims, true);
        assert_eq!(trusted.get_all("x-forwarded-for").iter().collect::<Vec<_>>(), ["1.1.1.1, 2.2.2.2, 9.9.9.9"]);
        assert_eq!(trusted["x-forwarded-proto"], "http");
        assert_eq!(trusted["x-forwarded-host"], "other");
    }

    #[test]
    fn split_cookies_are_joined_for_http_1() {
        let headers = request(&[("cookie", "a=1"), ("cookie", "b=2")], false);
        assert_eq!(headers.get_all("cookie").iter().collect::<Vec<_>>(), ["a=1; b=2"]);
    }

    #[test]
    fn answers_lose_their_hop_by_hop_headers() {
        let mut headers = map(&[
            ("connection", "keep-alive, x-internal"),
            ("keep-alive", "timeout=5"),
            ("transfer-encoding", "chunked"),
            ("x-internal", "1"),
            ("content-type", "a/b"),
        ]);
        prepare_response(&mut headers);
        assert_eq!(headers, map(&[("content-type", "a/b")]));
    }
}

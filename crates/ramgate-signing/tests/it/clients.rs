//! The SDKs' side of each scheme, written naively and apart from the crate: what a client signs and what its HTTP library
//! then puts on the wire, which is not always the same.
//!
//! Sources: the published Python, Node, Java and Go SDK cores; see the names of the clients.

use ring::{digest, hmac};

use crate::support::{Request, SECRET};

/// A call as the user of an SDK sees it.
#[derive(Debug, Clone)]
pub(crate) struct Logical {
    pub(crate) method: &'static str,
    pub(crate) segments: Vec<String>,
    /// Names are unique.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) form: Option<Vec<(String, String)>>,
    pub(crate) json: Option<String>,
    pub(crate) token: Option<String>,
    pub(crate) nonce: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum V3Client {
    Python,
    PythonAsync,
    Node,
    /// Encodes names, and one of its cores lists the signed headers in the order of a hash map.
    Java,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RpcClient {
    PythonOld,
    PythonV2,
    PopGet,
    PopPost,
    JavaUtil,
    PythonCredentials,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RoaClient {
    PythonV2,
    PythonV2Async,
    NodeV2,
    PythonOld,
    Pop,
    GoOld,
}

const DATE: &str = "2026-01-02T03:04:05Z";
const HTTP_DATE: &str = "Fri, 02 Jan 2026 03:04:05 GMT";
const HOST: &str = "127.0.0.1:18080";

/// `urllib.parse.quote`.
pub(crate) fn quote(text: &str, safe: &str) -> String {
    text.bytes().fold(String::new(), |out, byte| {
        let c = char::from(byte);
        if c.is_ascii_alphanumeric() || "-_.~".contains(c) || (byte < 128 && safe.contains(c)) {
            out + &c.to_string()
        } else {
            out + &format!("%{byte:02X}")
        }
    })
}

fn quote_plus(text: &str) -> String {
    quote(text, " ").replace(' ', "+")
}

fn unescape(text: &str, these: &str) -> String {
    these.chars().fold(text.to_owned(), |text, c| text.replace(&format!("%{:02X}", c as u32), &c.to_string()))
}

fn join(pairs: &[(String, String)], write: impl Fn(&str) -> String) -> String {
    pairs.iter().map(|(k, v)| format!("{}={}", write(k), write(v))).collect::<Vec<_>>().join("&")
}

fn path(segments: &[String], write: impl Fn(&str) -> String) -> String {
    segments.iter().map(|segment| format!("/{}", write(segment))).collect::<String>()
}

fn or_root(path: String) -> String {
    if path.is_empty() { "/".to_owned() } else { path }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn base64(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

fn sha1(key: &str, text: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, key.as_bytes());
    base64(hmac::sign(&key, text.as_bytes()).as_ref())
}

fn md5(body: &[u8]) -> String {
    use md5::Digest;
    base64(&md5::Md5::digest(body))
}

fn sorted(mut pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    pairs.sort();
    pairs
}

fn with_query(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// What a V3 client sends for a call.
pub(crate) fn send_v3(client: V3Client, call: &Logical) -> Request {
    let (signed_path, sent_path) = match client {
        V3Client::Python | V3Client::Java => {
            (path(&call.segments, |s| quote(s, "")), path(&call.segments, |s| quote(s, "")))
        }
        V3Client::PythonAsync => {
            let signed = path(&call.segments, |s| quote(s, ""));
            (signed.clone(), unescape(&signed, "*;=@:!$"))
        }
        V3Client::Node => (path(&call.segments, |s| quote(s, "!'()")), path(&call.segments, |s| quote(s, "!()*"))),
    };
    send_v3_path(client, call, &or_root(signed_path), &or_root(sent_path))
}

/// The same with the path as it is signed and as it travels.
pub(crate) fn send_v3_path(client: V3Client, call: &Logical, signed_path: &str, sent_path: &str) -> Request {
    let node = client == V3Client::Node;
    let write_name = |name: &str| if client == V3Client::Java { quote(name, "") } else { name.to_owned() };
    let signed_query = sorted(call.query.clone())
        .iter()
        .map(|(name, value)| format!("{}={}", write_name(name), quote(value, "")))
        .collect::<Vec<_>>()
        .join("&");
    let sent_query = match client {
        V3Client::Python | V3Client::Java => join(&call.query, quote_plus),
        V3Client::PythonAsync => call
            .query
            .iter()
            .map(|(k, v)| format!("{}={}", quote_plus(k), unescape(&quote_plus(v), "/*:@;!$")))
            .collect::<Vec<_>>()
            .join("&"),
        V3Client::Node => join(&call.query, |s| quote(s, "!()*")),
    };
    let body = match (&call.form, &call.json) {
        (Some(form), _) if node => join(form, |s| quote(s, "!'()*")),
        (Some(form), _) => join(form, quote_plus),
        (None, Some(json)) => json.clone(),
        (None, None) => String::new(),
    };
    let content_type = match (&call.form, &call.json) {
        (Some(_), _) => Some("application/x-www-form-urlencoded"),
        (None, Some(_)) => Some("application/json; charset=utf-8"),
        (None, None) => None,
    };
    let hash = hex(digest::digest(&digest::SHA256, body.as_bytes()).as_ref());
    let mut headers = vec![
        ("host", HOST),
        ("x-acs-version", "2019-05-31"),
        ("x-acs-action", "AnyAction"),
        ("user-agent", " AlibabaCloud (Linux)  "),
        ("x-acs-date", DATE),
        ("x-acs-signature-nonce", &call.nonce),
        ("accept", "application/json"),
        ("x-acs-content-sha256", &hash),
    ];
    headers.extend(content_type.map(|value| ("content-type", value)));
    if let Some(token) = &call.token {
        headers.extend([("x-acs-accesskey-id", "testid"), ("x-acs-security-token", token.as_str())]);
    }
    let mut names: Vec<&str> = headers.iter().map(|(name, _)| *name).collect();
    if !matches!(client, V3Client::Python | V3Client::PythonAsync) {
        names.retain(|name| ["host", "content-type"].contains(name) || name.starts_with("x-acs-"));
    }
    names.sort_unstable();
    let block: String = names
        .iter()
        .map(|name| format!("{name}:{}\n", headers.iter().find(|(n, _)| n == name).unwrap().1.trim()))
        .collect();
    if client == V3Client::Java {
        names.reverse();
    }
    let names = names.join(";");
    let canonical = format!("{}\n{}\n{signed_query}\n{block}\n{names}\n{hash}", call.method, signed_path);
    let to_sign = format!("ACS3-HMAC-SHA256\n{}", hex(digest::digest(&digest::SHA256, canonical.as_bytes()).as_ref()));
    let signature = hex(hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes()), to_sign.as_bytes()).as_ref());
    let authorization = format!("ACS3-HMAC-SHA256 Credential=testid,SignedHeaders={names},Signature={signature}");
    headers.push(("Authorization", &authorization));
    // What HTTP libraries add after signing.
    headers.extend([("Accept-Encoding", "gzip, deflate"), ("Connection", "keep-alive")]);
    if client == V3Client::PythonAsync && content_type.is_none() {
        headers.push(("Content-Type", "application/octet-stream"));
    }
    Request::new(call.method, &with_query(sent_path, &sent_query), &headers, &body)
}

/// What an RPC version 1 client sends for a call. A form of the call is sent by clients that can.
pub(crate) fn send_rpc(client: RpcClient, call: &Logical) -> Request {
    let method = match client {
        RpcClient::PopGet | RpcClient::PythonCredentials => "GET",
        RpcClient::PopPost => "POST",
        _ => call.method,
    };
    let mut common: Vec<(String, String)> = [
        ("Action", "AnyAction"),
        ("Version", "2019-05-31"),
        ("Format", "JSON"),
        ("AccessKeyId", "testid"),
        ("SignatureMethod", "HMAC-SHA1"),
        ("SignatureVersion", "1.0"),
        ("SignatureNonce", &call.nonce),
        ("Timestamp", DATE),
    ]
    .iter()
    .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
    .collect();
    if client == RpcClient::PythonOld {
        common.push(("SignatureType".to_owned(), String::new()));
        common.push(("RegionId".to_owned(), "cn-hangzhou".to_owned()));
    }
    common.extend(call.token.iter().map(|token| ("SecurityToken".to_owned(), token.clone())));
    let mut query = [common, call.query.clone()].concat();
    let form = match client {
        RpcClient::PopGet | RpcClient::PopPost | RpcClient::PythonCredentials => None,
        _ => call.form.clone(),
    };
    // A form's value replaces the query's in the map that is signed.
    let mut all: Vec<(String, String)> = query.clone();
    for (name, value) in form.iter().flatten() {
        all.retain(|(other, _)| other != name);
        all.push((name.clone(), value.clone()));
    }
    if client == RpcClient::JavaUtil {
        all.retain(|(_, value)| !value.is_empty());
    }
    let write = |text: &str| if client == RpcClient::PythonCredentials { quote_plus(text) } else { quote(text, "") };
    let to_sign = format!("{method}&%2F&{}", quote(&join(&sorted(all), write), ""));
    let signature = sha1(&format!("{SECRET}&"), &to_sign);
    query.push(("Signature".to_owned(), signature));
    let headers = [("host", HOST), ("x-acs-action", "Unsigned"), ("x-acs-version", "1999-01-01")];
    let form_type = ("content-type", "application/x-www-form-urlencoded");
    match (client, form) {
        (RpcClient::PopPost, _) => {
            let all_in_body = join(&query, |s| quote(s, ""));
            Request::new(method, "/", &[&headers[..], &[form_type]].concat(), &all_in_body)
        }
        (_, form) => {
            let query = match client {
                RpcClient::PythonOld | RpcClient::PopGet => join(&query, |s| quote(s, "")),
                _ => join(&query, quote_plus),
            };
            let body = form.as_ref().map(|form| join(form, quote_plus));
            let mut headers = headers.to_vec();
            headers.extend(body.is_some().then_some(form_type));
            Request::new(method, &format!("/?{query}"), &headers, &body.unwrap_or_default())
        }
    }
}

/// What an ROA version 1 client sends for a call.
pub(crate) fn send_roa(client: RoaClient, call: &Logical) -> Request {
    let body = call.json.clone().unwrap_or_default();
    let md5 = md5(body.as_bytes());
    let mut headers = vec![
        ("Host", HOST),
        ("Date", HTTP_DATE),
        ("Accept", "application/json"),
        ("x-acs-version", "2024-03-27"),
        ("x-acs-signature-method", "HMAC-SHA1"),
        ("X-Acs-Signature-Version", "1.0"),
    ];
    if client != RoaClient::PythonOld {
        headers.push(("x-acs-signature-nonce", &call.nonce));
    }
    if call.json.is_some() {
        headers.push(("Content-Type", "application/json; charset=utf-8"));
    }
    if client == RoaClient::Pop || (client == RoaClient::PythonOld && call.json.is_some()) {
        headers.push(("Content-MD5", &md5));
    }
    if let Some(token) = &call.token {
        headers.push(("x-acs-security-token", token));
    }
    let get = |name: &str| headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map_or("", |(_, value)| *value);
    let mut acs: Vec<String> = headers
        .iter()
        .filter(|(name, _)| name.to_lowercase().starts_with("x-acs-"))
        .map(|(name, value)| format!("{}:{value}\n", name.to_lowercase()))
        .collect();
    acs.sort_unstable();
    let encoded_path = path(&call.segments, |s| quote(s, ""));
    let signed_path = match client {
        RoaClient::PythonOld => path(&call.segments, str::to_owned),
        RoaClient::NodeV2 => path(&call.segments, |s| quote(s, "!'()")),
        _ => encoded_path.clone(),
    };
    let bare = matches!(client, RoaClient::PythonV2 | RoaClient::PythonV2Async | RoaClient::GoOld);
    let query = sorted(call.query.clone())
        .iter()
        .map(|(name, value)| if bare && value.is_empty() { name.clone() } else { format!("{name}={value}") })
        .collect::<Vec<_>>()
        .join("&");
    let mark = if query.is_empty() && client != RoaClient::GoOld { "" } else { "?" };
    let to_sign = format!(
        "{}\n{}\n{}\n{}\n{}\n{}{}{mark}{query}",
        call.method,
        get("accept"),
        get("content-md5"),
        get("content-type"),
        get("date"),
        acs.concat(),
        or_root(signed_path),
    );
    let authorization = format!("acs testid:{}", sha1(SECRET, &to_sign));
    headers.push(("Authorization", &authorization));
    let (sent_path, sent_query) = match client {
        RoaClient::PythonV2Async => {
            if call.json.is_none() {
                headers.push(("Content-Type", "application/octet-stream"));
            }
            (unescape(&encoded_path, "*;=@:!$"), join(&call.query, |s| unescape(&quote_plus(s), "/*:@;!$")))
        }
        RoaClient::NodeV2 => (path(&call.segments, |s| quote(s, "!()*")), join(&call.query, |s| quote(s, "!()*"))),
        RoaClient::Pop => (encoded_path, join(&call.query, |s| quote(s, "!'()*"))),
        _ => (encoded_path, join(&call.query, quote_plus)),
    };
    Request::new(call.method, &with_query(&or_root(sent_path), &sent_query), &headers, &body)
}

//! Requests captured from real SDKs: all are accepted, and none after a change.

use std::collections::BTreeSet;

use ramgate_signing::{
    Limits, ReplayCheck, ReplayGuard, RoaV1Rule, SchemeKind, SignatureError, UnixTime, decode_path_segment,
};
use serde::Deserialize;

use crate::support::{NOW, Request};

#[derive(Debug, Deserialize)]
struct File {
    vectors: Vec<Vector>,
    unsigned_requests: Vec<Unsigned>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Vector {
    pub(crate) id: String,
    kind: String,
    style: String,
    algorithm: String,
    api_version: String,
    action: String,
    credentials: CredentialsText,
    request: RequestText,
    canonical_request: Option<String>,
    string_to_sign: String,
}

#[derive(Debug, Deserialize)]
struct CredentialsText {
    access_key_id: String,
    access_key_secret: String,
    security_token: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Unsigned {
    pub(crate) id: String,
    request: RequestText,
}

#[derive(Debug, Deserialize)]
struct RequestText {
    method: String,
    path: String,
    raw_query: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl RequestText {
    fn request(&self) -> Request {
        let target = match self.raw_query.as_str() {
            "" => self.path.clone(),
            query => format!("{}?{query}", self.path),
        };
        let headers: Vec<(&str, &str)> = self.headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        Request::new(&self.method, &target, &headers, &self.body)
    }
}

impl Vector {
    pub(crate) fn request(&self) -> Request {
        self.request.request()
    }

    fn now(&self) -> UnixTime {
        match self.id.as_str() {
            "v3-public-documentation-example" => UnixTime::parse_iso8601("2023-10-26T10:22:32Z").unwrap(),
            _ => NOW,
        }
    }

    pub(crate) fn check(&self, request: &Request) -> Result<ramgate_signing::Verified, SignatureError> {
        request.check_with(&self.credentials.access_key_secret, self.now(), &Limits::default())
    }
}

fn file() -> File {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/signatures/vectors.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// All vectors whose algorithm is implemented.
pub(crate) fn vectors() -> Vec<Vector> {
    let vectors: Vec<Vector> = file().vectors.into_iter().filter(|v| v.algorithm != "ACS3-HMAC-SM3").collect();
    assert_eq!(vectors.len(), 51, "the file should hold 52 vectors, one of them SM3");
    vectors
}

pub(crate) fn vector(id: &str) -> Vector {
    vectors().into_iter().find(|vector| vector.id == id).unwrap_or_else(|| panic!("no vector {id}"))
}

pub(crate) fn unsigned(id: &str) -> Request {
    file().unsigned_requests.into_iter().find(|unsigned| unsigned.id == id).unwrap().request.request()
}

#[test]
fn every_captured_request_is_accepted_and_says_who_and_what() {
    for vector in vectors() {
        let request = vector.request();
        let verified = vector.check(&request).unwrap_or_else(|e| panic!("{}: {}", vector.id, e.message()));
        let presented = request.identify().unwrap();
        let kind = match vector.kind.as_str() {
            "v3" => SchemeKind::V3,
            "v1-rpc" => SchemeKind::RpcV1,
            "v1-roa" => SchemeKind::RoaV1,
            other => panic!("unknown kind {other}"),
        };
        assert_eq!(verified.scheme, kind, "{}", vector.id);
        assert_eq!(verified.access_key_id, vector.credentials.access_key_id, "{}", vector.id);
        let token = presented.security_token.as_ref().map(|token| token.expose().to_owned());
        assert_eq!(token, vector.credentials.security_token, "{}", vector.id);
        let operation = request.operation().unwrap();
        assert_eq!(operation.version, vector.api_version, "{}", vector.id);
        // pop-core names no action in ROA requests.
        if !vector.id.starts_with("v1-roa-pop-") {
            assert_eq!(operation.action.as_ref(), Some(&vector.action), "{}", vector.id);
        }
    }
}

#[test]
fn each_captured_nonce_counts_once() {
    let limits = Limits::default();
    let mut guard = ReplayGuard::new(limits.replay_retention_secs(), 1000, 1000);
    let nonces: Vec<_> = vectors()
        .iter()
        .map(|vector| vector.check(&vector.request()).unwrap())
        .map(|verified| (verified.access_key_id, verified.replay_nonce))
        .collect();
    for (key, nonce) in &nonces {
        assert!(matches!(guard.check_and_insert(key, nonce, NOW), ReplayCheck::Fresh(_)), "{nonce}");
    }
    for (key, nonce) in &nonces {
        assert_eq!(guard.check_and_insert(key, nonce, NOW), ReplayCheck::Replayed, "{nonce}");
    }
}

#[test]
fn the_documented_example_has_the_documented_signature() {
    let vector = vector("v3-public-documentation-example");
    let request = vector.request();
    let expected = "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0";
    assert!(request.header("authorization").unwrap().ends_with(&format!("Signature={expected}")));
    vector.check(&request).unwrap();
}

#[test]
fn a_request_signed_with_sm3_is_refused_by_name() {
    let vector = file().vectors.into_iter().find(|v| v.algorithm == "ACS3-HMAC-SM3").unwrap();
    let error = vector.request().identify().unwrap_err();
    assert_eq!(error, SignatureError::UnsupportedScheme { scheme: "ACS3-HMAC-SM3".to_owned() });
    assert_eq!((error.code(), error.http_status()), ("UnsupportedSignatureMethod", 400));
    assert_eq!(
        error.message(),
        "The signature scheme ACS3-HMAC-SM3 is not supported. \
         Use ACS3-HMAC-SHA256, or signature version 1.0 with HMAC-SHA1."
    );
}

/// The answer to a wrong secret carries the server's string to sign. It has to be the one that the SDK itself computed
/// wherever the SDK signs in the usual spelling.
#[test]
fn the_string_to_sign_in_the_answer_is_the_one_the_sdk_computed() {
    // These sign another spelling of path, names or empty values than the one that is shown.
    let unusual = BTreeSet::from([
        "v3-roa-async-path",
        "v3-node-roa-path-star-quote",
        "v3-node-rpc-special-key",
        "v1-roa-tea-post-json",
        "v1-roa-path-raw-sts",
    ]);
    let mut compared = 0;
    for vector in vectors().iter().filter(|vector| !unusual.contains(vector.id.as_str())) {
        let error = vector.request().check_with("wrong", vector.now(), &Limits::default()).unwrap_err();
        assert_eq!((error.code(), error.http_status()), ("SignatureDoesNotMatch", 400), "{}", vector.id);
        let expected = match vector.kind.as_str() {
            "v3" => format!(
                "Specified signature does not match our calculation. server StringToSign is [{}]",
                vector.string_to_sign
            ),
            _ => format!(
                "Specified signature is not matched with our calculation. server string to sign is:{}",
                vector.string_to_sign
            ),
        };
        assert_eq!(error.message(), expected, "{}", vector.id);
        if let (Some(canonical), None) = (&vector.canonical_request, &vector.credentials.security_token) {
            assert_eq!(error.log_detail(), Some(canonical.as_str()), "{}", vector.id);
        }
        compared += 1;
    }
    assert_eq!(compared, 46);
}

#[test]
fn answers_and_logs_never_contain_the_secret_and_logs_never_the_token() {
    for vector in vectors() {
        let wrong = "another-testsecret";
        let error = vector.request().check_with(wrong, vector.now(), &Limits::default()).unwrap_err();
        let texts = [error.message(), error.to_string(), format!("{error:?}"), error.log_detail().unwrap().to_owned()];
        assert!(texts.iter().all(|text| !text.contains(wrong)), "{}", vector.id);
        assert!(texts[1..].iter().all(|text| !text.contains("fake-sts-token")), "{}", vector.id);
    }
}

/// Every change that [`changes`] makes to a captured request, with a name for the failure message.
fn changes(vector: &Vector) -> Vec<(String, Request)> {
    let request = vector.request();
    let mut out = Vec::new();
    let mut add = |name: String, change: &dyn Fn(&mut Request)| {
        let changed = request.clone().with(change);
        assert_ne!(changed, request, "{name} changes nothing");
        out.push((name, changed));
    };
    add("method".to_owned(), &|r| r.method = if r.method == "PUT" { "POST" } else { "PUT" }.to_owned());
    add("method in lower case".to_owned(), &|r| r.method = r.method.to_ascii_lowercase());
    add("path".to_owned(), &|r| {
        r.target = match r.target.split_once('?') {
            Some((path, query)) => format!("{path}x?{query}"),
            None => format!("{}x", r.target),
        }
    });
    add("query added".to_owned(), &|r| {
        r.target = format!("{}{}Zz=1", r.target, if r.target.contains('?') { '&' } else { '?' });
    });
    let last = request.target.len() - 1;
    if request.target.contains('?') {
        add("query value".to_owned(), &|r| r.target.push('9'));
        add("query removed".to_owned(), &|r| r.target = r.target.split_once('?').unwrap().0.to_owned());
        // `a=` and `a` are the same parameter.
        if !request.target.ends_with('=') {
            add("query cut".to_owned(), &|r| r.target.truncate(last));
        }
    }
    let form = request.header("content-type") == Some("application/x-www-form-urlencoded");
    add("body".to_owned(), &|r| r.body.extend_from_slice(if form { b"&Zz=1" } else { b" " }));
    if !request.body.is_empty() {
        add("body removed".to_owned(), &|r| r.body.clear());
    }
    for name in signed_headers(vector) {
        add(format!("header {name} changed"), &|r| {
            let value = format!("{}x", r.header(&name).unwrap());
            r.set(&name, &value);
        });
        add(format!("header {name} removed"), &|r| r.remove(&name));
        add(format!("header {name} repeated"), &|r| {
            let value = r.header(&name).unwrap().to_owned();
            r.add(&name, &value);
        });
    }
    out
}

fn signed_headers(vector: &Vector) -> Vec<String> {
    let request = vector.request();
    match vector.kind.as_str() {
        "v3" => {
            let authorization = request.header("authorization").unwrap();
            let list = authorization.split("SignedHeaders=").nth(1).unwrap().split(',').next().unwrap();
            list.split(';').map(str::to_owned).collect()
        }
        "v1-roa" => request
            .headers
            .iter()
            .map(|(name, _)| name.to_ascii_lowercase())
            .filter(|name| {
                name.starts_with("x-acs-") || ["accept", "content-md5", "content-type", "date"].contains(&name.as_str())
            })
            .collect(),
        _ => Vec::new(),
    }
}

#[test]
fn no_captured_request_survives_a_change_except_the_two_uncovered_bodies() {
    let mut n_changes = 0;
    let mut accepted = Vec::new();
    for vector in vectors() {
        for (name, changed) in changes(&vector) {
            n_changes += 1;
            if vector.check(&changed).is_ok() {
                accepted.push(format!("{}: {name}", vector.id));
            }
        }
        let error = vector.request().check_with("testsecre", vector.now(), &Limits::default()).unwrap_err();
        assert_eq!(error.code(), "SignatureDoesNotMatch", "{}", vector.id);
    }
    assert!(n_changes > 1400, "{n_changes} changes tried");
    // ROA version 1 covers a body through Content-MD5 only, and these clients send none, with a body or without.
    let uncovered: Vec<String> = [
        ("v1-roa-tea-post-json", &["body", "body removed"][..]),
        ("v1-roa-tea-sts-path", &["body"]),
        ("v1-roa-get-query", &["body"]),
        ("v1-roa-path-raw-sts", &["body"]),
        ("v1-roa-node-tea-post", &["body", "body removed"]),
    ]
    .iter()
    .flat_map(|(id, names)| names.iter().map(move |name| format!("{id}: {name}")))
    .collect();
    assert_eq!(accepted, uncovered);
}

#[test]
fn a_body_that_roa_version_1_does_not_cover_is_reported_and_can_be_refused() {
    let strict = Limits { roa_v1_rule: RoaV1Rule::RequireContentMd5, ..Limits::default() };
    for vector in vectors().iter().filter(|vector| vector.kind == "v1-roa") {
        let uncovered = ["v1-roa-tea-post-json", "v1-roa-node-tea-post"].contains(&vector.id.as_str());
        let request = vector.request();
        assert_eq!(vector.check(&request).unwrap().body_covered, !uncovered, "{}", vector.id);
        assert_eq!(request.check_with("testsecret", NOW, &strict).is_err(), uncovered, "{}", vector.id);
        let with_body = request.with(|r| r.body.push(b' '));
        let error = with_body.check_with("testsecret", NOW, &strict).unwrap_err();
        assert!(["IncompleteSignature", "ContentMD5NotMatched"].contains(&error.code()), "{}", vector.id);
    }
    for vector in vectors().iter().filter(|vector| vector.kind != "v1-roa") {
        assert!(vector.check(&vector.request()).unwrap().body_covered, "{}", vector.id);
    }
}

#[test]
fn parameters_are_decoded_the_same_from_either_spelling() {
    let get = |id: &str, name: &str| {
        let vector = vector(id);
        let request = vector.request();
        let parameters = request.view(|r| vector.check(&request).unwrap().rpc_parameters(r)).unwrap();
        parameters.get(name).map(str::to_owned)
    };
    let text = Some("a b+c*~é中😀".to_owned());
    assert_eq!(get("v3-rpc-unicode-special", "UserName"), text);
    assert_eq!(get("v3-node-rpc-special", "UserName"), text.map(|text| text + "!'()"));
    assert_eq!(get("v3-rpc-async-query", "UserName").as_deref(), Some("a b/c*:@"));
    assert_eq!(get("v3-rpc-post-form", "Content").as_deref(), Some("a=b&c d\n中*~+"));
    assert_eq!(get("v3-rpc-post-form", "DataId").as_deref(), Some("d"));
    assert_eq!(get("v3-rpc-repeat-list-12", "ResourceId.10").as_deref(), Some("u10"));
    assert_eq!(get("v1-rpc-form-body", "Content").as_deref(), Some("x y=1*~+中"));
    assert_eq!(get("v1-rpc-pop-post-all-in-body", "UserName").as_deref(), Some("a b*~+'()"));
    assert_eq!(get("v1-rpc-tea-post-query", "Comments").as_deref(), Some(""));
    assert_eq!(get("v3-node-rpc-special-key", "Labels.#3#a b").as_deref(), Some("1"));

    let query = |id: &str| vector(id).request().view(ramgate_signing::query_parameters).unwrap();
    assert_eq!(query("v3-node-roa-get-empty").get("name"), Some("a b*~/中!'()"));
    assert_eq!(query("v3-node-roa-get-empty").get("empty"), Some(""));
    assert_eq!(query("v1-roa-get-query").get("name"), Some("a b*中"));
    assert_eq!(query("v3-roa-get-path").len(), 0);
}

#[test]
fn an_escaped_slash_in_a_captured_path_belongs_to_the_segment() {
    let segments = |id: &str| -> Vec<String> {
        vector(id)
            .request()
            .view(|r| r.path().split('/').map(|segment| decode_path_segment(segment).unwrap().into_owned()).collect())
    };
    assert_eq!(segments("v3-roa-path-encoded"), ["", "v1", "gateways", "gw a/b%c~d*e中+;=@:!$&'(),"]);
    assert_eq!(segments("v3-roa-async-path"), ["", "v1", "gateways", "gw a/b%c~d*e中+;=@:!$"]);
    assert_eq!(segments("v3-node-roa-path-star-quote"), ["", "v1", "gateways", "gw a/b*c*d!'()~"]);
}

#[test]
fn the_file_covers_both_styles_and_all_kinds() {
    let count = |kind: &str, style: &str| vectors().iter().filter(|v| v.kind == kind && v.style == style).count();
    assert_eq!(count("v3", "RPC") + count("v3", "ROA"), 32);
    assert_eq!(count("v1-rpc", "RPC"), 11);
    assert_eq!(count("v1-roa", "ROA"), 8);
}

//! Properties over random calls: whatever a client sends is accepted and reads back as it was meant; a changed request
//! that is still accepted means the same as before; and no bytes make the crate panic.

use std::collections::BTreeMap;

use proptest::{collection::vec, prelude::*, sample::select};
use ramgate_signing::{
    Call, Credentials, Limits, SchemeKind, SecretKey, SignedCall, WireRequest, check_time, decode_path_segment,
    identify, operation, query_parameters, rpc_parameters, sign_roa_v1, sign_rpc_v1, sign_v3, verify,
};

use crate::{
    changes::{apply, change},
    clients::{Logical, RoaClient, RpcClient, V3Client, send_roa, send_rpc, send_v3},
    support::{NOW, Request, SECRET},
    values::{call, for_roa, pairs, text},
    vectors::vectors,
};

/// What a request means to a handler, as far as this crate decides it.
#[derive(Debug, PartialEq, Eq)]
struct Meaning {
    method: String,
    segments: Vec<String>,
    query: Vec<(String, String)>,
    parameters: Option<Vec<(String, String)>>,
    version: String,
    action: Option<String>,
}

fn meaning(request: &Request) -> Meaning {
    request.view(|r| {
        let presented = identify(r).unwrap();
        let verified = verify(r, &presented, &SecretKey::new(SECRET), NOW, &Limits::default()).unwrap();
        let owned = |p: ramgate_signing::Parameters| {
            // The signature is not part of the meaning, and for clients that sign no empty values neither are those.
            p.into_map().into_iter().filter(|(name, _)| name != "Signature").collect::<Vec<_>>()
        };
        let operation = operation(r, &presented).unwrap();
        let rpc_v1 = verified.scheme == SchemeKind::RpcV1;
        Meaning {
            method: r.method.to_owned(),
            segments: r.path().split('/').map(|s| decode_path_segment(s).unwrap().into_owned()).collect(),
            query: if rpc_v1 { Vec::new() } else { owned(query_parameters(r).unwrap()) },
            parameters: verified.rpc_parameters(r).ok().map(owned),
            version: operation.version,
            action: operation.action,
        }
    })
}

fn map(pairs: &[(String, String)]) -> BTreeMap<String, String> {
    pairs.iter().cloned().collect()
}

fn expect_segments(call: &Logical, request: &Request) {
    let expected: Vec<&str> = if call.segments.is_empty() {
        vec!["", ""]
    } else {
        std::iter::once("").chain(call.segments.iter().map(String::as_str)).collect()
    };
    assert_eq!(meaning(request).segments, expected);
}

const V3_CLIENTS: [V3Client; 4] = [V3Client::Python, V3Client::PythonAsync, V3Client::Node, V3Client::Java];
const RPC_CLIENTS: [RpcClient; 6] = [
    RpcClient::PythonOld,
    RpcClient::PythonV2,
    RpcClient::PopGet,
    RpcClient::PopPost,
    RpcClient::JavaUtil,
    RpcClient::PythonCredentials,
];
const ROA_CLIENTS: [RoaClient; 6] = [
    RoaClient::PythonV2,
    RoaClient::PythonV2Async,
    RoaClient::NodeV2,
    RoaClient::PythonOld,
    RoaClient::Pop,
    RoaClient::GoOld,
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_v3_client_is_accepted_and_understood(call in call(), client in select(&V3_CLIENTS[..])) {
        let request = send_v3(client, &call);
        expect_segments(&call, &request);
        let meaning = meaning(&request);
        prop_assert_eq!(map(&meaning.query), map(&call.query));
        let mut merged = map(&call.query);
        merged.extend(call.form.iter().flatten().cloned());
        prop_assert_eq!(map(&meaning.parameters.unwrap()), merged);
        let token = request.identify().unwrap().security_token.map(|token| token.expose().to_owned());
        prop_assert_eq!(token, call.token);
    }

    #[test]
    fn a_client_that_encodes_names_may_use_any_name(query in pairs(text().prop_map(|t| t + "N")), base in call()) {
        let call = Logical { query, ..base };
        let request = send_v3(V3Client::Java, &call);
        prop_assert_eq!(map(&meaning(&request).query), map(&call.query));
    }

    #[test]
    fn every_rpc_version_1_client_is_accepted_and_understood(base in call(), client in select(&RPC_CLIENTS[..])) {
        let call = Logical { segments: Vec::new(), json: None, ..base };
        let request = send_rpc(client, &call);
        let meaning = meaning(&request);
        prop_assert_eq!(meaning.action.as_deref(), Some("AnyAction"));
        prop_assert_eq!(&meaning.version, "2019-05-31");
        let parameters = map(&meaning.parameters.unwrap());
        let mut expected = map(&call.query);
        if matches!(client, RpcClient::PythonOld | RpcClient::PythonV2 | RpcClient::JavaUtil) {
            expected.extend(call.form.iter().flatten().cloned());
        }
        if client == RpcClient::JavaUtil && expected.values().any(String::is_empty) {
            expected.retain(|_, value| !value.is_empty());
        }
        for (name, value) in &expected {
            prop_assert_eq!(parameters.get(name), Some(value));
        }
        prop_assert_eq!(parameters.get("SecurityToken"), call.token.as_ref());
        let n_common = 8 + usize::from(call.token.is_some()) + if client == RpcClient::PythonOld { 2 } else { 0 };
        prop_assert_eq!(parameters.len(), expected.len() + n_common);
    }

    #[test]
    fn every_roa_version_1_client_is_accepted_and_understood(base in call(), client in select(&ROA_CLIENTS[..])) {
        let call = for_roa(client, base);
        let request = send_roa(client, &call);
        expect_segments(&call, &request);
        prop_assert_eq!(map(&meaning(&request).query), map(&call.query));
        let verified = request.check().unwrap();
        let sent = request.header("authorization").unwrap().trim_start_matches("acs testid:");
        if client == RoaClient::PythonOld {
            prop_assert_eq!(verified.replay_nonce, format!("signature:{sent}"));
        } else {
            prop_assert_eq!(verified.replay_nonce, call.nonce);
        }
    }

    #[test]
    fn what_this_crate_signs_it_accepts(call in call(), scheme in 0..3u8) {
        let request = sign(&call, scheme);
        prop_assert_eq!(request.check().map(|v| v.replay_nonce), Ok(call.nonce.clone()));
        prop_assert!(request.check().unwrap().body_covered);
        prop_assert_eq!(request.check_with("another", NOW, &Limits::default()).unwrap_err().code(), "SignatureDoesNotMatch");
    }

    #[test]
    fn a_changed_request_that_is_still_accepted_means_the_same(
        call in call(),
        client in 0..16usize,
        changes in vec(change(), 1..4),
    ) {
        let original = send_any(&call, client);
        let mut changed = original.clone();
        for change in &changes {
            apply(change, &mut changed);
        }
        if let Ok(verified) = changed.check() {
            let (before, mut after) = (meaning(&original), meaning(&changed));
            if verified.body_covered {
                prop_assert!(changed.body == original.body || verified.scheme == SchemeKind::RpcV1);
            } else {
                // Without Content-MD5 the body may be another one, and its parameters are refused to the handler.
                prop_assert_eq!(after.parameters.take(), None);
                after.parameters.clone_from(&before.parameters);
            }
            prop_assert_eq!(after, before, "{:?}\n{:?}", original, changed);
        }
    }

    #[test]
    fn no_bytes_make_the_crate_panic(request in arbitrary_request(), now in any::<i64>(), secret in ".*") {
        exercise(&request, now, &secret);
    }

    #[test]
    fn no_change_to_a_captured_request_makes_the_crate_panic(
        index in any::<prop::sample::Index>(),
        changes in vec(change(), 1..8),
    ) {
        let vectors = vectors();
        let mut request = index.get(&vectors).request();
        for change in &changes {
            apply(change, &mut request);
        }
        exercise(&request, NOW.as_secs(), SECRET);
    }
}

fn send_any(call: &Logical, client: usize) -> Request {
    let rpc = Logical { segments: Vec::new(), json: None, ..call.clone() };
    match client {
        0..4 => send_v3(V3_CLIENTS[client], call),
        4..10 => send_rpc(RPC_CLIENTS[client - 4], &rpc),
        _ => send_roa(ROA_CLIENTS[client - 10], &for_roa(ROA_CLIENTS[client - 10], call.clone())),
    }
}

fn sign(call: &Logical, scheme: u8) -> Request {
    let path: String = call.segments.iter().map(|s| format!("/{}", ramgate_signing::percent_encode(s))).collect();
    let query: Vec<(String, String)> = call
        .query
        .iter()
        .map(|(name, value)| (name.clone(), if scheme == 2 { value.replace('&', "") } else { value.clone() }))
        .collect();
    let query: Vec<(&str, &str)> = query.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let json = call.json.as_deref().filter(|_| scheme != 1);
    let secret = SecretKey::new(SECRET);
    let credentials = Credentials { access_key_id: "testid", secret: &secret, security_token: call.token.as_deref() };
    let call = Call {
        method: call.method,
        host: "127.0.0.1:18080",
        path: if scheme == 1 || path.is_empty() { "/" } else { &path },
        query: &query,
        version: "2024-03-27",
        action: Some("AnyAction"),
        headers: &[("X-Custom", " v "), ("x-acs-region-id", "cn-hangzhou")],
        content_type: json.map(|_| "application/json"),
        body: json.unwrap_or_default().as_bytes(),
        time: NOW,
        nonce: &call.nonce,
    };
    let SignedCall { target, headers } = match scheme {
        0 => sign_v3(&call, &credentials),
        1 => sign_rpc_v1(&call, &credentials),
        _ => sign_roa_v1(&call, &credentials),
    }
    .unwrap();
    let headers: Vec<(&str, &str)> = headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    Request::new(call.method, &target, &headers, json.unwrap_or_default())
}

fn arbitrary_request() -> impl Strategy<Value = Request> {
    let header = (
        prop_oneof![
            select(vec![
                "authorization",
                "host",
                "content-type",
                "content-md5",
                "date",
                "x-acs-date",
                "x-acs-version",
                "x-acs-signature-nonce",
                "x-acs-content-sha256",
                "x-acs-bearer-token",
            ])
            .prop_map(str::to_owned),
            ".{0,8}",
        ],
        prop_oneof![
            vec(any::<u8>(), 0..40),
            "(ACS3-HMAC-SHA256|acs|ACS4) (Credential=|SignedHeaders=|Signature=|[a-z;,=: ]){0,6}"
                .prop_map(String::into_bytes),
        ],
    );
    (".{0,6}", "/?.{0,40}", vec(header, 0..8), vec(any::<u8>(), 0..64))
        .prop_map(|(method, target, headers, body)| Request { method, target, headers, body })
}

/// Runs everything that takes a request. Nothing may panic, whatever comes out.
fn exercise(request: &Request, now: i64, secret: &str) {
    request.view(|r: &WireRequest<'_>| {
        let now = ramgate_signing::UnixTime::from_secs(now);
        let limits = Limits::default();
        let _ = (query_parameters(r), rpc_parameters(r), r.path(), r.query());
        match identify(r) {
            Err(error) => assert!(!error.message().is_empty() && !error.code().is_empty()),
            Ok(presented) => {
                let _ = (operation(r, &presented), check_time(&presented, now, &limits));
                match verify(r, &presented, &SecretKey::new(secret), now, &limits) {
                    Err(error) => assert!((400..500).contains(&error.http_status()) && !error.message().is_empty()),
                    Ok(verified) => {
                        let _ = verified.rpc_parameters(r);
                    }
                }
            }
        }
    });
}

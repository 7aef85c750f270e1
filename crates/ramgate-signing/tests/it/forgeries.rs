//! Attempts to make a signed request mean something else: smuggled headers, ambiguous parameters, split and joined values.

use crate::{
    calls::call,
    clients::{Logical, RoaClient, RpcClient, V3Client, quote, send_roa, send_rpc, send_v3},
    support::Request,
    vectors::vector,
};

fn refused(request: &Request, code: &str, message: &str) {
    let error = request.check().unwrap_err();
    assert_eq!((error.code(), error.message().as_str()), (code, message));
}

fn mismatch(request: &Request) {
    assert_eq!(request.code(), "SignatureDoesNotMatch", "{request:?}");
}

// ---- headers --------------------------------------------------------------------------------------------------------

#[test]
fn a_header_of_the_protocol_outside_signed_headers_is_refused() {
    let request = vector("v3-public-documentation-example").request();
    let smuggled = vector("v3-rpc-post-query").request().with(|r| r.add("x-acs-region-id", "cn-beijing"));
    refused(
        &smuggled,
        "IncompleteSignature",
        "The signature is incomplete: the header x-acs-region-id is part of the request but not of SignedHeaders.",
    );
    for name in ["x-acs-security-token", "X-Acs-Extra"] {
        let smuggled = request.clone().with(|r| r.add(name, "1"));
        let error = smuggled
            .check_with("YourAccessKeySecret", ramgate_signing::UnixTime::from_secs(1_698_315_752), &Default::default())
            .unwrap_err();
        assert_eq!(error.code(), "IncompleteSignature", "{name}");
    }
}

/// A request need not name its action where method and path do, so somebody on the way could add one.
#[test]
fn an_action_added_to_a_request_signed_without_one_is_refused() {
    let secret = ramgate_signing::SecretKey::new(crate::support::SECRET);
    let credentials = ramgate_signing::Credentials { access_key_id: "testid", secret: &secret, security_token: None };
    let call = ramgate_signing::Call {
        method: "POST",
        host: "h",
        path: "/",
        query: &[],
        version: "2015-05-01",
        action: None,
        headers: &[],
        content_type: None,
        body: b"",
        time: crate::support::NOW,
        nonce: "n",
    };
    let signed = ramgate_signing::sign_v3(&call, &credentials).unwrap();
    let headers: Vec<(&str, &str)> = signed.headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let request = Request::new("POST", &signed.target, &headers, "");
    assert_eq!(request.code(), "ok");
    assert_eq!(request.with(|r| r.add("X-ACS-Action", "DeleteUser")).code(), "IncompleteSignature");
}

#[test]
fn a_host_that_is_not_signed_is_refused() {
    let request = vector("v3-rpc-post-query").request();
    let unsigned = request.header("authorization").unwrap().replace("host;", "");
    refused(
        &request.with(|r| r.set("authorization", &unsigned)),
        "IncompleteSignature",
        "The signature is incomplete: the header host is part of the request but not of SignedHeaders.",
    );
}

#[test]
fn a_signed_header_that_is_not_there_is_refused() {
    let request = vector("v3-rpc-extra-headers").request().with(|r| r.remove("zz-custom"));
    refused(
        &request,
        "IncompleteSignature",
        "The signature is incomplete: the header zz-custom is part of SignedHeaders but not of the request.",
    );
}

#[test]
fn two_authorization_headers_are_refused_whichever_comes_first() {
    for id in ["v3-rpc-post-query", "v1-roa-get-query"] {
        let request = vector(id).request();
        let value = request.header("authorization").unwrap().to_owned();
        let other = value.replace("testid", "another");
        for (first, second) in [(&value, &value), (&value, &other), (&other, &value)] {
            let doubled = request.clone().with(|r| {
                r.set("Authorization", first);
                r.add("authorization", second);
            });
            refused(&doubled, "InvalidRequest", "The header authorization must not be given more than once.");
        }
    }
}

#[test]
fn headers_of_the_protocol_given_twice_are_refused_in_every_scheme() {
    for (id, names) in [
        ("v3-rpc-post-form", &["x-acs-action", "x-acs-date", "X-ACS-Version", "host", "content-type"][..]),
        ("v1-roa-post-json-md5", &["x-acs-action", "accept", "content-md5", "content-type", "date"]),
        ("v1-rpc-form-body", &["x-acs-action", "content-type", "content-md5"]),
    ] {
        for name in names {
            let request = vector(id).request();
            let value = request.header(name).unwrap().to_owned();
            let doubled = request.with(|r| r.add(name, &value));
            let message = format!("The header {} must not be given more than once.", name.to_lowercase());
            refused(&doubled, "InvalidRequest", &message);
        }
    }
}

#[test]
fn a_line_break_in_a_header_cannot_forge_a_canonical_line() {
    let request = vector("v3-rpc-post-query").request();
    for value in ["alice\nx-acs-action:DeleteUser", "a\rb", "a\0b"] {
        let forged = request.clone().with(|r| r.set("accept", value));
        refused(&forged, "InvalidRequest", "The header accept is malformed: the value contains a line break or NUL.");
    }
    let named = request.with(|r| r.add("x:y", "1"));
    refused(&named, "InvalidRequest", "The header x:y is malformed: the name is not a token.");
}

#[test]
fn a_content_type_added_to_a_signed_body_is_refused() {
    // The body's bytes are covered; whether they are a form must be covered too.
    let json = Logical { json: Some("Action=DeleteUser".to_owned()), ..call(&[], &[]) };
    let request = send_v3(V3Client::Node, &json);
    mismatch(&request.clone().with(|r| r.set("content-type", "application/x-www-form-urlencoded")));
    let authorization = request.header("authorization").unwrap().replace("content-type;", "");
    let dropped = request.with(|r| r.set("authorization", &authorization));
    assert_eq!(dropped.code(), "IncompleteSignature");
}

// ---- which scheme ---------------------------------------------------------------------------------------------------

#[test]
fn signature_both_in_query_and_form_is_refused() {
    let request = vector("v1-rpc-form-body").request();
    let doubled = request.with(|r| {
        r.remove("content-md5");
        r.body.extend_from_slice(b"&Signature=AAAA");
    });
    refused(
        &doubled,
        "IncompleteSignature",
        "The signature is incomplete: Signature is both in the query and in the form.",
    );
}

#[test]
fn signature_twice_in_one_place_is_refused() {
    let request = vector("v1-rpc-post-query").request().with(|r| r.target.push_str("&%53ignature=AAAA"));
    refused(&request, "InvalidParameter", "The parameter Signature must not be given more than once in the query.");
}

#[test]
fn an_action_parameter_does_not_override_the_header_of_v3() {
    let request = send_v3(V3Client::Python, &call(&[], &[("Action", "DeleteUser"), ("Version", "2015-05-01")]));
    assert_eq!(request.code(), "ok");
    let operation = request.operation().unwrap();
    assert_eq!((operation.version.as_str(), operation.action.as_deref()), ("2019-05-31", Some("AnyAction")));
}

#[test]
fn an_action_parameter_does_not_override_the_header_of_roa_version_1() {
    let request = send_roa(RoaClient::Pop, &call(&["v1"], &[("Action", "X"), ("Version", "2015-05-01")]));
    assert_eq!(request.code(), "ok");
    assert_eq!(request.operation().unwrap().version, "2024-03-27");
}

#[test]
fn credentials_of_two_schemes_at_once_never_mix() {
    // The Authorization header decides; parameters of the other scheme are then nothing but parameters.
    let rpc = send_rpc(RpcClient::PythonOld, &call(&[], &[]));
    let v3 = vector("v3-rpc-post-query").request();
    let authorization = v3.header("authorization").unwrap().to_owned();
    let mixed = rpc.with(|r| r.add("authorization", &authorization));
    assert_ne!(mixed.code(), "ok");
    let bearer = v3.with(|r| r.add("x-acs-bearer-token", "t"));
    assert_eq!(bearer.code(), "IncompleteSignature", "an added token is an unsigned header");
}

// ---- RPC version 1 --------------------------------------------------------------------------------------------------

#[test]
fn rpc_v1_says_nothing_about_paths_so_other_paths_are_refused() {
    for path in ["/v1/gateways/gw-1", "//", "/%2F", "/x"] {
        let request = vector("v1-rpc-post-query").request().with(|r| r.target = r.target.replacen('/', path, 1));
        refused(
            &request,
            "IncompleteSignature",
            "The signature is incomplete: a Signature parameter covers the path `/` only.",
        );
    }
}

#[test]
fn rpc_v1_a_body_that_is_no_form_is_refused() {
    for content_type in [None, Some("application/json"), Some("text/plain; x=application/x-www-form-urlencoded")] {
        let request = vector("v1-rpc-post-query").request().with(|r| {
            r.body = b"{}".to_vec();
            if let Some(content_type) = content_type {
                r.set("content-type", content_type);
            }
        });
        refused(
            &request,
            "IncompleteSignature",
            "The signature does not cover the request body: signature version 1.0 covers a body of content type \
             application/x-www-form-urlencoded only.",
        );
    }
}

#[test]
fn rpc_v1_a_form_added_on_the_way_is_noticed_even_when_its_values_are_empty() {
    for client in [RpcClient::PythonOld, RpcClient::PopGet, RpcClient::PythonCredentials] {
        let request = send_rpc(client, &call(&[], &[("UserName", "alice")]));
        for body in ["UserName=bob", "Force=true", "UserName=", "Force="] {
            let added = request.clone().with(|r| {
                r.set("content-type", "application/x-www-form-urlencoded");
                r.body = body.as_bytes().to_vec();
            });
            // Leaving out empty values also fits clients that signed none; then the added ones must not run.
            if let Ok(verified) = added.check() {
                let parameters = added.view(|r| verified.rpc_parameters(r)).unwrap();
                assert_eq!(body, "Force=");
                assert_eq!(parameters.get("Force"), None);
                assert_eq!(parameters.get("UserName"), Some("alice"));
            }
        }
    }
}

#[test]
fn rpc_v1_an_empty_parameter_added_on_the_way_does_not_run() {
    let request = send_rpc(RpcClient::PythonV2, &call(&[], &[("UserName", "alice")]));
    let added = request.with(|r| r.target.push_str("&NewComments="));
    let verified = added.check().unwrap();
    assert_eq!(added.view(|r| verified.rpc_parameters(r)).unwrap().get("NewComments"), None);
}

#[test]
fn rpc_v1_values_cannot_be_split_or_joined() {
    let request = send_rpc(RpcClient::PythonV2, &call(&[], &[("A", "1"), ("B", "2")]));
    mismatch(&request.with(|r| r.target = r.target.replace("A=1&B=2", "A=1%26B%3D2")));
    let request = send_rpc(RpcClient::PythonV2, &call(&[], &[("A", "1&B=2")]));
    mismatch(&request.with(|r| r.target = r.target.replace("A=1%26B%3D2", "A=1&B=2")));
}

#[test]
fn rpc_v1_a_signature_has_one_spelling() {
    let request = vector("v1-rpc-post-query").request();
    let signature = "UDOgq4RuNm%2BqMkgCZUu2kTD4hH8%3D";
    for other in ["UDOgq4RuNm%2BqMkgCZUu2kTD4hH9%3D", "UDOgq4RuNm%2BqMkgCZUu2kTD4hH8", "AA", "%20", "%C3%A9"] {
        mismatch(&request.clone().with(|r| r.target = r.target.replace(signature, other)));
    }
}

// ---- V3 -------------------------------------------------------------------------------------------------------------

#[test]
fn v3_parameters_cannot_be_hidden_in_a_raw_name() {
    // Signed: A=1&B=2. Sent: one parameter named `A=1&B`.
    let request = send_v3(V3Client::Python, &call(&[], &[("A", "1"), ("B", "2")]));
    mismatch(&request.with(|r| r.target = "/?A%3D1%26B=2".to_owned()));
    // Signed by a client that encodes names: `a b`. Sent: `a%20b`, which written raw looks the same.
    let request = send_v3(V3Client::Java, &call(&[], &[("a b", "1")]));
    mismatch(&request.with(|r| r.target = "/?a%2520b=1".to_owned()));
}

#[test]
fn v3_a_line_break_in_a_name_cannot_forge_the_header_block() {
    let request = send_v3(V3Client::Python, &call(&[], &[("a", "1")]));
    let forged = quote("a=1\naccept:x\nb", "");
    mismatch(&request.with(|r| r.target = format!("/?{forged}=2")));
    // Names with control characters are accepted in their encoded spelling only.
    let query = [("a\nb", "1")];
    mismatch(&send_v3(V3Client::Python, &call(&[], &query)));
    assert_eq!(send_v3(V3Client::Java, &call(&[], &query)).code(), "ok");
}

#[test]
fn v3_path_and_query_cannot_be_exchanged() {
    let request = send_v3(V3Client::Python, &call(&["v1", "a"], &[("b", "1")]));
    for target in ["/v1/a%3Fb=1", "/v1/a%3Fb%3D1", "/v1/a/?b=1", "/v1//a?b=1", "/v1/./a?b=1", "/v1/%61/?b=1"] {
        mismatch(&request.clone().with(|r| r.target = target.to_owned()));
    }
    assert_eq!(request.with(|r| r.target = "/v1/%61?%62=%31".to_owned()).code(), "ok", "the same in other words");
}

#[test]
fn v3_a_space_in_the_path_cannot_become_a_plus() {
    let request = send_v3(V3Client::Python, &call(&["v1", "a b"], &[]));
    assert_eq!(request.target, "/v1/a%20b");
    mismatch(&request.with(|r| r.target = "/v1/a+b".to_owned()));
    let request = send_v3(V3Client::Python, &call(&["v1", "a b*~"], &[]));
    mismatch(&request.with(|r| r.target = "/v1/a+b*%7E".to_owned()));
}

#[test]
fn v3_repeated_parameters_keep_their_signed_order() {
    let mut request = send_v3(V3Client::Python, &call(&[], &[("a", "1"), ("a", "2")]));
    assert_eq!(request.code(), "ok");
    // Which of the two a handler would take is not asked: reading them is refused.
    let verified = request.check().unwrap();
    let error = request.view(|r| verified.rpc_parameters(r)).unwrap_err();
    assert_eq!(error.code(), "InvalidParameter");
    request.target = "/?a=2&a=1".to_owned();
    mismatch(&request);
}

#[test]
fn v3_a_signature_that_is_no_hexadecimal_number_does_not_match() {
    let request = vector("v3-rpc-post-query").request();
    let authorization = request.header("authorization").unwrap().to_owned();
    let (head, signature) = authorization.split_once("Signature=").unwrap();
    for other in ["x", "00", &signature[1..], &format!("{signature}00"), &signature.replace('e', "g"), "%"] {
        let forged = request.clone().with(|r| r.set("authorization", &format!("{head}Signature={other}")));
        mismatch(&forged);
    }
}

// ---- ROA version 1 --------------------------------------------------------------------------------------------------

#[test]
fn roa_v1_values_that_could_be_split_or_joined_are_refused() {
    let request = send_roa(RoaClient::Pop, &call(&["v1"], &[("a", "1"), ("b", "2")]));
    assert_eq!(request.code(), "ok");
    refused(
        &request.with(|r| r.target = "/v1?a=1%26b%3D2".to_owned()),
        "IncompleteSignature",
        "The query parameter a contains characters that this signature version cannot cover unambiguously. \
         Use ACS3-HMAC-SHA256.",
    );
    let request = send_roa(RoaClient::Pop, &call(&["v1"], &[("a", "1=2")]));
    assert_eq!(request.code(), "ok", "an equals sign in a value is no question");
    assert_eq!(request.with(|r| r.target = "/v1?a%3D1=2".to_owned()).code(), "IncompleteSignature");
}

#[test]
fn roa_v1_a_decoded_path_cannot_stand_for_another_one() {
    // Each pair decodes to the same text, and the older Python core signs decoded paths.
    for (signed, query, sent) in [
        (&["v1", "a", "b"][..], &[][..], "/v1/a%2Fb"),
        (&["v1", "a"], &[("b", "1")], "/v1/a%3Fb=1"),
        (&["v1", "a"], &[("b", "1")], "/v1/a%3Fb%3D1"),
        (&["v1", "a b"], &[], "/v1/a%2520b"),
    ] {
        for client in [RoaClient::PythonOld, RoaClient::PythonV2] {
            let request = send_roa(client, &call(signed, query));
            let moved = request.clone().with(|r| r.target = sent.to_owned());
            if moved.target != request.target {
                mismatch(&moved);
            }
        }
    }
}

#[test]
fn roa_v1_an_uncovered_form_is_never_read_as_parameters() {
    let request = send_roa(RoaClient::PythonV2, &call(&[], &[("UserName", "alice")])).with(|r| {
        r.body = b"UserName=bob".to_vec();
    });
    let verified = request.check().unwrap();
    assert!(!verified.body_covered);
    let error = request.view(|r| verified.rpc_parameters(r)).unwrap_err();
    assert_eq!(error.code(), "IncompleteSignature");
}

#[test]
fn roa_v1_a_body_taken_away_is_reported_as_uncovered() {
    let base = Logical { json: Some("{\"a\":1}".to_owned()), ..call(&["v1"], &[]) };
    let stripped = send_roa(RoaClient::PythonV2, &base).with(|r| r.body.clear());
    assert!(!stripped.check().unwrap().body_covered);
    let bodiless = send_roa(RoaClient::PythonV2, &call(&["v1"], &[]));
    assert!(bodiless.check().unwrap().body_covered);
}

//! The places where V3 clients differ from each other, from their documentation, or from their own HTTP library: one test
//! each.
//!
//! Signatures are made by the naive clients of this folder; see the captured requests for the same on real ones.

use ramgate_signing::{SchemeKind, SecretKey};

use crate::{
    calls::{call, form, respelled, signed_parameter},
    clients::{Logical, V3Client, send_v3, send_v3_path},
    support::{NOW, Request, SECRET},
};

// ---- V3: query ------------------------------------------------------------------------------------------------------

#[test]
fn v3_parameters_are_sorted_by_bytes_so_that_10_comes_before_2() {
    let names: Vec<String> = (1..=12).map(|n| format!("ResourceId.{n}")).collect();
    let query: Vec<(&str, &str)> = names.iter().rev().map(|name| (name.as_str(), "u")).collect();
    assert_eq!(send_v3(V3Client::Python, &call(&[], &query)).code(), "ok");
}

#[test]
fn v3_upper_case_names_sort_before_lower_case_ones() {
    assert_eq!(send_v3(V3Client::Python, &call(&[], &[("b", "1"), ("B", "2"), ("a", "3"), ("A", "4")])).code(), "ok");
}

#[test]
fn v3_a_space_in_the_query_may_be_a_plus_or_an_escape() {
    let request = send_v3(V3Client::Python, &call(&[], &[("Name", "a b")]));
    assert!(request.target.contains("a+b"));
    assert_eq!(request.code(), "ok");
    assert_eq!(respelled(&request, "a+b", "a%20b").code(), "ok");
    assert_eq!(respelled(&request, "a+b", "a%2Bb").code(), "SignatureDoesNotMatch");
}

#[test]
fn v3_an_empty_value_keeps_its_equals_sign_whether_or_not_the_wire_does() {
    let request = send_v3(V3Client::Node, &call(&[], &[("Comments", "")]));
    assert_eq!(request.code(), "ok");
    assert_eq!(respelled(&request, "Comments=", "Comments").code(), "ok");
}

#[test]
fn v3_a_question_mark_without_a_query_signs_like_none() {
    let request = send_v3(V3Client::Python, &call(&[], &[]));
    assert_eq!(request.clone().with(|r| r.target.push('?')).code(), "ok");
    assert_eq!(request.with(|r| r.target = "?".to_owned()).code(), "ok");
}

#[test]
fn v3_names_may_be_signed_raw_or_encoded() {
    let query = [("Labels.#3#a b", "1"), ("K é", "2")];
    for client in [V3Client::Python, V3Client::PythonAsync, V3Client::Node, V3Client::Java] {
        assert_eq!(send_v3(client, &call(&[], &query)).code(), "ok", "{client:?}");
    }
}

#[test]
fn v3_form_parameters_are_hashed_as_bytes_and_take_no_part_in_the_query() {
    let base = Logical { form: form(&[("Content", "a b*")]), ..call(&[], &[("DataId", "d")]) };
    for client in [V3Client::Python, V3Client::Node] {
        let request = send_v3(client, &base);
        assert_eq!(signed_parameter(&request, "Content").as_deref(), Some("a b*"), "{client:?}");
        assert_eq!(signed_parameter(&request, "DataId").as_deref(), Some("d"), "{client:?}");
        // Another spelling of the same parameters is another body.
        let respelled = request.with(|r| r.body = b"Content=a%20b%2A".to_vec());
        assert_eq!(respelled.code(), "SignatureDoesNotMatch", "{client:?}");
    }
}

// ---- V3: path -------------------------------------------------------------------------------------------------------

#[test]
fn v3_an_escaped_slash_does_not_split_the_segment() {
    let request = send_v3(V3Client::Python, &call(&["v1", "gateways", "a/b"], &[]));
    assert!(request.target.ends_with("/a%2Fb"));
    assert_eq!(request.code(), "ok");
    assert_eq!(respelled(&request, "%2F", "/").code(), "SignatureDoesNotMatch");
}

#[test]
fn v3_the_asynchronous_python_client_takes_back_escapes_after_signing() {
    let request = send_v3(V3Client::PythonAsync, &call(&["v1", "gw;=@:!$*"], &[]));
    assert_eq!(request.target, "/v1/gw;=@:!$*");
    assert_eq!(request.code(), "ok");
}

#[test]
fn v3_node_sends_an_escaped_quote_and_signs_a_raw_one() {
    let request = send_v3(V3Client::Node, &call(&["v1", "it's(1)!*"], &[]));
    assert_eq!(request.target, "/v1/it%27s(1)!*");
    assert_eq!(request.code(), "ok");
}

#[test]
fn v3_a_star_is_signed_escaped_even_where_the_rest_of_the_path_is_signed_as_it_travels() {
    let request = send_v3_path(V3Client::Node, &call(&[], &[]), "/v1/a:b%2A", "/v1/a:b*");
    assert_eq!(request.code(), "ok");
}

#[test]
fn v3_a_tilde_is_never_signed_escaped() {
    let request = send_v3(V3Client::Python, &call(&["v1", "a~b"], &[("n", "c~d")]));
    assert_eq!(respelled(&request, "~", "%7E").code(), "ok");
    assert_eq!(respelled(&request, "~", "%7e").code(), "ok");
}

#[test]
fn v3_a_plus_in_the_path_is_a_plus() {
    let request = send_v3(V3Client::Python, &call(&["v1", "a+b"], &[]));
    assert!(request.target.ends_with("a%2Bb"));
    assert_eq!(respelled(&request, "%2B", "+").code(), "ok");
    assert_eq!(respelled(&request, "%2B", "%20").code(), "SignatureDoesNotMatch");
}

#[test]
fn v3_an_empty_path_signs_like_the_root() {
    assert_eq!(send_v3(V3Client::Python, &call(&[], &[])).with(|r| r.target.clear()).code(), "ok");
}

#[test]
fn v3_dot_segments_are_signed_as_they_travel() {
    // Client libraries collapse them, but whoever sends one unchanged is understood literally.
    let request = send_v3(V3Client::Python, &call(&["v1", "..", "x"], &[]));
    assert_eq!(request.code(), "ok");
    assert_eq!(request.with(|r| r.target = "/x".to_owned()).code(), "SignatureDoesNotMatch");
}

// ---- V3: headers ----------------------------------------------------------------------------------------------------

#[test]
fn v3_each_client_signs_another_set_of_headers() {
    let base = Logical { json: Some("{}".to_owned()), ..call(&["v1", "consumers"], &[]) };
    for (client, signs_user_agent) in [(V3Client::Python, true), (V3Client::Node, false), (V3Client::Java, false)] {
        let request = send_v3(client, &base);
        assert_eq!(request.code(), "ok", "{client:?}");
        let changed = request.with(|r| r.set("user-agent", "proxy")).code();
        assert_eq!(changed, if signs_user_agent { "SignatureDoesNotMatch" } else { "ok" }, "{client:?}");
    }
}

#[test]
fn v3_signed_headers_may_be_in_any_order_and_the_list_is_signed_verbatim() {
    let request = send_v3(V3Client::Java, &call(&[], &[]));
    let authorization = request.header("authorization").unwrap().to_owned();
    assert!(authorization.contains("SignedHeaders=x-acs-version;"), "not sorted: {authorization}");
    assert_eq!(request.code(), "ok");
    let list = authorization.split(',').nth(1).unwrap().trim_start_matches("SignedHeaders=").to_owned();
    let mut names: Vec<&str> = list.split(';').collect();
    names.sort_unstable();
    let sorted = authorization.replace(&list, &names.join(";"));
    assert_eq!(request.with(|r| r.set("authorization", &sorted)).code(), "SignatureDoesNotMatch");
}

#[test]
fn v3_header_names_in_any_case_and_spaces_around_values_do_not_matter() {
    let request = send_v3(V3Client::Python, &call(&[], &[])).with(|r| {
        for (name, value) in &mut r.headers {
            *name = name.to_ascii_uppercase();
            *value = [b" \t", value.as_slice(), b" "].concat();
        }
    });
    assert_eq!(request.code(), "ok");
}

#[test]
fn v3_spaces_after_the_commas_of_authorization_are_tolerated() {
    let request = send_v3(V3Client::Python, &call(&[], &[]));
    let spaced = request.header("authorization").unwrap().replace(',', ", ");
    assert_eq!(request.with(|r| r.set("authorization", &spaced)).code(), "ok");
}

#[test]
fn v3_headers_that_the_http_library_adds_need_not_be_signed() {
    let request = send_v3(V3Client::Python, &call(&[], &[])).with(|r| {
        for (name, value) in [("Content-Length", "0"), ("Via", "1.1 proxy"), ("Transfer-Encoding", "chunked")] {
            r.add(name, value);
        }
    });
    assert_eq!(request.code(), "ok");
}

#[test]
fn v3_the_asynchronous_python_client_adds_an_unsigned_content_type_to_an_empty_body() {
    let request = send_v3(V3Client::PythonAsync, &call(&[], &[("a", "1")]));
    assert_eq!(request.header("content-type"), Some("application/octet-stream"));
    assert_eq!(request.code(), "ok");
}

#[test]
fn v3_host_is_signed_with_its_port() {
    let request = send_v3(V3Client::Node, &call(&[], &[]));
    assert_eq!(request.with(|r| r.set("host", "127.0.0.1")).code(), "SignatureDoesNotMatch");
}

/// Values of a signed header that is given twice are sorted and joined; only headers of the protocol must be single.
#[test]
fn v3_a_foreign_header_given_twice_is_signed_sorted_and_joined() {
    use ramgate_signing::{Call, Credentials, sign_v3};
    let secret = SecretKey::new(SECRET);
    let credentials = Credentials { access_key_id: "testid", secret: &secret, security_token: None };
    let signed = |headers: &[(&str, &str)]| {
        let call = Call {
            method: "GET",
            host: "h",
            path: "/",
            query: &[],
            version: "2015-05-01",
            action: Some("GetUser"),
            headers,
            content_type: None,
            body: b"",
            time: NOW,
            nonce: "n",
        };
        let signed = sign_v3(&call, &credentials).unwrap();
        let headers: Vec<(&str, &str)> = signed.headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        Request::new("GET", &signed.target, &headers, "")
    };
    let two = signed(&[("Zz-Tag", "b"), ("zz-tag", "a")]);
    assert_eq!(two.code(), "ok");
    let one = two.clone().with(|r| r.set("zz-tag", "a,b"));
    assert_eq!(one.code(), "ok", "both are the same list");
    assert_eq!(two.with(|r| r.set("zz-tag", "b,a")).code(), "SignatureDoesNotMatch");
}

#[test]
fn v3_security_tokens_are_signed_headers() {
    let request = send_v3(V3Client::Python, &Logical { token: Some("fake-token/+==".to_owned()), ..call(&[], &[]) });
    assert_eq!(request.check().map(|v| v.scheme), Ok(SchemeKind::V3));
    assert_eq!(request.identify().unwrap().security_token.unwrap().expose(), "fake-token/+==");
    for name in ["x-acs-security-token", "x-acs-accesskey-id"] {
        assert_eq!(request.clone().with(|r| r.set(name, "other")).code(), "SignatureDoesNotMatch");
        assert_eq!(request.clone().with(|r| r.remove(name)).code(), "IncompleteSignature");
    }
}

#[test]
fn v3_the_body_hash_is_checked_on_its_own() {
    let request = send_v3(V3Client::Python, &Logical { json: Some("{}".to_owned()), ..call(&[], &[]) });
    let error = request.clone().with(|r| r.body = b"[]".to_vec()).check().unwrap_err();
    assert_eq!(error.code(), "SignatureDoesNotMatch");
    assert_eq!(
        error.message(),
        "Specified signature does not match our calculation. x-acs-content-sha256 differs from the hash of the body: \
         server calculated [4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945]"
    );
    let unsigned_payload = request.with(|r| r.set("x-acs-content-sha256", "UNSIGNED-PAYLOAD"));
    assert_eq!(unsigned_payload.code(), "SignatureDoesNotMatch");
}

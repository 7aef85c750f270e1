//! Which scheme a request uses, who it says it is, and what is missing.

use ramgate_signing::{Limits, Scheme, SchemeKind, SecretKey, SignatureError, identify, operation, verify};

use crate::{
    support::{NOW, Request},
    vectors::{unsigned, vector},
};

fn kind(request: &Request) -> SchemeKind {
    request.identify().unwrap().scheme.kind()
}

fn refusal(request: &Request) -> (&'static str, String) {
    let error = request.identify().unwrap_err();
    assert_eq!(error.http_status(), 400);
    (error.code(), error.message())
}

#[test]
fn role_assumption_with_an_identity_token_is_anonymous_and_named_by_its_parameters() {
    for (id, action) in
        [("anonymous-AssumeRoleWithOIDC", "AssumeRoleWithOIDC"), ("anonymous-AssumeRoleWithSAML", "AssumeRoleWithSAML")]
    {
        let request = unsigned(id);
        let presented = request.identify().unwrap();
        assert_eq!(presented.scheme, Scheme::Anonymous);
        assert_eq!(presented.access_key_id, None);
        assert!(presented.nonce.is_some() && presented.timestamp.is_some());
        let operation = request.operation().unwrap();
        assert_eq!((operation.version.as_str(), operation.action.as_deref()), ("2015-04-01", Some(action)));
        // The parameters decide even when the headers say something else.
        let changed = request.with(|r| r.set("x-acs-action", "DeleteUser"));
        assert_eq!(changed.operation().unwrap().action.as_deref(), Some(action));
    }
}

#[test]
fn an_anonymous_request_needs_neither_nonce_nor_time() {
    let request = Request::new("GET", "/?Action=AssumeRoleWithOIDC&Version=2015-04-01&Format=JSON", &[], "");
    assert_eq!(kind(&request), SchemeKind::Anonymous);
    assert_eq!(request.operation().unwrap().action.as_deref(), Some("AssumeRoleWithOIDC"));
}

#[test]
fn a_bearer_token_is_found_in_the_header_or_in_the_parameters_and_is_never_printed() {
    for (id, token, action) in
        [("bearer-roa-GetGateway", "BT", "GetGateway"), ("bearer-rpc-GetUser", "BEARER", "GetUser")]
    {
        let request = unsigned(id);
        let presented = request.identify().unwrap();
        assert_eq!(presented.scheme, Scheme::Bearer);
        assert_eq!(presented.security_token.as_ref().unwrap().expose(), token);
        assert!(presented.nonce.is_some() && presented.timestamp.is_some());
        assert_eq!(request.operation().unwrap().action.as_deref(), Some(action));
        assert!(!format!("{presented:?}").contains(&format!("\"{token}\"")));
    }
    let request = Request::new("POST", "/?Action=GetUser&Version=2015-05-01&BearerToken=BT", &[], "");
    let presented = request.identify().unwrap();
    assert_eq!(presented.scheme, Scheme::Bearer);
    assert_eq!(presented.security_token.unwrap().expose(), "BT");
    assert_eq!(request.operation().unwrap().action.as_deref(), Some("GetUser"));
}

#[test]
fn a_request_without_a_signature_cannot_be_verified() {
    for request in [unsigned("bearer-rpc-GetUser"), unsigned("anonymous-AssumeRoleWithOIDC")] {
        let error = request.check().unwrap_err();
        assert_eq!((error.code(), error.http_status()), ("MissingAccessKeyId", 400));
        assert_eq!(error.message(), "AccessKeyId is mandatory for this action.");
    }
}

#[test]
fn schemes_that_are_not_implemented_are_refused_by_name() {
    let v3 = vector("v3-rpc-post-query").request();
    let authorization = v3.header("authorization").unwrap().to_owned();
    for scheme in ["ACS3-HMAC-SM3", "ACS3-RSA-SHA256", "ACS4-HMAC-SHA256", "acs3-hmac-sha256", "ACS", "Bearer"] {
        let other = authorization.replacen("ACS3-HMAC-SHA256", scheme, 1);
        let request = v3.clone().with(|r| r.set("authorization", &other));
        let (code, message) = refusal(&request);
        assert_eq!(code, "UnsupportedSignatureMethod");
        assert!(message.contains(&format!("scheme {scheme} is")), "{message}");
    }
    let id_token = Request::new("POST", "/", &[("x-acs-zero-trust-idtoken", "t")], "");
    assert_eq!(id_token.identify().unwrap_err(), SignatureError::UnsupportedScheme { scheme: "id_token".to_owned() });
    let rpc = vector("v1-rpc-post-query").request();
    for (from, to) in [
        ("SignatureMethod=HMAC-SHA1", "SignatureMethod=HMAC-SHA256"),
        ("SignatureVersion=1.0", "SignatureVersion=2.0"),
        ("SignatureType=&", "SignatureType=PRIVATEKEY&"),
    ] {
        let request = rpc.clone().with(|r| r.target = r.target.replace(from, to));
        assert_eq!(refusal(&request).0, "UnsupportedSignatureMethod", "{to}");
    }
    let roa = vector("v1-roa-get-query").request();
    for (name, value) in [("x-acs-signature-method", "HMAC-SHA256"), ("x-acs-signature-version", "2.0")] {
        assert_eq!(refusal(&roa.clone().with(|r| r.set(name, value))).0, "UnsupportedSignatureMethod");
    }
}

#[test]
fn what_follows_an_unknown_scheme_is_never_repeated() {
    for value in ["Basic dGVzdDpwYXNzd29yZA==", "dGVzdDpwYXNzd29yZA==;x", "Tes\u{e9} password"] {
        let error = Request::new("GET", "/", &[("Authorization", value)], "").identify().unwrap_err();
        for text in [error.message(), format!("{error:?}"), error.to_string()] {
            assert!(!text.contains("dGVzd") && !text.contains("password"), "{text}");
        }
    }
}

#[test]
fn fields_that_v3_demands_are_missed_one_by_one() {
    let request = vector("v3-rpc-post-query").request();
    for (name, code) in [
        ("x-acs-date", "MissingTimestamp"),
        ("x-acs-signature-nonce", "MissingSignatureNonce"),
        ("x-acs-content-sha256", "MissingContentSha256"),
    ] {
        for changed in [request.clone().with(|r| r.remove(name)), request.clone().with(|r| r.set(name, " "))] {
            assert_eq!(refusal(&changed), (code, format!("{name} is mandatory for this action.")));
        }
    }
    let unversioned = request.with(|r| r.remove("x-acs-version"));
    assert_eq!(unversioned.operation().unwrap_err().code(), "MissingVersion");
}

#[test]
fn fields_that_rpc_version_1_demands_are_missed_one_by_one() {
    let request = vector("v1-rpc-post-query").request();
    for name in ["AccessKeyId", "SignatureMethod", "SignatureVersion", "Timestamp", "SignatureNonce"] {
        let changed =
            request.clone().with(|r| r.target = r.target.replace(&format!("&{name}="), &format!("&{name}X=")));
        assert_eq!(
            refusal(&changed),
            (
                match name {
                    "AccessKeyId" => "MissingAccessKeyId",
                    "SignatureMethod" => "MissingSignatureMethod",
                    "SignatureVersion" => "MissingSignatureVersion",
                    "Timestamp" => "MissingTimestamp",
                    _ => "MissingSignatureNonce",
                },
                format!("{name} is mandatory for this action.")
            )
        );
    }
    for name in ["Action", "Version"] {
        let changed =
            request.clone().with(|r| r.target = r.target.replace(&format!("&{name}="), &format!("&{name}X=")));
        assert_eq!(changed.operation().unwrap_err().code(), format!("Missing{name}"));
    }
    let unsigned = request.with(|r| r.target = r.target.split("&Signature=").next().unwrap().to_owned());
    assert_eq!(refusal(&unsigned).0, "MissingSignature");
}

#[test]
fn roa_version_1_needs_a_date_but_no_nonce() {
    let request = vector("v1-roa-get-query").request();
    assert_eq!(request.identify().unwrap().nonce, None);
    assert_eq!(refusal(&request.clone().with(|r| r.remove("date"))).0, "MissingDate");
    for (value, code) in [
        ("acs", "IncompleteSignature"),
        ("acs testid", "IncompleteSignature"),
        ("acs :abc", "MissingAccessKeyId"),
        ("acs testid:", "MissingSignature"),
    ] {
        assert_eq!(refusal(&request.clone().with(|r| r.set("authorization", value))).0, code, "{value}");
    }
}

#[test]
fn an_incomplete_v3_authorization_says_what_it_lacks() {
    let request = vector("v3-rpc-post-query").request();
    let complete = request.header("authorization").unwrap().to_owned();
    let headers = "SignedHeaders=host;x-acs-date";
    for (value, code) in [
        ("", "IncompleteSignature"),
        ("ACS3-HMAC-SHA256", "IncompleteSignature"),
        ("ACS3-HMAC-SHA256 ", "IncompleteSignature"),
        ("ACS3-HMAC-SHA256 Credential", "IncompleteSignature"),
        (&format!("ACS3-HMAC-SHA256 Credential=,{headers},Signature=00"), "MissingAccessKeyId"),
        (&format!("ACS3-HMAC-SHA256 {headers},Signature=00"), "MissingAccessKeyId"),
        (&format!("ACS3-HMAC-SHA256 Credential=a,{headers}"), "IncompleteSignature"),
        (&format!("ACS3-HMAC-SHA256 Credential=a,{headers},Signature="), "IncompleteSignature"),
        ("ACS3-HMAC-SHA256 Credential=a,Signature=00", "IncompleteSignature"),
        ("ACS3-HMAC-SHA256 Credential=a,SignedHeaders=,Signature=00", "IncompleteSignature"),
        ("ACS3-HMAC-SHA256 Credential=a,SignedHeaders=host;;date,Signature=00", "IncompleteSignature"),
        ("ACS3-HMAC-SHA256 Credential=a,SignedHeaders=ho st,Signature=00", "IncompleteSignature"),
        (&format!("{complete},Credential=other"), "IncompleteSignature"),
        (&format!("{complete},Extra=1"), "IncompleteSignature"),
    ] {
        assert_eq!(refusal(&request.clone().with(|r| r.set("authorization", value))).0, code, "{value}");
    }
}

#[test]
fn a_scheme_that_the_operator_switched_off_is_refused_before_its_signature_is_looked_at() {
    use ramgate_signing::RoaV1Rule;
    let limits = Limits { accept_rpc_v1: false, roa_v1_rule: RoaV1Rule::Refuse, ..Limits::default() };
    for (id, scheme) in
        [("v1-rpc-post-query", "RPC signature version 1.0"), ("v1-roa-get-query", "ROA signature version 1")]
    {
        let error = vector(id).request().check_with("wrong", NOW, &limits).unwrap_err();
        assert_eq!(error.code(), "UnsupportedSignatureMethod");
        assert!(error.message().contains(scheme) && error.message().contains("switched off"), "{}", error.message());
    }
    assert!(vector("v3-rpc-post-query").request().check_with("testsecret", NOW, &limits).is_ok());
}

#[test]
fn targets_that_are_not_a_path_are_refused() {
    for target in ["http://127.0.0.1/", "*", "v1/gateways", "/a b", "/a#b", "/a\nb", "/%", "/%zz", "/%ff", "/a/%2"] {
        let (code, message) = refusal(&Request::new("GET", target, &[], ""));
        assert_eq!(code, "InvalidRequest", "{target}");
        assert!(message.starts_with("The request target is malformed: "), "{message}");
    }
    for target in ["", "?a=b", "/", "/?", "/中", "//"] {
        assert_eq!(kind(&Request::new("GET", target, &[], "")), SchemeKind::Anonymous, "{target}");
    }
    assert_eq!(refusal(&Request::new("GE T", "/", &[], "")).0, "InvalidRequest");
    assert_eq!(refusal(&Request::new("", "/", &[], "")).0, "InvalidRequest");
}

#[test]
fn parameters_that_cannot_be_read_without_doubt_are_refused() {
    for (query, message) in [
        ("a=%", "The query parameters are malformed: a `%` is not followed by two hexadecimal digits."),
        ("a=%ff", "The query parameters are malformed: the decoded text is not UTF-8."),
        ("=1", "The query parameters are malformed: a name is empty."),
        ("a=1&a=1", "The parameter a must not be given more than once in the query."),
        ("a=1&%61=2", "The parameter a must not be given more than once in the query."),
    ] {
        let expected = ("InvalidParameter", message.to_owned());
        assert_eq!(refusal(&Request::new("GET", &format!("/?{query}"), &[], "")), expected);
        let form =
            Request::new("POST", "/", &[("Content-Type", "Application/X-WWW-Form-Urlencoded; charset=UTF-8")], query);
        assert_eq!(refusal(&form), ("InvalidParameter", message.replace("query", "form")));
        // The body of another content type is no form.
        assert_eq!(
            kind(&Request::new("POST", "/", &[("Content-Type", "application/json")], query)),
            SchemeKind::Anonymous
        );
    }
    let many = vec!["a"; ramgate_signing::MAX_PARAMETERS + 1].join("&");
    assert!(refusal(&Request::new("GET", &format!("/?{many}"), &[], "")).1.contains("more than 4096"));
}

#[test]
fn empty_pieces_between_ampersands_are_no_parameters() {
    let request = Request::new("GET", "/?&a=1&&b&", &[], "");
    let parameters = request.view(ramgate_signing::query_parameters).unwrap();
    assert_eq!(parameters.iter().collect::<Vec<_>>(), [("a", "1"), ("b", "")]);
}

#[test]
fn nothing_that_prints_requests_or_parameters_prints_their_values() {
    let request = vector("v1-rpc-sts-token").request();
    let printed = request.view(|r| {
        let presented = identify(r).unwrap();
        let verified = verify(r, &presented, &SecretKey::new("testsecret"), NOW, &Limits::default()).unwrap();
        format!("{r:?} {presented:?} {:?} {:?}", verified.rpc_parameters(r), operation(r, &presented))
    });
    assert!(printed.contains("SecurityToken") && !printed.contains("fake-sts-token"), "{printed}");
}

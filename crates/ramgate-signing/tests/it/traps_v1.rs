//! The places where clients of the version 1 signatures differ: one test each, and a few that hold for every scheme.

use ramgate_signing::{Limits, Window, query_parameters};

use crate::{
    calls::{call, form, respelled, signed_parameter},
    clients::{Logical, RoaClient, RpcClient, V3Client, send_roa, send_rpc, send_v3},
    support::NOW,
    vectors::vector,
};

// ---- RPC version 1 --------------------------------------------------------------------------------------------------

#[test]
fn rpc_v1_an_empty_parameter_is_signed_by_some_clients_and_left_out_by_others() {
    let base = call(&[], &[("Comments", ""), ("UserName", "alice")]);
    let python = send_rpc(RpcClient::PythonOld, &base);
    assert!(python.target.contains("SignatureType=&"), "the older Python core signs an empty SignatureType");
    assert_eq!(signed_parameter(&python, "Comments").as_deref(), Some(""));
    let java = send_rpc(RpcClient::JavaUtil, &base);
    assert!(java.target.contains("Comments=&"));
    assert_eq!(signed_parameter(&java, "UserName").as_deref(), Some("alice"));
    assert_eq!(signed_parameter(&java, "Comments"), None, "what was not signed does not run");
}

#[test]
fn rpc_v1_a_space_may_be_signed_as_a_plus() {
    let request = send_rpc(RpcClient::PythonCredentials, &call(&[], &[("Policy", "{\"Version\": \"1+1\"}")]));
    assert_eq!(signed_parameter(&request, "Policy").as_deref(), Some("{\"Version\": \"1+1\"}"));
}

#[test]
fn rpc_v1_plus_and_escape_on_the_wire_are_the_same_space() {
    let request = send_rpc(RpcClient::PythonV2, &call(&[], &[("UserName", "a b")]));
    assert_eq!(request.code(), "ok");
    assert_eq!(respelled(&request, "a+b", "a%20b").code(), "ok");
}

#[test]
fn rpc_v1_the_forms_value_is_the_signed_one_and_the_one_that_runs() {
    let base = Logical { form: form(&[("Content", "form")]), ..call(&[], &[("Content", "query")]) };
    let request = send_rpc(RpcClient::PythonOld, &base);
    assert_eq!(signed_parameter(&request, "Content").as_deref(), Some("form"));
    assert_eq!(request.clone().with(|r| r.body = b"Content=other".to_vec()).code(), "SignatureDoesNotMatch");
    // The query's value is covered by nothing, and used for nothing.
    let changed = respelled(&request, "Content=query", "Content=other");
    assert_eq!(signed_parameter(&changed, "Content").as_deref(), Some("form"));
}

#[test]
fn rpc_v1_everything_may_travel_in_the_form() {
    let request = send_rpc(RpcClient::PopPost, &call(&[], &[("UserName", "alice")]));
    assert_eq!(request.target, "/");
    assert_eq!(request.operation().unwrap().action.as_deref(), Some("AnyAction"));
    assert_eq!(signed_parameter(&request, "UserName").as_deref(), Some("alice"));
}

#[test]
fn rpc_v1_the_unsigned_action_and_version_headers_are_ignored() {
    let request = send_rpc(RpcClient::PythonOld, &call(&[], &[]));
    assert_eq!(request.header("x-acs-action"), Some("Unsigned"));
    let operation = request.operation().unwrap();
    assert_eq!((operation.version.as_str(), operation.action.as_deref()), ("2019-05-31", Some("AnyAction")));
}

#[test]
fn rpc_v1_the_unsigned_token_header_is_ignored() {
    let request = send_rpc(RpcClient::PythonOld, &call(&[], &[])).with(|r| r.add("x-acs-security-token", "stolen"));
    assert!(request.identify().unwrap().security_token.is_none());
}

#[test]
fn rpc_v1_parameter_names_are_case_sensitive() {
    let request = send_rpc(RpcClient::PythonOld, &call(&[], &[("action", "lower"), ("signature", "lower")]));
    assert_eq!(request.operation().unwrap().action.as_deref(), Some("AnyAction"));
    assert_eq!(signed_parameter(&request, "signature").as_deref(), Some("lower"));
}

#[test]
fn rpc_v1_content_md5_is_checked_when_it_is_there() {
    let request = vector("v1-rpc-form-body").request();
    assert_eq!(request.clone().with(|r| r.remove("content-md5")).code(), "ok");
    let error = request.with(|r| r.set("content-md5", "1B2M2Y8AsgTpgAmY7PhCfg==")).check().unwrap_err();
    assert_eq!((error.code(), error.http_status()), ("ContentMD5NotMatched", 400));
    assert_eq!(error.message(), "Specified content md5 is not matched with your request body.");
}

/// The older Python SDK splits the message at its first colon, and takes the secret for wrong when the rest is its own
/// string to sign.
#[test]
fn rpc_v1_the_answer_splits_at_its_first_colon_into_sentence_and_string_to_sign() {
    let request = vector("v1-rpc-unicode-empty").request();
    let message = request.check_with("wrong", NOW, &Limits::default()).unwrap_err().message();
    let (sentence, string_to_sign) = message.split_once(':').unwrap();
    assert_eq!(sentence, "Specified signature is not matched with our calculation. server string to sign is");
    assert!(string_to_sign.starts_with("POST&%2F&AccessKeyId%3Dtestid%26Action%3DCreateUser%26Comments%3D%26"));
}

// ---- ROA version 1 --------------------------------------------------------------------------------------------------

#[test]
fn roa_v1_an_empty_value_is_signed_with_or_without_its_equals_sign() {
    let base = call(&["v1", "consumers"], &[("clientToken", ""), ("n", "a b")]);
    for client in [RoaClient::PythonV2, RoaClient::PythonOld, RoaClient::Pop, RoaClient::GoOld] {
        assert_eq!(send_roa(client, &base).code(), "ok", "{client:?}");
    }
}

#[test]
fn roa_v1_the_path_is_signed_escaped_or_raw() {
    let base = call(&["v1", "gw a*é"], &[]);
    for client in [RoaClient::PythonV2, RoaClient::PythonOld, RoaClient::Pop, RoaClient::GoOld] {
        let request = send_roa(client, &base);
        assert_eq!(request.target, "/v1/gw%20a%2A%C3%A9");
        assert_eq!(request.code(), "ok", "{client:?}");
    }
}

#[test]
fn roa_v1_the_asynchronous_python_client_adds_a_content_type_and_takes_back_escapes_after_signing() {
    let request = send_roa(RoaClient::PythonV2Async, &call(&["v1", "gw;=@:!$*"], &[("n", "/*:@")]));
    assert_eq!(request.target, "/v1/gw;=@:!$*?n=/*:@");
    assert_eq!(request.header("content-type"), Some("application/octet-stream"));
    assert!(request.check().unwrap().body_covered, "a client that signed no content type sent no body");
    assert_eq!(request.with(|r| r.body = b"{}".to_vec()).code(), "SignatureDoesNotMatch");
}

#[test]
fn roa_v1_node_sends_an_escaped_quote_and_signs_a_raw_one() {
    let request = send_roa(RoaClient::NodeV2, &call(&["v1", "it's(1)!*"], &[("n", "'")]));
    assert_eq!(request.target, "/v1/it%27s(1)!*?n=%27");
    assert_eq!(request.code(), "ok");
}

#[test]
fn roa_v1_the_older_go_core_signs_a_question_mark_without_a_query() {
    let request = send_roa(RoaClient::GoOld, &call(&["v1", "gateways"], &[]));
    assert_eq!(request.target, "/v1/gateways");
    assert_eq!(request.code(), "ok");
}

#[test]
fn roa_v1_the_older_python_core_sends_no_nonce_and_its_signature_stands_in() {
    use ramgate_signing::{ReplayCheck, ReplayGuard};
    let request = send_roa(RoaClient::PythonOld, &call(&["v1", "gateways"], &[]));
    let verified = request.check().unwrap();
    assert!(verified.replay_nonce.starts_with("signature:"));
    let mut guard = ReplayGuard::new(Limits::default().replay_retention_secs(), 10, 10);
    let mut check = || guard.check_and_insert(&verified.access_key_id, &verified.replay_nonce, NOW);
    assert!(matches!(check(), ReplayCheck::Fresh(_)));
    assert_eq!(check(), ReplayCheck::Replayed);
}

#[test]
fn roa_v1_names_of_headers_are_signed_in_lower_case_and_sorted() {
    let request = send_roa(RoaClient::Pop, &call(&["v1"], &[])).with(|r| r.headers.reverse());
    assert_eq!(request.code(), "ok");
    assert_eq!(request.clone().with(|r| r.add("x-acs-extra", "1")).code(), "SignatureDoesNotMatch");
    assert_eq!(request.with(|r| r.set("host", "other")).code(), "ok", "host is not signed in this scheme");
}

#[test]
fn roa_v1_content_md5_is_checked_when_it_is_there_and_cannot_be_taken_away() {
    let base = Logical { json: Some("{\"a\":1}".to_owned()), ..call(&["v1", "consumers"], &[]) };
    let request = send_roa(RoaClient::PythonOld, &base);
    assert!(request.check().unwrap().body_covered);
    assert_eq!(request.clone().with(|r| r.body = b"{}".to_vec()).code(), "ContentMD5NotMatched");
    let stripped = request.with(|r| {
        r.remove("content-md5");
        r.body = b"{}".to_vec();
    });
    assert_eq!(stripped.code(), "SignatureDoesNotMatch");
}

#[test]
fn roa_v1_query_values_are_decoded_the_same_for_the_signature_and_the_handler() {
    let request = send_roa(RoaClient::Pop, &call(&["v1"], &[("tag", "[{\"key\": \"中 +\"}]")]));
    assert_eq!(request.code(), "ok");
    assert_eq!(request.view(query_parameters).unwrap().get("tag"), Some("[{\"key\": \"中 +\"}]"));
}

// ---- all ------------------------------------------------------------------------------------------------------------

#[test]
fn parameters_that_no_operation_knows_are_carried_along() {
    let request = send_v3(V3Client::Python, &call(&[], &[("RegionId", "cn-hangzhou"), ("AcceptLanguage", "zh")]));
    assert_eq!(signed_parameter(&request, "RegionId").as_deref(), Some("cn-hangzhou"));
}

#[test]
fn a_nonce_may_have_any_length_and_form() {
    for nonce in ["0", "a-b-c", &"f".repeat(64), &"n".repeat(4000), "näh"] {
        let call = Logical { nonce: nonce.to_owned(), ..call(&[], &[]) };
        for request in
            [send_v3(V3Client::Node, &call), send_rpc(RpcClient::PythonOld, &call), send_roa(RoaClient::Pop, &call)]
        {
            assert_eq!(request.check().unwrap().replay_nonce, nonce);
        }
    }
}

#[test]
fn a_wider_window_makes_nonces_live_longer() {
    let day = Window { past_secs: 86_400, future_secs: 3_600 };
    assert_eq!(Limits { rpc_v1: day, ..Limits::default() }.replay_retention_secs(), 86_400 + 3_600 + 60);
}

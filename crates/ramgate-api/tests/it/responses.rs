//! Answers carry the names that clients look for, the misspelt ones included, and leave out what is absent.

use ramgate_api::{apig, cas, mse, ram};
use serde_json::{Value, json, to_value};

fn names(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[test]
fn a_domain_has_the_names_that_look_wrong_and_are_real() {
    let domain = apig::Domain {
        domain_id: "d-1".into(),
        mtls_enabled: true,
        client_ca_cert: Some("pem".into()),
        http2_option: Some("Open".into()),
        not_after_timestamp: Some(2),
        update_timestamp: 1,
        ..Default::default()
    };
    let written = to_value(domain).unwrap();
    let look_for = ["domainId", "mTLSEnabled", "clientCACert", "http2Option", "notAfterTimstamp", "updatetimestamp"];
    for name in look_for {
        assert!(written.get(name).is_some(), "{name} is not among {:?}", names(&written));
    }
}

#[test]
fn absent_facts_are_left_out_and_lists_are_always_there() {
    let user = ram::User { user_name: "a".into(), user_id: "1".into(), ..Default::default() };
    let written = to_value(user).unwrap();
    assert_eq!(written, json!({ "CreateDate": "", "DisplayName": "", "UserId": "1", "UserName": "a" }));
    let list = ram::ListUsersResponse::default();
    assert_eq!(to_value(list).unwrap(), json!({ "IsTruncated": false, "Users": { "User": [] } }));
}

#[test]
fn gateways_show_environments_only_where_they_were_asked_for() {
    let summary = to_value(apig::Gateway::default()).unwrap();
    assert!(!names(&summary).contains(&"environments") && !names(&summary).contains(&"subDomainInfos"));
    let detail = apig::Gateway { environments: Some(Vec::new()), ..Default::default() };
    assert_eq!(to_value(detail).unwrap()["environments"], json!([]));
}

#[test]
fn capital_and_misspelt_names_of_lists_stay() {
    let group = apig::HttpApiGroup { gateway_id: Some("gw-1".into()), ..Default::default() };
    assert_eq!(to_value(group).unwrap()["GatewayId"], "gw-1");
    let service = mse::ServiceSummary {
        health_status: "Health".into(),
        healeh_status: "Health".into(),
        service_fqdn: Some("outbound|80||a".into()),
        ..Default::default()
    };
    let written = to_value(service).unwrap();
    assert_eq!((&written["HealthStatus"], &written["HealehStatus"]), (&json!("Health"), &json!("Health")));
    assert_eq!(written["ServiceFQDN"], "outbound|80||a");
}

#[test]
fn a_route_is_answered_as_it_was_asked_for() {
    let text = json!({ "PathPredicates": { "Path": "/a", "Type": "ERGULAR" }, "MethodPredicates": ["GET"] });
    let predicates: mse::RoutePredicates = ramgate_api::decode(text).unwrap();
    let detail = mse::RouteDetail { route_predicates: Some(predicates), ..Default::default() };
    let written = to_value(detail).unwrap();
    assert_eq!(written["RoutePredicates"]["PathPredicates"], json!({ "Path": "/a", "Type": "ERGULAR" }));
}

#[test]
fn a_certificate_carries_the_identifier_that_domains_refer_to() {
    let detail = cas::GetUserCertificateDetailResponse {
        id: 7,
        cert_identifier: "7-cn-hangzhou".into(),
        cert_sha2: Some("ab".into()),
        ..Default::default()
    };
    let written = to_value(detail).unwrap();
    assert_eq!((&written["Id"], &written["CertIdentifier"]), (&json!(7), &json!("7-cn-hangzhou")));
    assert_eq!(written["CertSha2"], "ab");
    assert!(written.get("Key").is_none(), "a private key is answered only where it is set");
}

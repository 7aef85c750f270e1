//! `ramgate catalog`.

use crate::support::{Place, transcript};
use insta::assert_snapshot;

#[test]
fn one_operation_is_described_with_its_permission() {
    assert_snapshot!(transcript(&Place::new().run(&["catalog", "APIG", "gethttpapi"])), @r"
    exit 0
    --- out
    GetHttpApi  GET /v1/http-apis/{httpApiId}
    Returns one HTTP API with where it is deployed.

    action      apig:GetHttpApi  (get)
    resource    acs:apig:{region}:{account}:httpapi/{httpApiId}  by http_api_id
    required    httpApiId
    errors      DatabaseError.RecordNotFound
    ");
}

#[test]
fn a_product_is_listed_with_action_access_and_resource() {
    let said = Place::new().run(&["catalog", "apig"]);
    assert_eq!(said.code, 0);
    let line = said.out.lines().find(|line| line.contains("apig:GetHttpApi ")).unwrap();
    let words: Vec<&str> = line.split_whitespace().collect();
    assert_eq!(words, ["apig:GetHttpApi", "get", "acs:apig:{region}:{account}:httpapi/{httpApiId}"]);
    // 106 actions are published for the product.
    assert!(said.out.lines().filter(|line| line.starts_with("  apig:")).count() >= 106);
}

#[test]
fn json_lists_every_operation_of_every_product_without_states_that_are_not_known() {
    let said = Place::new().run(&["catalog", "--json"]);
    let value: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let listed: Vec<&str> = value["products"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|product| product["operations"].as_array().unwrap())
        .map(|operation| {
            assert!(operation.get("state").is_none());
            operation["operation"].as_str().unwrap()
        })
        .collect();
    let declared: Vec<&str> = ramgate_api::operations().map(|spec| spec.name).collect();
    assert_eq!(listed, declared);
}

#[test]
fn a_slip_gets_a_hint() {
    let said = Place::new().run(&["catalog", "apig", "GetHtpApi"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("did you mean `GetHttpApi`?"), "{}", said.err);
    assert!(Place::new().run(&["catalog", "nothing"]).err.contains("`nothing` is no product; there are apig, "));
}

//! `ramgate account`: a folder is written as the server says, and sent back as it was written.

use crate::call::server;
use crate::support::{Place, Said, transcript};
use insta::assert_snapshot;
use ramgate_signing::rpc_parameters;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;

const READER: &str = "{ \"Version\": \"1\",\n  \"Statement\": [{ \"Effect\": \"Allow\", \"Action\": \"mse:Get*\", \"Resource\": \"*\" }] }\n";
const TRUST: &str = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"RAM":"acs:ram::1000000000000001:root"}}]}"#;

fn manifest() -> Value {
    json!({
        "Version": "1", "AccountId": "1000000000000001",
        "Policies": [{ "PolicyName": "reader", "Description": "on: reads", "PolicyDocument": READER }],
        "Groups": [{ "GroupName": "readers", "Policies": [{ "PolicyType": "Custom", "PolicyName": "reader" }] }],
        "Users": [{ "UserName": "0123", "DisplayName": "no", "Comments": "# not a remark", "Groups": ["readers"] }],
        "Roles": [{ "RoleName": "ops", "MaxSessionDuration": 7200, "AssumeRolePolicyDocument": TRUST }],
    })
}

fn account(place: &Place, address: SocketAddr, words: &[&str]) -> Said {
    let endpoint = address.to_string();
    let own = ["--endpoint", &endpoint, "--access-key-id", "testid", "--access-key-secret", "testsecret"];
    place.run(&[&["account"], words, &own[..]].concat())
}

fn export(place: &Place, manifest: &Value, more: &[&str]) -> Said {
    let (address, server) = server("200 OK", &json!({ "RequestId": "R", "Manifest": manifest }).to_string());
    let said = account(place, address, &[&["export", "[DIR]/account"], more].concat());
    server.join().unwrap().verified();
    said
}

/// Imports the folder. Answers also the parameters that the server got.
fn import(place: &Place, changes: &Value, more: &[&str]) -> (Said, BTreeMap<String, String>) {
    let (address, server) = server("200 OK", &json!({ "RequestId": "R", "Changes": changes }).to_string());
    let said = account(place, address, &[&["import", "[DIR]/account"], more].concat());
    let received = server.join().unwrap();
    received.verified();
    let pairs = received.with_wire(|wire| {
        let parameters = rpc_parameters(wire).unwrap();
        parameters.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    });
    (said, pairs)
}

fn file(place: &Place, name: &str) -> String {
    std::fs::read_to_string(place.path(&format!("account/{name}"))).unwrap()
}

#[test]
fn an_account_is_written_as_a_manifest_and_documents_byte_for_byte() {
    let place = Place::new();
    let said = export(&place, &manifest(), &[]);
    assert_snapshot!(transcript(&said), @r"
    exit 0
    --- out
    [DIR]/account: 1 users, 1 groups, 1 roles, 1 policies
    ");
    assert_eq!(file(&place, "policies/reader.json"), READER);
    assert_eq!(file(&place, "roles/ops.json"), TRUST);
    assert_snapshot!(file(&place, "manifest.yaml"), @r##"
    Version: "1"
    AccountId: "1000000000000001"
    Policies:
    - PolicyName: reader
      Description: "on: reads"
      Document: policies/reader.json
    Groups:
    - GroupName: readers
      Policies:
      - PolicyType: Custom
        PolicyName: reader
    Users:
    - UserName: "0123"
      DisplayName: "no"
      Comments: "# not a remark"
      Groups:
      - readers
    Roles:
    - RoleName: ops
      MaxSessionDuration: 7200
      AssumeRolePolicyDocument: roles/ops.json
    "##);
}

#[test]
fn what_was_written_is_sent_back_whichever_form_the_manifest_has() {
    for format in ["yaml", "json"] {
        let place = Place::new();
        export(&place, &manifest(), &["--format", format]);
        let (said, sent) = import(&place, &json!([]), &[]);
        assert_eq!(said.code, 0, "{}", said.err);
        assert_eq!(serde_json::from_str::<Value>(&sent["Manifest"]).unwrap(), manifest(), "{format}");
        assert_eq!((sent["DryRun"].as_str(), sent["Prune"].as_str()), ("false", "false"));
    }
}

#[test]
fn a_second_export_leaves_no_documents_of_what_is_gone_and_no_second_manifest() {
    let place = Place::new();
    export(&place, &manifest(), &[]);
    let mut less = manifest();
    less["Policies"] = json!([]);
    export(&place, &less, &["--format", "json"]);
    assert!(!Path::new(&place.path("account/policies/reader.json")).exists());
    assert!(Path::new(&place.path("account/roles/ops.json")).exists());
    assert!(!Path::new(&place.path("account/manifest.yaml")).exists());
}

#[test]
fn a_dry_run_shows_the_changes_and_exits_with_1_where_there_are_any() {
    let place = Place::new();
    export(&place, &manifest(), &[]);
    let change = json!([{ "Action": "ram:CreateUser", "Resource": "user/*", "Summary": "make the user `alice`" }]);
    let (said, sent) = import(&place, &change, &["--dry-run", "--prune"]);
    assert_eq!((sent["DryRun"].as_str(), sent["Prune"].as_str()), ("true", "true"));
    assert_snapshot!(transcript(&said), @r"
    exit 1
    --- out
    make the user `alice`  (ram:CreateUser)
    --- err
    account: 1 change would be made
    ");
    let (said, _) = import(&place, &json!([]), &["--dry-run"]);
    assert_snapshot!(transcript(&said), @r"
    exit 0
    --- err
    account: the account is as the folder says
    ");
}

#[test]
fn a_manifest_does_not_reach_out_of_its_folder() {
    for file in ["../secret.json", "/etc/passwd", "policies/../../secret.json", ""] {
        let place = Place::new().with_file("secret.json", "{}");
        export(&place, &manifest(), &["--format", "json"]);
        let mut changed: Value = serde_json::from_str(&self::file(&place, "manifest.json")).unwrap();
        changed["Policies"][0]["Document"] = json!(file);
        std::fs::write(place.path("account/manifest.json"), changed.to_string()).unwrap();
        let said = account(&place, "127.0.0.1:1".parse().unwrap(), &["import", "[DIR]/account"]);
        assert_eq!(said.code, 2, "{file}");
        assert!(said.err.contains("is not in its folder"), "{}", said.err);
    }
}

#[test]
fn a_server_that_names_files_elsewhere_is_not_believed() {
    let place = Place::new();
    let mut evil = manifest();
    evil["Policies"][0]["PolicyName"] = json!("../../evil");
    let said = export(&place, &evil, &[]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("is no file name"), "{}", said.err);
}

#[test]
fn refusals_and_broken_folders_are_told_apart() {
    let place = Place::new().with_file("x", "");
    export(&place, &manifest(), &[]);
    let body =
        r#"{"Code":"InvalidManifest.UnknownReference","Message":"The user `x` names the group `y`.","RequestId":"R"}"#;
    let (address, server) = server("400 Bad Request", body);
    let said = account(&place, address, &["import", "[DIR]/account"]);
    server.join().unwrap();
    assert_snapshot!(transcript(&said), @r"
    exit 1
    --- err
    error: 400 InvalidManifest.UnknownReference: The user `x` names the group `y`.
    ");
    std::fs::write(place.path("account/manifest.yaml"), "Users: [").unwrap();
    let said = account(&place, address, &["import", "[DIR]/account"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("manifest.yaml"), "{}", said.err);
    let said = account(&place, address, &["import", "[DIR]/nowhere"]);
    assert_eq!(said.code, 2);
}

//! `ramgate policy who-can`, `lint` and `least`, and `simulate` with a change.

use crate::support::{Place, Said, transcript};
use insta::assert_snapshot;
use serde_json::{Value, json};

const READ: &str =
    r#"{ "Version": "1", "Statement": [ { "Effect": "Allow", "Action": "mse:Get*", "Resource": "*" } ] }"#;
const ALL: &str = r#"{ "Version": "1", "Statement": [ { "Effect": "Allow", "Action": "*", "Resource": "*" } ] }"#;
const GATEWAY: &str = "acs:mse:cn-hangzhou:1000000000000001:instance/gw-1";

fn place(manifest: &Value) -> Place {
    Place::new()
        .with_file("manifest.json", manifest.to_string())
        .with_file("read.json", READ)
        .with_file("all.json", ALL)
}

fn manifest() -> Value {
    json!({
        "Version": "1", "AccountId": "1000000000000001",
        "Policies": [{ "PolicyName": "read", "Document": "read.json" }, { "PolicyName": "all", "Document": "all.json" }],
        "Groups": [{ "GroupName": "readers", "Policies": [{ "PolicyType": "Custom", "PolicyName": "READ" }] }],
        "Users": [
            { "UserName": "alice", "Groups": ["Readers"] },
            { "UserName": "bob", "Policies": [{ "PolicyType": "System", "PolicyName": "AliyunMSEReadOnlyAccess" }] },
            { "UserName": "carol", "Policies": [{ "PolicyType": "Custom", "PolicyName": "read", "ResourceGroupId": "rg-1" }] },
        ],
    })
}

fn who_can(place: &Place, more: &[&str]) -> Said {
    place.run(&[&["policy", "who-can", "[DIR]", "mse:GetGateway", GATEWAY][..], more].concat())
}

#[test]
fn groups_system_policies_and_resource_groups_count() {
    assert_snapshot!(transcript(&who_can(&place(&manifest()), &[])), @r"
    exit 0
    --- out
    mse:GetGateway on acs:mse:cn-hangzhou:1000000000000001:instance/gw-1: 3 of 3 principals

    always
      acs:ram::1000000000000001:root
        the account itself
      user `alice`
        group `readers` → read (Custom) → Statement[0], line 1
      user `bob`
        AliyunMSEReadOnlyAccess (System) → Statement[0], line 4

    under conditions
      user `carol`
        read (Custom) → Statement[0], line 1
        allowed with acs:ResourceGroupId=rg-1
        refused with none of the keys in the request
    ");
    let said = who_can(&place(&manifest()), &["--context", "acs:ResourceGroupId=rg-2", "--json"]);
    let answer: Value = serde_json::from_str(&said.out).unwrap();
    let names = |list: &str| {
        answer[list].as_array().unwrap().iter().map(|one| one["Principal"]["Name"].clone()).collect::<Vec<_>>()
    };
    assert_eq!((names("Always"), names("UnderConditions")), (vec![json!("alice"), json!("bob")], vec![]));
    assert_eq!(answer["Always"][0]["Grants"][0]["AttachedEntity"], json!({ "Group": "readers" }));
}

#[test]
fn the_exit_status_says_whether_anybody_may() {
    let said = place(&manifest()).run(&["policy", "who-can", "[DIR]", "mse:DeleteGateway", GATEWAY]);
    assert_eq!(said.code, 1, "{}", said.out);
    assert!(said.out.contains("0 of 3 principals"), "{}", said.out);
}

#[test]
fn folders_that_cannot_be_used_say_why() {
    let broken = |change: &dyn Fn(&mut Value)| {
        let mut manifest = manifest();
        change(&mut manifest);
        let said = who_can(&place(&manifest), &[]);
        assert_eq!((said.code, said.out.as_str()), (2, ""));
        said.err.trim_end().to_owned()
    };
    assert_snapshot!(broken(&|m| m["Users"][0]["Groups"] = json!(["writers"])), @"error: the user `alice` is in the group `writers`, which the manifest does not have");
    assert_snapshot!(broken(&|m| m["Users"][1]["Policies"][0]["PolicyName"] = json!("Nothing")), @"error: the user `bob` has the system policy `Nothing`, which there is not");
    assert_snapshot!(broken(&|m| m["Policies"][0]["Document"] = json!("../read.json")), @"error: the manifest names the file `../read.json`, which is not in its folder");
    assert_snapshot!(broken(&|m| m["Users"][0]["Color"] = json!("red")), @"error: the manifest in `[DIR]` cannot be used: unknown field `Color`, expected one of `UserName`, `DisplayName`, `MobilePhone`, `Email`, `Comments`, `Tags`, `Groups`, `Policies`");
}

#[test]
fn lint_fails_on_security_warnings_and_strictly_on_all() {
    let said = place(&manifest()).run(&["policy", "lint", "[DIR]"]);
    assert_snapshot!(transcript(&said), @r"
    exit 0
    --- out
    3 principals, 2 policies: 0 security warnings, 0 warnings, 0 suggestions
    ");
    let mut manifest = manifest();
    manifest["Users"][2]["Policies"][0] = json!({ "PolicyType": "Custom", "PolicyName": "all" });
    let said = place(&manifest).run(&["policy", "lint", "[DIR]", "--json"]);
    assert_eq!(said.code, 1);
    let report: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(report["Findings"][0]["Code"], json!("AllowsEverything"));
    assert_eq!(report["Findings"][0]["Place"]["PolicyName"], json!("all"));
}

#[test]
fn a_change_is_decided_beside_what_is() {
    let place = place(&manifest());
    let ask =
        ["policy", "simulate", "--policy", "[DIR]/read.json", "--action", "mse:DeleteGateway", "--resource", GATEWAY];
    let said = place.run(&[&ask[..], &["--add", "[DIR]/all.json"]].concat());
    assert_snapshot!(transcript(&said), @r"
    exit 0
    --- out
    + mse:DeleteGateway on acs:mse:cn-hangzhou:1000000000000001:instance/gw-1  ImplicitDeny → Allow by [DIR]/all.json[0]
    1 of 1 requests gained, 0 lost
    ");
    let said = place.run(&[&ask[..], &["--remove", "[DIR]/read.json", "--json"]].concat());
    assert_eq!(said.code, 1);
    let answer: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((&answer["Gained"], &answer["Results"][0]["Effect"]), (&json!(0), &json!("Same")));
    let said = place.run(&[&ask[..], &["--remove", "other.json"]].concat());
    assert_snapshot!(transcript(&said), @r"
    exit 2
    --- err
    error: the policy `other.json` is not attached, so it cannot be taken away
    ");
}

#[test]
fn least_needs_a_principal_and_a_log() {
    let place = place(&manifest());
    let said = place.run(&["policy", "least", "--data-dir", "[DIR]", "--principal", "alice"]);
    assert_snapshot!(transcript(&said), @r"
    exit 2
    --- err
    error: `alice` is not the name of a user or role, which looks like `acs:ram::<account>:user/<name>` or `acs:ram::<account>:role/<name>`
    ");
    let said =
        place.run(&["policy", "least", "--data-dir", "[DIR]", "--principal", "acs:ram::1000000000000001:user/alice"]);
    assert_eq!(said.code, 2, "{}", said.err);
}

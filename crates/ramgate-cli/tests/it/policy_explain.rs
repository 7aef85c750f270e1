//! `ramgate policy explain`.

use crate::support::{Place, transcript};
use insta::assert_snapshot;

const READER: &str = r#"{
  "Version": "1",
  "Statement": [
    { "Effect": "Allow", "Action": ["apig:Get*", "apig:List*"], "Resource": "*" },
    {
      "Effect": "Allow",
      "Action": "apig:UpdateHttpApi",
      "Resource": "acs:apig:*:*:httpapi/api-2"
    },
    {
      "Effect": "Allow", "Action": "apig:UpdateHttpApi", "Resource": "*",
      "Condition": { "IpAddress": { "acs:SourceIp": ["10.0.0.0/8", "192.168.0.0/16"] } }
    }
  ]
}
"#;

const GUARD: &str = r#"{ "Version": "1", "Statement": [
  { "Effect": "Deny", "Action": "apig:*", "Resource": "acs:apig:*:*:httpapi/api-secret" } ] }
"#;

const API: &str = "acs:apig:cn-hangzhou:1000000000000001:httpapi/api-1";

fn ask(place: Place, more: &[&str]) -> String {
    let place = place.with_file("reader.json", READER).with_file("guard.json", GUARD);
    let words = ["policy", "explain", "--policy", "[DIR]/reader.json", "[DIR]/guard.json"];
    transcript(&place.run(&[&words[..], more].concat()))
}

#[test]
fn an_allowed_request_names_its_statement() {
    assert_snapshot!(ask(Place::new(), &["--action", "apig:GetHttpApi", "--resource", API]), @r"
    exit 0
    --- out
    Allow  apig:GetHttpApi on acs:apig:cn-hangzhou:1000000000000001:httpapi/api-1
      `apig:GetHttpApi` on `acs:apig:cn-hangzhou:1000000000000001:httpapi/api-1` is allowed by Statement[0] of the policy `[DIR]/reader.json` (Custom, attached to the user)

      decided by (AccountLevelIdentityBasedPolicy)
        Allow [DIR]/reader.json:4:5 Statement[0]
    ");
}

#[test]
fn a_refused_request_names_what_nearly_allowed_it() {
    let place = Place::on_a_terminal().with_input(READER);
    let said = place.run(&[
        "policy",
        "explain",
        "--policy",
        "-",
        "--action",
        "apig:UpdateHttpApi",
        "--resource",
        API,
        "--context",
        "acs:SourceIp=203.0.113.9",
    ]);
    assert_snapshot!(transcript(&said), @r"
    exit 0
    --- out
    ImplicitDeny  apig:UpdateHttpApi on acs:apig:cn-hangzhou:1000000000000001:httpapi/api-1
      `apig:UpdateHttpApi` on `acs:apig:cn-hangzhou:1000000000000001:httpapi/api-1`
      is not allowed: no attached policy allows it; Statement[2] of the policy
      `<stdin>` (Custom, attached to the user) does not Allow it: `IpAddress` wants
      `10.0.0.0/8`, `192.168.0.0/16` in `acs:SourceIp`, the request has
      `203.0.113.9`

      near misses
        Allow <stdin>:10:5 Statement[2]
              `IpAddress` wants `10.0.0.0/8` or `192.168.0.0/16` in `acs:SourceIp`,
              the request has `203.0.113.9`
        Allow <stdin>:5:5 Statement[1]
              covers the action only on `acs:apig:*:*:httpapi/api-2`
    ");
}

#[test]
fn a_denied_request_names_the_deny() {
    let secret = "acs:apig:cn-hangzhou:1000000000000001:httpapi/api-secret";
    assert_snapshot!(ask(Place::new(), &["--action", "apig:GetHttpApi", "--resource", secret]), @r"
    exit 0
    --- out
    ExplicitDeny  apig:GetHttpApi on acs:apig:cn-hangzhou:1000000000000001:httpapi/api-secret
      `apig:GetHttpApi` on `acs:apig:cn-hangzhou:1000000000000001:httpapi/api-secret` is denied by Statement[0] of the policy `[DIR]/guard.json` (Custom, attached to the user)

      decided by (AccountLevelIdentityBasedPolicy)
        Deny  [DIR]/guard.json:2:3 Statement[0]
    ");
}

#[test]
fn json_has_everything() {
    let more = ["--action", "apig:UpdateHttpApi", "--resource", API, "--json"];
    assert_snapshot!(ask(Place::new(), &more), @r#"
    exit 0
    --- out
    {
      "Outcome": "ImplicitDeny",
      "Layer": "AccountLevelIdentityBasedPolicy",
      "Explanations": [
        {
          "Action": "apig:UpdateHttpApi",
          "Resource": "acs:apig:cn-hangzhou:1000000000000001:httpapi/api-1",
          "Outcome": "ImplicitDeny",
          "Layer": "AccountLevelIdentityBasedPolicy",
          "Text": "`apig:UpdateHttpApi` on `acs:apig:cn-hangzhou:1000000000000001:httpapi/api-1` is not allowed: no attached policy allows it; Statement[2] of the policy `[DIR]/reader.json` (Custom, attached to the user) does not Allow it: `IpAddress` wants `10.0.0.0/8`, `192.168.0.0/16` in `acs:SourceIp`, the request has no such key",
          "Deciding": [],
          "NearMisses": [
            {
              "Statement": {
                "Effect": "Allow",
                "Layer": "AccountLevelIdentityBasedPolicy",
                "PolicyName": "[DIR]/reader.json",
                "PolicyType": "Custom",
                "PolicyVersion": "v1",
                "AttachedEntity": "User",
                "Place": "Statement[2]",
                "Statement": 2,
                "Line": 10,
                "Column": 5
              },
              "Miss": {
                "Kind": "Condition",
                "Operator": "IpAddress",
                "Key": "acs:SourceIp",
                "Wanted": [
                  "10.0.0.0/8",
                  "192.168.0.0/16"
                ],
                "Got": []
              },
              "Text": "Statement[2] of the policy `[DIR]/reader.json` (Custom, attached to the user) does not Allow it: `IpAddress` wants `10.0.0.0/8`, `192.168.0.0/16` in `acs:SourceIp`, the request has no such key"
            },
            {
              "Statement": {
                "Effect": "Allow",
                "Layer": "AccountLevelIdentityBasedPolicy",
                "PolicyName": "[DIR]/reader.json",
                "PolicyType": "Custom",
                "PolicyVersion": "v1",
                "AttachedEntity": "User",
                "Place": "Statement[1]",
                "Statement": 1,
                "Line": 5,
                "Column": 5
              },
              "Miss": {
                "Kind": "Resource",
                "Negated": false,
                "Patterns": [
                  "acs:apig:*:*:httpapi/api-2"
                ]
              },
              "Text": "Statement[1] of the policy `[DIR]/reader.json` (Custom, attached to the user) allows the action but only on `acs:apig:*:*:httpapi/api-2`"
            }
          ],
          "NotApplicable": []
        }
      ]
    }
    "#);
}

#[test]
fn a_statement_that_is_not_understood_is_named_with_its_reason() {
    let broken = r#"{"Version": "1", "Statement": [
  {"Effect": "Allow", "Action": "apig:*", "Resource": "*", "Condition": {"StringMatches": {"acs:UserAgent": "x"}}}]}"#;
    let place = Place::new().with_file("broken.json", broken);
    let said = place.run(&[
        "policy",
        "explain",
        "--stored",
        "--policy",
        "[DIR]/broken.json",
        "--action",
        "apig:GetHttpApi",
        "--resource",
        API,
    ]);
    assert_snapshot!(transcript(&said), @r"
    exit 0
    --- out
    ImplicitDeny  apig:GetHttpApi on acs:apig:cn-hangzhou:1000000000000001:httpapi/api-1
      `apig:GetHttpApi` on `acs:apig:cn-hangzhou:1000000000000001:httpapi/api-1` is not allowed: no attached policy allows it

      not understood
        Allow [DIR]/broken.json:2:3 Statement[0]
              Statement[0] of the policy `[DIR]/broken.json` (Custom, attached to the user) is not understood, so its Allow does not apply
              - Statement[0].Condition.StringMatches: the condition operator `StringMatches` is not supported

    --- err
    [DIR]/broken.json:2:74: error: Statement[0].Condition.StringMatches: Invalid condition operator: the condition operator `StringMatches` is not supported
    ");
}

#[test]
fn corpus_files_are_explained_request_by_request() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/policies/14-mfa-false-misses-access-keys.json");
    let place = Place::new().with_file("corpus.json", std::fs::read(file).unwrap());
    assert_snapshot!(transcript(&place.run(&["policy", "explain", "[DIR]/corpus.json"])), @r"
    exit 0
    --- out
    [DIR]/corpus.json  a Deny on a false second factor does not reach calls with access keys, which have no such key

    # access key
    Allow  mse:GetGateway on acs:mse:cn-hangzhou:100:instance/gw-1
      `mse:GetGateway` on `acs:mse:cn-hangzhou:100:instance/gw-1` is allowed by Statement[0] of the policy `p` (Custom, attached to the user)

      decided by (AccountLevelIdentityBasedPolicy)
        Allow p:4:11 Statement[0]

      near misses
        Deny  p:9:11 Statement[1]
              `Bool` wants `false` in `acs:MFAPresent`, the request has no value

    # console session without second factor
    ExplicitDeny  mse:GetGateway on acs:mse:cn-hangzhou:100:instance/gw-1
      `mse:GetGateway` on `acs:mse:cn-hangzhou:100:instance/gw-1` is denied by Statement[1] of the policy `p` (Custom, attached to the user)

      decided by (AccountLevelIdentityBasedPolicy)
        Deny  p:9:11 Statement[1]

    # console session with second factor
    Allow  mse:GetGateway on acs:mse:cn-hangzhou:100:instance/gw-1
      `mse:GetGateway` on `acs:mse:cn-hangzhou:100:instance/gw-1` is allowed by Statement[0] of the policy `p` (Custom, attached to the user)

      decided by (AccountLevelIdentityBasedPolicy)
        Allow p:4:11 Statement[0]

      near misses
        Deny  p:9:11 Statement[1]
              `Bool` wants `false` in `acs:MFAPresent`, the request has `true`
    ");
}

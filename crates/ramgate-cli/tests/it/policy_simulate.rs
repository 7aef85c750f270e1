//! `ramgate policy simulate`.

use crate::support::{Place, transcript};
use insta::assert_snapshot;

const POLICY: &str = r#"{
  "Version": "1",
  "Statement": [
    { "Effect": "Allow", "Action": "apig:*", "Resource": "acs:apig:*:*:httpapi/*" },
    { "Effect": "Deny", "Action": "apig:Delete*", "Resource": "*",
      "Condition": { "NotIpAddress": { "acs:SourceIp": "10.0.0.0/8" } } }
  ]
}
"#;

const API: &str = "acs:apig:cn-hangzhou:1000000000000001:httpapi/api-1";

fn place() -> Place {
    Place::new().with_file("p.json", POLICY)
}

#[test]
fn a_request_is_decided_and_the_exit_status_tells() {
    let ask = ["policy", "simulate", "--policy", "[DIR]/p.json", "--resource", API, "--action"];
    assert_snapshot!(transcript(&place().run(&[&ask[..], &["apig:GetHttpApi"]].concat())), @r"
    exit 0
    --- out
    Allow  apig:GetHttpApi on acs:apig:cn-hangzhou:1000000000000001:httpapi/api-1  (AccountLevelIdentityBasedPolicy by [DIR]/p.json[0])
    ");
    assert_snapshot!(transcript(&place().run(&[&ask[..], &["apig:DeleteHttpApi"]].concat())), @r"
    exit 1
    --- out
    ExplicitDeny  apig:DeleteHttpApi on acs:apig:cn-hangzhou:1000000000000001:httpapi/api-1  (AccountLevelIdentityBasedPolicy by [DIR]/p.json[1])
    ");
    let inside = [&ask[..], &["apig:DeleteHttpApi", "--context", "acs:SourceIp=10.1.2.3"]].concat();
    assert_snapshot!(transcript(&place().run(&inside)), @r"
    exit 0
    --- out
    Allow  apig:DeleteHttpApi on acs:apig:cn-hangzhou:1000000000000001:httpapi/api-1  (AccountLevelIdentityBasedPolicy by [DIR]/p.json[0])
    ");
}

#[test]
fn of_several_resources_every_one_must_be_allowed() {
    let said = place().run(&[
        "policy",
        "simulate",
        "--policy",
        "[DIR]/p.json",
        "--action",
        "apig:GetHttpApi",
        "--resource",
        API,
        "acs:apig:cn-hangzhou:1000000000000001:gateway/gw-1",
        "--json",
    ]);
    assert_snapshot!(transcript(&said), @r#"
    exit 1
    --- out
    {
      "Outcome": "ImplicitDeny",
      "Layer": "AccountLevelIdentityBasedPolicy",
      "Resources": [
        {
          "Action": "apig:GetHttpApi",
          "Resource": "acs:apig:cn-hangzhou:1000000000000001:httpapi/api-1",
          "Outcome": "Allow",
          "Layer": "AccountLevelIdentityBasedPolicy",
          "Statement": "[DIR]/p.json[0]"
        },
        {
          "Action": "apig:GetHttpApi",
          "Resource": "acs:apig:cn-hangzhou:1000000000000001:gateway/gw-1",
          "Outcome": "ImplicitDeny",
          "Layer": "AccountLevelIdentityBasedPolicy",
          "Statement": null
        }
      ]
    }
    "#);
}

#[test]
fn the_time_is_now_unless_given() {
    let policy = r#"{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*",
        "Condition": {"DateLessThan": {"acs:CurrentTime": "2026-05-01T12:00:01Z"}}}]}"#;
    let place = Place::new().with_file("p.json", policy);
    let ask = ["policy", "simulate", "--policy", "[DIR]/p.json", "--resource", API, "--action", "apig:GetHttpApi"];
    assert_eq!(place.run(&ask).code, 0);
    let later = [&ask[..], &["--context", "acs:CurrentTime=2026-05-01T12:00:02Z"]].concat();
    assert_eq!(place.run(&later).code, 1);
}

#[test]
fn several_values_of_a_key_are_given_by_repeating_it() {
    let policy = r#"{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*",
        "Condition": {"StringEquals": {"apig:GatewayId": "gw-2"}}}]}"#;
    let place = Place::new().with_file("p.json", policy);
    let ask = ["policy", "simulate", "--policy", "[DIR]/p.json", "--resource", API, "--action", "apig:GetService"];
    assert_eq!(place.run(&[&ask[..], &["--context", "apig:GatewayId=gw-1"]].concat()).code, 1);
    let both = ["--context", "apig:GatewayId=gw-1", "--context", "apig:GatewayId=gw-2"];
    assert_eq!(place.run(&[&ask[..], &both].concat()).code, 0);
}

#[test]
fn roles_sessions_control_policies_and_root_count_as_they_do_in_the_engine() {
    let all = r#"{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}"#;
    let none = r#"{"Version": "1", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]}"#;
    let place = Place::new().with_file("all.json", all).with_file("none.json", none);
    let ask = |more: &[&str]| {
        let words =
            ["policy", "simulate", "--resource", API, "--action", "apig:GetHttpApi", "--policy", "[DIR]/all.json"];
        place.run(&[&words[..], more].concat())
    };
    assert_eq!(ask(&[]).code, 0);
    assert_eq!(ask(&["--principal", "role", "--session", "[DIR]/all.json"]).code, 0);
    let session = ask(&["--principal", "role", "--session", "[DIR]/none.json"]);
    assert!(session.out.contains("ExplicitDeny") && session.out.contains("SessionPolicy"), "{}", session.out);
    let control = ask(&["--control", "[DIR]/all.json", "--control", "[DIR]/all.json,[DIR]/none.json"]);
    assert!(control.out.contains("ExplicitDeny") && control.out.contains("ControlPolicy"), "{}", control.out);
    assert_eq!(ask(&["--principal", "root"]).code, 0);
    assert_eq!(ask(&["--principal", "root", "--account", "2000000000000002"]).code, 1);
}

#[test]
fn assuming_a_role_takes_the_trust_policy_too() {
    let own = r#"{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}]}"#;
    let trust = r#"{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": {"RAM": "acs:ram::1000000000000001:user/alice"}}]}"#;
    let place = Place::new().with_file("own.json", own).with_file("trust.json", trust);
    let ask = |caller: &str| {
        place.run(&[
            "policy",
            "simulate",
            "--policy",
            "[DIR]/own.json",
            "--trust",
            "[DIR]/trust.json",
            "--caller",
            caller,
            "--resource",
            "acs:ram::1000000000000001:role/operator",
        ])
    };
    assert_snapshot!(transcript(&ask("acs:ram::1000000000000001:user/alice")), @r"
    exit 0
    --- out
    Allow  sts:AssumeRole on acs:ram::1000000000000001:role/operator  (AccountLevelIdentityBasedPolicy by [DIR]/own.json[0])
    ");
    assert_snapshot!(transcript(&ask("acs:ram::1000000000000001:user/bob")), @r"
    exit 1
    --- out
    ImplicitDeny  sts:AssumeRole on acs:ram::1000000000000001:role/operator  (AssumeRolePolicy)
    ");
    assert_eq!(ask("alice").code, 2);
}

#[test]
fn what_cannot_be_asked_is_explained() {
    let ask = |words: &[&str]| {
        let said = place().run(&[&["policy", "simulate", "--policy", "[DIR]/p.json"], words].concat());
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{words:?}");
        said.err
    };
    assert_snapshot!(ask(&["--action", "GetHttpApi", "--resource", API]), @r"
    error: `GetHttpApi` is not an action, which looks like `apig:GetHttpApi`; did you mean `apig:GetHttpApi`?
    ");
    assert_snapshot!(ask(&["--action", "apig:GetHttpApi", "--resource", "api-1"]), @r"
    error: `api-1` is not a resource name; `apig:GetHttpApi` is checked on `acs:apig:{region}:{account}:httpapi/{httpApiId}`
    ");
    assert_snapshot!(ask(&["--action", "apig:GetHttpApi", "--resource", "*"]), @r"
    error: `*` is not a resource name; `acs:apig:<region>:<account>:*` stands for all resources
    ");
    assert_snapshot!(ask(&["--action", "apig:GetHttpApi", "--resource", API, "--context", "acs:SourceIp"]), @r"
    error: `acs:SourceIp` is not a condition value, which looks like `acs:SourceIp=10.0.0.1`
    ");
    assert_snapshot!(ask(&["--action", "apig:GetHttpApi", "--resource", API, "--context", "acs:SourceIp=here"]), @r"
    error: `here` is not a value of the condition key `acs:SourceIp`, which takes an IPv4 or IPv6 address
    ");
}

#[test]
fn an_unknown_action_is_decided_with_a_remark() {
    let said = place().run(&[
        "policy",
        "simulate",
        "--policy",
        "[DIR]/p.json",
        "--action",
        "apig:GetHtpApi",
        "--resource",
        API,
    ]);
    assert_snapshot!(transcript(&said), @r"
    exit 0
    --- out
    Allow  apig:GetHtpApi on acs:apig:cn-hangzhou:1000000000000001:httpapi/api-1  (AccountLevelIdentityBasedPolicy by [DIR]/p.json[0])
    --- err
    note: the action `apig:GetHtpApi` is not in the catalog; did you mean `apig:GetHttpApi`?
    ");
}

#[test]
fn a_document_with_problems_is_refused_unless_it_is_taken_as_stored() {
    let broken = r#"{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*", "Sid": "a"}]}"#;
    let place = Place::new().with_file("broken.json", broken);
    let ask = ["policy", "simulate", "--policy", "[DIR]/broken.json", "--action", "apig:GetHttpApi", "--resource", API];
    assert_snapshot!(transcript(&place.run(&ask)), @r"
    exit 2
    --- err
    [DIR]/broken.json:1:84: error: Statement[0].Sid: Invalid policy element: a statement has no element `Sid`
    error: `[DIR]/broken.json` is not a policy document: it has 1 problem; with --stored it is taken as if it were in force
    ");
    assert_snapshot!(transcript(&place.run(&[&ask[..], &["--stored"]].concat())), @r"
    exit 1
    --- out
    ImplicitDeny  apig:GetHttpApi on acs:apig:cn-hangzhou:1000000000000001:httpapi/api-1  (AccountLevelIdentityBasedPolicy)
    --- err
    [DIR]/broken.json:1:84: error: Statement[0].Sid: Invalid policy element: a statement has no element `Sid`
    ");
}

#[test]
fn the_projects_corpus_comes_out_as_expected() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/policies");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().to_str().unwrap().to_owned())
        .filter(|path| path.ends_with(".json"))
        .collect();
    files.sort();
    assert!(files.len() >= 30, "the corpus is at {folder}");
    let words: Vec<&str> = ["policy", "simulate"].into_iter().chain(files.iter().map(String::as_str)).collect();
    let said = Place::new().run(&words);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    assert!(said.out.ends_with(": all as expected\n"), "{}", said.out);
}

const CORPUS: &str = r#"{
  "title": "reading is allowed",
  "policies": [ { "name": "reader", "document": { "Version": "1", "Statement": [
      { "Effect": "Allow", "Action": "apig:Get*", "Resource": "*" } ] } } ],
  "requests": [
    { "action": "apig:GetHttpApi", "resource": "acs:apig:cn-hangzhou:100:httpapi/api-1",
      "expect": "Allow", "statement": "reader[0]" },
    { "note": "a wrong expectation", "action": "apig:DeleteHttpApi",
      "resource": "acs:apig:cn-hangzhou:100:httpapi/api-1", "expect": "Allow", "statement": "reader[0]" }
  ]
}"#;

#[test]
fn a_corpus_file_that_comes_out_otherwise_fails() {
    let place = Place::new().with_file("corpus.json", CORPUS);
    assert_snapshot!(transcript(&place.run(&["policy", "simulate", "[DIR]/corpus.json"])), @r"
    exit 1
    --- out
    FAIL [DIR]/corpus.json  reading is allowed
         request 2 (a wrong expectation)
           expected  Allow by reader[0]
           got       ImplicitDeny from AccountLevelIdentityBasedPolicy
    1 file, 2 requests: 1 not as expected
    ");
    assert_snapshot!(transcript(&place.run(&["policy", "simulate", "--json", "[DIR]/corpus.json"])), @r#"
    exit 1
    --- out
    {
      "Files": [
        {
          "File": "[DIR]/corpus.json",
          "Title": "reading is allowed",
          "Passed": false,
          "Requests": [
            {
              "Number": 1,
              "Note": "",
              "Expected": "Allow",
              "ExpectedLayer": null,
              "ExpectedStatement": "reader[0]",
              "Statement": "reader[0]",
              "Outcome": "Allow",
              "Layer": "AccountLevelIdentityBasedPolicy",
              "Passed": true,
              "Explanation": null
            },
            {
              "Number": 2,
              "Note": "a wrong expectation",
              "Expected": "Allow",
              "ExpectedLayer": null,
              "ExpectedStatement": "reader[0]",
              "Statement": null,
              "Outcome": "ImplicitDeny",
              "Layer": "AccountLevelIdentityBasedPolicy",
              "Passed": false,
              "Explanation": null
            }
          ]
        }
      ],
      "Requests": 2,
      "Failed": 1
    }
    "#);
}

#[test]
fn a_file_that_is_no_corpus_file_says_so() {
    let place = Place::new().with_file("corpus.json", POLICY);
    assert_snapshot!(transcript(&place.run(&["policy", "simulate", "[DIR]/corpus.json"])), @r"
    exit 2
    --- err
    error: `[DIR]/corpus.json` cannot be used: the file is not a policy corpus file: unknown field `Version`, expected one of `title`, `source`, `principal`, `account`, `policies`, `session`, `control`, `keys`, `actions`, `context`, `requests` at line 2 column 11
    ");
}

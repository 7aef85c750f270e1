//! `ramgate audit`, on logs that the audit crate has written.

use crate::support::{Place, transcript};
use insta::assert_snapshot;
use ramgate_audit::{Audit, CallRecord, DecidedBy, Decision, Outcome, PrincipalFacts, PrincipalKind};

/// 2026-05-01T12:00:00Z
const NOON: i64 = 1_777_636_800_000;

fn call(time: i64, name: &str, action: &str, decision: Decision) -> CallRecord {
    CallRecord {
        time,
        request_id: format!("REQUEST-{}", time - NOON),
        account_id: "1000000000000001".to_owned(),
        principal: PrincipalFacts {
            kind: PrincipalKind::User,
            id: "200000000000000001".to_owned(),
            name: name.to_owned(),
            arn: format!("acs:ram::1000000000000001:user/{name}"),
        },
        access_key_id: Some("testid".to_owned()),
        source_ip: "192.0.2.7".parse().ok(),
        user_agent: None,
        secure: true,
        product: "apig".to_owned(),
        operation: action.trim_start_matches("apig:").to_owned(),
        action: action.to_owned(),
        access_level: "delete".to_owned(),
        mutation: action.contains("Delete"),
        resources: vec!["acs:apig:cn-hangzhou:1000000000000001:httpapi/api-1".to_owned()],
        decision,
        decided_by: (decision == Decision::ExplicitDeny).then(|| DecidedBy {
            policy: "Guard".to_owned(),
            policy_type: "Custom".to_owned(),
            version: "v2".to_owned(),
            statement: 1,
        }),
        layer: Some("AccountLevelIdentityBasedPolicy".to_owned()),
        parameters: serde_json::json!({ "httpApiId": "api-1" }),
    }
}

fn outcome(status: u16, code: &str) -> Outcome {
    let revision = (status == 200).then_some(42);
    Outcome { status, code: code.to_owned(), message: String::new(), duration_us: 812, revision }
}

/// Four calls of the last hours, one of unknown outcome.
async fn place(place: Place) -> (Place, Audit) {
    let audit = Audit::open(place.path("audit.db")).unwrap();
    let id = audit.begin(call(NOON - 7_200_000, "alice", "apig:DeleteHttpApi", Decision::Allowed)).await.unwrap();
    audit.finish(id, outcome(200, "OK")).unwrap();
    let denied = call(NOON - 60_000, "bob", "apig:DeleteHttpApi", Decision::ExplicitDeny);
    audit.record(denied, outcome(403, "NoPermission")).await.unwrap();
    let mut failed = call(NOON - 30_000, "", "", Decision::NotChecked);
    (failed.principal, failed.layer, failed.mutation) = (PrincipalFacts::anonymous(), None, false);
    (failed.operation, failed.resources, failed.secure) = ("Get\x1b[31mAll".to_owned(), Vec::new(), false);
    audit.record(failed, outcome(404, "InvalidAction.NotFound")).await.unwrap();
    drop(audit.begin(call(NOON - 10_000, "alice", "apig:DeleteHttpApi", Decision::Allowed)).await.unwrap());
    audit.flush().await.unwrap();
    (place, audit)
}

#[tokio::test]
async fn calls_are_shown_newest_first_while_the_log_is_being_written() {
    let (place, _open) = place(Place::on_a_terminal()).await;
    assert_snapshot!(transcript(&place.run(&["audit", "query", "--data-dir", "[DIR]"])), @r"
    exit 0
    --- out
    2026-05-01T11:59:50.000Z  allowed        ???  apig:DeleteHttpApi  user alice  outcome unknown
        on acs:apig:cn-hangzhou:1000000000000001:httpapi/api-1
        from 192.0.2.7 over TLS, request REQUEST--10000, record 5
    2026-05-01T11:59:30.000Z  not-checked    404  Get�[31mAll  anonymous with key testid  InvalidAction.NotFound
        from 192.0.2.7, request REQUEST--30000, 812 µs, record 4
    2026-05-01T11:59:00.000Z  explicit-deny  403  apig:DeleteHttpApi  user bob  NoPermission
        on acs:apig:cn-hangzhou:1000000000000001:httpapi/api-1
        by Statement[1] of Guard v2 (Custom, AccountLevelIdentityBasedPolicy)
        from 192.0.2.7 over TLS, request REQUEST--60000, 812 µs, record 3
    2026-05-01T10:00:00.000Z  allowed        200  apig:DeleteHttpApi  user alice
        on acs:apig:cn-hangzhou:1000000000000001:httpapi/api-1
        from 192.0.2.7 over TLS, request REQUEST--7200000, 812 µs, revision 42,
        record 1
    ");
}

#[tokio::test]
async fn filters_narrow_what_is_shown() {
    let (place, _open) = place(Place::new()).await;
    let n = |more: &[&str]| {
        let said = place.run(&[&["audit", "query", "--json", "--data-dir", "[DIR]"], more].concat());
        assert_eq!(said.code, 0, "{}", said.err);
        said.out.lines().count()
    };
    assert_eq!(n(&[]), 4);
    assert_eq!(n(&["--from", "1h"]), 3);
    assert_eq!(n(&["--from", "2026-05-01", "--to", "2026-05-01T19:00:00+08:00"]), 1);
    assert_eq!(n(&["--principal", "alice"]), 2);
    assert_eq!(n(&["--action", "apig:delete*"]), 3);
    assert_eq!(n(&["--resource", "*:httpapi/api-1"]), 3);
    assert_eq!(n(&["--decision", "denied"]), 1);
    assert_eq!(n(&["--decision", "denied", "--decision", "not-checked"]), 2);
    assert_eq!(n(&["--status", "4xx"]), 2);
    assert_eq!(n(&["--code", "NoPermission"]), 1);
    assert_eq!(n(&["--request-id", "REQUEST--60000"]), 1);
    assert_eq!(n(&["--account", "2"]), 0);
    assert_eq!(n(&["--mutations"]), 3);
    assert_eq!(n(&["--limit", "2"]), 2);
}

#[tokio::test]
async fn a_query_goes_on_where_the_last_one_ended() {
    let (place, _open) = place(Place::new()).await;
    let first = place.run(&["audit", "query", "--json", "--data-dir", "[DIR]", "--limit", "3"]);
    let cursor = first.err.trim().rsplit(' ').next().unwrap();
    let second = place.run(&["audit", "query", "--json", "--data-dir", "[DIR]", "--cursor", cursor]);
    assert_eq!((first.out.lines().count(), second.out.lines().count()), (3, 1));
    assert_eq!(second.err, "");
}

#[tokio::test]
async fn json_is_one_line_for_each_call() {
    let (place, _open) = place(Place::new()).await;
    let said = place.run(&["audit", "query", "--json", "--data-dir", "[DIR]", "--decision", "explicit-deny"]);
    let value: serde_json::Value = serde_json::from_str(said.out.trim()).unwrap();
    assert_snapshot!(serde_json::to_string_pretty(&value).unwrap(), @r#"
    {
      "sequence": 3,
      "time": 1777636740000,
      "request_id": "REQUEST--60000",
      "account_id": "1000000000000001",
      "principal": {
        "kind": "user",
        "id": "200000000000000001",
        "name": "bob",
        "arn": "acs:ram::1000000000000001:user/bob"
      },
      "access_key_id": "testid",
      "source_ip": "192.0.2.7",
      "user_agent": null,
      "secure": true,
      "product": "apig",
      "operation": "DeleteHttpApi",
      "action": "apig:DeleteHttpApi",
      "access_level": "delete",
      "mutation": true,
      "resources": [
        "acs:apig:cn-hangzhou:1000000000000001:httpapi/api-1"
      ],
      "decision": "explicit-deny",
      "decided_by": {
        "policy": "Guard",
        "policy_type": "Custom",
        "version": "v2",
        "statement": 1
      },
      "layer": "AccountLevelIdentityBasedPolicy",
      "parameters": {
        "httpApiId": "api-1"
      },
      "outcome": {
        "status": 403,
        "code": "NoPermission",
        "message": "",
        "duration_us": 812,
        "revision": null
      }
    }
    "#);
}

#[tokio::test]
async fn a_whole_log_is_verified_and_its_head_is_told() {
    let (place, audit) = place(Place::new()).await;
    let said = place.run(&["audit", "verify", "--data-dir", "[DIR]"]);
    let (report, head) = said.out.trim_end().rsplit_once("\nhead ").unwrap();
    assert_eq!(report, "whole  5 records, 4 calls\n1 of unknown outcome: still running, or cut off");
    audit.close().await.unwrap();
    assert_eq!(place.run(&["audit", "verify", "--data-dir", "[DIR]", "--head", head]).code, 0);
    let wrong = format!("5:{}", "0".repeat(64));
    let said = place.run(&["audit", "verify", "--data-dir", "[DIR]", "--head", &wrong]);
    assert_snapshot!(transcript(&said), @r"
    exit 1
    --- out
    broken  at record 5: the log is not the one whose head was noted
    ");
}

#[tokio::test]
async fn a_head_that_retention_has_removed_proves_nothing() {
    let (place, audit) = place(Place::new()).await;
    assert_eq!(audit.retain(NOON - 60_000).await.unwrap().removed, 1);
    let old = format!("1:{}", "0".repeat(64));
    let said = place.run(&["audit", "verify", "--data-dir", "[DIR]", "--head", &old]);
    assert_eq!((said.code, said.err.contains("it proves nothing any more")), (0, true), "{}", said.err);
    assert!(said.out.contains("\nrecords up to 2 were removed by retention\n"), "{}", said.out);
}

#[tokio::test]
async fn a_changed_log_is_found_broken() {
    let (place, audit) = place(Place::new()).await;
    audit.close().await.unwrap();
    let file = place.path("audit.db");
    let content = std::fs::read(&file).unwrap();
    // The same length, so that the file stays well-formed.
    let changed: Vec<u8> = replace(&content, b"\"httpApiId\":\"api-1\"", b"\"httpApiId\":\"api-9\"");
    assert_ne!(changed, content);
    std::fs::write(&file, changed).unwrap();
    assert_snapshot!(transcript(&place.run(&["audit", "verify", "--data-dir", "[DIR]"])), @r"
    exit 1
    --- out
    broken  at record 5: its content is not what was recorded
    ");
    let said = place.run(&["audit", "verify", "--json", "--data-dir", "[DIR]"]);
    assert_snapshot!(transcript(&said), @r#"
    exit 1
    --- out
    {
      "result": "broken",
      "record": 5,
      "what": "its content is not what was recorded"
    }
    "#);
}

fn replace(content: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut changed = content.to_vec();
    if let Some(at) = content.windows(from.len()).position(|window| window == from) {
        changed[at..at + to.len()].copy_from_slice(to);
    }
    changed
}

#[test]
fn a_log_that_is_not_there_is_reported() {
    let said = Place::new().run(&["audit", "query", "--data-dir", "[DIR]"]);
    assert_eq!(transcript(&said), "exit 2\n--- err\nerror: there is no audit log `[DIR]/audit.db`\n");
}

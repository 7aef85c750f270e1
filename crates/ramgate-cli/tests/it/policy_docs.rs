//! The pages of `docs/policy-tools`: every command in them says what they show.

use crate::support::Place;
use ramgate_audit::{Audit, CallRecord, Decision, Outcome, PrincipalFacts, PrincipalKind};
use std::path::{Path, PathBuf};

/// 2026-05-01T12:00:00Z
const NOON: i64 = 1_777_636_800_000;
const GATEWAY: &str = "acs:mse:cn-hangzhou:1000000000000001:instance/gw-8090caa2a3ab447a8bc5fdf312345678";
const ALL: &str = "acs:mse:cn-hangzhou:1000000000000001:*";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// What dan did this morning.
async fn data_directory() -> Place {
    let dan = (PrincipalKind::User, "dan", "acs:ram::1000000000000001:user/dan");
    data_directory_of(dan).await
}

async fn data_directory_of((kind, name, arn): (PrincipalKind, &str, &str)) -> Place {
    let place = Place::new();
    let audit = Audit::open(place.path("audit.db")).unwrap();
    let calls = [
        ("mse:ListGatewayZone", ALL, 1),
        ("mse:GetGatewayDetail", GATEWAY, 7),
        ("mse:ListGatewayRoute", GATEWAY, 5),
        ("mse:AddGatewayRoute", GATEWAY, 2),
        ("mse:ApplyGatewayRoute", GATEWAY, 2),
    ];
    for (n, (action, resource, times)) in calls.into_iter().enumerate() {
        for time in 0..times {
            let (product, operation) = action.split_once(':').unwrap();
            let call = CallRecord {
                time: NOON - 3_600_000 + (n as i64 * 10 + time) * 60_000,
                request_id: format!("REQUEST-{n}-{time}"),
                account_id: "1000000000000001".to_owned(),
                principal: PrincipalFacts {
                    kind,
                    id: "200000000000000001".to_owned(),
                    name: name.to_owned(),
                    arn: arn.to_owned(),
                },
                access_key_id: Some("testid".to_owned()),
                source_ip: "192.0.2.7".parse().ok(),
                user_agent: None,
                secure: true,
                product: product.to_owned(),
                operation: operation.to_owned(),
                action: action.to_owned(),
                access_level: "get".to_owned(),
                mutation: false,
                resources: vec![resource.to_owned()],
                decision: Decision::Allowed,
                decided_by: None,
                layer: None,
                parameters: serde_json::json!({}),
            };
            let outcome = Outcome {
                status: 200,
                code: "OK".to_owned(),
                message: String::new(),
                duration_us: 812,
                revision: None,
            };
            audit.record(call, outcome).await.unwrap();
        }
    }
    audit.flush().await.unwrap();
    place
}

/// The page with the answers of the commands that it holds.
fn answered(page: &str, place: &Place) -> String {
    let mut text = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        text.push_str(line);
        text.push('\n');
        if line != "```console" {
            continue;
        }
        let command = lines.next().unwrap();
        let words = command.strip_prefix("$ ramgate ").unwrap_or_else(|| panic!("`{command}` is no command"));
        let folder = root().to_str().unwrap().to_owned();
        let words: Vec<String> = words
            .split_whitespace()
            .map(|word| word.replace("docs/policy-tools", &format!("{folder}/docs/policy-tools")))
            .map(|word| word.replace("./ramgate-data", "[DIR]"))
            .collect();
        let said = place.run(&words.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(said.code < 2 && said.err.is_empty(), "{command}\n{}", said.err);
        text.push_str(&format!("{command}\n{}```\n", said.out.replace(&format!("{folder}/"), "")));
        lines.find(|line| *line == "```");
    }
    text
}

#[tokio::test]
async fn the_pages_show_what_the_commands_say() {
    let place = data_directory().await;
    for name in ["simulate", "who-can", "lint", "least"] {
        let path = root().join(format!("docs/policy-tools/{name}.md"));
        let page = std::fs::read_to_string(&path).unwrap();
        let answered = answered(&page, &place);
        assert!(answered.contains("```console"), "{name} holds no command");
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(&path, answered).unwrap();
        } else {
            assert_eq!(page, answered, "docs/policy-tools/{name}.md is stale; UPDATE_DOCS=1 writes it anew");
        }
    }
}

#[test]
fn the_policies_of_the_pages_are_valid() {
    let folder = root().join("docs/policy-tools/account/policies");
    for entry in std::fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        let said = Place::new().run(&["policy", "check", file.to_str().unwrap()]);
        assert_eq!(said.code, 0, "{}", said.out);
    }
}

#[tokio::test]
async fn sessions_count_for_their_role() {
    let session = "acs:ram::1000000000000001:assumed-role/deploy/morning";
    let place = data_directory_of((PrincipalKind::AssumedRole, "Deploy/morning", session)).await;
    let least = ["policy", "least", "--data-dir", "[DIR]", "--json", "--principal"];
    let said = place.run(&[&least[..], &["acs:ram::1000000000000001:role/Deploy", "--wildcards", "both"]].concat());
    assert_eq!(said.code, 0, "{}", said.err);
    let proposal: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((&proposal["Proof"]["Records"], &proposal["Proof"]["Calls"]), (&5.into(), &17.into()));
    let said = place.run(&[&least[..], &["acs:ram::1000000000000001:user/deploy"]].concat());
    assert_eq!((said.code, said.err.as_str()), (1, "note: nothing was used, so there is nothing to propose\n"));
}

#[tokio::test]
async fn grants_that_the_log_does_not_show_are_unused() {
    let session = "acs:ram::1000000000000001:assumed-role/deploy/morning";
    let place = data_directory_of((PrincipalKind::AssumedRole, "Deploy/morning", session)).await;
    let folder = root().join("docs/policy-tools/account");
    let unused = |from: &str| {
        let said =
            place.run(&["policy", "lint", folder.to_str().unwrap(), "--data-dir", "[DIR]", "--from", from, "--json"]);
        let report: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        let findings = report["Findings"].as_array().unwrap().iter().filter(|one| one["Code"] == "UnusedGrant");
        let place = |one: &serde_json::Value| {
            format!("{} {}", one["Place"]["PolicyName"].as_str().unwrap(), one["Place"]["Place"].as_str().unwrap())
        };
        findings.map(place).collect::<Vec<String>>()
    };
    let recent = unused("1d");
    assert!(recent.contains(&"key-clerk Statement[0]".to_owned()), "{recent:?}");
    assert!(recent.contains(&"mse-gateway-read-write Statement[3]".to_owned()), "{recent:?}");
    assert!(!recent.contains(&"mse-gateway-read-write Statement[0]".to_owned()), "{recent:?}");
    assert!(unused("1s").contains(&"mse-gateway-read-write Statement[0]".to_owned()));
}

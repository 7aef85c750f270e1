//! Questions about permissions, answered by the server about the account as it is.

use crate::client::Answer;
use crate::context::{ACCOUNT, TestContext, allow, document, statement};
use serde_json::{Value, json};

const RAMGATE: &str = "2026-11-21";
const GATEWAY: &str = "acs:mse:cn-hangzhou:1000000000000001:instance/gw-1";

async fn ask(cx: &TestContext, operation: &str, parameters: &[(&str, &str)]) -> Answer {
    cx.admin().rpc(RAMGATE, operation, parameters).await
}

fn user_arn(name: &str) -> String {
    format!("acs:ram::{ACCOUNT}:user/{name}")
}

/// A group `readers` with a policy and alice in it.
async fn group_with_alice(cx: &TestContext) -> crate::context::TestUser {
    let alice = cx.user_named("alice").await;
    let manifest = json!({
        "Version": "1",
        "Policies": [{ "PolicyName": "reader", "PolicyDocument": allow(&["mse:Get*"], &["*"]).to_string() }],
        "Groups": [{ "GroupName": "readers", "Policies": [{ "PolicyType": "Custom", "PolicyName": "reader" }] }],
        "Users": [{ "UserName": "alice", "Groups": ["readers"] }],
    });
    ask(cx, "ImportAccount", &[("Manifest", &manifest.to_string())]).await.ok();
    alice
}

#[tokio::test]
async fn a_simulated_request_is_decided_as_the_call_is_and_says_why() {
    let cx = TestContext::start().await;
    let alice = group_with_alice(&cx).await;
    let arn = user_arn("alice");
    let asked = [("PrincipalArn", arn.as_str()), ("Actions.1", "mse:GetGateway"), ("Actions.2", "mse:DeleteGateway")];
    let answer = ask(&cx, "SimulatePolicies", &[&asked[..], &[("Resources.1", GATEWAY)]].concat()).await.ok();
    let results = answer["Results"].as_array().unwrap();
    let outcomes: Vec<&Value> = results.iter().map(|result| &result["Outcome"]).collect();
    assert_eq!(outcomes, ["Allow", "ImplicitDeny"]);
    assert_eq!(results[0]["Deciding"][0]["PolicyName"], "reader");
    assert_eq!(results[0]["Deciding"][0]["AttachedEntity"], json!({ "Group": "readers" }));
    assert_ne!(alice.mse("GetGateway", &[("GatewayUniqueId", "gw-1")]).await.status, 403);
    alice.mse("DeleteGateway", &[("GatewayUniqueId", "gw-1")]).await.refused(403, "NoPermission");
}

#[tokio::test]
async fn what_a_change_would_do_is_told_before_it_is_made() {
    let cx = TestContext::start().await;
    group_with_alice(&cx).await;
    let arn = user_arn("alice");
    let added =
        document(&[statement("Deny", &["mse:GetGateway"], &["*"]), statement("Allow", &["mse:Delete*"], &["*"])]);
    let added = json!([{ "PolicyName": "new", "PolicyDocument": added.to_string() }]).to_string();
    let asked = [
        ("PrincipalArn", arn.as_str()),
        ("Actions", r#"["mse:GetGateway", "mse:DeleteGateway", "mse:ListGateway"]"#),
        ("Resources", &json!([GATEWAY]).to_string()),
        ("AddPolicies", &added),
    ];
    let answer = ask(&cx, "SimulatePolicies", &asked).await.ok();
    let effects: Vec<&Value> = answer["Results"].as_array().unwrap().iter().map(|result| &result["Effect"]).collect();
    assert_eq!(effects, ["Lost", "Gained", "Same"]);
    let removed = json!([{ "PolicyType": "Custom", "PolicyName": "reader" }]).to_string();
    let asked = [asked[0], ("Actions.1", "mse:GetGateway"), asked[2], ("RemovePolicies", &removed)];
    let answer = ask(&cx, "SimulatePolicies", &asked).await.ok();
    assert_eq!(answer["Results"][0]["Effect"], "Lost");
    // Nothing of it has happened.
    let answer = ask(&cx, "SimulatePolicies", &asked[..3]).await.ok();
    assert_eq!(answer["Results"][0]["Outcome"], "Allow");
}

#[tokio::test]
async fn policies_alone_are_decided_without_a_principal_and_with_the_context_given() {
    let cx = TestContext::start().await;
    let text = json!({ "Version": "1", "Statement": [{ "Effect": "Allow", "Action": "mse:*", "Resource": "*",
        "Condition": { "IpAddress": { "acs:SourceIp": "10.0.0.0/8" } } }] });
    let policies = json!([{ "PolicyDocument": text.to_string() }]).to_string();
    let asked = [("AddPolicies", policies.as_str()), ("Actions.1", "mse:GetGateway"), ("Resources.1", GATEWAY)];
    for (context, expected) in [
        (r#"{"acs:SourceIp": "10.1.2.3"}"#, "Allow"),
        (r#"{"acs:SourceIp": ["8.8.8.8"]}"#, "ImplicitDeny"),
        ("{}", "ImplicitDeny"),
    ] {
        let answer = ask(&cx, "SimulatePolicies", &[&asked[..], &[("Context", context)]].concat()).await.ok();
        assert_eq!(answer["Results"][0]["Outcome"], expected, "{context}");
    }
    let bad = [("Context", r#"{"acs:SourceIp": "nowhere"}"#)];
    let answer = ask(&cx, "SimulatePolicies", &[&asked[..], &bad].concat()).await;
    answer.refused(400, "InvalidParameter.Question").saying("acs:SourceIp");
}

#[tokio::test]
async fn everyone_who_may_do_something_is_listed_with_the_way_it_came_about() {
    let cx = TestContext::start().await;
    group_with_alice(&cx).await;
    let bob = cx.user_named("bob").await;
    let office = json!({ "Version": "1", "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*",
        "Condition": { "IpAddress": { "acs:SourceIp": "10.0.0.0/8" } } }] });
    cx.grant(&bob, office).await;
    cx.user_named("carol").await;
    let asked = [("Action", "mse:GetGateway"), ("Resource", GATEWAY)];
    let answer = ask(&cx, "WhoCan", &asked).await.ok()["Answer"].clone();
    assert_eq!(answer["Always"].as_array().unwrap().len(), 1, "{answer:#}");
    let alice = &answer["Always"][0];
    assert_eq!(alice["Principal"], json!({ "Type": "User", "Name": "alice" }));
    assert_eq!(alice["Grants"][0]["AttachedEntity"], json!({ "Group": "readers" }));
    let bob = &answer["UnderConditions"][0];
    assert_eq!(bob["Principal"]["Name"], "bob");
    assert!(bob["Example"]["acs:SourceIp"][0].as_str().unwrap().starts_with("10."), "{bob:#}");
    let answer = ask(&cx, "WhoCan", &[asked[0], ("Resource", "gateways")]).await;
    answer.refused(400, "InvalidParameter.Question");
}

#[tokio::test]
async fn an_edit_is_proven_narrower_or_wider_with_a_request_that_shows_it() {
    let cx = TestContext::start().await;
    group_with_alice(&cx).await;
    let wider = allow(&["mse:Get*", "mse:DeleteGateway"], &["*"]).to_string();
    let old = json!([{ "PolicyType": "Custom", "PolicyName": "reader", "VersionId": "v1" }]).to_string();
    let new = json!([{ "PolicyDocument": wider }]).to_string();
    let diff = ask(&cx, "DiffPolicies", &[("Old", &old), ("New", &new)]).await.ok()["Diff"].clone();
    assert_eq!((&diff["Relation"], &diff["Complete"], &diff["Lost"]), (&json!("Wider"), &json!(true), &json!([])));
    let example = &diff["Gained"][0]["Example"];
    assert_eq!(example["Action"], "mse:DeleteGateway");
    // The request can be pasted into a simulation.
    let action = example["Action"].as_str().unwrap();
    let resource = example["Resource"].as_str().unwrap();
    for (policies, expected) in [(&old, "ImplicitDeny"), (&new, "Allow")] {
        let asked = [("AddPolicies", policies.as_str()), ("Actions.1", action), ("Resources.1", resource)];
        assert_eq!(ask(&cx, "SimulatePolicies", &asked).await.ok()["Results"][0]["Outcome"], expected);
    }
    let diff = ask(&cx, "DiffPolicies", &[("Old", &new), ("New", &old)]).await.ok()["Diff"].clone();
    assert_eq!(diff["Relation"], "Narrower");
    let ghost = json!([{ "PolicyType": "Custom", "PolicyName": "ghost" }]).to_string();
    ask(&cx, "DiffPolicies", &[("New", &ghost)]).await.refused(404, "EntityNotExist.Policy").saying("ghost");
    let broken = json!([{ "PolicyDocument": "{}" }]).to_string();
    ask(&cx, "DiffPolicies", &[("New", &broken)]).await.refused(400, "MalformedPolicyDocument").saying("New.1");
}

#[tokio::test]
async fn a_user_who_can_give_itself_more_is_found() {
    let cx = TestContext::start().await;
    let user = cx.user_named("climber").await;
    cx.grant(&user, allow(&["ram:AttachPolicyToUser"], &["*"])).await;
    let report = ask(&cx, "LintPolicies", &[]).await.ok()["Report"].clone();
    let findings = report["Findings"].as_array().unwrap();
    let found = findings.iter().find(|f| f["Code"] == "EscalationAttach").unwrap_or_else(|| panic!("{report:#}"));
    assert_eq!(found["Principal"]["Name"], "climber");
    // What it says is so.
    let step = &found["Steps"][0];
    assert_eq!(step["Action"], "ram:AttachPolicyToUser");
    let own = [("PolicyType", "System"), ("PolicyName", "AdministratorAccess"), ("UserName", "climber")];
    user.ram("AttachPolicyToUser", &own).await.ok();
    user.ram("ListUsers", &[]).await.ok();
}

#[tokio::test]
async fn unused_grants_are_told_by_the_log() {
    let cx = TestContext::start().await;
    let user = cx.user_named("idle").await;
    cx.grant(&user, allow(&["ram:ListUsers"], &["*"])).await;
    let unused = cx.grant(&user, allow(&["ram:ListPolicies"], &["*"])).await;
    user.ram("ListUsers", &[]).await.ok();
    let report = ask(&cx, "LintPolicies", &[("UnusedDays", "30")]).await.ok()["Report"].clone();
    let found: Vec<&Value> = report["Findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["Code"] == "UnusedGrant")
        .map(|finding| &finding["Place"]["PolicyName"])
        .collect();
    assert_eq!(found, [&json!(unused)], "{report:#}");
}

#[tokio::test]
async fn the_suggested_policy_allows_what_was_done_and_nothing_else() {
    let cx = TestContext::start().await;
    let user = cx.user_named("dev").await;
    cx.grant(&user, allow(&["*"], &["*"])).await;
    user.ram("ListUsers", &[]).await.ok();
    user.ram("GetUser", &[("UserName", "dev")]).await.ok();
    user.ram("GetUser", &[("UserName", "ghost")]).await.refused(404, "EntityNotExist.User");
    let arn = user_arn("dev");
    let proposal = ask(&cx, "SuggestPolicy", &[("PrincipalArn", &arn)]).await.ok()["Proposal"].clone();
    let text = proposal["Policies"][0]["Document"].as_str().unwrap();
    // It is attached in place of the wide one, and holds.
    let admin = cx.admin();
    admin.ram("CreatePolicy", &[("PolicyName", "least"), ("PolicyDocument", text)]).await.ok();
    let attached = admin.ram("ListPoliciesForUser", &[("UserName", "dev")]).await.ok();
    let wide = attached["Policies"]["Policy"][0]["PolicyName"].as_str().unwrap().to_owned();
    admin.ram("DetachPolicyFromUser", &crate::context::attachment("Custom", &wide, "dev")).await.ok();
    admin.ram("AttachPolicyToUser", &crate::context::attachment("Custom", "least", "dev")).await.ok();
    user.ram("ListUsers", &[]).await.ok();
    user.ram("GetUser", &[("UserName", "dev")]).await.ok();
    user.ram("GetUser", &[("UserName", "alice")]).await.refused(403, "NoPermission");
    user.ram("ListPolicies", &[]).await.refused(403, "NoPermission");
}

#[tokio::test]
async fn questions_about_nobody_and_nothing_are_refused() {
    let cx = TestContext::start().await;
    cx.user_named("idle").await;
    let asked = |arn: &'static str| [("PrincipalArn", arn), ("Actions.1", "mse:GetGateway"), ("Resources.1", GATEWAY)];
    let simulate = async |arn: &'static str| ask(&cx, "SimulatePolicies", &asked(arn)).await;
    simulate("acs:ram::1000000000000001:user/ghost").await.refused(404, "EntityNotExist.Principal");
    simulate("acs:ram::2000000000000002:user/idle").await.refused(404, "EntityNotExist.Principal");
    simulate("idle").await.refused(400, "InvalidParameter.Question");
    ask(&cx, "SimulatePolicies", &asked("x")[1..]).await.refused(400, "MissingParameter");
    let idle = [("PrincipalArn", "acs:ram::1000000000000001:user/idle")];
    ask(&cx, "SuggestPolicy", &idle).await.refused(404, "EntityNotExist.AuditRecord");
    let nobody = cx.user().await;
    for operation in ["SimulatePolicies", "WhoCan", "LintPolicies", "SuggestPolicy", "ExportAccount"] {
        nobody.rpc(RAMGATE, operation, &[]).await.refused(403, "NoPermission").saying(&format!("ramgate:{operation}"));
    }
}

#[tokio::test]
async fn what_users_may_do_to_themselves_is_part_of_every_answer() {
    let cx = TestContext::start().await;
    let alice = cx.user_named("alice").await;
    let own = format!("acs:ram::{ACCOUNT}:user/alice");
    // Without a policy, by the security preference.
    alice.ram("GetUserMFAInfo", &[("UserName", "alice")]).await.refused(404, "EntityNotExist.User.MFADevice");
    let asked = [("PrincipalArn", own.as_str()), ("Resources.1", own.as_str())];
    let simulate = async |action: &str| {
        let answer = ask(&cx, "SimulatePolicies", &[&asked[..], &[("Actions.1", action)]].concat()).await.ok();
        answer["Results"][0]["Outcome"].as_str().unwrap().to_owned()
    };
    assert_eq!(simulate("ram:ChangePassword").await, "Allow");
    assert_eq!(simulate("ram:GetUserMFAInfo").await, "Allow");
    assert_eq!(simulate("ram:UnbindMFADevice").await, "ImplicitDeny", "only with a second factor");
    assert_eq!(simulate("ram:CreateAccessKey").await, "ImplicitDeny", "off by default");
    alice.ram("CreateAccessKey", &[("UserName", "alice")]).await.refused(403, "NoPermission");
    let who = [("Action", "ram:ChangePassword"), ("Resource", own.as_str())];
    let answer = ask(&cx, "WhoCan", &who).await.ok()["Answer"].clone();
    assert_eq!(answer["Always"][0]["Principal"]["Name"], "alice", "{answer:#}");
    assert_eq!(answer["Always"][0]["Grants"][0]["PolicyName"], "SecurityPreference");
    // A change of the settings changes the answer at once.
    let off = [("AllowUserToChangePassword", "false"), ("AllowUserToManageAccessKeys", "true")];
    cx.admin().ram("SetSecurityPreference", &off).await.ok();
    assert_eq!(simulate("ram:ChangePassword").await, "ImplicitDeny");
    assert_eq!(simulate("ram:CreateAccessKey").await, "Allow");
    alice.ram("CreateAccessKey", &[("UserName", "alice")]).await.ok();
    let answer = ask(&cx, "WhoCan", &who).await.ok()["Answer"].clone();
    assert_eq!(answer["Always"], json!([]), "{answer:#}");
}

//! The account as a file: export, and import that plans before it acts.

use crate::client::{Answer, Request};
use crate::context::{ACCOUNT, TestContext, TestUser, allow, attachment, document, statement};
use serde_json::{Value, json};

const RAMGATE: &str = "2026-11-21";

async fn export(cx: &TestContext) -> Value {
    cx.admin().rpc(RAMGATE, "ExportAccount", &[]).await.ok()["Manifest"].clone()
}

async fn import(cx: &TestContext, manifest: &Value, options: &[(&str, &str)]) -> Answer {
    let text = manifest.to_string();
    // A manifest is longer than a request line may be, so it travels in a form.
    let body = format!("Manifest={}", ramgate_signing::percent_encode(&text));
    let request = Request {
        version: RAMGATE,
        action: Some("ImportAccount"),
        query: options,
        content_type: Some("application/x-www-form-urlencoded"),
        body: body.as_bytes(),
        ..Request::new()
    };
    cx.admin().send(&request).await
}

fn summaries(answer: &Answer) -> Vec<String> {
    let changes = answer.clone().ok()["Changes"].as_array().unwrap().clone();
    changes.iter().map(|change| change["Summary"].as_str().unwrap().to_owned()).collect()
}

/// One of everything that a manifest can hold.
fn everything() -> Value {
    let reader = allow(&["mse:Get*"], &["*"]).to_string();
    let trust = json!({ "Version": "1", "Statement": [{
        "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "RAM": [format!("acs:ram::{ACCOUNT}:root"), format!("acs:ram::{ACCOUNT}:user/alice")] } }] });
    json!({
        "Version": "1", "AccountId": ACCOUNT,
        "Policies": [{ "PolicyName": "reader", "Description": "reads", "Tags": [{ "Key": "team", "Value": "edge" }],
            "PolicyDocument": reader }],
        "Groups": [{ "GroupName": "readers", "Comments": "who read",
            "Policies": [{ "PolicyType": "Custom", "PolicyName": "reader" }] }],
        "Users": [
            { "UserName": "alice", "DisplayName": "Alice", "Email": "alice@example.com", "Groups": ["readers"],
              "Policies": [{ "PolicyType": "System", "PolicyName": "AliyunRAMReadOnlyAccess" }] },
            { "UserName": "bob" },
        ],
        "Roles": [{ "RoleName": "Ops", "Description": "operates", "MaxSessionDuration": 7200,
            "AssumeRolePolicyDocument": trust.to_string(),
            "Policies": [{ "PolicyType": "Custom", "PolicyName": "reader", "ResourceGroupId": "rg-1" }] }],
    })
}

#[tokio::test]
async fn what_is_imported_is_what_is_exported_and_a_second_import_changes_nothing() {
    let cx = TestContext::start().await;
    let before = cx.revision().await;
    let planned = import(&cx, &everything(), &[("DryRun", "true")]).await;
    assert_eq!(planned.clone().ok()["DryRun"], true);
    assert_eq!(cx.revision().await, before, "a dry run writes nothing");
    let made = import(&cx, &everything(), &[]).await;
    assert_eq!(summaries(&made), summaries(&planned));
    assert_eq!(
        summaries(&made),
        [
            "make the policy `reader`",
            "make the group `readers`",
            "make the user `alice`",
            "make the user `bob`",
            "make the role `Ops`",
            "add the user `alice` to the group `readers`",
            "give the policy `reader` to the group `readers`",
            "give the policy `AliyunRAMReadOnlyAccess` to the user `alice`",
            "give the policy `reader` to the role `Ops` for the resource group `rg-1`",
        ]
    );
    assert_eq!(export(&cx).await, everything());
    let after = cx.revision().await;
    assert_eq!(after.0, before.0 + 1, "one transaction");
    assert_eq!(summaries(&import(&cx, &everything(), &[("Prune", "true")]).await), [""; 0]);
    assert_eq!(cx.revision().await, after);
}

#[tokio::test]
async fn imported_grants_decide_the_very_next_call() {
    let cx = TestContext::start().await;
    let user = cx.user_named("alice").await;
    user.ram("ListUsers", &[]).await.refused(403, "NoPermission");
    import(&cx, &everything(), &[]).await.ok();
    user.ram("ListUsers", &[]).await.ok();
    // The group's policy allows, and there is no such gateway.
    assert_ne!(user.rpc("2019-05-31", "GetGateway", &[("GatewayUniqueId", "gw-1")]).await.status, 403);
}

#[tokio::test]
async fn what_someone_has_beyond_the_manifest_is_taken_and_others_stay_without_pruning() {
    let cx = TestContext::start().await;
    import(&cx, &everything(), &[]).await.ok();
    cx.user_named("carol").await;
    let admin = cx.admin();
    admin.ram("AttachPolicyToUser", &attachment("System", "AdministratorAccess", "bob")).await.ok();
    let changed = import(&cx, &everything(), &[]).await;
    assert_eq!(summaries(&changed), ["take the policy `AdministratorAccess` from the user `bob`"]);
    // Carol has a key, which no manifest takes from anyone.
    let pruned = import(&cx, &everything(), &[("Prune", "true")]).await;
    pruned.refused(409, "InvalidManifest.NotPossible").saying("carol");
    let mut without_bob = everything();
    without_bob["Users"].as_array_mut().unwrap().remove(1);
    without_bob["Users"].as_array_mut().unwrap().push(json!({ "UserName": "carol" }));
    let pruned = import(&cx, &without_bob, &[("Prune", "true")]).await;
    assert_eq!(summaries(&pruned), ["remove the user `bob`"]);
    admin.ram("GetUser", &[("UserName", "bob")]).await.refused(404, "EntityNotExist.User");
}

#[tokio::test]
async fn a_changed_document_becomes_the_version_in_force_and_the_others_stay() {
    let cx = TestContext::start().await;
    import(&cx, &everything(), &[]).await.ok();
    let mut manifest = everything();
    manifest["Policies"][0]["PolicyDocument"] = json!(allow(&["mse:List*"], &["*"]).to_string());
    let changed = import(&cx, &manifest, &[]).await;
    assert_eq!(summaries(&changed), ["change document of the policy `reader`"]);
    assert_eq!(changed.body["Changes"][0]["Relation"], "Incomparable");
    let versions = cx.admin().ram("ListPolicyVersions", &[("PolicyType", "Custom"), ("PolicyName", "reader")]).await;
    let versions = versions.ok()["PolicyVersions"]["PolicyVersion"].as_array().unwrap().clone();
    let shown: Vec<(&str, bool)> =
        versions.iter().map(|v| (v["VersionId"].as_str().unwrap(), v["IsDefaultVersion"].as_bool().unwrap())).collect();
    assert_eq!(shown, [("v2", true), ("v1", false)]);
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_its_name_and_changes_nothing() {
    let cx = TestContext::start().await;
    let before = cx.revision().await;
    let refused = async |change: fn(&mut Value), status: u16, code: &str, word: &str| {
        let mut manifest = everything();
        change(&mut manifest);
        import(&cx, &manifest, &[]).await.refused(status, code).saying(word);
    };
    let unknown = "InvalidManifest.UnknownReference";
    refused(|m| m["Users"][0]["Groups"] = json!(["ghosts"]), 400, unknown, "ghosts").await;
    refused(|m| m["Groups"][0]["Policies"][0]["PolicyName"] = json!("ghost"), 400, unknown, "ghost").await;
    let stranger = |m: &mut Value| {
        let trust = m["Roles"][0]["AssumeRolePolicyDocument"].as_str().unwrap().replace(":user/alice", ":user/ghost");
        m["Roles"][0]["AssumeRolePolicyDocument"] = json!(trust);
    };
    refused(stranger, 400, unknown, "ghost").await;
    let document = |m: &mut Value| m["Policies"][0]["PolicyDocument"] = json!("{\"Version\":\"1\"}");
    refused(document, 400, "MalformedPolicyDocument", "reader").await;
    let trust = |m: &mut Value| m["Roles"][0]["AssumeRolePolicyDocument"] = json!("{}");
    refused(trust, 400, "MalformedPolicyDocument", "Ops").await;
    refused(|m| m["Users"][1]["UserName"] = json!("ALICE"), 400, "InvalidParameter", "more than once").await;
    refused(|m| m["Users"][1]["UserName"] = json!("b o b"), 400, "InvalidParameter.UserName.InvalidChars", "").await;
    refused(|m| m["Version"] = json!("2"), 400, "InvalidParameter", "Version").await;
    refused(|m| m["Users"][0]["Password"] = json!("x"), 400, "InvalidParameter", "Password").await;
    assert_eq!(cx.revision().await, before);
}

async fn importer(cx: &TestContext, actions: &[&str]) -> TestUser {
    let mut wanted = vec!["ramgate:ImportAccount"];
    wanted.extend_from_slice(actions);
    cx.user_with_policy(allow(&wanted, &["*"])).await
}

#[tokio::test]
async fn importing_gives_nobody_more_than_the_operations_that_are_there_for_it() {
    let cx = TestContext::start().await;
    let manifest = |user: &str| {
        let policy = json!({ "PolicyType": "System", "PolicyName": "AdministratorAccess" });
        json!({ "Version": "1", "Users": [{ "UserName": user, "Policies": [policy] }] }).to_string()
    };
    let thief = importer(&cx, &["ram:CreateUser"]).await;
    let own = manifest("mallory");
    let taken = thief.rpc(RAMGATE, "ImportAccount", &[("Manifest", &own)]).await;
    taken.refused(403, "NoPermission").saying("AttachPolicyToUser");
    thief.ram("ListUsers", &[]).await.refused(403, "NoPermission");
    // Not even a plan is shown: it would tell what the account holds.
    thief.rpc(RAMGATE, "ImportAccount", &[("Manifest", &own), ("DryRun", "true")]).await.refused(403, "NoPermission");
    let no_importer = cx.user_with_policy(allow(&["ram:*"], &["*"])).await;
    no_importer.rpc(RAMGATE, "ImportAccount", &[("Manifest", &own)]).await.refused(403, "NoPermission");
    let maker = importer(&cx, &["ram:CreateUser"]).await;
    let plain = json!({ "Version": "1", "Users": [{ "UserName": "dave" }] }).to_string();
    maker.rpc(RAMGATE, "ImportAccount", &[("Manifest", &plain)]).await.ok();
    let denied = document(&[statement("Allow", &["*"], &["*"]), statement("Deny", &["ram:CreateUser"], &["*"])]);
    let held_back = cx.user_with_policy(denied).await;
    let plain = json!({ "Version": "1", "Users": [{ "UserName": "erin" }] }).to_string();
    held_back.rpc(RAMGATE, "ImportAccount", &[("Manifest", &plain)]).await.refused(403, "NoPermission");
}

#[tokio::test]
async fn a_large_account_is_imported_in_one_step() {
    let cx = TestContext::start().await;
    let users: Vec<Value> = (0..900)
        .map(|n| {
            let policy = json!({ "PolicyType": "System", "PolicyName": "AliyunMSEReadOnlyAccess" });
            json!({ "UserName": format!("user-{n:04}"), "Policies": [policy] })
        })
        .collect();
    let manifest = json!({ "Version": "1", "Users": users });
    let before = cx.revision().await;
    assert_eq!(summaries(&import(&cx, &manifest, &[]).await).len(), 1800);
    assert_eq!(cx.revision().await.0, before.0 + 1);
    assert_eq!(summaries(&import(&cx, &manifest, &[("Prune", "true")]).await).len(), 0);
    let empty = json!({ "Version": "1" });
    assert_eq!(summaries(&import(&cx, &empty, &[("Prune", "true")]).await).len(), 1800);
    assert_eq!(export(&cx).await["Users"], json!([]));
}

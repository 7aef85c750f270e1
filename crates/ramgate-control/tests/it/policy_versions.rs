//! Versions of policies, and that the one in force decides from the very next call on.

use crate::client::Client;
use crate::context::{TestContext, allow, attachment};
use serde_json::{Value, json};

fn reading(action: &str) -> String {
    allow(&[action], &["*"]).to_string()
}

async fn add(client: &Client, document: &str, further: &[(&str, &str)]) -> crate::client::Answer {
    let mut parameters = vec![("PolicyName", "p"), ("PolicyDocument", document)];
    parameters.extend(further);
    client.ram("CreatePolicyVersion", &parameters).await
}

/// Version ids, newest first, and the one in force.
async fn versions(client: &Client) -> (Vec<String>, String) {
    let body = client.ram("ListPolicyVersions", &[("PolicyName", "p"), ("PolicyType", "Custom")]).await.ok();
    let list = body["PolicyVersions"]["PolicyVersion"].as_array().unwrap().clone();
    let id = |v: &Value| v["VersionId"].as_str().unwrap().to_owned();
    let default: Vec<String> = list.iter().filter(|v| v["IsDefaultVersion"] == true).map(id).collect();
    assert_eq!(default.len(), 1, "exactly one version is in force");
    (list.iter().map(id).collect(), default[0].clone())
}

async fn start() -> (TestContext, Client) {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let document = reading("ram:ListUsers");
    admin.ram("CreatePolicy", &[("PolicyName", "p"), ("PolicyDocument", &document)]).await.ok();
    (cx, admin)
}

#[tokio::test]
async fn a_version_comes_into_force_when_it_is_told_and_decides_the_very_next_call() {
    let (cx, admin) = start().await;
    let user = cx.user().await;
    admin.ram("AttachPolicyToUser", &attachment("Custom", "p", &user.name)).await.ok();
    let may = async |action: &str| user.ram(action, &[]).await.status == 200;
    assert!(may("ListUsers").await && !may("ListPolicies").await);

    let made = add(&admin, &reading("ram:ListPolicies"), &[]).await.ok();
    assert_eq!(made["PolicyVersion"]["VersionId"], "v2");
    assert_eq!(made["PolicyVersion"]["IsDefaultVersion"], false);
    assert!(may("ListUsers").await && !may("ListPolicies").await, "a version that is not in force decides nothing");
    admin.ram("SetDefaultPolicyVersion", &[("PolicyName", "p"), ("VersionId", "v2")]).await.ok();
    assert!(!may("ListUsers").await && may("ListPolicies").await);
    add(&admin, &reading("ram:List*"), &[("SetAsDefault", "true")]).await.ok();
    assert!(may("ListUsers").await && may("ListPolicies").await);
    admin.ram("SetDefaultPolicyVersion", &[("PolicyName", "p"), ("VersionId", "v1")]).await.ok();
    assert!(may("ListUsers").await && !may("ListPolicies").await);
    assert_eq!(versions(&admin).await, (vec!["v3".into(), "v2".into(), "v1".into()], "v1".into()));
}

#[tokio::test]
async fn a_sixth_version_needs_room_which_rotation_makes() {
    let (_cx, admin) = start().await;
    let document = reading("ram:GetUser");
    for _ in 2..=5 {
        add(&admin, &document, &[("RotateStrategy", "None")]).await.ok();
    }
    add(&admin, &document, &[]).await.refused(409, "LimitExceeded.Policy.Version");
    add(&admin, &document, &[("RotateStrategy", "None")]).await.refused(409, "LimitExceeded.Policy.Version");
    add(&admin, &document, &[("RotateStrategy", "Oldest")]).await.refused(400, "InvalidParameter");

    let rotate = ("RotateStrategy", "DeleteOldestNonDefaultVersionWhenLimitExceeded");
    add(&admin, &document, &[rotate, ("SetAsDefault", "true")]).await.ok();
    // v1 was in force, so v2 had to go, although v1 is not in force any more.
    assert_eq!(versions(&admin).await.0, ["v6", "v5", "v4", "v3", "v1"]);
    add(&admin, &document, &[rotate]).await.ok();
    assert_eq!(versions(&admin).await, (["v7", "v6", "v5", "v4", "v3"].map(String::from).to_vec(), "v6".into()));
}

#[tokio::test]
async fn rotation_removes_nothing_while_there_is_room() {
    let (_cx, admin) = start().await;
    let rotate = ("RotateStrategy", "DeleteOldestNonDefaultVersionWhenLimitExceeded");
    add(&admin, &reading("ram:GetUser"), &[rotate]).await.ok();
    assert_eq!(versions(&admin).await.0, ["v2", "v1"]);
}

#[tokio::test]
async fn the_version_in_force_cannot_be_deleted_and_numbers_are_not_used_again() {
    let (_cx, admin) = start().await;
    add(&admin, &reading("ram:GetUser"), &[]).await.ok();
    let delete = async |id: &str| admin.ram("DeletePolicyVersion", &[("PolicyName", "p"), ("VersionId", id)]).await;
    delete("v1").await.refused(409, "DeleteConflict.Policy.Version.Default");
    delete("v2").await.ok();
    delete("v2").await.refused(404, "EntityNotExist.Policy.Version");
    delete("v9").await.refused(404, "EntityNotExist.Policy.Version");
    for bad in ["2", "v", "v02", "V2"] {
        delete(bad).await.refused(400, "InvalidParameter.VersionId.Format");
    }
    let made = add(&admin, &reading("ram:GetUser"), &[]).await.ok();
    assert_eq!(made["PolicyVersion"]["VersionId"], "v3");
    assert_eq!(versions(&admin).await, (vec!["v3".into(), "v1".into()], "v1".into()));
}

#[tokio::test]
async fn versions_are_shown_with_their_documents_and_times() {
    let (cx, admin) = start().await;
    cx.clock.advance(5000);
    let document =
        "{ \"Version\":\"1\",\n \"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"ram:*\",\"Resource\":\"*\"}] }";
    let made = add(&admin, document, &[]).await.ok();
    let expected = json!({
        "VersionId": "v2", "IsDefaultVersion": false, "PolicyDocument": document, "CreateDate": "2026-01-02T03:04:10Z",
    });
    assert_eq!(made["PolicyVersion"], expected);
    let named = [("PolicyName", "P"), ("PolicyType", "Custom"), ("VersionId", "v2")];
    assert_eq!(admin.ram("GetPolicyVersion", &named).await.ok()["PolicyVersion"], expected);
    let missing = [named[0], named[1], ("VersionId", "v3")];
    admin.ram("GetPolicyVersion", &missing).await.refused(404, "EntityNotExist.Policy.Version");
    let unknown = [("PolicyName", "q"), named[1], named[2]];
    admin.ram("GetPolicyVersion", &unknown).await.refused(404, "EntityNotExist.Policy");
}

#[tokio::test]
async fn a_malformed_version_is_refused_and_changes_nothing() {
    let (cx, admin) = start().await;
    let revision = cx.revision().await;
    add(&admin, "{}", &[("SetAsDefault", "true")]).await.refused(400, "MalformedPolicyDocument");
    assert_eq!(cx.revision().await, revision);
    let unknown = [("PolicyName", "q"), ("PolicyDocument", &reading("ram:GetUser"))];
    admin.ram("CreatePolicyVersion", &unknown).await.refused(404, "EntityNotExist.Policy");
    let unknown = [("PolicyName", "q"), ("VersionId", "v1")];
    admin.ram("SetDefaultPolicyVersion", &unknown).await.refused(404, "EntityNotExist.Policy");
}

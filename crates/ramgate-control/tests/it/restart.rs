//! What is answered after a restart is what was answered before.

use crate::client::Client;
use crate::context::{TestContext, allow, attachment};
use serde_json::Value;

/// Everything that can be asked of RAM, without what differs in every answer.
async fn picture(admin: &Client) -> Vec<Value> {
    let mut answers = Vec::new();
    let mut ask = async |action: &str, parameters: &[(&str, &str)]| {
        let mut body = admin.ram(action, parameters).await.ok();
        body.as_object_mut().unwrap().remove("RequestId");
        answers.push(body.clone());
        body
    };
    let users = ask("ListUsers", &[]).await;
    for user in users["Users"]["User"].as_array().unwrap() {
        let name = ("UserName", user["UserName"].as_str().unwrap());
        for action in ["GetUser", "ListAccessKeys", "ListPoliciesForUser"] {
            ask(action, &[name]).await;
        }
    }
    let policies = ask("ListPolicies", &[]).await;
    for policy in policies["Policies"]["Policy"].as_array().unwrap() {
        let name = ("PolicyName", policy["PolicyName"].as_str().unwrap());
        let kind = ("PolicyType", policy["PolicyType"].as_str().unwrap());
        for action in ["GetPolicy", "ListPolicyVersions", "ListEntitiesForPolicy"] {
            ask(action, &[name, kind]).await;
        }
    }
    ask("ListTagResources", &[("ResourceType", "policy")]).await;
    answers
}

#[tokio::test]
async fn the_state_after_a_restart_is_the_state_before() {
    let mut cx = TestContext::start().await;
    let admin = cx.admin();
    let document = allow(&["ram:List*"], &["*"]).to_string();
    let form = [("PolicyName", "Lister"), ("PolicyDocument", document.as_str()), ("Tag.1.Key", "team")];
    admin.ram("CreatePolicy", &form).await.ok();
    admin.ram("CreatePolicyVersion", &[form[0], form[1], ("SetAsDefault", "true")]).await.ok();
    let alice = cx.user_named("alice").await;
    cx.user_named("Bob").await;
    admin.ram("UpdateUser", &[("UserName", "bob"), ("NewUserName", "Robert"), ("NewComments", "x")]).await.ok();
    admin.ram("AttachPolicyToUser", &attachment("Custom", "Lister", "alice")).await.ok();
    admin.ram("AttachPolicyToUser", &attachment("System", "ReadOnlyAccess", "robert")).await.ok();
    admin.ram("CreateUser", &[("UserName", "gone")]).await.ok();
    admin.ram("DeleteUser", &[("UserName", "gone")]).await.ok();

    let before = picture(&cx.admin()).await;
    let revision = cx.revision().await;
    cx.restart().await;
    assert_eq!(picture(&cx.admin()).await, before);
    // Stopping writes the last use of keys, and nothing else.
    assert!(cx.revision().await.0 <= revision.0 + 1);
    let alice = cx.client(alice.access_key_id(), alice.secret());
    alice.ram("ListUsers", &[]).await.ok();
    alice.ram("GetUser", &[("UserName", "alice")]).await.refused(403, "NoPermission");
    cx.restart().await;
    assert_eq!(picture(&cx.admin()).await, before);
}

#[tokio::test]
async fn the_account_is_made_once() {
    let mut cx = TestContext::start().await;
    let file = cx.path().join("root-credentials.json");
    let credentials = std::fs::read_to_string(&file).unwrap();
    assert!(credentials.contains("testid-root"));
    std::fs::remove_file(&file).unwrap();
    cx.restart().await;
    cx.admin().sts("GetCallerIdentity", &[]).await.ok();
    assert!(!file.exists(), "the key of an account that is there is not made again");
}

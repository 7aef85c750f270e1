//! Who has which policy: granting, taking away, limits and lists.

use crate::client::Client;
use crate::context::{TestContext, allow, attachment, document, statement};
use serde_json::{Value, json};

async fn create_policy(admin: &Client, name: &str, document: &Value) {
    let document = document.to_string();
    admin.ram("CreatePolicy", &[("PolicyName", name), ("PolicyDocument", &document)]).await.ok();
}

#[tokio::test]
async fn a_grant_and_its_end_decide_the_very_next_call() {
    let cx = TestContext::start().await;
    let (admin, user) = (cx.admin(), cx.user().await);
    create_policy(&admin, "lister", &allow(&["ram:ListUsers"], &["*"])).await;
    for _ in 0..3 {
        user.ram("ListUsers", &[]).await.refused(403, "NoPermission");
        admin.ram("AttachPolicyToUser", &attachment("Custom", "Lister", &user.name)).await.ok();
        user.ram("ListUsers", &[]).await.ok();
        admin.ram("DetachPolicyFromUser", &attachment("Custom", "LISTER", &user.name)).await.ok();
    }
    admin.ram("AttachPolicyToUser", &attachment("System", "ReadOnlyAccess", &user.name)).await.ok();
    user.ram("ListUsers", &[]).await.ok();
    admin.ram("DetachPolicyFromUser", &attachment("System", "readonlyaccess", &user.name)).await.ok();
    user.ram("ListUsers", &[]).await.refused(403, "NoPermission");
}

#[tokio::test]
async fn a_deny_counts_more_than_any_allow_in_whatever_order_they_come() {
    let cx = TestContext::start().await;
    let (admin, user) = (cx.admin(), cx.user().await);
    create_policy(&admin, "deny", &document(&[statement("Deny", &["ram:DeleteUser"], &["*"])])).await;
    admin.ram("CreateUser", &[("UserName", "target")]).await.ok();
    let delete = async || user.ram("DeleteUser", &[("UserName", "target")]).await;
    let grant = attachment("System", "AdministratorAccess", &user.name);
    let deny = attachment("Custom", "deny", &user.name);
    for order in [[&grant, &deny], [&deny, &grant]] {
        for parameters in order {
            admin.ram("AttachPolicyToUser", parameters).await.ok();
        }
        let answer = delete().await;
        answer.refused(403, "NoPermission").saying("ExplicitDeny");
        assert_eq!(answer.body["AccessDeniedDetail"]["NoPermissionType"], "ExplicitDeny");
        user.ram("ListUsers", &[]).await.ok();
        for parameters in order {
            admin.ram("DetachPolicyFromUser", parameters).await.ok();
        }
    }
    delete().await.refused(403, "NoPermission").saying("ImplicitDeny");
    admin.ram("AttachPolicyToUser", &grant).await.ok();
    delete().await.ok();
}

#[tokio::test]
async fn what_is_not_there_cannot_be_granted_or_taken_away() {
    let cx = TestContext::start().await;
    let (admin, user) = (cx.admin(), cx.user().await);
    create_policy(&admin, "p", &allow(&["*"], &["*"])).await;
    let revision = cx.revision().await;
    for (kind, policy, name, status, code) in [
        ("Custom", "p", "ghost", 404, "EntityNotExist.User"),
        ("Custom", "q", &user.name, 404, "EntityNotExist.Policy"),
        ("System", "p", &user.name, 404, "EntityNotExist.Policy"),
        ("Custom", "AdministratorAccess", &user.name, 404, "EntityNotExist.Policy"),
        ("custom", "p", &user.name, 400, "InvalidParameter.PolicyType"),
    ] {
        admin.ram("AttachPolicyToUser", &attachment(kind, policy, name)).await.refused(status, code);
    }
    for (kind, policy, name, code) in [
        ("Custom", "p", "ghost", "EntityNotExist.User"),
        ("Custom", "p", &user.name, "EntityNotExist.User.Policy"),
        ("Custom", "q", &user.name, "EntityNotExist.User.Policy"),
        ("System", "AdministratorAccess", &user.name, "EntityNotExist.User.Policy"),
    ] {
        admin.ram("DetachPolicyFromUser", &attachment(kind, policy, name)).await.refused(404, code);
    }
    assert_eq!(cx.revision().await, revision);
    admin.ram("AttachPolicyToUser", &attachment("Custom", "p", &user.name)).await.ok();
    let again = admin.ram("AttachPolicyToUser", &attachment("Custom", "P", &user.name)).await;
    again.refused(409, "EntityAlreadyExists.User.Policy");
}

#[tokio::test]
async fn ten_custom_and_twenty_system_policies_fit_over_all_scopes_together() {
    let cx = TestContext::start().await;
    let (admin, user) = (cx.admin(), cx.user().await);
    let within = |kind: &'static str, policy: &str, group: &str| {
        let (admin, policy, group, user) = (admin.clone(), policy.to_owned(), group.to_owned(), user.name.clone());
        async move {
            let [kind, policy, user] = attachment(kind, &policy, &user);
            admin.ram("AttachPolicyToUser", &[kind, policy, user, ("ResourceGroupId", &group)]).await
        }
    };
    for n in 0..6 {
        create_policy(&admin, &format!("p-{n}"), &allow(&["ram:GetUser"], &["*"])).await;
    }
    for n in 0..5 {
        within("Custom", &format!("p-{n}"), "").await.ok();
        within("Custom", &format!("p-{n}"), "rg-1").await.ok();
    }
    within("Custom", "p-5", "").await.refused(409, "LimitExceeded.User.Policy");
    within("Custom", "p-0", "rg-2").await.refused(409, "LimitExceeded.User.Policy");
    // System policies are counted apart.
    let system = admin.ram("ListPolicies", &[("PolicyType", "System")]).await.ok();
    let system = system["Policies"]["Policy"].as_array().unwrap();
    for group in ["", "rg-1"] {
        for policy in system {
            within("System", policy["PolicyName"].as_str().unwrap(), group).await.ok();
        }
    }
    within("System", "ReadOnlyAccess", "rg-2").await.refused(409, "LimitExceeded.User.Policy");
}

#[tokio::test]
async fn a_grant_within_a_resource_group_is_one_of_its_own() {
    let cx = TestContext::start().await;
    let (admin, user) = (cx.admin(), cx.user().await);
    create_policy(&admin, "p", &allow(&["ram:ListUsers"], &["*"])).await;
    let [kind, policy, name] = attachment("Custom", "p", &user.name);
    let grouped = [kind, policy, name, ("ResourceGroupId", "rg-1")];
    admin.ram("AttachPolicyToUser", &grouped).await.ok();
    admin.ram("AttachPolicyToUser", &grouped).await.refused(409, "EntityAlreadyExists.User.Policy");
    // It grants nothing outside of its group, and the list of the account does not show it.
    user.ram("ListUsers", &[]).await.refused(403, "NoPermission");
    let listed = admin.ram("ListPoliciesForUser", &[name]).await.ok();
    assert_eq!(listed["Policies"]["Policy"], json!([]));
    // The account's id means the whole account.
    let whole = [kind, policy, name, ("ResourceGroupId", "1000000000000001")];
    admin.ram("AttachPolicyToUser", &whole).await.ok();
    user.ram("ListUsers", &[]).await.ok();
    admin.ram("DetachPolicyFromUser", &[kind, policy, name]).await.ok();
    admin.ram("DetachPolicyFromUser", &whole).await.refused(404, "EntityNotExist.User.Policy");
    admin.ram("DetachPolicyFromUser", &grouped).await.ok();
    let bad = [kind, policy, name, ("ResourceGroupId", "rg/1")];
    admin.ram("AttachPolicyToUser", &bad).await.refused(400, "InvalidParameter").saying("`ResourceGroupId`");
}

#[tokio::test]
async fn both_sides_of_a_grant_are_listed() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    create_policy(&admin, "p", &allow(&["ram:ListUsers"], &["*"])).await;
    for name in ["bob", "alice"] {
        admin.ram("CreateUser", &[("UserName", name), ("DisplayName", "Somebody")]).await.ok();
        admin.ram("AttachPolicyToUser", &attachment("Custom", "p", name)).await.ok();
        cx.clock.advance(1000);
    }
    admin.ram("AttachPolicyToUser", &attachment("System", "ReadOnlyAccess", "alice")).await.ok();
    // One user that has it twice is one entity.
    let [kind, policy, name] = attachment("Custom", "p", "alice");
    admin.ram("AttachPolicyToUser", &[kind, policy, name, ("ResourceGroupId", "rg-1")]).await.ok();

    let entities = admin.ram("ListEntitiesForPolicy", &[("PolicyType", "Custom"), ("PolicyName", "P")]).await.ok();
    let shown = |name: &str, at: &str| {
        let user = entities["Users"]["User"].as_array().unwrap().iter().find(|u| u["UserName"] == name).unwrap();
        assert!(user["UserId"].is_string());
        assert_eq!((&user["DisplayName"], &user["AttachDate"]), (&json!("Somebody"), &json!(at)));
    };
    shown("bob", "2026-01-02T03:04:05Z");
    shown("alice", "2026-01-02T03:04:06Z");
    assert_eq!(entities["Users"]["User"].as_array().unwrap().len(), 2);
    assert_eq!((&entities["Groups"]["Group"], &entities["Roles"]["Role"]), (&json!([]), &json!([])));
    let unknown = [("PolicyType", "Custom"), ("PolicyName", "q")];
    admin.ram("ListEntitiesForPolicy", &unknown).await.refused(404, "EntityNotExist.Policy");

    let policies = admin.ram("ListPoliciesForUser", &[("UserName", "Alice")]).await.ok();
    let policies = policies["Policies"]["Policy"].as_array().unwrap().clone();
    let mine = json!({
        "PolicyName": "p", "PolicyType": "Custom", "DefaultVersion": "v1", "Description": "",
        "AttachDate": "2026-01-02T03:04:06Z",
    });
    assert!(policies.len() == 2 && policies.contains(&mine), "{policies:?}");
    admin.ram("ListPoliciesForUser", &[("UserName", "ghost")]).await.refused(404, "EntityNotExist.User");
}

#[tokio::test]
async fn granting_needs_permission_on_the_user_and_on_the_policy() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    create_policy(&admin, "harmless", &allow(&["ram:GetUser"], &["*"])).await;
    admin.ram("CreateUser", &[("UserName", "intern")]).await.ok();
    let manager = cx
        .user_with_policy(allow(
            &["ram:AttachPolicyToUser", "ram:DetachPolicyFromUser"],
            &["acs:ram:*:*:user/intern", "acs:ram:*:1000000000000001:policy/harmless"],
        ))
        .await;
    manager.ram("AttachPolicyToUser", &attachment("Custom", "harmless", "intern")).await.ok();
    let attach =
        async |kind, policy, user: &str| manager.ram("AttachPolicyToUser", &attachment(kind, policy, user)).await;
    attach("System", "AdministratorAccess", "intern").await.refused(403, "NoPermission").saying("AdministratorAccess");
    attach("Custom", "harmless", &manager.name).await.refused(403, "NoPermission").saying(&manager.name);
    attach("System", "harmless", "intern").await.refused(403, "NoPermission");
    manager.ram("DetachPolicyFromUser", &attachment("Custom", "harmless", "intern")).await.ok();
}

//! AssumeRole: who may, what the session is then, and what it carries on.

use crate::client::Client;
use crate::context::{ACCOUNT, TestContext, TestUser, allow, document, role_of, statement, trust, trust_if};
use serde_json::{Value, json};

const ANYONE: &str = "acs:ram::1000000000000001:root";
const OTHER: &str = "2000000000000002";

/// A user who may assume every role as far as its own policies go.
async fn assumer(cx: &TestContext) -> TestUser {
    cx.user_with_policy(allow(&["sts:AssumeRole", "sts:SetSourceIdentity"], &["*"])).await
}

fn denied(body: &Value) -> (&str, &str, &str) {
    let detail = &body["AccessDeniedDetail"];
    let text = |name: &str| detail[name].as_str().unwrap();
    (text("AuthAction"), text("PolicyType"), text("NoPermissionType"))
}

#[tokio::test]
async fn a_session_has_credentials_of_the_published_shape_and_is_the_role() {
    let cx = TestContext::start().await;
    let role = cx.role("OpsTeam", trust(&[ANYONE])).await;
    let user = assumer(&cx).await;
    let answer = user.assume(&role, &[]).await.ok();
    let text = |path: &str| answer.pointer(path).and_then(Value::as_str).unwrap().to_owned();
    assert_eq!(text("/AssumedRoleUser/Arn"), format!("acs:ram::{ACCOUNT}:assumed-role/opsteam/test"));
    assert_eq!(text("/Credentials/Expiration"), "2026-01-02T04:04:05Z");
    let id = text("/Credentials/AccessKeyId");
    assert!(id.starts_with("STS.") && id.len() == 24, "{id}");
    assert_eq!(text("/Credentials/AccessKeySecret").len(), 40);
    assert_eq!(answer.get("SourceIdentity"), None);

    let who = cx.session(&answer).sts("GetCallerIdentity", &[]).await.ok();
    assert_eq!(who["IdentityType"], "AssumedRoleUser");
    assert_eq!(who["Arn"], answer["AssumedRoleUser"]["Arn"]);
    assert_eq!(who["PrincipalId"], answer["AssumedRoleUser"]["AssumedRoleId"]);
    assert_eq!(text("/AssumedRoleUser/AssumedRoleId"), format!("{}:test", who["RoleId"].as_str().unwrap()));
    assert_eq!((&who["AccountId"], who.get("UserId")), (&json!(ACCOUNT), None));
}

#[tokio::test]
async fn the_policies_of_the_role_act_at_use_and_those_of_the_user_do_not() {
    let cx = TestContext::start().await;
    let role = cx.role("reader", trust(&[ANYONE])).await;
    let user = cx.user_with_policy(allow(&["*"], &["*"])).await;
    let session = cx.session(&user.assume(&role, &[]).await.ok());
    let refused = session.ram("ListUsers", &[]).await;
    refused.refused(403, "NoPermission");
    let detail = &refused.body["AccessDeniedDetail"];
    assert_eq!(
        (&detail["AuthPrincipalType"], &detail["AuthPrincipalDisplayName"]),
        (&json!("AssumedRoleUser"), &json!("reader:test"))
    );
    let policy = cx.grant_role("reader", allow(&["ram:ListUsers"], &["*"])).await;
    session.ram("ListUsers", &[]).await.ok();
    let attachment = [("PolicyType", "Custom"), ("PolicyName", policy.as_str()), ("RoleName", "reader")];
    cx.admin().ram("DetachPolicyFromRole", &attachment).await.ok();
    session.ram("ListUsers", &[]).await.refused(403, "NoPermission");
}

#[tokio::test]
async fn both_the_permission_of_the_caller_and_the_trust_of_the_role_are_needed() {
    let cx = TestContext::start().await;
    let (alice, bob) = (cx.user_named("alice").await, cx.user_named("bob").await);
    let role = cx.role("ops", trust(&["acs:ram::1000000000000001:user/ALICE"])).await;
    // Trust without permission.
    let answer = alice.assume(&role, &[]).await;
    answer.refused(403, "NoPermission").saying("sts:AssumeRole").saying("acs:ram::1000000000000001:role/ops");
    assert_eq!(denied(&answer.body), ("sts:AssumeRole", "AccountLevelIdentityBasedPolicy", "ImplicitDeny"));
    // Permission without trust.
    cx.grant(&bob, allow(&["sts:AssumeRole"], &["acs:ram:*:*:role/ops"])).await;
    let answer = bob.assume(&role, &[]).await;
    answer.refused(403, "NoPermission").saying("AssumeRolePolicy");
    assert_eq!(denied(&answer.body), ("sts:AssumeRole", "AssumeRolePolicy", "ImplicitDeny"));
    // Both.
    cx.grant(&alice, allow(&["sts:AssumeRole"], &["acs:ram:*:*:role/Ops"])).await;
    alice.assume(&role, &[]).await.ok();
    alice.assume("acs:ram:*:1000000000000001:role/OPS", &[]).await.ok();

    // A Deny on either side counts.
    let both = document(&[
        json!({ "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "RAM": ANYONE } }),
        json!({ "Effect": "Deny", "Action": "sts:AssumeRole", "Principal": { "RAM": "acs:ram::1000000000000001:user/bob" } }),
    ]);
    let update = [("RoleName", "ops"), ("NewAssumeRolePolicyDocument", &both.to_string())];
    cx.admin().ram("UpdateRole", &update).await.ok();
    alice.assume(&role, &[]).await.ok();
    let answer = bob.assume(&role, &[]).await;
    assert_eq!(denied(&answer.body), ("sts:AssumeRole", "AssumeRolePolicy", "ExplicitDeny"));
    let decided = cx.record_of(&answer).await.call.decided_by.unwrap();
    assert_eq!((decided.policy.as_str(), decided.policy_type.as_str(), decided.statement), ("ops", "Trust", 1));
    cx.grant(&alice, document(&[statement("Deny", &["sts:*"], &["*"])])).await;
    let answer = alice.assume(&role, &[]).await;
    assert_eq!(denied(&answer.body), ("sts:AssumeRole", "AccountLevelIdentityBasedPolicy", "ExplicitDeny"));
}

#[tokio::test]
async fn only_who_has_the_permission_learns_whether_a_role_exists() {
    let cx = TestContext::start().await;
    let (user, nobody) = (assumer(&cx).await, cx.user().await);
    let ghost = "acs:ram::1000000000000001:role/ghost";
    nobody.assume(ghost, &[]).await.refused(403, "NoPermission");
    user.assume(ghost, &[]).await.refused(404, "EntityNotExist.Role");
    // Of another account nobody learns anything: not there and not trusted read the same.
    let there = cx.other_account(OTHER).await;
    role_of(&there, "there", trust(&["acs:ram::2000000000000002:root"])).await;
    let of = |name: &str| format!("acs:ram::{OTHER}:role/{name}");
    let (trusting, absent) = (user.assume(&of("there"), &[]).await, user.assume(&of("gone"), &[]).await);
    for answer in [&trusting, &absent] {
        answer.refused(403, "NoPermission");
        assert_eq!(denied(&answer.body), ("sts:AssumeRole", "AssumeRolePolicy", "ImplicitDeny"));
    }
    assert_eq!(trusting.message().replace("there", "X"), absent.message().replace("gone", "X"));
    user.assume("acs:ram::3000000000000003:role/x", &[]).await.refused(403, "NoPermission");
    user.assume("ops", &[]).await.refused(400, "InvalidParameter.RoleArn");
    user.sts("AssumeRole", &[("RoleArn", ghost)]).await.refused(400, "MissingParameter").saying("RoleSessionName");
}

#[tokio::test]
async fn the_account_itself_and_services_roles_cannot_be_mixed_up() {
    let cx = TestContext::start().await;
    let role = cx.role("ops", trust(&[ANYONE])).await;
    let answer = cx.admin().assume(&role, &[]).await;
    answer.refused(403, "NoPermission").saying("Roles may not be assumed by root accounts.");
    assert_eq!(answer.body["AccessDeniedDetail"]["AuthPrincipalType"], "RootUser");
    let service =
        json!({ "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "Service": ["ecs.aliyuncs.com"] } });
    let of_a_service = cx.role("machine", document(&[service])).await;
    assumer(&cx).await.assume(&of_a_service, &[]).await.refused(403, "NoPermission");
}

#[tokio::test]
async fn a_session_policy_narrows_the_session_and_never_widens_it() {
    let cx = TestContext::start().await;
    let role = cx.role("reader", trust(&[ANYONE])).await;
    cx.grant_role("reader", allow(&["ram:Get*", "ram:ListUsers"], &["*"])).await;
    let user = assumer(&cx).await;
    let wide = allow(&["*"], &["*"]).to_string();
    let session = cx.session(&user.assume(&role, &[("Policy", &wide)]).await.ok());
    session.ram("ListUsers", &[]).await.ok();
    session.ram("CreateUser", &[("UserName", "x")]).await.refused(403, "NoPermission");

    let narrow = allow(&["ram:GetUser", "ram:CreateUser"], &["*"]).to_string();
    let session = cx.session(&user.assume(&role, &[("Policy", &narrow)]).await.ok());
    session.ram("GetUser", &[("UserName", &user.name)]).await.ok();
    let answer = session.ram("ListUsers", &[]).await;
    assert_eq!(denied(&answer.body), ("ram:ListUsers", "SessionPolicy", "ImplicitDeny"));
    let answer = session.ram("CreateUser", &[("UserName", "x")]).await;
    assert_eq!(denied(&answer.body), ("ram:CreateUser", "AccountLevelIdentityBasedPolicy", "ImplicitDeny"));

    for (policy, code, saying) in [
        ("{", "InvalidParameter.PolicyGrammar", "has not passed grammar check"),
        (
            r#"{"Version":"1","Statement":[{"Effect":"allow"}]}"#,
            "InvalidParameter.PolicyGrammar",
            "Statement[0].Effect",
        ),
        (&format!("{}{}", " ".repeat(2048), wide), "InvalidParameter.PolicySize", "2048"),
    ] {
        user.assume(&role, &[("Policy", policy)]).await.refused(400, code).saying(saying);
    }
}

#[tokio::test]
async fn a_session_lasts_as_long_as_asked_and_as_the_role_allows() {
    let cx = TestContext::start().await;
    let role = cx.role("ops", trust(&[ANYONE])).await;
    let user = assumer(&cx).await;
    for bad in ["899", "3601", "43201", "-1"] {
        let answer = user.assume(&role, &[("DurationSeconds", bad)]).await;
        answer.refused(400, "InvalidParameter.DurationSeconds");
    }
    let session = cx.session(&user.assume(&role, &[("DurationSeconds", "900")]).await.ok());
    cx.clock.advance(899_000);
    session.sts("GetCallerIdentity", &[]).await.ok();
    cx.clock.advance(1_000);
    session.sts("GetCallerIdentity", &[]).await.refused(400, "InvalidSecurityToken.Expired");
    cx.admin().ram("UpdateRole", &[("RoleName", "ops"), ("NewMaxSessionDuration", "43200")]).await.ok();
    user.assume(&role, &[("DurationSeconds", "43200")]).await.ok();
}

#[tokio::test]
async fn a_role_for_third_parties_is_assumed_only_with_its_external_id() {
    let cx = TestContext::start().await;
    let condition = json!({ "StringEquals": { "sts:ExternalId": "agreed-1" } });
    let role = cx.role("third-party", trust_if(&[ANYONE], condition)).await;
    let user = assumer(&cx).await;
    for wrong in [&[][..], &[("ExternalId", "")], &[("ExternalId", "agreed-2")], &[("ExternalId", "AGREED-1")]] {
        let answer = user.assume(&role, wrong).await;
        answer.refused(403, "NoPermission");
        assert_eq!(denied(&answer.body).1, "AssumeRolePolicy", "{wrong:?}");
    }
    user.assume(&role, &[("ExternalId", "agreed-1")]).await.ok();
    user.assume(&role, &[("ExternalId", "a b")]).await.refused(403, "NoPermission");
    let open = cx.role("open", trust(&[ANYONE])).await;
    user.assume(&open, &[("ExternalId", "a b")]).await.refused(400, "InvalidParameter").saying("`ExternalId`");
}

fn source_trust(names: &[&str]) -> Value {
    let actions = ["sts:AssumeRole", "sts:SetSourceIdentity"];
    document(&[json!({ "Effect": "Allow", "Action": actions, "Principal": { "RAM": names } })])
}

#[tokio::test]
async fn a_source_identity_needs_its_own_permission_on_both_sides() {
    let cx = TestContext::start().await;
    let (open, closed) = (cx.role("open", source_trust(&[ANYONE])).await, cx.role("closed", trust(&[ANYONE])).await);
    let plain = cx.user_with_policy(allow(&["sts:AssumeRole"], &["*"])).await;
    let answer = plain.assume(&open, &[("SourceIdentity", "alice")]).await;
    answer.refused(403, "NoPermission");
    assert_eq!(denied(&answer.body), ("sts:SetSourceIdentity", "AccountLevelIdentityBasedPolicy", "ImplicitDeny"));
    let user = assumer(&cx).await;
    let answer = user.assume(&closed, &[("SourceIdentity", "alice")]).await;
    assert_eq!(denied(&answer.body), ("sts:SetSourceIdentity", "AssumeRolePolicy", "ImplicitDeny"));
    assert_eq!(user.assume(&open, &[("SourceIdentity", "alice")]).await.ok()["SourceIdentity"], "alice");
    user.assume(&open, &[("SourceIdentity", "a b")]).await.refused(400, "InvalidParameter");
}

#[tokio::test]
async fn a_source_identity_stays_through_a_chain_of_roles_and_cannot_be_changed() {
    let cx = TestContext::start().await;
    let first = cx.role("first", source_trust(&[ANYONE])).await;
    let second = cx.role("second", source_trust(&["acs:ram::1000000000000001:role/first"])).await;
    cx.grant_role("first", allow(&["sts:*"], &["*"])).await;
    let condition = json!({ "StringEquals": { "acs:SourceIdentity": "alice" } });
    let for_alice =
        document(&[json!({ "Effect": "Allow", "Action": "ram:ListUsers", "Resource": "*", "Condition": condition })]);
    cx.grant_role("second", for_alice).await;
    let user = assumer(&cx).await;
    // Users are not in the trust of the second role.
    user.assume(&second, &[]).await.refused(403, "NoPermission");

    let at_first = cx.session(&user.assume(&first, &[("SourceIdentity", "alice")]).await.ok());
    let answer = at_first.assume(&second, &[]).await.ok();
    assert_eq!(answer["SourceIdentity"], "alice");
    let at_second = cx.session(&answer);
    at_second.ram("ListUsers", &[]).await.ok();
    let who = at_second.sts("GetCallerIdentity", &[]).await.ok();
    assert_eq!(who["Arn"], format!("acs:ram::{ACCOUNT}:assumed-role/second/test"));
    let answer = at_first.assume(&second, &[("SourceIdentity", "bob")]).await;
    answer.refused(400, "InvalidParameter.SourceIdentity");
    at_first.assume(&second, &[("SourceIdentity", "alice")]).await.ok();

    // Without one, the session has none at the end either.
    let at_first = cx.session(&user.assume(&first, &[]).await.ok());
    let at_second = cx.session(&at_first.assume(&second, &[]).await.ok());
    at_second.ram("ListUsers", &[]).await.refused(403, "NoPermission");
}

#[tokio::test]
async fn a_role_of_another_account_is_assumed_with_permission_here_and_trust_there() {
    let cx = TestContext::start().await;
    let there = cx.other_account(OTHER).await;
    let role = role_of(&there, "shared", trust(&[ANYONE])).await;
    let policy = allow(&["ram:ListUsers", "ram:CreateUser"], &["*"]).to_string();
    there.ram("CreatePolicy", &[("PolicyName", "list"), ("PolicyDocument", &policy)]).await.ok();
    let attachment = [("PolicyType", "Custom"), ("PolicyName", "list"), ("RoleName", "shared")];
    there.ram("AttachPolicyToRole", &attachment).await.ok();
    let user = assumer(&cx).await;
    cx.user().await.assume(&role, &[]).await.refused(403, "NoPermission");
    let session = cx.session(&user.assume(&role, &[]).await.ok());
    let who = session.sts("GetCallerIdentity", &[]).await.ok();
    assert_eq!(
        (&who["AccountId"], &who["Arn"]),
        (&json!(OTHER), &json!(format!("acs:ram::{OTHER}:assumed-role/shared/test")))
    );
    // It acts there, and only there.
    session.ram("CreateUser", &[("UserName", "made-there")]).await.ok();
    there.ram("GetUser", &[("UserName", "made-there")]).await.ok();
    cx.admin().ram("GetUser", &[("UserName", "made-there")]).await.refused(404, "EntityNotExist.User");
    // The user is deleted here: the session there ends.
    let admin = cx.admin();
    end(&cx, &admin, &user).await;
    session.sts("GetCallerIdentity", &[]).await.refused(400, "InvalidSecurityToken");
}

/// Deletes a user with all that it has.
async fn end(cx: &TestContext, admin: &Client, user: &TestUser) {
    let listed = admin.ram("ListPoliciesForUser", &[("UserName", &user.name)]).await.ok();
    for policy in listed["Policies"]["Policy"].as_array().unwrap() {
        let name = policy["PolicyName"].as_str().unwrap();
        admin.ram("DetachPolicyFromUser", &crate::context::attachment("Custom", name, &user.name)).await.ok();
    }
    let key = [("UserName", user.name.as_str()), ("UserAccessKeyId", user.access_key_id())];
    cx.admin().ram("DeleteAccessKey", &key).await.ok();
    admin.ram("DeleteUser", &[("UserName", &user.name)]).await.ok();
}

#[tokio::test]
async fn nobody_raises_itself_by_rewriting_the_trust_of_a_role() {
    let cx = TestContext::start().await;
    let role = cx.role("admin", trust(&["acs:ram::2000000000000002:root"])).await;
    cx.grant_role("admin", allow(&["*"], &["*"])).await;
    let user = assumer(&cx).await;
    let open = trust(&[ANYONE]).to_string();
    let update = [("RoleName", "admin"), ("NewAssumeRolePolicyDocument", open.as_str())];
    user.ram("UpdateRole", &update).await.refused(403, "NoPermission");
    user.assume(&role, &[]).await.refused(403, "NoPermission");
    // A session that may do everything by its role still cannot where its session policy does not let it.
    cx.admin().ram("UpdateRole", &update).await.ok();
    let narrow = allow(&["ram:List*"], &["*"]).to_string();
    let session = cx.session(&user.assume(&role, &[("Policy", &narrow)]).await.ok());
    session.ram("UpdateRole", &update).await.refused(403, "NoPermission");
    // Nor out of the session into the same role without that policy.
    session.assume(&role, &[]).await.refused(403, "NoPermission");
}

#[tokio::test]
async fn a_session_has_no_user_of_its_own() {
    let cx = TestContext::start().await;
    let role = cx.role("admin", trust(&[ANYONE])).await;
    cx.grant_role("admin", allow(&["*"], &["*"])).await;
    let session = cx.session(&assumer(&cx).await.assume(&role, &[]).await.ok());
    for action in ["CreateAccessKey", "ListAccessKeys"] {
        session.ram(action, &[]).await.refused(404, "EntityNotExist.User");
    }
    session.ram("CreateUser", &[("UserName", "made")]).await.ok();
}

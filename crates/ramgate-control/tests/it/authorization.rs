//! What the dispatcher decides, and in which order it does so.

use crate::client::version;
use crate::context::{Setup, TestContext, allow, document, statement};
use ramgate_audit::Decision;
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[tokio::test]
async fn a_denial_names_action_resource_and_layer_and_no_policy() {
    let cx = TestContext::start().await;
    let user = cx.user_with_policy(document(&[statement("Deny", &["ram:GetUser"], &["*"])])).await;
    let answer = user.ram("GetUser", &[("UserName", "alice")]).await;
    answer.refused(403, "NoPermission").saying("You are not authorized");
    answer.saying("ram:GetUser").saying("acs:ram::1000000000000001:user/alice");
    assert!(!answer.message().contains("policy-"), "{}", answer.message());
    let detail = &answer.body["AccessDeniedDetail"];
    let expected = json!({
        "AuthAction": "ram:GetUser", "AuthPrincipalType": "SubUser", "AuthPrincipalDisplayName": user.id,
        "AuthPrincipalOwnerId": "1000000000000001", "PolicyType": "AccountLevelIdentityBasedPolicy",
        "NoPermissionType": "ExplicitDeny", "EncodedDiagnosticMessage": detail["EncodedDiagnosticMessage"],
    });
    assert_eq!(*detail, expected);
    assert!(detail["EncodedDiagnosticMessage"].as_str().unwrap().len() > 100);
    let implicit = user.ram("DeleteUser", &[("UserName", "alice")]).await;
    assert_eq!(implicit.body["AccessDeniedDetail"]["NoPermissionType"], "ImplicitDeny");
}

#[tokio::test]
async fn permission_is_checked_before_values_and_before_what_exists() {
    let cx = TestContext::start().await;
    let (admin, nobody) = (cx.admin(), cx.user().await);
    let absurd = [("UserName", "not a name"), ("MaxItems", "0")];
    for action in ["CreateUser", "GetUser", "ListUsers"] {
        nobody.ram(action, &absurd).await.refused(403, "NoPermission");
    }
    nobody.ram("CreateUser", &[]).await.refused(403, "NoPermission");
    admin.ram("CreateUser", &[]).await.refused(400, "MissingParameter");
    nobody.ram("GetUser", &[("UserName", "ghost")]).await.refused(403, "NoPermission");
    admin.ram("GetUser", &[("UserName", "ghost")]).await.refused(404, "EntityNotExist.User");
}

#[tokio::test]
async fn every_operation_is_refused_to_a_user_without_a_policy() {
    let cx = TestContext::start().await;
    let nobody = cx.user().await;
    // What users may do to themselves without a policy is switched off.
    let own = [("AllowUserToChangePassword", "false"), ("AllowUserToManageMFADevices", "false")];
    cx.admin().ram("SetSecurityPreference", &own).await.ok();
    let revision = cx.revision().await;
    let mut n_refused = 0;
    for (spec, _) in ramgate_control::operations() {
        let answer = match spec.binding {
            ramgate_api::Binding::Rpc => nobody.rpc(spec.product.version, spec.name, &[]).await,
            ramgate_api::Binding::Roa(method, path) => {
                let path = path.replace(['{', '}'], "");
                nobody.apig(method.as_str(), &path, &[], Value::Null).await
            }
        };
        if matches!(spec.resource, ramgate_api::Resource::Exempt) {
            assert_ne!(answer.status, 403, "{} {}", spec.name, answer.body);
            continue;
        }
        assert_eq!((answer.status, answer.code()), (403, "NoPermission"), "{} {}", spec.name, answer.body);
        let detail = &answer.body["AccessDeniedDetail"];
        assert_eq!(detail["AuthAction"], json!(spec.full_action()), "{}", spec.name);
        n_refused += 1;
    }
    assert!(n_refused >= 230, "{n_refused}");
    assert_eq!(cx.revision().await, revision);
}

#[test]
fn every_declared_operation_can_be_called() {
    let key = |spec: &ramgate_api::OpSpec| (spec.product.version, spec.name);
    let bound: BTreeSet<_> = ramgate_control::operations().iter().map(|(spec, _)| key(spec)).collect();
    let declared: BTreeSet<_> = ramgate_api::operations().map(key).collect();
    assert_eq!(bound, declared);
}

#[tokio::test]
async fn what_is_not_built_yet_says_so_only_to_those_who_may_call_it() {
    let cx = TestContext::start().await;
    let answer = cx.admin().ims("ListApplications", &[]).await;
    answer.refused(501, "NotImplemented").saying("ram:ListApplications");
    cx.user().await.ims("ListApplications", &[]).await.refused(403, "NoPermission");
    let lister = cx.user_with_policy(allow(&["ram:ListApplications"], &["*"])).await;
    lister.ims("ListApplications", &[]).await.refused(501, "NotImplemented");
    // It says so whatever else is wrong with the request.
    cx.admin().ims("CreateApplication", &[]).await.refused(501, "NotImplemented");
    let record = cx.record_of(&answer).await;
    assert_eq!((record.call.decision, record.outcome.unwrap().status), (Decision::Allowed, 501));
}

#[tokio::test]
async fn the_callers_identity_is_told_whatever_the_policies_say() {
    let cx = TestContext::start().await;
    let user = cx.user_with_policy(document(&[statement("Deny", &["*"], &["*"])])).await;
    user.sts("GetCallerIdentity", &[]).await.ok();
    user.ram("GetUser", &[("UserName", &user.name)]).await.refused(403, "NoPermission");
}

#[tokio::test]
async fn conditions_look_at_the_connection_and_not_at_what_the_caller_claims() {
    let forwarding = Setup {
        config: Some(|config| config.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()]),
        ..Setup::default()
    };
    let from = |net: &str| {
        let condition = json!({ "IpAddress": { "acs:SourceIp": net } });
        json!({ "Effect": "Allow", "Action": "ram:ListUsers", "Resource": "*", "Condition": condition })
    };
    let list = |headers| crate::client::Request {
        version: version::RAM,
        action: Some("ListUsers"),
        headers,
        ..crate::client::Request::new()
    };
    let claimed: &[(&str, &str)] = &[("x-forwarded-for", "203.0.113.7")];

    let cx = TestContext::start().await;
    let outside = cx.user_with_policy(document(&[from("203.0.113.0/24")])).await;
    outside.send(&list(claimed)).await.refused(403, "NoPermission");
    let local = cx.user_with_policy(document(&[from("127.0.0.0/8")])).await;
    local.send(&list(claimed)).await.ok();

    let cx = TestContext::start_with(forwarding).await;
    let outside = cx.user_with_policy(document(&[from("203.0.113.0/24")])).await;
    outside.send(&list(claimed)).await.ok();
    outside.send(&list(&[])).await.refused(403, "NoPermission");
}

#[tokio::test]
async fn conditions_look_at_time_transport_and_key() {
    let cx = TestContext::start().await;
    let when = |condition: Value| json!({ "Effect": "Allow", "Action": "ram:ListUsers", "Resource": "*", "Condition": condition });
    let until = when(json!({ "DateLessThan": { "acs:CurrentTime": "2026-01-02T03:10:00Z" } }));
    let user = cx.user_with_policy(document(&[until])).await;
    user.ram("ListUsers", &[]).await.ok();
    cx.clock.advance(600_000);
    user.ram("ListUsers", &[]).await.refused(403, "NoPermission");

    let tls = when(json!({ "Bool": { "acs:SecureTransport": "true" } }));
    let user = cx.user_with_policy(document(&[tls])).await;
    user.ram("ListUsers", &[]).await.refused(403, "NoPermission");
    let user = cx.user().await;
    cx.grant(&user, document(&[when(json!({ "StringEquals": { "acs:AccessId": user.access_key_id() } }))])).await;
    user.ram("ListUsers", &[]).await.ok();
}

#[tokio::test]
async fn patterns_decide_over_names_in_any_case_and_never_over_more() {
    let cx = TestContext::start().await;
    for name in ["dev-1", "Dev-2", "ops-1"] {
        cx.admin().ram("CreateUser", &[("UserName", name)]).await.ok();
    }
    let user = cx.user_with_policy(allow(&["ram:Get*"], &["acs:ram:*:*:user/DEV-*"])).await;
    let get = async |name: &str| user.ram("GetUser", &[("UserName", name)]).await.status;
    assert_eq!((get("dev-1").await, get("DEV-2").await, get("dev-3").await), (200, 200, 404));
    assert_eq!((get("ops-1").await, get("*").await, get("x/dev-1").await, get("").await), (403, 403, 403, 403));
    user.ram("DeleteUser", &[("UserName", "dev-1")]).await.refused(403, "NoPermission");
    user.ram("ListUsers", &[]).await.refused(403, "NoPermission");
}

/// What permission is checked on is what the handler gets, wherever else the name stands.
#[tokio::test]
async fn the_path_names_the_resource_whatever_query_and_body_say() {
    let cx = TestContext::start().await;
    let user = cx.user_with_policy(allow(&["apig:*"], &["acs:apig:*:*:gateway/gw-mine"])).await;
    let rename = async |path: &str, query: &str, body: &str| {
        let path = format!("/v1/gateways/{path}/name");
        user.apig("PUT", &path, &[("gatewayId", query)], json!({ "gatewayId": body, "name": "new" })).await
    };
    let mine = rename("gw-mine", "gw-theirs", "gw-theirs").await;
    assert_eq!(mine.status, 404, "{}", mine.body);
    mine.saying("gw-mine");
    let theirs = rename("gw-theirs", "gw-mine", "gw-mine").await;
    theirs.refused(403, "NoPermission").saying("gateway/gw-theirs");
    // An encoded name is the name, and one with a slash is not below another.
    rename("gw%2Dmine", "", "").await.saying("gw-mine");
    rename("gw-mine%2Fx", "", "").await.refused(403, "NoPermission");
}

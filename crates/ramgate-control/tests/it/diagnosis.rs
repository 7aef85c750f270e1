//! What a denial tells its caller, and what an administrator reads out of it.

use crate::context::{TestContext, allow, document, statement};
use serde_json::{Value, json};

/// The sealed message of a denial.
fn message(body: &Value) -> String {
    body["AccessDeniedDetail"]["EncodedDiagnosticMessage"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_administrator_reads_who_was_refused_what_on_which_resource_and_by_which_policy() {
    let cx = TestContext::start().await;
    let user = cx.user_with_policy(document(&[statement("Deny", &["ram:DeleteUser"], &["*"])])).await;
    let policy = cx.grant(&user, allow(&["ram:*"], &["*"])).await;
    let denied = user.ram("DeleteUser", &[("UserName", "alice")]).await;
    denied.refused(403, "NoPermission");
    let asked = [("EncodedDiagnosticMessage", message(&denied.body))];
    let asked = asked.each_ref().map(|(name, value)| (*name, value.as_str()));
    let facts = cx.admin().ram("DecodeDiagnosticMessage", &asked).await.ok()["DecodedDiagnosticMessage"].clone();
    assert_eq!(facts["AuthAction"], "ram:DeleteUser");
    assert_eq!(facts["AuthResource"], "acs:ram::1000000000000001:user/alice");
    assert_eq!(facts["ExplicitDeny"], true);
    assert_eq!(facts["NoPermissionPolicyType"], "AccountLevelIdentityBasedPolicy");
    let principal = json!({
        "AuthPrincipalType": "SubUser", "AuthPrincipalDisplayName": user.id, "AuthPrincipalOwnerId": "1000000000000001",
    });
    assert_eq!(facts["AuthPrincipal"], principal);
    let conditions = facts["AuthConditions"].as_array().unwrap();
    assert!(conditions.contains(&json!({ "ConditionKey": "acs:SourceIp", "ConditionValues": ["127.0.0.1"] })));
    assert!(conditions.iter().all(|c| c["ConditionValues"].as_array().is_some_and(|v| !v.is_empty())));
    let matched = facts["MatchedPolicies"].as_array().unwrap();
    assert_eq!(matched.len(), 1, "{matched:?}");
    assert_ne!(matched[0]["PolicyIdentifier"], json!(policy), "the policy that allows is not the one that refuses");
    assert_eq!(
        (&matched[0]["Effect"], &matched[0]["PolicyVersion"], &matched[0]["AttachedEntityType"]),
        (&json!("Deny"), &json!("v1"), &json!("RamUser"))
    );
}

#[tokio::test]
async fn where_nothing_allows_no_policy_is_named() {
    let cx = TestContext::start().await;
    let denied = cx.user().await.ram("ListUsers", &[]).await;
    let facts =
        cx.admin().ram("DecodeDiagnosticMessage", &[("EncodedDiagnosticMessage", &message(&denied.body))]).await;
    let facts = &facts.ok()["DecodedDiagnosticMessage"];
    assert_eq!((&facts["ExplicitDeny"], &facts["MatchedPolicies"]), (&json!(false), &json!([])));
}

#[tokio::test]
async fn reading_a_message_is_a_permission_and_another_identity_with_it_can() {
    let cx = TestContext::start().await;
    let nobody = cx.user().await;
    let message = message(&nobody.ram("ListUsers", &[]).await.body);
    let asked = [("EncodedDiagnosticMessage", message.as_str())];
    nobody.ram("DecodeDiagnosticMessage", &asked).await.refused(403, "NoPermission");
    let helper = cx.user_with_policy(allow(&["ram:DecodeDiagnosticMessage"], &["*"])).await;
    helper.ram("DecodeDiagnosticMessage", &asked).await.ok();
}

#[tokio::test]
async fn what_is_no_message_or_changed_or_too_old_does_not_open() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let message = message(&cx.user().await.ram("ListUsers", &[]).await.body);
    let decode = async |text: &str| admin.ram("DecodeDiagnosticMessage", &[("EncodedDiagnosticMessage", text)]).await;
    decode(&message).await.ok();
    let middle = message.len() / 2;
    let swapped = if message.as_bytes()[middle] == b'A' { "B" } else { "A" };
    let changed = format!("{}{swapped}{}", &message[..middle], &message[middle + 1..]);
    for bad in [changed.as_str(), "AQIBIAAAA", "sealed:1:", &message[..middle], "x".repeat(60_000).as_str()] {
        decode(bad).await.refused(404, "EntityNotExist");
    }
    decode("").await.refused(400, "MissingParameter");
    let month = 30 * 24 * 3600 * 1000;
    cx.clock.advance(month);
    decode(&message).await.ok();
    cx.clock.advance(1);
    decode(&message).await.refused(404, "EntityNotExist");
}

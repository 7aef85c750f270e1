//! Attempts to come to more permissions than were given, each over the wire.

use crate::context::{START, TestContext, allow, attachment, document, statement};
use ramgate_model::{Attachment, Policy, PolicyKind, PolicyVersion, PrincipalRef, Tags};
use serde_json::json;

/// A policy as an older version of the program might have kept it.
fn stored(name: &str, text: &str) -> Policy {
    Policy {
        name: name.to_owned(),
        description: String::new(),
        versions: vec![PolicyVersion { number: 1, document: text.to_owned(), created_at: START }],
        default_version: 1,
        next_version: 2,
        tags: Tags::new(),
        created_at: START,
        updated_at: START,
    }
}

#[tokio::test]
async fn a_stored_policy_that_cannot_be_understood_never_widens_and_still_refuses() {
    let cx = TestContext::start().await;
    let give = async |user: &crate::context::TestUser, name: &str, text: &str| {
        cx.seed(&[stored(name, text)]).await;
        let attachment = Attachment {
            principal: PrincipalRef::User { user_id: user.id.as_str().into() },
            policy_kind: PolicyKind::Custom,
            policy_name: name.to_owned(),
            resource_group_id: String::new(),
            attached_at: START,
        };
        cx.seed(&[attachment]).await;
    };
    let admin = || allow(&["*"], &["*"]);
    let statement = |effect: &str, condition: &str| {
        format!(
            r#"{{"Version":"1","Statement":[{{"Effect":"{effect}","Action":"ram:ListUsers","Resource":"*","Condition":{condition}}}]}}"#
        )
    };
    let unknown_operator = r#"{"StringSimilar":{"acs:SourceVpc":"x"}}"#;
    let wrong_type = r#"{"Bool":{"acs:SourceIp":"true"}}"#;
    for (n, condition) in [unknown_operator, wrong_type].into_iter().enumerate() {
        let allowed = cx.user().await;
        give(&allowed, &format!("odd-allow-{n}"), &statement("Allow", condition)).await;
        allowed.ram("ListUsers", &[]).await.refused(403, "NoPermission");
        let denied = cx.user_with_policy(admin()).await;
        give(&denied, &format!("odd-deny-{n}"), &statement("Deny", condition)).await;
        denied.ram("ListUsers", &[]).await.refused(403, "NoPermission");
        denied.ram("ListPolicies", &[]).await.ok();
    }
    // Not even JSON: everything is refused, whatever else allows.
    let cut_off = cx.user_with_policy(admin()).await;
    give(&cut_off, "cut-off", r#"{"Version":"1","Statement":[{"Effect":"#).await;
    cut_off.ram("ListUsers", &[]).await.refused(403, "NoPermission");
    cut_off.sts("GetCallerIdentity", &[]).await.ok();
    // An unknown key in a Deny does not make it go away.
    let unknown_key = cx.user_with_policy(admin()).await;
    cx.grant(
        &unknown_key,
        document(&[json!({ "Effect": "Deny", "Action": "ram:ListUsers", "Resource": "*",
        "Condition": { "StringNotEquals": { "acme:Unheard": "x" } } })]),
    )
    .await;
    unknown_key.ram("ListUsers", &[]).await.refused(403, "NoPermission");
}

#[tokio::test]
async fn who_may_do_one_half_of_a_grant_cannot_do_it() {
    let cx = TestContext::start().await;
    let admin_policy = "AdministratorAccess";
    let half = |actions: &[&str], resources: &[&str]| document(&[statement("Allow", actions, resources)]);
    // The user, not the policy; and the policy, not the user.
    let user = cx.user().await;
    let own = format!("acs:ram:*:*:user/{}", user.name);
    cx.grant(&user, half(&["ram:*"], &[&own])).await;
    let give = attachment("System", admin_policy, &user.name);
    user.ram("AttachPolicyToUser", &give).await.refused(403, "NoPermission").saying("AdministratorAccess");
    let other = cx.user_with_policy(half(&["ram:*"], &["acs:ram:*:system:policy/*"])).await;
    let give = attachment("System", admin_policy, &other.name);
    other.ram("AttachPolicyToUser", &give).await.refused(403, "NoPermission");
    // Writing the own policy anew is a permission on the policy, whoever has it.
    let name = cx.grant(&other, half(&["ram:GetUser"], &["*"])).await;
    let all = allow(&["*"], &["*"]).to_string();
    let rewrite = [("PolicyName", name.as_str()), ("PolicyDocument", all.as_str()), ("SetAsDefault", "true")];
    other.ram("CreatePolicyVersion", &rewrite).await.refused(403, "NoPermission");
    let version = [("PolicyName", name.as_str()), ("VersionId", "v1")];
    other.ram("SetDefaultPolicyVersion", &version).await.refused(403, "NoPermission");
    // An older version that allows more comes into force for who may switch, and at once.
    let admin = cx.admin();
    admin.ram("CreatePolicyVersion", &rewrite).await.ok();
    other.ram("ListUsers", &[]).await.ok();
    admin.ram("SetDefaultPolicyVersion", &version).await.ok();
    other.ram("ListUsers", &[]).await.refused(403, "NoPermission");
}

#[tokio::test]
async fn documents_made_to_hurt_are_refused_quickly_and_change_nothing() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let before = cx.revision().await;
    let nested = format!("{}{}", "[".repeat(3000), "]".repeat(3000));
    let many = format!(
        r#"{{"Version":"1","Statement":[{}]}}"#,
        vec![r#"{"Effect":"Allow","Action":"a:b","Resource":"*"}"#; 200].join(",")
    );
    let twice = r#"{"Version":"1","Statement":[{"Effect":"Deny","Effect":"Allow","Action":"*","Resource":"*"}]}"#;
    for (text, code) in [
        (nested.as_str(), "MalformedPolicyDocument"),
        (many.as_str(), "InvalidParameter.PolicyDocument.Length"),
        (twice, "MalformedPolicyDocument"),
        ("\u{0}", "MalformedPolicyDocument"),
    ] {
        let body = format!("PolicyName=hurt&PolicyDocument={}", ramgate_signing::percent_encode(text));
        let request = crate::client::Request {
            version: "2015-05-01",
            action: Some("CreatePolicy"),
            content_type: Some("application/x-www-form-urlencoded"),
            body: body.as_bytes(),
            ..crate::client::Request::new()
        };
        admin.send(&request).await.refused(400, code);
    }
    assert_eq!(cx.revision().await, before);
    // A pattern of many stars is a pattern like any other.
    let stars = format!("acs:mse:*:*:instance/{}", "*a".repeat(400));
    let user = cx.user_with_policy(allow(&["mse:*"], &[&stars])).await;
    let name = "a".repeat(60);
    user.mse("GetGateway", &[("GatewayUniqueId", &name)]).await.refused(403, "NoPermission");
}

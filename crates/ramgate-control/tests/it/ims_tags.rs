//! Tags of users.

use crate::client::Client;
use crate::context::{TestContext, document};
use serde_json::{Value, json};

fn logon(name: &str) -> String {
    format!("{name}@1000000000000001.onaliyun.com")
}

async fn tags(admin: &Client, parameters: &[(&str, &str)]) -> Vec<Value> {
    let mut all = vec![("ResourceType", "user")];
    all.extend(parameters);
    let body = admin.ims("ListTagResources", &all).await.ok();
    body["TagResources"]["TagResource"].as_array().unwrap().clone()
}

#[tokio::test]
async fn users_are_tagged_by_id_and_by_name_and_untagged() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (alice, bob) = (cx.user_named("alice").await, cx.user_named("bob").await);
    let kind = ("ResourceType", "user");
    let both = [
        kind,
        ("ResourceId.1", alice.id.as_str()),
        ("ResourceId.2", bob.id.as_str()),
        ("Tag.1.Key", "team"),
        ("Tag.1.Value", "edge"),
        ("Tag.2.Key", "empty"),
    ];
    admin.ims("TagResources", &both).await.ok();
    let named = logon("ALICE");
    let one = [kind, ("ResourcePrincipalName.1", named.as_str()), ("Tag.1.Key", "team"), ("Tag.1.Value", "core")];
    admin.ims("TagResources", &one).await.ok();
    let tag = |id: &str, key: &str, value: &str| json!({ "ResourceId": id, "ResourceType": "user", "TagKey": key, "TagValue": value });
    let of_alice = [tag(&alice.id, "empty", ""), tag(&alice.id, "team", "core")];
    assert_eq!(tags(&admin, &[("ResourceId.1", &alice.id)]).await, of_alice);
    assert_eq!(tags(&admin, &[("ResourcePrincipalName.1", &named)]).await, of_alice);
    assert_eq!(tags(&admin, &[]).await.len(), 4);
    assert_eq!(tags(&admin, &[("Tag.1.Key", "team"), ("Tag.1.Value", "edge")]).await, [tag(&bob.id, "team", "edge")]);

    // All tags go only where no keys are named.
    let some = [kind, ("ResourceId.1", alice.id.as_str()), ("TagKey.1", "team"), ("All", "true")];
    admin.ims("UntagResources", &some).await.ok();
    assert_eq!(tags(&admin, &[("ResourceId.1", &alice.id)]).await, of_alice[..1]);
    admin.ims("UntagResources", &[kind, ("ResourceId.1", bob.id.as_str()), ("All", "true")]).await.ok();
    assert_eq!(tags(&admin, &[("ResourceId.1", &bob.id)]).await, [] as [Value; 0]);
}

#[tokio::test]
async fn tags_out_of_their_limits_are_refused_and_change_nobody() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let user = cx.user_named("alice").await;
    let other = cx.user_named("bob").await;
    let (kind, id) = (("ResourceType", "user"), ("ResourceId.1", user.id.as_str()));
    let revision = cx.revision().await;
    let long = "v".repeat(129);
    for (parameters, code) in [
        (vec![kind, id, ("Tag.1.Key", "acs:x")], "InvalidParameter"),
        (vec![kind, id, ("Tag.1.Key", "a"), ("Tag.1.Value", &long)], "InvalidParameter"),
        (vec![kind, id, ("Tag.1.Key", "a"), ("Tag.2.Key", "a")], "InvalidParameter"),
        (vec![kind, id], "MissingParameter"),
        (vec![kind, ("Tag.1.Key", "a")], "MissingParameter"),
        (vec![("ResourceType", "role"), id, ("Tag.1.Key", "a")], "InvalidParameter"),
        (vec![kind, id, ("ResourcePrincipalName.1", "x"), ("Tag.1.Key", "a")], "InvalidParameter"),
    ] {
        admin.ims("TagResources", &parameters).await.refused(400, code);
    }
    // One that is not there keeps the others from being tagged.
    let ghost = [kind, id, ("ResourceId.2", "299999999999999999"), ("Tag.1.Key", "a")];
    admin.ims("TagResources", &ghost).await.refused(404, "EntityNotExist.User");
    let keys: Vec<String> = (1..=20).map(|n| format!("Tag.{n}.Key")).collect();
    assert_eq!(cx.revision().await, revision);
    let mut full: Vec<(&str, &str)> = keys.iter().map(|key| (key.as_str(), key.as_str())).collect();
    full.extend([kind, ("ResourceId.1", other.id.as_str())]);
    admin.ims("TagResources", &full).await.ok();
    let both = [kind, id, ("ResourceId.2", other.id.as_str()), ("Tag.1.Key", "more")];
    admin.ims("TagResources", &both).await.refused(400, "InvalidParameter").saying("21 tags");
    assert_eq!(tags(&admin, &[id]).await, [] as [Value; 0]);
}

#[tokio::test]
async fn tags_are_listed_page_by_page() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let user = cx.user_named("alice").await;
    let kind = ("ResourceType", "user");
    let three = [kind, ("ResourceId.1", &*user.id), ("Tag.1.Key", "a"), ("Tag.2.Key", "b"), ("Tag.3.Key", "c")];
    admin.ims("TagResources", &three).await.ok();
    let first = admin.ims("ListTagResources", &[kind, ("PageSize", "2")]).await.ok();
    assert_eq!(
        (&first["TagResources"]["TagResource"][1]["TagKey"], &first["IsTruncated"]),
        (&json!("b"), &json!(true))
    );
    let token = first["NextToken"].as_str().unwrap();
    let rest = admin.ims("ListTagResources", &[kind, ("PageSize", "2"), ("NextToken", token)]).await.ok();
    assert_eq!((&rest["TagResources"]["TagResource"][0]["TagKey"], rest.get("NextToken")), (&json!("c"), None));
    admin.ims("ListTagResources", &[kind, ("PageSize", "101")]).await.refused(400, "InvalidParameter");
    admin.ims("ListTagResources", &[]).await.refused(400, "MissingParameter");
}

#[tokio::test]
async fn a_condition_on_the_tags_of_a_user_counts_however_it_is_named() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (alice, bob) = (cx.user_named("alice").await, cx.user_named("bob").await);
    let tag = [("ResourceType", "user"), ("ResourceId.1", &*alice.id), ("Tag.1.Key", "team"), ("Tag.1.Value", "edge")];
    admin.ims("TagResources", &tag).await.ok();
    let condition = json!({ "StringEquals": { "acs:ResourceTag/team": "edge" } });
    let reader = cx
        .user_with_policy(document(&[json!({
            "Effect": "Allow", "Action": "ram:GetUser", "Resource": "*", "Condition": condition,
        })]))
        .await;
    for (user, name, allowed) in [(&alice, "alice", true), (&bob, "bob", false)] {
        let principal = logon(name);
        for way in [
            ("UserPrincipalName", principal.as_str()),
            ("UserId", user.id.as_str()),
            ("UserAccessKeyId", user.access_key_id()),
        ] {
            let answer = reader.ims("GetUser", &[way]).await;
            assert_eq!(answer.status, if allowed { 200 } else { 403 }, "{way:?}: {}", answer.body);
        }
    }
}

//! Access keys: whose they are, what they open, and that nobody reaches those of others.

use crate::client::Client;
use crate::context::{TestContext, allow};
use serde_json::Value;

async fn listed(client: &Client, parameters: &[(&str, &str)]) -> Vec<(String, String)> {
    let body = client.ram("ListAccessKeys", parameters).await.ok();
    let keys = body["AccessKeys"]["AccessKey"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    keys.iter().map(|key| (text(&key["AccessKeyId"]), text(&key["Status"]))).collect()
}

#[tokio::test]
async fn a_new_key_signs_at_once_and_its_secret_is_shown_once() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    admin.ram("CreateUser", &[("UserName", "alice")]).await.ok();
    let made = admin.ram("CreateAccessKey", &[("UserName", "Alice")]).await.ok();
    let key = &made["AccessKey"];
    let (id, secret) = (key["AccessKeyId"].as_str().unwrap(), key["AccessKeySecret"].as_str().unwrap());
    assert!(id.starts_with("LTAI") && id.len() == 24, "{id}");
    assert_eq!(secret.len(), 30);
    assert_eq!((&key["Status"], &key["CreateDate"]), (&"Active".into(), &"2026-01-02T03:04:05Z".into()));
    let identity = cx.client(id, secret).sts("GetCallerIdentity", &[]).await.ok();
    assert_eq!(identity["Arn"], "acs:ram::1000000000000001:user/alice");

    let body = admin.ram("ListAccessKeys", &[("UserName", "alice")]).await.ok();
    assert!(!body.to_string().contains(secret));
    assert_eq!(listed(&admin, &[("UserName", "alice")]).await, [(id.to_owned(), "Active".to_owned())]);
}

#[tokio::test]
async fn a_user_has_two_keys_at_most() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let user = cx.user_named("alice").await;
    admin.ram("CreateAccessKey", &[("UserName", "alice")]).await.ok();
    let third = admin.ram("CreateAccessKey", &[("UserName", "alice")]).await;
    third.refused(409, "LimitExceeded.User.AccessKey");
    // A key that is switched off counts; a deleted one does not.
    let key = [("UserName", "alice"), ("UserAccessKeyId", user.access_key_id())];
    let off = [key[0], key[1], ("Status", "Inactive")];
    admin.ram("UpdateAccessKey", &off).await.ok();
    admin.ram("CreateAccessKey", &[("UserName", "alice")]).await.refused(409, "LimitExceeded.User.AccessKey");
    admin.ram("DeleteAccessKey", &key).await.ok();
    admin.ram("CreateAccessKey", &[("UserName", "alice")]).await.ok();
    admin.ram("CreateAccessKey", &[("UserName", "ghost")]).await.refused(404, "EntityNotExist.User");
}

#[tokio::test]
async fn a_key_that_is_switched_off_or_deleted_refuses_the_very_next_call() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let user = cx.user_named("alice").await;
    let key = [("UserName", "alice"), ("UserAccessKeyId", user.access_key_id())];
    let set = async |status| admin.ram("UpdateAccessKey", &[key[0], key[1], ("Status", status)]).await.ok();
    for _ in 0..3 {
        set("Inactive").await;
        let answer = user.sts("GetCallerIdentity", &[]).await;
        answer.refused(400, "InvalidAccessKeyId.Inactive").saying("Specified access key is disabled.");
        set("Active").await;
        user.sts("GetCallerIdentity", &[]).await.ok();
    }
    admin.ram("UpdateAccessKey", &[key[0], key[1], ("Status", "active")]).await.refused(400, "InvalidParameter");
    admin.ram("DeleteAccessKey", &key).await.ok();
    let answer = user.sts("GetCallerIdentity", &[]).await;
    answer.refused(404, "InvalidAccessKeyId.NotFound").saying("Specified access key is not found.");
    admin.ram("DeleteAccessKey", &key).await.refused(404, "EntityNotExist.User.AccessKey");
}

#[tokio::test]
async fn without_a_user_name_the_callers_own_keys_are_meant() {
    let cx = TestContext::start().await;
    let user = cx.user_with_policy(allow(&["ram:*AccessKey*"], &["acs:ram:*:*:user/user-0"])).await;
    let made = user.ram("CreateAccessKey", &[]).await.ok();
    let second = made["AccessKey"]["AccessKeyId"].as_str().unwrap();
    let own = [(user.access_key_id().to_owned(), "Active".into()), (second.to_owned(), "Active".into())];
    let mut found = listed(&user, &[]).await;
    found.sort_by_key(|(id, _)| id == second);
    assert_eq!(found, own);
    user.ram("UpdateAccessKey", &[("UserAccessKeyId", second), ("Status", "Inactive")]).await.ok();
    let used = user.ram("GetAccessKeyLastUsed", &[("UserAccessKeyId", second)]).await.ok();
    assert_eq!(used["AccessKeyLastUsed"]["LastUsedDate"], "", "it was never used");
    user.ram("DeleteAccessKey", &[("UserAccessKeyId", second)]).await.ok();
    assert_eq!(listed(&user, &[]).await.len(), 1);
}

#[tokio::test]
async fn the_accounts_own_keys_are_managed_by_the_account_alone() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let made = admin.ram("CreateAccessKey", &[]).await.ok();
    let key = &made["AccessKey"];
    let second = cx.client(key["AccessKeyId"].as_str().unwrap(), key["AccessKeySecret"].as_str().unwrap());
    let identity = second.sts("GetCallerIdentity", &[]).await.ok();
    assert_eq!(identity["IdentityType"], "Account");
    assert_eq!(identity["Arn"], "acs:ram::1000000000000001:root");
    admin.ram("CreateAccessKey", &[]).await.refused(409, "LimitExceeded.User.AccessKey");
    assert_eq!(listed(&admin, &[]).await.len(), 2);

    // A user with every permission still means itself, and cannot name the account's keys under any user.
    let powerful = cx.user_with_policy(allow(&["*"], &["*"])).await;
    assert_eq!(listed(&powerful, &[]).await.len(), 1);
    for user_name in [None, Some(powerful.name.as_str()), Some("root"), Some("")] {
        let mut parameters = vec![("UserAccessKeyId", second.access_key_id())];
        parameters.extend(user_name.map(|name| ("UserName", name)));
        let answer = powerful.ram("DeleteAccessKey", &parameters).await;
        let expected = match user_name {
            Some("root" | "") => "EntityNotExist.User",
            _ => "EntityNotExist.User.AccessKey",
        };
        answer.refused(404, expected);
    }
    admin.ram("DeleteAccessKey", &[("UserAccessKeyId", second.access_key_id())]).await.ok();
    second.sts("GetCallerIdentity", &[]).await.refused(404, "InvalidAccessKeyId.NotFound");
}

/// The permission is checked on a user; the key must be that user's.
#[tokio::test]
async fn a_key_of_another_user_does_not_exist_for_whoever_may_manage_one_user() {
    let cx = TestContext::start().await;
    let victim = cx.user_named("victim").await;
    let mine = cx.user_named("mine").await;
    let manager = cx.user_with_policy(allow(&["ram:*"], &["acs:ram:*:*:user/mine"])).await;
    let revision = cx.revision().await;
    for action in ["UpdateAccessKey", "DeleteAccessKey", "GetAccessKeyLastUsed"] {
        let of = |user, key| [("UserName", user), ("UserAccessKeyId", key), ("Status", "Inactive")];
        let answer = manager.ram(action, &of("mine", victim.access_key_id())).await;
        answer.refused(404, "EntityNotExist.User.AccessKey").saying("The user access key does not exist.");
        let answer = manager.ram(action, &of("victim", victim.access_key_id())).await;
        answer.refused(403, "NoPermission");
        let answer = manager.ram(action, &of("mine", "LTAInothing")).await;
        answer.refused(404, "EntityNotExist.User.AccessKey");
    }
    assert_eq!(cx.revision().await, revision);
    victim.sts("GetCallerIdentity", &[]).await.ok();
    manager.ram("DeleteAccessKey", &[("UserName", "mine"), ("UserAccessKeyId", mine.access_key_id())]).await.ok();
}

#[tokio::test]
async fn users_manage_their_own_keys_only_where_a_policy_allows() {
    let cx = TestContext::start().await;
    let nobody = cx.user().await;
    nobody.ram("CreateAccessKey", &[]).await.refused(403, "NoPermission");
    nobody.ram("ListAccessKeys", &[]).await.refused(403, "NoPermission").saying("user/user-0");
    let own = [("UserAccessKeyId", nobody.access_key_id())];
    nobody.ram("DeleteAccessKey", &own).await.refused(403, "NoPermission");
}

#[tokio::test]
async fn the_last_use_of_a_key_is_known_at_once_and_after_a_restart() {
    let mut cx = TestContext::start().await;
    let user = cx.user_named("alice").await;
    let admin = cx.admin();
    let key = user.access_key_id().to_owned();
    let parameters = [("UserName", "alice"), ("UserAccessKeyId", key.as_str())];
    let used = admin.ram("GetAccessKeyLastUsed", &parameters).await.ok();
    assert_eq!(used["AccessKeyLastUsed"]["LastUsedDate"], "");
    cx.clock.advance(90_000);
    // A refused call is a use of the key as well.
    user.ram("ListUsers", &[]).await.refused(403, "NoPermission");
    let used = admin.ram("GetAccessKeyLastUsed", &parameters).await.ok();
    assert_eq!(used["AccessKeyLastUsed"]["LastUsedDate"], "2026-01-02T03:05:35Z");
    cx.restart().await;
    let used = cx.admin().ram("GetAccessKeyLastUsed", &parameters).await.ok();
    assert_eq!(used["AccessKeyLastUsed"]["LastUsedDate"], "2026-01-02T03:05:35Z");
}

#[tokio::test]
async fn a_signature_that_does_not_hold_is_no_use_of_a_key() {
    let cx = TestContext::start().await;
    let user = cx.user_named("alice").await;
    user.with_secret("wrong").sts("GetCallerIdentity", &[]).await.refused(400, "SignatureDoesNotMatch");
    let parameters = [("UserName", "alice"), ("UserAccessKeyId", user.access_key_id())];
    let used = cx.admin().ram("GetAccessKeyLastUsed", &parameters).await.ok();
    assert_eq!(used["AccessKeyLastUsed"]["LastUsedDate"], "");
}

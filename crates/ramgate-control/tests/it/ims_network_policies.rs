//! From which networks access keys may be used.

use crate::context::{TestContext, allow};
use serde_json::json;

const ELSEWHERE: &str = r#"{"Status":"Active","Statements":[{"Type":"ClassicWhiteList","IPList":["192.0.2.0/24"]}]}"#;
const HERE: &str = r#"{"Version":"1","Status":"Active","Statements":[{"Type":"ClassicWhiteList","Value":"","IPList":["127.0.0.0/8"]}]}"#;
const PRIVATE: &str =
    r#"{"Status":"Active","Statements":[{"Type":"VPCWhiteList","Value":"AllowAllVPC","IPList":["0.0.0.0/0"]}]}"#;
const OFF: &str = r#"{"Status":"Inactive","Statements":[]}"#;

fn forbids(answer: &crate::client::Answer) {
    answer.refused(403, "Forbidden.AccessKeyPolicy");
}

#[tokio::test]
async fn a_key_is_refused_from_outside_its_networks_from_the_next_call_on() {
    let cx = TestContext::start().await;
    let (admin, user) = (cx.admin(), cx.user_named("alice").await);
    let alice = "alice@1000000000000001.onaliyun.com";
    let key = [("UserPrincipalName", alice), ("UserAccessKeyId", user.access_key_id())];
    let set = async |policy: &str| {
        let answer = admin.ims("SetAccessKeyPolicy", &[key[0], key[1], ("AccessKeyPolicy", policy)]).await.ok();
        assert_eq!((&answer["AccessKeyId"], &answer["AccessKeyPolicy"]), (&json!(key[1].1), &json!(policy)));
    };
    admin.ims("GetAccessKeyPolicy", &key).await.refused(404, "EntityNotExist.AccessKeyPolicy");
    for _ in 0..3 {
        set(ELSEWHERE).await;
        forbids(&user.sts("GetCallerIdentity", &[]).await);
        set(HERE).await;
        user.sts("GetCallerIdentity", &[]).await.ok();
    }
    // No call here comes out of a private network of the cloud.
    set(PRIVATE).await;
    forbids(&user.sts("GetCallerIdentity", &[]).await);
    set(OFF).await;
    user.sts("GetCallerIdentity", &[]).await.ok();
    let got = admin.ims("GetAccessKeyPolicy", &key).await.ok();
    assert_eq!(got["AccessKeyPolicy"], OFF);
}

#[tokio::test]
async fn who_cannot_sign_learns_nothing_of_a_keys_networks() {
    let cx = TestContext::start().await;
    let (admin, user) = (cx.admin(), cx.user_named("alice").await);
    let alice = "alice@1000000000000001.onaliyun.com";
    let key = [("UserPrincipalName", alice), ("UserAccessKeyId", user.access_key_id())];
    admin.ims("SetAccessKeyPolicy", &[key[0], key[1], ("AccessKeyPolicy", ELSEWHERE)]).await.ok();
    let forged = user.with_secret("testsecret").sts("GetCallerIdentity", &[]).await;
    forged.refused(400, "SignatureDoesNotMatch");
    // The refusal is recorded with who it was.
    let answer = user.sts("GetCallerIdentity", &[]).await;
    forbids(&answer);
    let record = cx.record_of(&answer).await;
    assert_eq!(record.call.principal.name, "alice");
    assert_eq!(record.outcome.unwrap().code, "Forbidden.AccessKeyPolicy");
}

#[tokio::test]
async fn the_policy_of_the_account_counts_for_keys_without_one_of_their_own() {
    let cx = TestContext::start().await;
    let (admin, own, other) = (cx.admin(), cx.user_named("own").await, cx.user_named("other").await);
    admin.ims("GetAccessKeyPolicyForAccount", &[]).await.refused(404, "EntityNotExist.AccessKeyPolicy");
    let named = ("UserPrincipalName", "own@1000000000000001.onaliyun.com");
    let policy = ("AccessKeyPolicy", HERE);
    let of_user = [named, ("UserAccessKeyId", own.access_key_id()), policy];
    let of_root = [("UserAccessKeyId", admin.access_key_id()), policy];
    admin.ims("SetAccessKeyPolicy", &of_user).await.ok();
    admin.ims("SetAccessKeyPolicy", &of_root).await.ok();
    admin.ims("SetAccessKeyPolicyForAccount", &[("AccessKeyPolicy", ELSEWHERE)]).await.ok();
    forbids(&other.sts("GetCallerIdentity", &[]).await);
    own.sts("GetCallerIdentity", &[]).await.ok();
    assert_eq!(admin.ims("GetAccessKeyPolicyForAccount", &[]).await.ok()["AccessKeyPolicy"], ELSEWHERE);
    // A policy that is switched off is none: the account's counts.
    let off = [
        ("UserPrincipalName", "own@1000000000000001.onaliyun.com"),
        ("UserAccessKeyId", own.access_key_id()),
        ("AccessKeyPolicy", OFF),
    ];
    admin.ims("SetAccessKeyPolicy", &off).await.ok();
    forbids(&own.sts("GetCallerIdentity", &[]).await);
    admin.ims("SetAccessKeyPolicyForAccount", &[("AccessKeyPolicy", OFF)]).await.ok();
    other.sts("GetCallerIdentity", &[]).await.ok();
}

#[tokio::test]
async fn a_policy_that_is_not_one_is_refused_and_changes_nothing() {
    let cx = TestContext::start().await;
    let (admin, user) = (cx.admin(), cx.user_named("alice").await);
    let key = [("UserPrincipalName", "alice@1000000000000001.onaliyun.com"), ("UserAccessKeyId", user.access_key_id())];
    let revision = cx.revision().await;
    for bad in ["[]", "{", r#"{"Status":"Active","Statements":[]}"#] {
        let answer = admin.ims("SetAccessKeyPolicy", &[key[0], key[1], ("AccessKeyPolicy", bad)]).await;
        answer.refused(400, "InvalidParameter.AccessKeyPolicy");
        let answer = admin.ims("SetAccessKeyPolicyForAccount", &[("AccessKeyPolicy", bad)]).await;
        answer.refused(400, "InvalidParameter.AccessKeyPolicy");
    }
    assert_eq!(cx.revision().await, revision);
}

#[tokio::test]
async fn the_policy_of_the_account_needs_permission_on_the_account() {
    let cx = TestContext::start().await;
    let user = cx.user_with_policy(allow(&["ram:SetAccessKeyPolicyForAccount"], &["acs:ram:*:*:user/*"])).await;
    let answer = user.ims("SetAccessKeyPolicyForAccount", &[("AccessKeyPolicy", OFF)]).await;
    answer.refused(403, "NoPermission");
    cx.grant(&user, allow(&["ram:SetAccessKeyPolicyForAccount"], &["acs:ram:*:*:*"])).await;
    user.ims("SetAccessKeyPolicyForAccount", &[("AccessKeyPolicy", OFF)]).await.ok();
}

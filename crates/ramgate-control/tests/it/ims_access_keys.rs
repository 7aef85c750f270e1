//! Access keys through IMS: whose they are, their last use, and that a deleted one is dead at once.

use crate::context::{TestContext, allow};
use serde_json::json;

fn logon(name: &str) -> String {
    format!("{name}@1000000000000001.onaliyun.com")
}

#[tokio::test]
async fn a_key_made_by_one_api_is_worked_on_by_the_other() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    admin.ram("CreateUser", &[("UserName", "alice")]).await.ok();
    let alice = logon("ALICE");
    let named = ("UserPrincipalName", alice.as_str());
    let made = admin.ims("CreateAccessKey", &[named]).await.ok()["AccessKey"].clone();
    let (id, secret) = (made["AccessKeyId"].as_str().unwrap(), made["AccessKeySecret"].as_str().unwrap());
    let client = cx.client(id, secret);
    client.sts("GetCallerIdentity", &[]).await.ok();

    cx.clock.advance(60_000);
    let key = ("UserAccessKeyId", id);
    admin.ims("UpdateAccessKey", &[named, key, ("Status", "Inactive")]).await.ok();
    client.sts("GetCallerIdentity", &[]).await.refused(400, "InvalidAccessKeyId.Inactive");
    let listed = admin.ims("ListAccessKeys", &[named]).await.ok()["AccessKeys"]["AccessKey"].clone();
    let expected = json!([{
        "AccessKeyId": id, "Status": "Inactive",
        "CreateDate": "2026-01-02T03:04:05Z", "UpdateDate": "2026-01-02T03:05:05Z",
    }]);
    assert_eq!(listed, expected);
    assert!(!listed.to_string().contains(secret));
    let by_ram = admin.ram("ListAccessKeys", &[("UserName", "alice")]).await.ok();
    assert_eq!(by_ram["AccessKeys"]["AccessKey"][0]["Status"], "Inactive");
    admin.ram("CreateAccessKey", &[("UserName", "alice")]).await.ok();
    admin.ims("CreateAccessKey", &[named]).await.refused(409, "LimitExceeded.User.AccessKey");
    admin.ims("UpdateAccessKey", &[named, key, ("Status", "Off")]).await.refused(400, "InvalidParameter");
    admin.ims("UpdateAccessKey", &[named]).await.refused(400, "MissingParameter");
    admin.ims("CreateAccessKey", &[("UserPrincipalName", &logon("ghost"))]).await.refused(404, "EntityNotExist.User");
}

#[tokio::test]
async fn without_a_name_the_keys_are_the_callers() {
    let cx = TestContext::start().await;
    let user = cx.user_with_policy(allow(&["ram:ListAccessKeys"], &["acs:ram:*:*:user/user-0"])).await;
    assert_eq!(user.name, "user-0");
    let mine = user.ims("ListAccessKeys", &[]).await.ok();
    assert_eq!(mine["AccessKeys"]["AccessKey"][0]["AccessKeyId"], user.access_key_id());
    let admin = cx.admin();
    let roots = admin.ims("ListAccessKeys", &[]).await.ok();
    assert_eq!(roots["AccessKeys"]["AccessKey"][0]["AccessKeyId"], admin.access_key_id());
}

#[tokio::test]
async fn the_last_use_tells_when_and_which_service() {
    let cx = TestContext::start().await;
    let (admin, user) = (cx.admin(), cx.user_named("alice").await);
    let alice = logon("alice");
    let key = [("UserPrincipalName", alice.as_str()), ("UserAccessKeyId", user.access_key_id())];
    let last = async || admin.ims("GetAccessKeyLastUsed", &key).await.ok()["AccessKeyLastUsed"].clone();
    assert_eq!(last().await, json!({ "LastUsedDate": "", "ServiceName": "" }));
    user.sts("GetCallerIdentity", &[]).await.ok();
    assert_eq!(last().await, json!({ "LastUsedDate": "2026-01-02T03:04:05Z", "ServiceName": "Sts" }));
    cx.clock.advance(1000);
    // A denied call is a use, too.
    user.ims("GetAccountSummary", &[]).await.refused(403, "NoPermission");
    assert_eq!(last().await, json!({ "LastUsedDate": "2026-01-02T03:04:06Z", "ServiceName": "Ims" }));
}

#[tokio::test]
async fn nobody_reaches_the_key_of_another_through_permission_on_oneself() {
    let cx = TestContext::start().await;
    let victim = cx.user_named("victim").await;
    let mallory = cx.user_named("mallory").await;
    cx.grant(&mallory, allow(&["ram:*"], &["acs:ram:*:*:user/mallory"])).await;
    let me = logon("mallory");
    let theirs = ("UserAccessKeyId", victim.access_key_id());
    let policy = ("AccessKeyPolicy", r#"{"Status":"Inactive","Statements":[]}"#);
    let revision = cx.revision().await;
    for named in [vec![], vec![("UserPrincipalName", me.as_str())]] {
        let with = |more: &[(&'static str, &'static str)]| {
            let mut all = named.clone();
            all.push(theirs);
            all.extend(more.iter().copied());
            all
        };
        for (action, parameters) in [
            ("UpdateAccessKey", with(&[("Status", "Inactive")])),
            ("DeleteAccessKey", with(&[])),
            ("GetAccessKeyLastUsed", with(&[])),
            ("GetAccessKeyPolicy", with(&[])),
            ("SetAccessKeyPolicy", with(&[policy])),
        ] {
            mallory.ims(action, &parameters).await.refused(404, "EntityNotExist.User.AccessKey");
        }
    }
    let named = logon("victim");
    let direct = mallory.ims("DeleteAccessKey", &[("UserPrincipalName", &named), theirs]).await;
    direct.refused(403, "NoPermission");
    // A wrong domain in front of the own name does not help, either.
    let abroad = [("UserPrincipalName", "mallory@2000000000000002.onaliyun.com"), theirs];
    mallory.ims("DeleteAccessKey", &abroad).await.refused(404, "EntityNotExist.User");
    assert_eq!(cx.revision().await, revision);
    victim.sts("GetCallerIdentity", &[]).await.ok();
}

#[tokio::test]
async fn a_key_of_the_account_itself_does_not_go_into_the_recycle_bin() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let second = admin.ims("CreateAccessKey", &[]).await.ok()["AccessKey"].clone();
    let id = second["AccessKeyId"].as_str().unwrap();
    admin.ims("DeleteAccessKey", &[("UserAccessKeyId", id)]).await.ok();
    let found = admin.ims("GetAccessKeyInfoInRecycleBin", &[("UserAccessKeyId", id)]).await;
    found.refused(404, "EntityNotExist.User.AccessKey");
}

//! The recycle bin: what goes in, what comes back, and that nothing in it is of use to anybody.

use crate::client::Client;
use crate::context::{TestContext, TestUser, allow, attachment};
use serde_json::{Value, json};

const DAY: i64 = 24 * 60 * 60 * 1000;

fn logon(name: &str) -> String {
    format!("{name}@1000000000000001.onaliyun.com")
}

async fn recycle(admin: &Client, user: &TestUser) {
    admin.ims("DeleteUser", &[("UserId", &user.id)]).await.ok();
}

async fn recycle_key(admin: &Client, name: &str, id: &str) {
    let named = logon(name);
    admin.ims("DeleteAccessKey", &[("UserPrincipalName", &named), ("UserAccessKeyId", id)]).await.ok();
}

async fn new_key(admin: &Client, name: &str) -> String {
    let made = admin.ram("CreateAccessKey", &[("UserName", name)]).await.ok();
    made["AccessKey"]["AccessKeyId"].as_str().unwrap().to_owned()
}

async fn users_in_bin(admin: &Client) -> Vec<Value> {
    admin.ims("ListUsersInRecycleBin", &[]).await.ok()["Users"]["User"].as_array().unwrap().clone()
}

async fn keys_in_bin(admin: &Client, user_id: &str) -> Vec<String> {
    let listed = admin.ims("ListAccessKeysInRecycleBin", &[("UserId", user_id)]).await.ok();
    let keys = listed["AccessKeys"]["AccessKey"].as_array().unwrap();
    keys.iter().map(|key| key["AccessKeyId"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_user_goes_in_with_its_keys_and_comes_back_with_them_switched_off() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let user = cx.user_named("alice").await;
    user.sts("GetCallerIdentity", &[]).await.ok();
    recycle(&admin, &user).await;

    // Everything of it is dead at once.
    user.sts("GetCallerIdentity", &[]).await.refused(404, "InvalidAccessKeyId.NotFound");
    admin.ims("GetUser", &[("UserId", &user.id)]).await.refused(404, "EntityNotExist.User");
    admin.ram("GetUser", &[("UserName", "alice")]).await.refused(404, "EntityNotExist.User");
    let expected = json!({
        "UserId": user.id, "UserPrincipalName": logon("alice"), "DisplayName": "alice",
        "CreateDate": "2026-01-02T03:04:05Z", "RecycleDate": "2026-01-02T03:04:05Z",
        "DeleteDate": "2026-02-01T03:04:05Z",
    });
    assert_eq!(users_in_bin(&admin).await, std::slice::from_ref(&expected));
    for named in [("UserId", user.id.as_str()), ("UserAccessKeyId", user.access_key_id())] {
        assert_eq!(admin.ims("GetUserInRecycleBin", &[named]).await.ok()["User"], expected);
    }
    let info = admin.ims("GetAccessKeyInfoInRecycleBin", &[("UserAccessKeyId", user.access_key_id())]).await.ok();
    let expected = json!({
        "AccessKeyId": user.access_key_id(), "UserId": user.id, "UserPrincipalName": logon("alice"),
        "UserRecycled": true, "CreateDate": "2026-01-02T03:04:05Z", "RecycleDate": "2026-01-02T03:04:05Z",
        "DeleteDate": "2026-02-01T03:04:05Z",
    });
    assert_eq!(info["AccessKey"], expected);
    // A key does not come back without its user.
    let alone = admin.ims("RestoreAccessKeyFromRecycleBin", &[("UserAccessKeyId", user.access_key_id())]).await;
    alone.refused(404, "EntityNotExist.User");

    cx.clock.advance(DAY);
    admin.ims("RestoreUserFromRecycleBin", &[("UserId", &user.id)]).await.ok();
    assert_eq!(users_in_bin(&admin).await, [] as [Value; 0]);
    user.sts("GetCallerIdentity", &[]).await.refused(400, "InvalidAccessKeyId.Inactive");
    let on = [("UserName", "alice"), ("UserAccessKeyId", user.access_key_id()), ("Status", "Active")];
    admin.ram("UpdateAccessKey", &on).await.ok();
    // The secret is the same, and so is the last use.
    let last = [("UserName", "alice"), ("UserAccessKeyId", user.access_key_id())];
    let used = admin.ram("GetAccessKeyLastUsed", &last).await.ok();
    assert_eq!(used["AccessKeyLastUsed"]["LastUsedDate"], "2026-01-02T03:04:05Z");
    user.sts("GetCallerIdentity", &[]).await.ok();
}

#[tokio::test]
async fn groups_and_policies_are_in_the_way_and_keys_are_not() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let user = cx.user_named("alice").await;
    let policy = cx.grant(&user, allow(&["ram:*"], &["*"])).await;
    let alice = logon("alice");
    admin.ims("CreateGroup", &[("GroupName", "dev")]).await.ok();
    let member = [("UserPrincipalName", alice.as_str()), ("GroupName", "dev")];
    admin.ims("AddUserToGroup", &member).await.ok();
    let delete = [("UserPrincipalName", alice.as_str())];
    admin.ims("DeleteUser", &delete).await.refused(409, "DeleteConflict.User.Group");
    admin.ims("RemoveUserFromGroup", &member).await.ok();
    admin.ims("DeleteUser", &delete).await.refused(409, "DeleteConflict.User.Policy");
    admin.ram("DetachPolicyFromUser", &attachment("Custom", &policy, "alice")).await.ok();
    admin.ims("DeleteUser", &delete).await.ok();
    // Who comes back has no rights at all.
    admin.ims("RestoreUserFromRecycleBin", &[("UserId", &user.id)]).await.ok();
    let on = [("UserName", "alice"), ("UserAccessKeyId", user.access_key_id()), ("Status", "Active")];
    admin.ram("UpdateAccessKey", &on).await.ok();
    user.ram("ListUsers", &[]).await.refused(403, "NoPermission");
}

#[tokio::test]
async fn the_name_of_a_user_in_it_is_free_and_must_be_free_to_come_back() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let user = cx.user_named("alice").await;
    recycle(&admin, &user).await;
    let second = cx.user_named("Alice").await;
    let taken = admin.ims("RestoreUserFromRecycleBin", &[("UserId", &user.id)]).await;
    taken.refused(409, "EntityAlreadyExists.User");
    recycle(&admin, &second).await;
    // Both are there under one name, and told apart by id.
    let filter = [("Filter", &*format!("UserPrincipalName eq {}", logon("ALICE")))];
    let found = admin.ims("ListUsersInRecycleBin", &filter).await.ok();
    assert_eq!(found["Users"]["User"].as_array().unwrap().len(), 2);
    for (filter, n) in
        [("UserPrincipalName eq bob@1000000000000001.onaliyun.com", 0), ("UserPrincipalName eq alice", 0)]
    {
        let found = admin.ims("ListUsersInRecycleBin", &[("Filter", filter)]).await.ok();
        assert_eq!(found["Users"]["User"].as_array().unwrap().len(), n, "{filter}");
    }
    let odd = admin.ims("ListUsersInRecycleBin", &[("Filter", "UserId eq 1")]).await;
    odd.refused(400, "InvalidParameter").saying("`Filter`");
    admin.ims("RestoreUserFromRecycleBin", &[("UserId", &user.id)]).await.ok();
    assert_eq!(admin.ram("GetUser", &[("UserName", "alice")]).await.ok()["User"]["UserId"], user.id.as_str());
}

#[tokio::test]
async fn a_single_key_goes_in_and_comes_back_switched_off() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let user = cx.user_named("alice").await;
    let key = user.access_key_id().to_owned();
    recycle_key(&admin, "alice", &key).await;
    user.sts("GetCallerIdentity", &[]).await.refused(404, "InvalidAccessKeyId.NotFound");
    let listed = admin.ims("ListAccessKeys", &[("UserPrincipalName", &logon("alice"))]).await.ok();
    assert_eq!(listed["AccessKeys"]["AccessKey"], json!([]));
    assert_eq!(keys_in_bin(&admin, &user.id).await, std::slice::from_ref(&key));
    let info = admin.ims("GetAccessKeyInfoInRecycleBin", &[("UserAccessKeyId", &key)]).await.ok();
    assert_eq!(info["AccessKey"]["UserRecycled"], false);
    // Its place may be taken meanwhile.
    for _ in 0..2 {
        new_key(&admin, "alice").await;
    }
    let id = ("UserAccessKeyId", key.as_str());
    let full = admin.ims("RestoreAccessKeyFromRecycleBin", &[id]).await;
    full.refused(409, "LimitExceeded.User.AccessKey");
    let others = cx.user_named("bob").await;
    for action in ["RestoreAccessKeyFromRecycleBin", "DeleteAccessKeyInRecycleBin"] {
        let not_theirs = admin.ims(action, &[id, ("UserId", &others.id)]).await;
        not_theirs.refused(404, "EntityNotExist.User.AccessKey");
        admin.ims(action, &[("UserAccessKeyId", "testid")]).await.refused(404, "EntityNotExist.User.AccessKey");
    }
    let present = admin.ram("ListAccessKeys", &[("UserName", "alice")]).await.ok();
    let first = present["AccessKeys"]["AccessKey"][0]["AccessKeyId"].as_str().unwrap().to_owned();
    admin.ram("DeleteAccessKey", &[("UserName", "alice"), ("UserAccessKeyId", &first)]).await.ok();
    admin.ims("RestoreAccessKeyFromRecycleBin", &[id, ("UserId", &user.id)]).await.ok();
    user.sts("GetCallerIdentity", &[]).await.refused(400, "InvalidAccessKeyId.Inactive");
    // RAM's deletion is for good.
    admin
        .ims("GetAccessKeyInfoInRecycleBin", &[("UserAccessKeyId", &first)])
        .await
        .refused(404, "EntityNotExist.User.AccessKey");
}

#[tokio::test]
async fn of_one_user_three_keys_stay_in_it_and_the_earliest_goes() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let user = cx.user_named("alice").await;
    let mut keys = vec![user.access_key_id().to_owned()];
    for _ in 0..3 {
        keys.push(new_key(&admin, "alice").await);
        let oldest = &keys[keys.len() - 2];
        cx.clock.advance(1000);
        recycle_key(&admin, "alice", oldest).await;
    }
    assert_eq!(keys_in_bin(&admin, &user.id).await, keys[..3]);
    cx.clock.advance(1000);
    recycle_key(&admin, "alice", &keys[3]).await;
    assert_eq!(keys_in_bin(&admin, &user.id).await, keys[1..]);
    // Two more go in with their user, and push two out.
    let with = [new_key(&admin, "alice").await, new_key(&admin, "alice").await];
    cx.clock.advance(1000);
    recycle(&admin, &user).await;
    let mut expected = vec![keys[3].clone(), with[0].clone(), with[1].clone()];
    expected[1..].sort();
    assert_eq!(keys_in_bin(&admin, &user.id).await, expected);
    // Those two come back with it; the one deleted before stays.
    admin.ims("RestoreUserFromRecycleBin", &[("UserId", &user.id)]).await.ok();
    assert_eq!(keys_in_bin(&admin, &user.id).await, [keys[3].clone()]);
    let listed = admin.ram("ListAccessKeys", &[("UserName", "alice")]).await.ok();
    let listed = listed["AccessKeys"]["AccessKey"].as_array().unwrap();
    assert!(listed.len() == 2 && listed.iter().all(|key| key["Status"] == "Inactive"), "{listed:?}");
}

#[tokio::test]
async fn what_is_removed_from_it_is_gone_for_good() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let user = cx.user_named("alice").await;
    recycle(&admin, &user).await;
    admin.ims("DeleteUserInRecycleBin", &[("UserId", &user.id)]).await.ok();
    for action in
        ["DeleteUserInRecycleBin", "RestoreUserFromRecycleBin", "GetUserInRecycleBin", "ListAccessKeysInRecycleBin"]
    {
        admin.ims(action, &[("UserId", &user.id)]).await.refused(404, "EntityNotExist.User");
    }
    let key = [("UserAccessKeyId", user.access_key_id())];
    admin.ims("GetAccessKeyInfoInRecycleBin", &key).await.refused(404, "EntityNotExist.User.AccessKey");
    admin.ims("GetUserInRecycleBin", &key).await.refused(404, "EntityNotExist.User");
    user.sts("GetCallerIdentity", &[]).await.refused(404, "InvalidAccessKeyId.NotFound");
    admin.ims("GetUserInRecycleBin", &[]).await.refused(400, "MissingParameter");

    let other = cx.user_named("bob").await;
    let key = [("UserAccessKeyId", other.access_key_id())];
    recycle_key(&admin, "bob", other.access_key_id()).await;
    admin.ims("DeleteAccessKeyInRecycleBin", &key).await.ok();
    admin.ims("RestoreAccessKeyFromRecycleBin", &key).await.refused(404, "EntityNotExist.User.AccessKey");
}

#[tokio::test]
async fn a_user_deleted_for_good_leaves_no_keys_behind_in_it() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let user = cx.user_named("alice").await;
    recycle_key(&admin, "alice", user.access_key_id()).await;
    admin.ram("DeleteUser", &[("UserName", "alice")]).await.ok();
    let key = [("UserAccessKeyId", user.access_key_id())];
    admin.ims("GetAccessKeyInfoInRecycleBin", &key).await.refused(404, "EntityNotExist.User.AccessKey");
    assert_eq!(users_in_bin(&admin).await, [] as [Value; 0]);
}

#[tokio::test]
async fn after_thirty_days_nothing_is_left_in_it() {
    let mut cx = TestContext::start().await;
    let user = cx.user_named("alice").await;
    let other = cx.user_named("bob").await;
    recycle(&cx.admin(), &user).await;
    recycle_key(&cx.admin(), "bob", other.access_key_id()).await;
    cx.clock.advance(30 * DAY - 1000);
    assert_eq!(users_in_bin(&cx.admin()).await.len(), 1);
    cx.clock.advance(1000);
    assert_eq!(users_in_bin(&cx.admin()).await, [] as [Value; 0]);
    let restored = cx.admin().ims("RestoreUserFromRecycleBin", &[("UserId", &user.id)]).await;
    restored.refused(404, "EntityNotExist.User");
    let key = [("UserAccessKeyId", other.access_key_id())];
    cx.admin().ims("RestoreAccessKeyFromRecycleBin", &key).await.refused(404, "EntityNotExist.User.AccessKey");
    // A start removes what is over its days from the store, too.
    let before = cx.revision().await;
    cx.restart().await;
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(10);
    while cx.revision().await == before {
        assert!(std::time::Instant::now() < deadline, "nothing was removed");
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn users_in_it_are_listed_page_by_page() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    for name in ["zoe", "adam", "mia"] {
        let user = cx.user_named(name).await;
        recycle(&admin, &user).await;
        cx.clock.advance(1000);
    }
    let names = |body: &Value| -> Vec<String> {
        let users = body["Users"]["User"].as_array().unwrap();
        users.iter().map(|u| u["DisplayName"].as_str().unwrap().to_owned()).collect()
    };
    let first = admin.ims("ListUsersInRecycleBin", &[("MaxItems", "2")]).await.ok();
    assert_eq!((names(&first), &first["IsTruncated"]), (vec!["zoe".to_owned(), "adam".to_owned()], &json!(true)));
    let marker = first["Marker"].as_str().unwrap();
    let rest = admin.ims("ListUsersInRecycleBin", &[("MaxItems", "2"), ("Marker", marker)]).await.ok();
    assert_eq!((names(&rest), rest.get("Marker")), (vec!["mia".to_owned()], None));
    admin.ims("ListUsersInRecycleBin", &[("MaxItems", "101")]).await.refused(400, "InvalidParameter");
    admin.ims("ListUsersInRecycleBin", &[("Marker", "x")]).await.refused(400, "InvalidParameter");
}

#[tokio::test]
async fn permission_on_users_is_none_on_the_recycle_bin() {
    let cx = TestContext::start().await;
    let user = cx.user_named("alice").await;
    let other = cx.user_named("bob").await;
    recycle(&cx.admin(), &other).await;
    cx.grant(&user, allow(&["ram:*"], &["acs:ram:*:*:user/*"])).await;
    user.ims("RestoreUserFromRecycleBin", &[("UserId", &other.id)]).await.refused(403, "NoPermission");
    user.ims("ListUsersInRecycleBin", &[]).await.refused(403, "NoPermission");
    cx.grant(&user, allow(&["ram:RestoreUserFromRecycleBin"], &["*"])).await;
    user.ims("RestoreUserFromRecycleBin", &[("UserId", &other.id)]).await.ok();
}

#[tokio::test]
async fn whatever_is_taken_out_of_it_is_taken_out_once() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let user = cx.user_named("alice").await;
    for action in ["RestoreUserFromRecycleBin", "DeleteUserInRecycleBin"] {
        recycle(&admin, &user).await;
        let calls = (0..8).map(|n| {
            let (admin, id) = (admin.clone(), user.id.clone());
            let action = if n % 2 == 0 { action } else { "RestoreUserFromRecycleBin" };
            tokio::spawn(async move { admin.ims(action, &[("UserId", &id)]).await })
        });
        let mut done = 0;
        for call in calls.collect::<Vec<_>>() {
            let answer = call.await.unwrap();
            match answer.status {
                200 => done += 1,
                _ => {
                    answer.refused(404, "EntityNotExist.User");
                }
            }
        }
        assert_eq!(done, 1, "{action}");
        // It is in one place or in none.
        let present = admin.ims("GetUser", &[("UserId", &user.id)]).await.status == 200;
        assert_eq!(users_in_bin(&admin).await, [] as [Value; 0]);
        if action == "RestoreUserFromRecycleBin" {
            assert!(present);
        }
    }
}

#[tokio::test]
async fn a_user_is_never_recycled_while_it_joins_a_group() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    admin.ram("CreateGroup", &[("GroupName", "dev")]).await.ok();
    for n in 0..10 {
        let name = format!("user-{n}");
        let made = admin.ram("CreateUser", &[("UserName", &name)]).await.ok();
        let id = made["User"]["UserId"].as_str().unwrap().to_owned();
        let join = {
            let (admin, name) = (admin.clone(), name.clone());
            tokio::spawn(async move { admin.ram("AddUserToGroup", &[("UserName", &name), ("GroupName", "dev")]).await })
        };
        let deleted = admin.ims("DeleteUser", &[("UserId", &id)]).await;
        let joined = join.await.unwrap();
        match (joined.status, deleted.status) {
            (200, 409) => deleted.refused(409, "DeleteConflict.User.Group"),
            (404, 200) => joined.refused(404, "EntityNotExist.User"),
            both => panic!("{both:?}: {} {}", joined.body, deleted.body),
        };
    }
    // Who is in the bin is in no group.
    let members = admin.ram("ListUsersForGroup", &[("GroupName", "dev")]).await.ok();
    let n_members = members["Users"]["User"].as_array().unwrap().len();
    assert_eq!(n_members + users_in_bin(&admin).await.len(), 10);
}

#[tokio::test]
async fn secrets_of_keys_in_it_lie_sealed() {
    let mut cx = TestContext::start().await;
    let user = cx.user_named("alice").await;
    recycle(&cx.admin(), &user).await;
    cx.stop().await;
    assert!(!cx.files_with(user.access_key_id()).is_empty());
    assert_eq!(cx.files_with(user.secret()), [] as [std::path::PathBuf; 0]);
}

//! Users through IMS: the same users as RAM's, named by `<name>@<domain>`, by id, or by a key.

use crate::client::Client;
use crate::context::{ACCOUNT, TestContext, allow, document, statement};
use serde_json::{Value, json};

const DOMAIN: &str = "1000000000000001.onaliyun.com";

fn logon(name: &str) -> String {
    format!("{name}@{DOMAIN}")
}

async fn create(admin: &Client, name: &str) -> Value {
    let principal = logon(name);
    admin.ims("CreateUser", &[("UserPrincipalName", &principal), ("DisplayName", name)]).await.ok()["User"].clone()
}

fn names(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|u| u["UserPrincipalName"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_user_made_by_one_api_is_shown_by_the_other() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let parameters = [
        ("UserPrincipalName", "Alice.B@1000000000000001.onaliyun.com"),
        ("DisplayName", "Alice Ä"),
        ("MobilePhone", "86-18600000000"),
        ("Email", "alice@example.com"),
        ("Comments", "tests"),
        ("Tag.1.Key", "team"),
        ("Tag.1.Value", "edge"),
    ];
    let made = admin.ims("CreateUser", &parameters).await.ok()["User"].clone();
    let mut expected = json!({
        "UserPrincipalName": "Alice.B@1000000000000001.onaliyun.com", "DisplayName": "Alice Ä",
        "MobilePhone": "86-18600000000", "Email": "alice@example.com", "Comments": "tests",
        "UserId": made["UserId"], "ProvisionType": "Manual", "Tags": {"Tag": [{"TagKey": "team", "TagValue": "edge"}]},
        "CreateDate": "2026-01-02T03:04:05Z", "UpdateDate": "2026-01-02T03:04:05Z",
    });
    assert_eq!(made, expected);
    expected["UserName"] = "Alice.B".into();
    let key = admin.ram("CreateAccessKey", &[("UserName", "alice.b")]).await.ok();
    let key = key["AccessKey"]["AccessKeyId"].as_str().unwrap();
    for named in [
        ("UserPrincipalName", "ALICE.b@1000000000000001.ONALIYUN.com"),
        ("UserId", made["UserId"].as_str().unwrap()),
        ("UserAccessKeyId", key),
    ] {
        assert_eq!(admin.ims("GetUser", &[named]).await.ok()["User"], expected, "{named:?}");
    }
    let ram = admin.ram("GetUser", &[("UserName", "alice.b")]).await.ok()["User"].clone();
    assert_eq!((&ram["UserId"], &ram["UserName"]), (&made["UserId"], &json!("Alice.B")));
    admin.ram("CreateUser", &[("UserName", "bob")]).await.ok();
    assert_eq!(admin.ims("GetUser", &[("UserPrincipalName", &logon("bob"))]).await.ok()["User"]["DisplayName"], "bob");
}

#[tokio::test]
async fn a_user_is_named_in_exactly_one_way() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let id = create(&admin, "alice").await["UserId"].as_str().unwrap().to_owned();
    let alice = logon("alice");
    let revision = cx.revision().await;
    for action in ["GetUser", "UpdateUser", "DeleteUser"] {
        admin.ims(action, &[]).await.refused(400, "MissingParameter").saying("\"UserPrincipalName\"");
        let both = admin.ims(action, &[("UserPrincipalName", &alice), ("UserId", &id)]).await;
        both.refused(400, "InvalidParameter").saying("`UserId`");
    }
    assert_eq!(cx.revision().await, revision);
}

#[tokio::test]
async fn a_wrong_domain_names_nobody() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    create(&admin, "alice").await;
    let revision = cx.revision().await;
    for name in [
        "alice",
        "alice@",
        "alice@onaliyun.com",
        "alice@2000000000000002.onaliyun.com",
        "alice@1000000000000001.onaliyun.com.example",
        "alice@1000000000000001.evil.com",
        "alice@1000000000000001",
        "alice@@1000000000000001.onaliyun.com",
        "",
    ] {
        for action in ["GetUser", "UpdateUser", "DeleteUser"] {
            let answer = admin.ims(action, &[("UserPrincipalName", name), ("NewDisplayName", "x")]).await;
            answer.refused(404, "EntityNotExist.User");
        }
        admin.ims("ListAccessKeys", &[("UserPrincipalName", name)]).await.refused(404, "EntityNotExist.User");
    }
    for (name, code) in [
        ("bob", "InvalidParameter.UserPrincipalName.Domain"),
        ("bob@example.com", "InvalidParameter.UserPrincipalName.Domain"),
        ("b b@1000000000000001.onaliyun.com", "InvalidParameter.UserPrincipalName.InvalidChars"),
        ("b\u{43e}b@1000000000000001.onaliyun.com", "InvalidParameter.UserPrincipalName.InvalidChars"),
        ("@1000000000000001.onaliyun.com", "InvalidParameter.UserPrincipalName.Length"),
    ] {
        let answer = admin.ims("CreateUser", &[("UserPrincipalName", name), ("DisplayName", "b")]).await;
        answer.refused(400, code);
    }
    let long = format!("{}@{DOMAIN}", "b".repeat(65));
    let answer = admin.ims("CreateUser", &[("UserPrincipalName", &long), ("DisplayName", "b")]).await;
    answer.refused(400, "InvalidParameter.UserPrincipalName.Length");
    assert_eq!(cx.revision().await, revision);
}

#[tokio::test]
async fn an_alias_gives_logon_names_a_domain_and_the_domain_of_the_id_stays() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    create(&admin, "alice").await;
    admin.ram("SetAccountAlias", &[("AccountAlias", "my-company")]).await.ok();
    for name in ["alice@my-company.onaliyun.com", "alice@MY-Company.onaliyun.com", &logon("alice")] {
        let found = admin.ims("GetUser", &[("UserPrincipalName", name)]).await.ok();
        assert_eq!(found["User"]["UserPrincipalName"], "alice@my-company.onaliyun.com", "{name}");
    }
    admin.ram("ClearAccountAlias", &[]).await.ok();
    let gone = admin.ims("GetUser", &[("UserPrincipalName", "alice@my-company.onaliyun.com")]).await;
    gone.refused(404, "EntityNotExist.User");
}

#[tokio::test]
async fn values_out_of_their_limits_are_refused_under_the_code_of_their_parameter() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let alice = logon("alice");
    let long = "a".repeat(129);
    for (parameter, value, code) in [
        ("DisplayName", &long[..25], "InvalidParameter.DisplayName.Length"),
        ("DisplayName", "a\u{7}", "InvalidParameter.DisplayName.InvalidChars"),
        ("Comments", &long, "InvalidParameter.Comments.Length"),
        ("Email", "nobody", "InvalidParameter.Email.Format"),
        ("MobilePhone", "1", "InvalidParameter.MobilePhone.Format"),
        ("Tag.1.Key", "acs:x", "InvalidParameter"),
    ] {
        let mut parameters = vec![("UserPrincipalName", alice.as_str()), ("DisplayName", "fine")];
        parameters.retain(|(name, _)| *name != parameter);
        parameters.push((parameter, value));
        admin.ims("CreateUser", &parameters).await.refused(400, code);
    }
    admin.ims("CreateUser", &[("UserPrincipalName", &alice)]).await.refused(400, "MissingParameter");
    create(&admin, "alice").await;
    let again = admin.ims("CreateUser", &[("UserPrincipalName", &logon("ALICE")), ("DisplayName", "a")]).await;
    again.refused(409, "EntityAlreadyExists.User");
}

#[tokio::test]
async fn an_update_changes_what_it_names_and_a_rename_keeps_id_and_keys() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let user = cx.user_named("alice").await;
    cx.clock.advance(60_000);
    let anna = logon("anna");
    let changes = [("UserId", user.id.as_str()), ("NewUserPrincipalName", &anna), ("NewComments", "new")];
    let after = admin.ims("UpdateUser", &changes).await.ok()["User"].clone();
    assert_eq!(after["UserPrincipalName"], anna.as_str());
    assert_eq!((&after["Comments"], &after["DisplayName"]), (&json!("new"), &json!("alice")));
    assert_eq!(after["UpdateDate"], "2026-01-02T03:05:05Z");
    assert_eq!(user.sts("GetCallerIdentity", &[]).await.ok()["Arn"], format!("acs:ram::{ACCOUNT}:user/anna"));
    create(&admin, "bob").await;
    let taken = [("UserPrincipalName", anna.as_str()), ("NewUserPrincipalName", &logon("BOB"))];
    admin.ims("UpdateUser", &taken).await.refused(409, "EntityAlreadyExists.User");
    let abroad = [("UserPrincipalName", anna.as_str()), ("NewUserPrincipalName", "anna@example.com")];
    admin.ims("UpdateUser", &abroad).await.refused(400, "InvalidParameter.UserPrincipalName.Domain");
}

#[tokio::test]
async fn users_are_listed_page_by_page_and_by_tags_and_status() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    for name in ["zoe", "adam", "mia"] {
        create(&admin, name).await;
        cx.clock.advance(1000);
    }
    let tag = [
        ("ResourceType", "user"),
        ("ResourcePrincipalName.1", &*logon("mia")),
        ("Tag.1.Key", "team"),
        ("Tag.1.Value", "edge"),
    ];
    admin.ims("TagResources", &tag).await.ok();
    for (action, list, item) in
        [("ListUsers", "Users", "User"), ("ListUserBasicInfos", "UserBasicInfos", "UserBasicInfo")]
    {
        let first = admin.ims(action, &[("MaxItems", "2")]).await.ok();
        assert_eq!(names(&first[list][item]), [logon("zoe"), logon("adam")]);
        assert_eq!((&first["IsTruncated"], &first[list][item][0]["Status"]), (&json!(true), &json!("active")));
        let marker = first["Marker"].as_str().unwrap();
        let rest = admin.ims(action, &[("MaxItems", "2"), ("Marker", marker)]).await.ok();
        assert_eq!((names(&rest[list][item]), rest.get("Marker")), (vec![logon("mia").as_str()], None));
        for (filter, expected) in [
            (vec![("Tag.1.Key", "team")], 1),
            (vec![("Tag.1.Key", "team"), ("Tag.1.Value", "core")], 0),
            (vec![("Status", "active")], 3),
            (vec![("Status", "freeze")], 0),
            (vec![("Status", "active,freeze")], 3),
        ] {
            let found = admin.ims(action, &filter).await.ok();
            assert_eq!(names(&found[list][item]).len(), expected, "{filter:?}");
        }
        let both = admin.ims(action, &[("Status", "active"), ("Tag.1.Key", "team")]).await;
        both.refused(400, "InvalidParameter").saying("`Status`");
        admin.ims(action, &[("Status", "asleep")]).await.refused(400, "InvalidParameter");
        admin.ims(action, &[("MaxItems", "1001")]).await.refused(400, "InvalidParameter").saying("`MaxItems`");
    }
    let info = admin.ims("ListUserBasicInfos", &[("MaxItems", "1")]).await.ok();
    let fields: Vec<&String> = info["UserBasicInfos"]["UserBasicInfo"][0].as_object().unwrap().keys().collect();
    assert_eq!(fields, ["DisplayName", "Status", "UserId", "UserPrincipalName"]);
}

#[tokio::test]
async fn permission_is_checked_on_the_user_that_is_touched_however_it_is_named() {
    let cx = TestContext::start().await;
    let alice = cx.user_named("alice").await;
    let bob = cx.user_named("bob").await;
    let reader = cx.user_with_policy(allow(&["ram:GetUser"], &["acs:ram:*:*:user/alice"])).await;
    for (user, name) in [(&alice, "alice"), (&bob, "bob")] {
        let principal = logon(name);
        let ways = [
            ("UserPrincipalName", principal.as_str()),
            ("UserId", user.id.as_str()),
            ("UserAccessKeyId", user.access_key_id()),
        ];
        for way in ways {
            let answer = reader.ims("GetUser", &[way]).await;
            match name {
                "alice" => assert_eq!(answer.ok()["User"]["UserId"], user.id.as_str()),
                _ => {
                    answer.refused(403, "NoPermission");
                }
            }
        }
    }
    // Who may not look at a user does not learn the name behind an id or a key.
    for way in [("UserId", bob.id.as_str()), ("UserAccessKeyId", bob.access_key_id())] {
        let answer = reader.ims("GetUser", &[way]).await;
        assert!(!answer.body.to_string().contains("user/bob"), "{}", answer.body);
        assert!(answer.message().contains(way.1), "{}", answer.message());
        // The audit log holds the real one.
        let record = cx.record_of(&answer).await;
        assert!(record.call.resources.iter().any(|name| name.ends_with("user/bob")), "{record:?}");
    }
    // Ids that are nobody's are denied in the same way, and found missing by who may see all.
    reader.ims("GetUser", &[("UserId", "299999999999999999")]).await.refused(403, "NoPermission");
    reader.ims("GetUser", &[("UserAccessKeyId", "testid")]).await.refused(403, "NoPermission");
    let admin = cx.admin();
    admin.ims("GetUser", &[("UserId", "299999999999999999")]).await.refused(404, "EntityNotExist.User");
    admin.ims("GetUser", &[("UserAccessKeyId", "testid")]).await.refused(404, "EntityNotExist.User");
    // The account's own key belongs to no user.
    admin.ims("GetUser", &[("UserAccessKeyId", admin.access_key_id())]).await.refused(404, "EntityNotExist.User");
}

#[tokio::test]
async fn policies_may_spell_the_api_either_way_and_denials_are_reported_as_rams() {
    let cx = TestContext::start().await;
    cx.user_named("alice").await;
    let alice = logon("alice");
    let named = [("UserPrincipalName", alice.as_str())];
    for (action, resource) in [
        ("ims:GetUser", "acs:ims:*:*:user/alice"),
        ("ims:getuser", "acs:ims::1000000000000001:user/ALICE"),
        ("ram:GetUser", "acs:ram:*:*:user/alice"),
        ("ram:*", "*"),
    ] {
        let user = cx.user_with_policy(allow(&[action], &[resource])).await;
        user.ims("GetUser", &named).await.ok();
    }
    let denied = cx
        .user_with_policy(document(&[
            statement("Allow", &["ram:*"], &["*"]),
            statement("Deny", &["ims:GetUser"], &["acs:ims:*:*:user/alice"]),
        ]))
        .await;
    let answer = denied.ims("GetUser", &named).await;
    answer.refused(403, "NoPermission").saying("ExplicitDeny");
    assert_eq!(answer.body["AccessDeniedDetail"]["AuthAction"], "ram:GetUser");
}

#[tokio::test]
async fn users_without_permission_can_do_nothing() {
    let cx = TestContext::start().await;
    let nobody = cx.user_named("nobody").await;
    let me = logon("nobody");
    let own_key = nobody.access_key_id().to_owned();
    let revision = cx.revision().await;
    let named = ("UserPrincipalName", me.as_str());
    let key = ("UserAccessKeyId", own_key.as_str());
    let group = ("GroupName", "g");
    for (action, parameters) in [
        ("CreateUser", vec![("UserPrincipalName", "x@1000000000000001.onaliyun.com"), ("DisplayName", "x")]),
        ("GetUser", vec![named]),
        ("UpdateUser", vec![named, ("NewComments", "x")]),
        ("DeleteUser", vec![named]),
        ("ListUsers", vec![]),
        ("ListUserBasicInfos", vec![]),
        ("CreateGroup", vec![group]),
        ("GetGroup", vec![group]),
        ("UpdateGroup", vec![group]),
        ("DeleteGroup", vec![group]),
        ("ListGroups", vec![]),
        ("AddUserToGroup", vec![named, group]),
        ("RemoveUserFromGroup", vec![named, group]),
        ("ListGroupsForUser", vec![named]),
        ("ListUsersForGroup", vec![group]),
        ("CreateAccessKey", vec![]),
        ("UpdateAccessKey", vec![key, ("Status", "Inactive")]),
        ("DeleteAccessKey", vec![key]),
        ("ListAccessKeys", vec![named]),
        ("GetAccessKeyLastUsed", vec![key]),
        ("SetAccessKeyPolicy", vec![key, ("AccessKeyPolicy", "{}")]),
        ("GetAccessKeyPolicy", vec![key]),
        ("SetAccessKeyPolicyForAccount", vec![("AccessKeyPolicy", "{}")]),
        ("GetAccessKeyPolicyForAccount", vec![]),
        ("TagResources", vec![("ResourceType", "user"), ("ResourceId.1", nobody.id.as_str()), ("Tag.1.Key", "a")]),
        ("UntagResources", vec![("ResourceType", "user"), ("ResourceId.1", nobody.id.as_str()), ("All", "true")]),
        ("ListTagResources", vec![("ResourceType", "user")]),
        ("ListUsersInRecycleBin", vec![]),
        ("GetUserInRecycleBin", vec![("UserId", "1")]),
        ("RestoreUserFromRecycleBin", vec![("UserId", "1")]),
        ("DeleteUserInRecycleBin", vec![("UserId", "1")]),
        ("ListAccessKeysInRecycleBin", vec![("UserId", "1")]),
        ("GetAccessKeyInfoInRecycleBin", vec![key]),
        ("RestoreAccessKeyFromRecycleBin", vec![key]),
        ("DeleteAccessKeyInRecycleBin", vec![key]),
        ("SetDefaultDomain", vec![("DefaultDomainName", "abc.onaliyun.com")]),
        ("GetDefaultDomain", vec![]),
        ("GetAccountSummary", vec![]),
        ("GenerateCredentialReport", vec![]),
        ("GetCredentialReport", vec![]),
        ("GetAccountSecurityPracticeReport", vec![]),
        ("ListApplications", vec![]),
        ("ListPasskeys", vec![]),
        ("GenerateGovernanceReport", vec![]),
    ] {
        let answer = nobody.ims(action, &parameters).await;
        answer.refused(403, "NoPermission").saying(&format!("ram:{action}"));
    }
    assert_eq!(cx.revision().await, revision);
}

#[tokio::test]
async fn what_is_not_built_says_so_to_those_who_may_call_it() {
    let cx = TestContext::start().await;
    for action in ["CreateApplication", "ListPasskeys", "ListServiceCredentials", "GenerateGovernanceReport"] {
        cx.admin().ims(action, &[]).await.refused(501, "NotImplemented");
    }
}

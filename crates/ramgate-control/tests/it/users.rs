//! Users: what is kept, what is refused, and in which order they are listed.

use crate::client::Client;
use crate::context::{TestContext, allow, attachment};
use serde_json::{Value, json};

async fn names(client: &Client, parameters: &[(&str, &str)]) -> (Vec<String>, Option<String>) {
    let body = client.ram("ListUsers", parameters).await.ok();
    let marker = body.get("Marker").map(|m| m.as_str().unwrap().to_owned());
    assert_eq!(body["IsTruncated"], Value::Bool(marker.is_some()), "a marker is there where pages follow");
    let users = body["Users"]["User"].as_array().unwrap();
    (users.iter().map(|u| u["UserName"].as_str().unwrap().to_owned()).collect(), marker)
}

#[tokio::test]
async fn a_user_is_shown_as_it_was_made() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let parameters = [
        ("UserName", "Alice.B-1_x"),
        ("DisplayName", "Alice Ä"),
        ("MobilePhone", "86-18600000000"),
        ("Email", "alice@example.com"),
        ("Comments", "tests & more"),
    ];
    let made = admin.ram("CreateUser", &parameters).await.ok();
    let user = &made["User"];
    let id = user["UserId"].as_str().unwrap();
    assert!(id.len() == 18 && id.bytes().all(|b| b.is_ascii_digit()), "{id}");
    let expected = json!({
        "UserName": "Alice.B-1_x", "DisplayName": "Alice Ä", "MobilePhone": "86-18600000000",
        "Email": "alice@example.com", "Comments": "tests & more", "UserId": id,
        "CreateDate": "2026-01-02T03:04:05Z", "UpdateDate": "2026-01-02T03:04:05Z",
    });
    assert_eq!(*user, expected);
    let got = admin.ram("GetUser", &[("UserName", "ALICE.b-1_X")]).await;
    assert_eq!(got.headers["x-acs-request-id"], got.request_id());
    assert_eq!(got.ok()["User"], expected);
}

#[tokio::test]
async fn a_user_without_a_display_name_shows_its_name_and_nothing_that_was_not_given() {
    let cx = TestContext::start().await;
    let made = cx.admin().ram("CreateUser", &[("UserName", "bob")]).await.ok();
    assert_eq!(made["User"]["DisplayName"], "bob");
    for absent in ["Comments", "Email", "MobilePhone", "LastLoginDate"] {
        assert_eq!(made["User"].get(absent), None, "{absent}");
    }
}

#[tokio::test]
async fn names_are_unique_without_regard_to_case() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    admin.ram("CreateUser", &[("UserName", "alice")]).await.ok();
    let revision = cx.revision().await;
    let again = admin.ram("CreateUser", &[("UserName", "ALICE")]).await;
    again.refused(409, "EntityAlreadyExists.User").saying("The user does already EXIST.");
    assert_eq!(cx.revision().await, revision);
}

#[tokio::test]
async fn values_out_of_their_limits_are_refused_under_the_code_of_their_parameter() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let revision = cx.revision().await;
    let long = "a".repeat(129);
    for (parameter, value, code) in [
        ("UserName", "a b", "InvalidParameter.UserName.InvalidChars"),
        ("UserName", "a/b", "InvalidParameter.UserName.InvalidChars"),
        ("UserName", &long[..65], "InvalidParameter.UserName.Length"),
        ("DisplayName", &long, "InvalidParameter.DisplayName.Length"),
        ("Comments", &long, "InvalidParameter.Comments.Length"),
        ("MobilePhone", "123", "InvalidParameter.MobilePhone.Format"),
        ("Email", "nobody", "InvalidParameter.Email.Format"),
    ] {
        let mut parameters = vec![("UserName", "fine"), (parameter, value)];
        parameters.drain(..usize::from(parameter == "UserName"));
        let answer = admin.ram("CreateUser", &parameters).await;
        answer.refused(400, code).saying(&format!("\"{parameter}\""));
    }
    // Several problems are reported at once, under the code of the first.
    let answer = admin.ram("CreateUser", &[("UserName", "a b"), ("Email", "x")]).await;
    answer.refused(400, "InvalidParameter.Email.Format").saying("\"UserName\" contains invalid chars");
    admin.ram("CreateUser", &[]).await.refused(400, "MissingParameter").saying("\"UserName\"");
    assert_eq!(cx.revision().await, revision);
}

#[tokio::test]
async fn an_update_changes_what_it_names_and_nothing_else() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let user = [("UserName", "alice"), ("Comments", "old"), ("Email", "alice@example.com")];
    let before = admin.ram("CreateUser", &user).await.ok();
    cx.clock.advance(60_000);
    let changes = [("UserName", "Alice"), ("NewComments", ""), ("NewDisplayName", "A")];
    let after = admin.ram("UpdateUser", &changes).await.ok();
    let mut expected = before["User"].clone();
    expected["DisplayName"] = "A".into();
    expected["UpdateDate"] = "2026-01-02T03:05:05Z".into();
    expected.as_object_mut().unwrap().remove("Comments");
    assert_eq!(after["User"], expected);
    assert_eq!(admin.ram("GetUser", &[("UserName", "alice")]).await.ok()["User"], expected);
}

#[tokio::test]
async fn a_renamed_user_keeps_id_keys_and_policies_and_frees_its_name() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let user = cx.user_named("alice").await;
    cx.grant(&user, allow(&["ram:ListUsers"], &["*"])).await;
    let renamed = admin.ram("UpdateUser", &[("UserName", "alice"), ("NewUserName", "Anna")]).await.ok();
    assert_eq!((&renamed["User"]["UserId"], &renamed["User"]["UserName"]), (&json!(user.id), &json!("Anna")));

    user.ram("ListUsers", &[]).await.ok();
    assert_eq!(user.sts("GetCallerIdentity", &[]).await.ok()["Arn"], "acs:ram::1000000000000001:user/Anna");
    admin.ram("GetUser", &[("UserName", "alice")]).await.refused(404, "EntityNotExist.User");
    let policies = admin.ram("ListPoliciesForUser", &[("UserName", "anna")]).await.ok();
    assert_eq!(policies["Policies"]["Policy"].as_array().unwrap().len(), 1);
    admin.ram("CreateUser", &[("UserName", "alice")]).await.ok();

    // Another spelling of the own name is no conflict, another user's name is one.
    let respelt = admin.ram("UpdateUser", &[("UserName", "anna"), ("NewUserName", "ANNA")]).await.ok();
    assert_eq!(respelt["User"]["UserName"], "ANNA");
    let taken = admin.ram("UpdateUser", &[("UserName", "anna"), ("NewUserName", "Alice")]).await;
    taken.refused(409, "EntityAlreadyExists.User");
    let bad = admin.ram("UpdateUser", &[("UserName", "anna"), ("NewUserName", "a b")]).await;
    bad.refused(400, "InvalidParameter.NewUserName.InvalidChars");
}

#[tokio::test]
async fn a_permission_on_a_name_does_not_follow_the_renamed_user() {
    let cx = TestContext::start().await;
    let reader = cx.user_with_policy(allow(&["ram:GetUser"], &["acs:ram:*:*:user/alice"])).await;
    cx.user_named("Alice").await;
    reader.ram("GetUser", &[("UserName", "aLICE")]).await.ok();
    cx.admin().ram("UpdateUser", &[("UserName", "alice"), ("NewUserName", "anna")]).await.ok();
    reader.ram("GetUser", &[("UserName", "anna")]).await.refused(403, "NoPermission");
    reader.ram("GetUser", &[("UserName", "alice")]).await.refused(404, "EntityNotExist.User");
}

#[tokio::test]
async fn a_user_is_deleted_only_without_keys_and_policies() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let user = cx.user_named("alice").await;
    let policy = cx.grant(&user, allow(&["ram:*"], &["*"])).await;
    let named = [("UserName", "alice")];
    let key = [("UserName", "alice"), ("UserAccessKeyId", user.access_key_id())];

    let answer = admin.ram("DeleteUser", &named).await;
    answer.refused(409, "DeleteConflict.User.AccessKey").saying("CAN NOT has any access key");
    admin.ram("DeleteAccessKey", &key).await.ok();
    admin.ram("DeleteUser", &named).await.refused(409, "DeleteConflict.User.Policy");
    admin.ram("DetachPolicyFromUser", &attachment("Custom", &policy, "alice")).await.ok();
    // Also a grant within one resource group counts.
    let mut grouped = attachment("System", "ReadOnlyAccess", "alice").to_vec();
    grouped.push(("ResourceGroupId", "rg-1"));
    admin.ram("AttachPolicyToUser", &grouped).await.ok();
    admin.ram("DeleteUser", &named).await.refused(409, "DeleteConflict.User.Policy");
    admin.ram("DetachPolicyFromUser", &grouped).await.ok();

    let deleted = admin.ram("DeleteUser", &named).await.ok();
    assert_eq!(deleted.as_object().unwrap().keys().collect::<Vec<_>>(), ["RequestId"]);
    admin.ram("DeleteUser", &named).await.refused(404, "EntityNotExist.User").saying("The user does not exist.");
    // The name is free, the id is not used again.
    let again = admin.ram("CreateUser", &named).await.ok();
    assert_ne!(again["User"]["UserId"], json!(user.id));
}

#[tokio::test]
async fn users_are_listed_page_by_page_also_while_they_change() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    assert_eq!(names(&admin, &[]).await, (vec![], None));
    for name in ["zoe", "adam", "mia", "ben", "eva"] {
        admin.ram("CreateUser", &[("UserName", name)]).await.ok();
        cx.clock.advance(1000);
    }
    let (first, marker) = names(&admin, &[("MaxItems", "2")]).await;
    assert_eq!(first, ["zoe", "adam"]);
    let marker = marker.unwrap();

    // What was shown is deleted or renamed, what was not is renamed, and somebody new comes.
    admin.ram("DeleteUser", &[("UserName", "adam")]).await.ok();
    admin.ram("UpdateUser", &[("UserName", "zoe"), ("NewUserName", "zora")]).await.ok();
    admin.ram("UpdateUser", &[("UserName", "mia"), ("NewUserName", "aaron")]).await.ok();
    admin.ram("CreateUser", &[("UserName", "aaa")]).await.ok();
    let (second, next) = names(&admin, &[("MaxItems", "2"), ("Marker", &marker)]).await;
    assert_eq!(second, ["aaron", "ben"]);
    let (third, last) = names(&admin, &[("MaxItems", "2"), ("Marker", &next.unwrap())]).await;
    assert_eq!((third, last), (vec!["eva".to_owned(), "aaa".to_owned()], None));

    // The same marker gives the same page again.
    assert_eq!(names(&admin, &[("MaxItems", "2"), ("Marker", &marker)]).await.0, ["aaron", "ben"]);
    assert_eq!(names(&admin, &[("MaxItems", "1000")]).await.0.len(), 5);
}

#[tokio::test]
async fn markers_and_sizes_that_make_no_sense_are_refused() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    for size in ["0", "-1", "1001"] {
        let answer = admin.ram("ListUsers", &[("MaxItems", size)]).await;
        answer.refused(400, "InvalidParameter").saying("`MaxItems`");
    }
    admin.ram("ListUsers", &[("MaxItems", "many")]).await.refused(400, "InvalidParameter").saying("`MaxItems`");
    admin.ram("ListUsers", &[("Marker", "42")]).await.refused(400, "InvalidParameter").saying("`Marker`");
    let of_policies = admin.ram("ListPolicies", &[("MaxItems", "1")]).await.ok();
    let marker = of_policies["Marker"].as_str().unwrap();
    admin.ram("ListUsers", &[("Marker", marker)]).await.refused(400, "InvalidParameter").saying("`Marker`");
}

#[tokio::test]
async fn users_without_permission_can_do_nothing_to_users() {
    let cx = TestContext::start().await;
    let nobody = cx.user().await;
    let revision = cx.revision().await;
    for (action, parameters) in [
        ("CreateUser", &[("UserName", "x")][..]),
        ("GetUser", &[("UserName", "user-0")]),
        ("UpdateUser", &[("UserName", "user-0"), ("NewUserName", "root")]),
        ("DeleteUser", &[("UserName", "user-0")]),
        ("ListUsers", &[]),
    ] {
        let answer = nobody.ram(action, parameters).await;
        answer.refused(403, "NoPermission").saying(&format!("ram:{action}"));
    }
    assert_eq!(cx.revision().await, revision);
}

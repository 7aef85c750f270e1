//! Groups through IMS: the same groups as RAM's.

use crate::context::{TestContext, allow};
use serde_json::json;

const ALICE: &str = "alice@1000000000000001.onaliyun.com";

#[tokio::test]
async fn a_group_made_by_one_api_is_worked_on_by_the_other() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let user = cx.user_named("alice").await;
    let parameters = [("GroupName", "dev"), ("DisplayName", "Developers"), ("Comments", "ours")];
    let made = admin.ims("CreateGroup", &parameters).await.ok()["Group"].clone();
    let mut expected = json!({
        "GroupName": "dev", "DisplayName": "Developers", "Comments": "ours", "GroupId": made["GroupId"],
        "CreateDate": "2026-01-02T03:04:05Z", "UpdateDate": "2026-01-02T03:04:05Z",
    });
    assert_eq!(made, expected);
    // RAM knows no display name, and leaves it.
    admin.ram("UpdateGroup", &[("GroupName", "dev"), ("NewComments", "theirs")]).await.ok();
    expected["Comments"] = "theirs".into();
    assert_eq!(admin.ims("GetGroup", &[("GroupName", "DEV")]).await.ok()["Group"], expected);
    admin.ims("CreateGroup", &[("GroupName", "Dev")]).await.refused(409, "EntityAlreadyExists.Group");
    let renamed = [("GroupName", "dev"), ("NewGroupName", "ops"), ("NewDisplayName", "")];
    let after = admin.ims("UpdateGroup", &renamed).await.ok()["Group"].clone();
    assert_eq!((&after["GroupName"], &after["DisplayName"]), (&json!("ops"), &json!("")));

    let member = [("UserPrincipalName", ALICE), ("GroupName", "OPS")];
    admin.ims("AddUserToGroup", &member).await.ok();
    admin
        .ram("AddUserToGroup", &[("UserName", "alice"), ("GroupName", "ops")])
        .await
        .refused(409, "EntityAlreadyExists.User.Group");
    let members = admin.ims("ListUsersForGroup", &[("GroupName", "ops")]).await.ok();
    let expected = json!([{
        "UserId": user.id, "UserPrincipalName": ALICE, "DisplayName": "alice", "JoinDate": "2026-01-02T03:04:05Z",
    }]);
    assert_eq!((&members["Users"]["User"], &members["IsTruncated"]), (&expected, &json!(false)));
    let groups = admin.ims("ListGroupsForUser", &[("UserPrincipalName", ALICE)]).await.ok();
    let expected = json!([{
        "GroupId": made["GroupId"], "GroupName": "ops", "DisplayName": "", "Comments": "theirs",
        "JoinDate": "2026-01-02T03:04:05Z",
    }]);
    assert_eq!(groups["Groups"]["Group"], expected);
    admin.ims("DeleteGroup", &[("GroupName", "ops")]).await.refused(409, "DeleteConflict.Group.User");
    admin.ims("RemoveUserFromGroup", &member).await.ok();
    admin.ims("RemoveUserFromGroup", &member).await.refused(404, "EntityNotExist.User.Group");
    admin.ims("DeleteGroup", &[("GroupName", "ops")]).await.ok();
    admin.ims("GetGroup", &[("GroupName", "ops")]).await.refused(404, "EntityNotExist.Group");
}

#[tokio::test]
async fn groups_are_listed_page_by_page() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    for name in ["b", "a", "c"] {
        admin.ims("CreateGroup", &[("GroupName", name)]).await.ok();
        cx.clock.advance(1000);
    }
    let first = admin.ims("ListGroups", &[("MaxItems", "2")]).await.ok();
    assert_eq!((&first["Groups"]["Group"][0]["GroupName"], &first["IsTruncated"]), (&json!("b"), &json!(true)));
    let marker = first["Marker"].as_str().unwrap();
    // The list is the same as RAM's, and so is its marker.
    for (list, answer) in [
        ("ims", admin.ims("ListGroups", &[("MaxItems", "2"), ("Marker", marker)]).await),
        ("ram", admin.ram("ListGroups", &[("MaxItems", "2"), ("Marker", marker)]).await),
    ] {
        let rest = answer.ok();
        assert_eq!((&rest["Groups"]["Group"][0]["GroupName"], rest.get("Marker")), (&json!("c"), None), "{list}");
    }
    for action in ["ListGroups", "ListUsersForGroup"] {
        let answer = admin.ims(action, &[("GroupName", "a"), ("MaxItems", "101")]).await;
        answer.refused(400, "InvalidParameter").saying("`MaxItems`");
    }
}

#[tokio::test]
async fn joining_through_this_api_needs_permission_on_user_and_group_too() {
    let cx = TestContext::start().await;
    cx.admin().ims("CreateGroup", &[("GroupName", "admins")]).await.ok();
    let join = [("UserPrincipalName", ALICE), ("GroupName", "admins")];
    cx.user_named("alice").await;
    for resource in ["acs:ram:*:*:user/alice", "acs:ram:*:*:group/admins", "acs:ims:*:*:group/admins"] {
        let user = cx.user_with_policy(allow(&["ram:AddUserToGroup", "ims:AddUserToGroup"], &[resource])).await;
        user.ims("AddUserToGroup", &join).await.refused(403, "NoPermission");
    }
    // One spelling for each side is enough; each is decided for itself.
    let both = ["acs:ims:*:*:user/alice", "acs:ram:*:*:group/admins"];
    let user = cx.user_with_policy(allow(&["*:AddUserToGroup"], &both)).await;
    user.ims("AddUserToGroup", &join).await.ok();
}

#[tokio::test]
async fn display_names_end_at_24_characters() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let long = "a".repeat(25);
    let made = admin.ims("CreateGroup", &[("GroupName", "dev"), ("DisplayName", &long)]).await;
    made.refused(400, "InvalidParameter.DisplayName.Length");
    admin.ims("CreateGroup", &[("GroupName", "dev"), ("DisplayName", &long[..24])]).await.ok();
    let changed = admin.ims("UpdateGroup", &[("GroupName", "dev"), ("NewDisplayName", &long)]).await;
    changed.refused(400, "InvalidParameter.NewDisplayName.Length");
}

//! Groups: who is in them, what their members may do, what is in the way of deleting, and how they are listed.

use crate::client::Client;
use crate::context::{TestContext, allow, document, statement};
use ramgate_model::Attachment;
use serde_json::{Value, json};

fn on_group<'a>(kind: &'a str, policy: &'a str, group: &'a str) -> [(&'static str, &'a str); 3] {
    [("PolicyType", kind), ("PolicyName", policy), ("GroupName", group)]
}

fn member<'a>(user: &'a str, group: &'a str) -> [(&'static str, &'a str); 2] {
    [("UserName", user), ("GroupName", group)]
}

/// A group with one custom policy of its own.
async fn group_with(admin: &Client, name: &str, rights: Value) {
    admin.ram("CreateGroup", &[("GroupName", name)]).await.ok();
    let policy = [("PolicyName", name), ("PolicyDocument", &rights.to_string())];
    admin.ram("CreatePolicy", &policy).await.ok();
    admin.ram("AttachPolicyToGroup", &on_group("Custom", name, name)).await.ok();
}

fn names(list: &Value, name: &str) -> Vec<String> {
    list.as_array().unwrap().iter().map(|item| item[name].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_group_is_shown_as_it_was_made_and_changed() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let made = admin.ram("CreateGroup", &[("GroupName", "Dev.Team_1-a"), ("Comments", "ours")]).await.ok();
    let id = made["Group"]["GroupId"].as_str().unwrap().to_owned();
    assert!(id.starts_with("g-") && id.len() == 18, "{id}");
    let mut expected = json!({
        "GroupName": "Dev.Team_1-a", "Comments": "ours", "GroupId": id,
        "CreateDate": "2026-01-02T03:04:05Z", "UpdateDate": "2026-01-02T03:04:05Z",
    });
    assert_eq!(made["Group"], expected);
    cx.clock.advance(60_000);
    let changed = [("GroupName", "dev.team_1-A"), ("NewGroupName", "dev"), ("NewComments", "")];
    expected["GroupName"] = "dev".into();
    expected["Comments"] = "".into();
    expected["UpdateDate"] = "2026-01-02T03:05:05Z".into();
    assert_eq!(admin.ram("UpdateGroup", &changed).await.ok()["Group"], expected);
    assert_eq!(admin.ram("GetGroup", &[("GroupName", "DEV")]).await.ok()["Group"], expected);
    admin.ram("GetGroup", &[("GroupName", "dev.team_1-a")]).await.refused(404, "EntityNotExist.Group");
    // The old name is free again.
    admin.ram("CreateGroup", &[("GroupName", "DEV.TEAM_1-A")]).await.ok();
}

#[tokio::test]
async fn names_of_groups_are_unique_without_regard_to_case_and_plain() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    for name in ["dev", "ops"] {
        admin.ram("CreateGroup", &[("GroupName", name)]).await.ok();
    }
    let revision = cx.revision().await;
    admin.ram("CreateGroup", &[("GroupName", "DEV")]).await.refused(409, "EntityAlreadyExists.Group");
    let renamed = admin.ram("UpdateGroup", &[("GroupName", "ops"), ("NewGroupName", "Dev")]).await;
    renamed.refused(409, "EntityAlreadyExists.Group").saying("The group does already EXIST.");
    let long = "a".repeat(129);
    // The second one begins with a Cyrillic letter.
    for name in ["a b", "\u{501}ev", "d\u{435}v", "dev/ops", "dev\n"] {
        let answer = admin.ram("CreateGroup", &[("GroupName", name)]).await;
        answer.refused(400, "InvalidParameter.GroupName.InvalidChars");
    }
    admin.ram("CreateGroup", &[("GroupName", &long[..65])]).await.refused(400, "InvalidParameter.GroupName.Length");
    let comments = admin.ram("CreateGroup", &[("GroupName", "x"), ("Comments", &long)]).await;
    comments.refused(400, "InvalidParameter.Comments.Length");
    let renamed = admin.ram("UpdateGroup", &[("GroupName", "ops"), ("NewGroupName", "a b")]).await;
    renamed.refused(400, "InvalidParameter.NewGroupName.InvalidChars");
    admin.ram("CreateGroup", &[]).await.refused(400, "MissingParameter").saying("\"GroupName\"");
    assert_eq!(cx.revision().await, revision);
}

#[tokio::test]
async fn members_have_what_the_group_has_from_the_next_call_on_and_no_longer_than_they_are_in_it() {
    let cx = TestContext::start().await;
    let (admin, user) = (cx.admin(), cx.user_named("alice").await);
    group_with(&admin, "readers", allow(&["ram:ListUsers"], &["*"])).await;
    for _ in 0..3 {
        user.ram("ListUsers", &[]).await.refused(403, "NoPermission");
        admin.ram("AddUserToGroup", &member("Alice", "READERS")).await.ok();
        user.ram("ListUsers", &[]).await.ok();
        admin.ram("RemoveUserFromGroup", &member("ALICE", "readers")).await.ok();
    }
    user.ram("ListUsers", &[]).await.refused(403, "NoPermission");
    // A rename of the group takes nothing away; a Deny of a group counts as any other.
    admin.ram("AddUserToGroup", &member("alice", "readers")).await.ok();
    admin.ram("UpdateGroup", &[("GroupName", "readers"), ("NewGroupName", "viewers")]).await.ok();
    user.ram("ListUsers", &[]).await.ok();
    group_with(&admin, "barred", document(&[statement("Deny", &["ram:*"], &["*"])])).await;
    admin.ram("AddUserToGroup", &member("alice", "barred")).await.ok();
    user.ram("ListUsers", &[]).await.refused(403, "NoPermission").saying("ExplicitDeny");
}

#[tokio::test]
async fn a_policy_of_a_group_that_fails_to_parse_takes_and_never_gives() {
    let cx = TestContext::start().await;
    let (admin, user) = (cx.admin(), cx.user_named("alice").await);
    group_with(&admin, "readers", allow(&["ram:ListUsers"], &["*"])).await;
    admin.ram("AddUserToGroup", &member("alice", "readers")).await.ok();
    user.ram("ListUsers", &[]).await.ok();
    // Older data may hold what is refused today.
    let id = admin.ram("GetGroup", &[("GroupName", "readers")]).await.ok()["Group"]["GroupId"].clone();
    let broken = ramgate_model::Policy {
        name: "broken".into(),
        description: String::new(),
        versions: vec![ramgate_model::PolicyVersion { number: 1, document: "{\"Version\":".into(), created_at: 0 }],
        default_version: 1,
        next_version: 2,
        tags: Default::default(),
        created_at: 0,
        updated_at: 0,
    };
    let attached = Attachment {
        principal: ramgate_model::PrincipalRef::Group { group_id: id.as_str().unwrap().into() },
        policy_kind: ramgate_model::PolicyKind::Custom,
        policy_name: "broken".into(),
        resource_group_id: String::new(),
        attached_at: 0,
    };
    cx.seed(&[broken]).await;
    cx.seed(&[attached]).await;
    // Any further change is applied behind the seeds.
    admin.ram("CreateUser", &[("UserName", "later")]).await.ok();
    user.ram("ListUsers", &[]).await.refused(403, "NoPermission").saying("ExplicitDeny");
}

#[tokio::test]
async fn nobody_joins_a_group_with_permission_on_one_side_alone() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    group_with(&admin, "admins", allow(&["*"], &["*"])).await;
    admin.ram("CreateGroup", &[("GroupName", "guests")]).await.ok();
    let user = cx.user_named("mallory").await;
    let join = member("mallory", "admins");
    let mut revision = cx.revision().await;
    for resources in [
        vec![],
        vec!["acs:ram:*:*:user/mallory"],
        vec!["acs:ram:*:*:group/admins"],
        vec!["acs:ram:*:*:user/mallory", "acs:ram:*:*:group/guests"],
        // Another account's are not this one's.
        vec!["acs:ram:*:2000000000000002:user/mallory", "acs:ram:*:2000000000000002:group/admins"],
    ] {
        if !resources.is_empty() {
            let policy = cx.grant(&user, allow(&["ram:AddUserToGroup"], &resources)).await;
            revision = cx.revision().await;
            user.ram("AddUserToGroup", &join).await.refused(403, "NoPermission").saying("ram:AddUserToGroup");
            user.ram("AddUserToGroup", &member("MALLORY", "Admins")).await.refused(403, "NoPermission");
            assert_eq!(cx.revision().await, revision);
            let parameters = [("PolicyType", "Custom"), ("PolicyName", policy.as_str()), ("UserName", "mallory")];
            admin.ram("DetachPolicyFromUser", &parameters).await.ok();
        } else {
            user.ram("AddUserToGroup", &join).await.refused(403, "NoPermission");
            assert_eq!(cx.revision().await, revision);
        }
    }
    let both = ["acs:ram:*:*:user/mallory", "acs:ram:*:*:group/admins"];
    cx.grant(&user, allow(&["ram:AddUserToGroup"], &both)).await;
    user.ram("AddUserToGroup", &join).await.ok();
    user.ram("ListUsers", &[]).await.ok();
}

#[tokio::test]
async fn joining_twice_leaving_twice_and_joining_what_is_not_there_are_refused() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    admin.ram("CreateUser", &[("UserName", "alice")]).await.ok();
    admin.ram("CreateGroup", &[("GroupName", "dev")]).await.ok();
    let never = admin.ram("RemoveUserFromGroup", &member("alice", "dev")).await;
    never.refused(404, "EntityNotExist.User.Group").saying("The user has not joined the group.");
    admin.ram("AddUserToGroup", &member("alice", "dev")).await.ok();
    let twice = admin.ram("AddUserToGroup", &member("ALICE", "DEV")).await;
    twice.refused(409, "EntityAlreadyExists.User.Group").saying("The user has already joined the group.");
    for action in ["AddUserToGroup", "RemoveUserFromGroup"] {
        admin.ram(action, &member("ghost", "dev")).await.refused(404, "EntityNotExist.User");
        admin.ram(action, &member("alice", "ghosts")).await.refused(404, "EntityNotExist.Group");
        admin.ram(action, &[("UserName", "alice")]).await.refused(400, "MissingParameter");
    }
}

#[tokio::test]
async fn a_user_is_in_five_groups_at_most_however_many_are_joined_at_once() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    admin.ram("CreateUser", &[("UserName", "alice")]).await.ok();
    for n in 0..8 {
        admin.ram("CreateGroup", &[("GroupName", &format!("g{n}"))]).await.ok();
    }
    let joins = (0..8).map(|n| {
        let admin = admin.clone();
        tokio::spawn(async move { admin.ram("AddUserToGroup", &member("alice", &format!("g{n}"))).await })
    });
    let mut refused = 0;
    for join in joins.collect::<Vec<_>>() {
        let answer = join.await.unwrap();
        if answer.status != 200 {
            answer.refused(409, "LimitExceeded.User.Group");
            refused += 1;
        }
    }
    let groups = admin.ram("ListGroupsForUser", &[("UserName", "alice")]).await.ok();
    assert_eq!((refused, groups["Groups"]["Group"].as_array().unwrap().len()), (3, 5));
}

#[tokio::test]
async fn an_account_has_fifty_groups_at_most() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    for n in 0..50 {
        admin.ram("CreateGroup", &[("GroupName", &format!("g{n}"))]).await.ok();
    }
    let one_more = admin.ram("CreateGroup", &[("GroupName", "g50")]).await;
    one_more.refused(409, "LimitExceeded.Group").saying("The count of groups beyond the current limits.");
    // A name that is taken is told as such also then.
    admin.ram("CreateGroup", &[("GroupName", "g0")]).await.refused(409, "EntityAlreadyExists.Group");
    admin.ram("DeleteGroup", &[("GroupName", "g7")]).await.ok();
    admin.ram("CreateGroup", &[("GroupName", "g50")]).await.ok();
}

#[tokio::test]
async fn a_group_is_deleted_only_without_members_and_policies_and_a_user_only_outside_of_groups() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let user = cx.user_named("alice").await;
    group_with(&admin, "dev", allow(&["ram:ListUsers"], &["*"])).await;
    admin.ram("AddUserToGroup", &member("alice", "dev")).await.ok();
    let named = [("GroupName", "dev")];
    admin.ram("DeleteGroup", &named).await.refused(409, "DeleteConflict.Group.User");
    // The group is told before the key.
    let user_named = [("UserName", "alice")];
    let conflict = admin.ram("DeleteUser", &user_named).await;
    conflict.refused(409, "DeleteConflict.User.Group").saying("CAN NOT be in any group");
    admin.ram("RemoveUserFromGroup", &member("alice", "dev")).await.ok();
    admin.ram("DeleteUser", &user_named).await.refused(409, "DeleteConflict.User.AccessKey");
    admin.ram("DeleteGroup", &named).await.refused(409, "DeleteConflict.Group.Policy");
    admin.ram("DetachPolicyFromGroup", &on_group("Custom", "dev", "dev")).await.ok();
    admin.ram("DeleteGroup", &named).await.ok();
    admin.ram("DeleteGroup", &named).await.refused(404, "EntityNotExist.Group").saying("The group does not exist.");
    user.ram("ListUsers", &[]).await.refused(403, "NoPermission");
}

#[tokio::test]
async fn a_group_is_never_deleted_while_somebody_joins() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    admin.ram("CreateUser", &[("UserName", "alice")]).await.ok();
    for n in 0..10 {
        let name = format!("g{n}");
        admin.ram("CreateGroup", &[("GroupName", &name)]).await.ok();
        let join = {
            let (admin, name) = (admin.clone(), name.clone());
            tokio::spawn(async move { admin.ram("AddUserToGroup", &member("alice", &name)).await })
        };
        let deleted = admin.ram("DeleteGroup", &[("GroupName", &name)]).await;
        let joined = join.await.unwrap();
        match (joined.status, deleted.status) {
            (200, 409) => {
                deleted.refused(409, "DeleteConflict.Group.User");
                admin.ram("RemoveUserFromGroup", &member("alice", &name)).await.ok();
            }
            (404, 200) => {
                joined.refused(404, "EntityNotExist.Group");
            }
            both => panic!("{both:?}: {} {}", joined.body, deleted.body),
        }
    }
}

#[tokio::test]
async fn groups_and_members_are_listed_page_by_page_also_while_they_change() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    for name in ["c", "a", "b"] {
        admin.ram("CreateGroup", &[("GroupName", name)]).await.ok();
        admin.ram("CreateUser", &[("UserName", name), ("DisplayName", "shown")]).await.ok();
        admin.ram("AddUserToGroup", &member(name, "c")).await.ok();
        cx.clock.advance(1000);
    }
    for (action, list, item, name) in
        [("ListGroups", "Groups", "Group", "GroupName"), ("ListUsersForGroup", "Users", "User", "UserName")]
    {
        let first = admin.ram(action, &[("GroupName", "c"), ("MaxItems", "2")]).await.ok();
        assert_eq!(
            (names(&first[list][item], name), &first["IsTruncated"]),
            (vec!["c".into(), "a".into()], &json!(true))
        );
        let marker = first["Marker"].as_str().unwrap();
        let rest = admin.ram(action, &[("GroupName", "c"), ("MaxItems", "2"), ("Marker", marker)]).await.ok();
        assert_eq!((names(&rest[list][item], name), &rest["IsTruncated"]), (vec!["b".into()], &json!(false)));
        assert_eq!(rest.get("Marker"), None);
        for size in ["0", "1001"] {
            let answer = admin.ram(action, &[("GroupName", "c"), ("MaxItems", size)]).await;
            answer.refused(400, "InvalidParameter").saying("`MaxItems`");
        }
        admin.ram(action, &[("GroupName", "c"), ("Marker", "x")]).await.refused(400, "InvalidParameter");
    }
    let members = admin.ram("ListUsersForGroup", &[("GroupName", "c")]).await.ok();
    let first = json!({ "UserName": "c", "DisplayName": "shown", "JoinDate": "2026-01-02T03:04:05Z" });
    assert_eq!(members["Users"]["User"][0], first);
    let mine = admin.ram("ListGroupsForUser", &[("UserName", "A")]).await.ok();
    assert_eq!(names(&mine["Groups"]["Group"], "GroupName"), ["c"]);
    assert_eq!(mine["Groups"]["Group"][0]["JoinDate"], "2026-01-02T03:04:06Z");
    admin.ram("ListGroupsForUser", &[("UserName", "ghost")]).await.refused(404, "EntityNotExist.User");
    admin.ram("ListUsersForGroup", &[("GroupName", "ghosts")]).await.refused(404, "EntityNotExist.Group");
}

#[tokio::test]
async fn users_without_permission_can_do_nothing_to_groups() {
    let cx = TestContext::start().await;
    let nobody = cx.user_named("nobody").await;
    cx.admin().ram("CreateGroup", &[("GroupName", "dev")]).await.ok();
    let revision = cx.revision().await;
    for (action, parameters) in [
        ("CreateGroup", &[("GroupName", "x")][..]),
        ("GetGroup", &[("GroupName", "dev")]),
        ("UpdateGroup", &[("GroupName", "dev"), ("NewGroupName", "y")]),
        ("DeleteGroup", &[("GroupName", "dev")]),
        ("ListGroups", &[]),
        ("AddUserToGroup", &member("nobody", "dev")),
        ("RemoveUserFromGroup", &member("nobody", "dev")),
        ("ListGroupsForUser", &[("UserName", "nobody")]),
        ("ListUsersForGroup", &[("GroupName", "dev")]),
    ] {
        nobody.ram(action, parameters).await.refused(403, "NoPermission").saying(&format!("ram:{action}"));
    }
    assert_eq!(cx.revision().await, revision);
}

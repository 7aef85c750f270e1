//! Roles: what is kept, what is refused, how they are listed and tagged.

use crate::context::{ACCOUNT, TestContext, allow, document, statement};
use serde_json::{Value, json};

/// A trust policy that lets these resource names assume the role.
fn trust(names: &[&str]) -> String {
    let statement = json!({ "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "RAM": names } });
    document(&[statement]).to_string()
}

fn root() -> String {
    trust(&["acs:ram::1000000000000001:root"])
}

#[tokio::test]
async fn a_role_is_shown_as_it_was_made() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let trust = root();
    let parameters = [
        ("RoleName", "Ops.Team-1"),
        ("AssumeRolePolicyDocument", trust.as_str()),
        ("Description", "for operations"),
        ("MaxSessionDuration", "7200"),
        ("AllowConsoleLogin", "false"),
        ("Tag", r#"[{"Key":"team","Value":"edge"}]"#),
    ];
    let made = admin.ram("CreateRole", &parameters).await.ok();
    let id = made["Role"]["RoleId"].as_str().unwrap();
    assert!(id.len() == 18 && id.bytes().all(|b| b.is_ascii_digit()), "{id}");
    let expected = json!({
        "AllowConsoleLogin": false, "Arn": "acs:ram::1000000000000001:role/ops.team-1",
        "AssumeRolePolicyDocument": trust, "CreateDate": "2026-01-02T03:04:05Z", "Description": "for operations",
        "MaxSessionDuration": 7200, "RoleId": id, "RoleName": "Ops.Team-1",
    });
    assert_eq!(made["Role"], expected);

    let got = admin.ram("GetRole", &[("RoleName", "OPS.team-1")]).await.ok();
    let mut full = expected;
    full["IsServiceLinkedRole"] = false.into();
    full["UpdateDate"] = "2026-01-02T03:04:05Z".into();
    full["RolePrincipalName"] = format!("ops.team-1@role.{ACCOUNT}.onaliyunservice.com").into();
    assert_eq!(got["Role"], full);
    let listed = admin.ram("ListRoles", &[]).await.ok();
    let role = &listed["Roles"]["Role"][0];
    assert_eq!(role["Tags"]["Tag"], json!([{ "TagKey": "team", "TagValue": "edge" }]));
    assert_eq!(role.get("AssumeRolePolicyDocument"), None);
}

#[tokio::test]
async fn a_role_without_limits_given_has_the_usual_ones_and_its_name_is_unique_without_regard_to_case() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let trust = root();
    let made = admin.ram("CreateRole", &[("RoleName", "ops"), ("AssumeRolePolicyDocument", &trust)]).await.ok();
    assert_eq!((&made["Role"]["MaxSessionDuration"], &made["Role"]["Description"]), (&json!(3600), &json!("")));
    let again = admin.ram("CreateRole", &[("RoleName", "OPS"), ("AssumeRolePolicyDocument", &trust)]).await;
    again.refused(409, "EntityAlreadyExists.Role");
}

#[tokio::test]
async fn values_out_of_their_limits_are_refused_under_the_code_of_their_parameter() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (trust, revision) = (root(), cx.revision().await);
    let long = "a".repeat(4097);
    for (parameter, value, code) in [
        ("RoleName", "a_b", "InvalidParameter.RoleName.InvalidChars"),
        ("RoleName", &long[..65], "InvalidParameter.RoleName.Length"),
        ("Description", &long[..1025], "InvalidParameter.Description.Length"),
        ("AssumeRolePolicyDocument", &long, "InvalidParameter.AssumeRolePolicyDocument.Length"),
        ("MaxSessionDuration", "3599", "InvalidParameter"),
        ("MaxSessionDuration", "43201", "InvalidParameter"),
    ] {
        let usual = [("RoleName", "fine"), ("AssumeRolePolicyDocument", trust.as_str())];
        let mut parameters: Vec<_> = usual.into_iter().filter(|(name, _)| *name != parameter).collect();
        parameters.push((parameter, value));
        admin.ram("CreateRole", &parameters).await.refused(400, code);
    }
    admin.ram("CreateRole", &[("RoleName", "a")]).await.refused(400, "MissingParameter");
    assert_eq!(cx.revision().await, revision);
}

#[tokio::test]
async fn a_trust_policy_that_the_language_refuses_or_that_names_nobody_is_malformed() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    cx.user_named("alice").await;
    let revision = cx.revision().await;
    let ghost = trust(&["acs:ram::1000000000000001:user/alice", "acs:ram::1000000000000001:user/ghost"]);
    let with_resource = document(&[statement("Allow", &["sts:AssumeRole"], &["*"])]).to_string();
    for (policy, saying) in [
        ("{", "line 1"),
        (with_resource.as_str(), "Statement[0].Principal"),
        (trust(&["*"]).as_str(), "`*`"),
        (trust(&["acs:ram::1000000000000001:user/*"]).as_str(), "Statement[0].Principal.RAM"),
        (ghost.as_str(), "`acs:ram::1000000000000001:user/ghost` does not exist"),
        (trust(&["acs:ram::1000000000000001:role/ghost"]).as_str(), "role/ghost"),
    ] {
        let answer = admin.ram("CreateRole", &[("RoleName", "ops"), ("AssumeRolePolicyDocument", policy)]).await;
        answer.refused(400, "MalformedPolicyDocument").saying(saying);
    }
    assert_eq!(cx.revision().await, revision);
    // Whom another account has is not for this one to learn, and names are found without regard to case.
    let fine = trust(&["acs:ram::1000000000000001:user/ALICE", "acs:ram::2000000000000002:user/whoever"]);
    admin.ram("CreateRole", &[("RoleName", "ops"), ("AssumeRolePolicyDocument", &fine)]).await.ok();
    let answer = admin.ram("UpdateRole", &[("RoleName", "ops"), ("NewAssumeRolePolicyDocument", &ghost)]).await;
    answer.refused(400, "MalformedPolicyDocument").saying("user/ghost");
}

#[tokio::test]
async fn an_update_changes_what_it_names_and_nothing_else() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let trust = root();
    admin.ram("CreateRole", &[("RoleName", "ops"), ("AssumeRolePolicyDocument", &trust)]).await.ok();
    let before = admin.ram("GetRole", &[("RoleName", "ops")]).await.ok();
    cx.clock.advance(60_000);
    let changes = [("RoleName", "OPS"), ("NewDescription", "new"), ("NewMaxSessionDuration", "43200")];
    let changed = admin.ram("UpdateRole", &changes).await.ok();
    let mut expected = before["Role"].clone();
    expected["Description"] = "new".into();
    expected["MaxSessionDuration"] = 43200.into();
    expected["UpdateDate"] = "2026-01-02T03:05:05Z".into();
    assert_eq!(admin.ram("GetRole", &[("RoleName", "ops")]).await.ok()["Role"], expected);
    assert_eq!(changed["Role"]["UpdateDate"], expected["UpdateDate"]);
    let other = trust.replace(":root", ":root\",\"acs:ram::2000000000000002:root");
    let changes = [("RoleName", "ops"), ("NewAssumeRolePolicyDocument", other.as_str())];
    assert_eq!(admin.ram("UpdateRole", &changes).await.ok()["Role"]["AssumeRolePolicyDocument"], json!(other));
}

#[tokio::test]
async fn a_role_is_deleted_only_without_policies_and_its_id_is_not_used_again() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let trust = root();
    let named = [("RoleName", "ops")];
    let create = [named[0], ("AssumeRolePolicyDocument", trust.as_str())];
    let first = admin.ram("CreateRole", &create).await.ok();
    let attached = [("PolicyType", "System"), ("PolicyName", "ReadOnlyAccess"), named[0]];
    admin.ram("AttachPolicyToRole", &attached).await.ok();
    admin.ram("DeleteRole", &named).await.refused(409, "DeleteConflict.Role.Policy");
    let mut grouped = attached.to_vec();
    grouped.push(("ResourceGroupId", "rg-1"));
    admin.ram("AttachPolicyToRole", &grouped).await.ok();
    admin.ram("DetachPolicyFromRole", &attached).await.ok();
    admin.ram("DeleteRole", &named).await.refused(409, "DeleteConflict.Role.Policy");
    admin.ram("DetachPolicyFromRole", &grouped).await.ok();
    admin.ram("DeleteRole", &named).await.ok();
    admin.ram("DeleteRole", &named).await.refused(404, "EntityNotExist.Role");
    let second = admin.ram("CreateRole", &create).await.ok();
    assert_ne!(first["Role"]["RoleId"], second["Role"]["RoleId"]);
}

#[tokio::test]
async fn roles_are_listed_page_by_page_and_by_tag() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let trust = root();
    for name in ["zoe", "adam", "mia"] {
        admin.ram("CreateRole", &[("RoleName", name), ("AssumeRolePolicyDocument", &trust)]).await.ok();
        cx.clock.advance(1000);
    }
    let names = |body: &Value| -> Vec<String> {
        let roles = body["Roles"]["Role"].as_array().unwrap();
        roles.iter().map(|role| role["RoleName"].as_str().unwrap().to_owned()).collect()
    };
    let first = admin.ram("ListRoles", &[("MaxItems", "2")]).await.ok();
    assert_eq!((names(&first), &first["IsTruncated"]), (vec!["zoe".into(), "adam".into()], &json!(true)));
    let marker = first["Marker"].as_str().unwrap();
    let second = admin.ram("ListRoles", &[("MaxItems", "2"), ("Marker", marker)]).await.ok();
    assert_eq!((names(&second), second.get("Marker")), (vec!["mia".into()], None));

    let tagged = [("ResourceType", "role"), ("ResourceNames.1", "ADAM"), ("ResourceNames.2", "mia")];
    let mut given = tagged.to_vec();
    given.extend([("Tag.1.Key", "team"), ("Tag.1.Value", "edge")]);
    admin.ram("TagResources", &given).await.ok();
    let found = admin.ram("ListRoles", &[("Tag.1.Key", "team")]).await.ok();
    assert_eq!(names(&found), ["adam", "mia"]);
    let listed = admin.ram("ListTagResources", &[("ResourceType", "role")]).await.ok();
    assert_eq!(
        listed["TagResources"][0],
        json!({ "ResourceName": "adam", "ResourceType": "role", "TagKey": "team", "TagValue": "edge" })
    );
    let mut gone = tagged.to_vec();
    gone.push(("TagKeys.1", "team"));
    admin.ram("UntagResources", &gone).await.ok();
    assert_eq!(names(&admin.ram("ListRoles", &[("Tag.1.Key", "team")]).await.ok()), [""; 0]);
    let ghost = [("ResourceType", "role"), ("ResourceNames.1", "ghost"), ("Tag.1.Key", "a")];
    admin.ram("TagResources", &ghost).await.refused(404, "EntityNotExist.Role");
}

#[tokio::test]
async fn roles_are_named_in_lower_case_where_permission_is_checked() {
    let cx = TestContext::start().await;
    let trust = root();
    cx.admin().ram("CreateRole", &[("RoleName", "OpsTeam"), ("AssumeRolePolicyDocument", &trust)]).await.ok();
    let user = cx.user_with_policy(allow(&["ram:GetRole"], &["acs:ram:*:*:role/OpsTeam"])).await;
    user.ram("GetRole", &[("RoleName", "opsteam")]).await.ok();
    user.ram("GetRole", &[("RoleName", "other")]).await.refused(403, "NoPermission").saying("role/other");
    let nobody = cx.user().await;
    for action in ["CreateRole", "GetRole", "UpdateRole", "DeleteRole", "ListRoles"] {
        nobody.ram(action, &[("RoleName", "opsteam")]).await.refused(403, "NoPermission");
    }
}

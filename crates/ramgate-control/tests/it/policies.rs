//! Policies: what a document must be, what lists show, and what keeps a policy from being deleted.

use crate::client::Client;
use crate::context::{TestContext, allow, attachment};
use serde_json::{Value, json};

const DOCUMENT: &str = r#"{"Version": "1",
  "Statement": [{"Effect": "Allow", "Action": "mse:*", "Resource": "*"}]}"#;

async fn create(client: &Client, name: &str) -> Value {
    client.ram("CreatePolicy", &[("PolicyName", name), ("PolicyDocument", DOCUMENT)]).await.ok()
}

async fn names(client: &Client, parameters: &[(&str, &str)]) -> (Vec<String>, Option<String>) {
    let body = client.ram("ListPolicies", parameters).await.ok();
    let marker = body.get("Marker").map(|m| m.as_str().unwrap().to_owned());
    assert_eq!(body["IsTruncated"], Value::Bool(marker.is_some()));
    let policies = body["Policies"]["Policy"].as_array().unwrap();
    (policies.iter().map(|p| p["PolicyName"].as_str().unwrap().to_owned()).collect(), marker)
}

#[tokio::test]
async fn a_policy_is_shown_as_it_was_made_and_its_document_byte_for_byte() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let parameters = [
        ("PolicyName", "Gateways-1"),
        ("PolicyDocument", DOCUMENT),
        ("Description", "for tests"),
        ("Tag.1.Key", "team"),
        ("Tag.1.Value", "edge"),
    ];
    let made = admin.ram("CreatePolicy", &parameters).await.ok();
    let expected = json!({
        "PolicyName": "Gateways-1", "PolicyType": "Custom", "Description": "for tests", "DefaultVersion": "v1",
        "AttachmentCount": 0, "CreateDate": "2026-01-02T03:04:05Z", "UpdateDate": "2026-01-02T03:04:05Z",
        "Tags": { "Tag": [{ "TagKey": "team", "TagValue": "edge" }] },
    });
    assert_eq!(made["Policy"], expected);
    let got = admin.ram("GetPolicy", &[("PolicyName", "gateways-1"), ("PolicyType", "Custom")]).await.ok();
    assert_eq!(got["DefaultPolicyVersion"]["PolicyDocument"], DOCUMENT);
    assert_eq!(got["DefaultPolicyVersion"]["VersionId"], "v1");
    assert_eq!(got["DefaultPolicyVersion"]["IsDefaultVersion"], true);
    assert_eq!(
        (&got["Policy"]["PolicyName"], &got["Policy"]["PolicyDocument"]),
        (&json!("Gateways-1"), &json!(DOCUMENT))
    );
}

#[tokio::test]
async fn names_are_unique_without_regard_to_case_among_custom_policies() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    create(&admin, "Gateways").await;
    let again = admin.ram("CreatePolicy", &[("PolicyName", "GATEWAYS"), ("PolicyDocument", DOCUMENT)]).await;
    again.refused(409, "EntityAlreadyExists.Policy");
    // System policies are named beside them: every call that could mean either says which.
    create(&admin, "ReadOnlyAccess").await;
    let of = |kind| [("PolicyName", "ReadOnlyAccess"), ("PolicyType", kind)];
    let custom = admin.ram("GetPolicy", &of("Custom")).await.ok();
    let system = admin.ram("GetPolicy", &of("System")).await.ok();
    assert_eq!(custom["DefaultPolicyVersion"]["PolicyDocument"], DOCUMENT);
    assert_ne!(custom["DefaultPolicyVersion"], system["DefaultPolicyVersion"]);
}

#[tokio::test]
async fn a_malformed_document_is_refused_with_every_problem_and_its_place() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let revision = cx.revision().await;
    let refuse = async |document: &str| {
        let answer = admin.ram("CreatePolicy", &[("PolicyName", "p"), ("PolicyDocument", document)]).await;
        answer.refused(400, "MalformedPolicyDocument");
        answer
    };
    let bad = "{\"Version\": \"1\", \"Statement\": [\n{\"Effect\": \"Permit\", \"Action\": [\"mse:*\", \"nonsense\"], \"Resource\": \"*\"}]}";
    let answer = refuse(bad).await;
    answer.saying("Statement[0].Effect (line 2, column").saying("Statement[0].Action[1] (line 2, column");
    refuse("{").await.saying("line 1, column 2");
    refuse("[]").await;
    refuse(r#"{"Version":"2","Statement":[]}"#).await.saying("Version");
    let operator = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringIs":{"acs:SourceIp":"1.2.3.4"}}}]}"#;
    refuse(operator).await.saying("StringIs");
    assert_eq!(cx.revision().await, revision);
}

#[tokio::test]
async fn a_document_has_6144_characters_at_most() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let padded = |n: usize| format!("{DOCUMENT}{}", " ".repeat(n - DOCUMENT.chars().count()));
    let create = async |name: &str, document: &str| {
        let form = [("PolicyName", name), ("PolicyDocument", document)];
        admin.ram("CreatePolicy", &form).await
    };
    create("long", &padded(6144)).await.ok();
    create("longer", &padded(6145)).await.refused(400, "InvalidParameter.PolicyDocument.Length");
    create("a_b", DOCUMENT).await.refused(400, "InvalidParameter.PolicyName.InvalidChars");
    create(&"a".repeat(129), DOCUMENT).await.refused(400, "InvalidParameter.PolicyName.Length");
    create("none", "").await.refused(400, "MissingParameter").saying("\"PolicyDocument\"");
}

#[tokio::test]
async fn a_policy_is_deleted_only_where_nobody_has_it_and_it_has_one_version() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let user = cx.user_named("alice").await;
    create(&admin, "p").await;
    let version = [("PolicyName", "p"), ("PolicyDocument", DOCUMENT)];
    admin.ram("CreatePolicyVersion", &version).await.ok();
    admin.ram("AttachPolicyToUser", &attachment("Custom", "p", &user.name)).await.ok();

    let named = [("PolicyName", "P")];
    let all = [("PolicyName", "P"), ("CascadingDelete", "true")];
    admin.ram("DeletePolicy", &named).await.refused(409, "DeleteConflict.Policy.User");
    admin.ram("DeletePolicy", &all).await.refused(409, "DeleteConflict.Policy.User");
    admin.ram("DetachPolicyFromUser", &attachment("Custom", "p", &user.name)).await.ok();
    admin.ram("DeletePolicy", &named).await.refused(409, "DeleteConflict.Policy.Version");
    admin.ram("DeletePolicy", &all).await.ok();
    admin.ram("DeletePolicy", &named).await.refused(404, "EntityNotExist.Policy");
    // A new policy of that name begins anew.
    let made = create(&admin, "p").await;
    assert_eq!(made["Policy"]["DefaultVersion"], "v1");
}

#[tokio::test]
async fn system_policies_can_be_read_and_not_changed() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let read_only = [("PolicyName", "aliyunramreadonlyaccess"), ("PolicyType", "System")];
    let got = admin.ram("GetPolicy", &read_only).await.ok();
    assert_eq!(got["Policy"]["PolicyName"], "AliyunRAMReadOnlyAccess");
    assert_eq!(got["Policy"]["DefaultVersion"], "v3");
    let versions = admin.ram("ListPolicyVersions", &read_only).await.ok();
    assert_eq!(versions["PolicyVersions"]["PolicyVersion"], json!([got["DefaultPolicyVersion"]]));
    let version = [read_only[0], read_only[1], ("VersionId", "v3")];
    let version = admin.ram("GetPolicyVersion", &version).await.ok();
    assert_eq!(version["PolicyVersion"], got["DefaultPolicyVersion"]);
    let document: Value =
        serde_json::from_str(got["DefaultPolicyVersion"]["PolicyDocument"].as_str().unwrap()).unwrap();
    assert_eq!(document["Version"], "1");

    let name = ("PolicyName", "AliyunRAMReadOnlyAccess");
    for (action, further) in [
        ("DeletePolicy", vec![]),
        ("UpdatePolicyDescription", vec![("NewDescription", "mine")]),
        ("CreatePolicyVersion", vec![("PolicyDocument", DOCUMENT), ("SetAsDefault", "true")]),
        ("DeletePolicyVersion", vec![("VersionId", "v3")]),
        ("SetDefaultPolicyVersion", vec![("VersionId", "v3")]),
    ] {
        let parameters: Vec<_> = [name].into_iter().chain(further).collect();
        admin.ram(action, &parameters).await.refused(404, "EntityNotExist.Policy");
    }
}

#[tokio::test]
async fn lists_show_either_kind_or_both_page_by_page() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    for name in ["zebra", "Apple", "mango"] {
        create(&admin, name).await;
    }
    let (custom, _) = names(&admin, &[("PolicyType", "Custom")]).await;
    assert_eq!(custom, ["Apple", "mango", "zebra"]);
    let (system, _) = names(&admin, &[("PolicyType", "System")]).await;
    assert!(system.contains(&"AdministratorAccess".to_owned()) && system.len() == 10, "{system:?}");

    let (mut seen, mut marker) = (Vec::new(), None::<String>);
    loop {
        let mut parameters = vec![("MaxItems", "4")];
        parameters.extend(marker.as_deref().map(|m| ("Marker", m)));
        let (page, next) = names(&admin, &parameters).await;
        assert!(page.len() == 4 || next.is_none());
        seen.extend(page);
        marker = next;
        if marker.is_none() {
            break;
        }
    }
    let both: Vec<String> = custom.into_iter().chain(system).collect();
    assert_eq!(seen, both);
    admin.ram("ListPolicies", &[("PolicyType", "custom")]).await.refused(400, "InvalidParameter.PolicyType");
    admin.ram("ListPolicies", &[("MaxItems", "1001")]).await.refused(400, "InvalidParameter");
}

#[tokio::test]
async fn lists_are_filtered_by_tags_in_either_spelling() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    for (name, tags) in [
        ("edge-1", r#"[{"Key":"team","Value":"edge"},{"Key":"stage","Value":"live"}]"#),
        ("edge-2", r#"[{"Key":"team","Value":"edge"}]"#),
        ("core-1", r#"[{"Key":"team","Value":"core"},{"Key":"stage","Value":""}]"#),
        ("none", "[]"),
    ] {
        admin.ram("CreatePolicy", &[("PolicyName", name), ("PolicyDocument", DOCUMENT), ("Tag", tags)]).await.ok();
    }
    let found = async |parameters: &[(&str, &str)]| names(&admin, parameters).await.0;
    assert_eq!(found(&[("Tag.1.Key", "team"), ("Tag.1.Value", "edge")]).await, ["edge-1", "edge-2"]);
    assert_eq!(found(&[("Tag", r#"[{"Key":"team","Value":"edge"},{"Key":"stage"}]"#)]).await, ["edge-1"]);
    assert_eq!(found(&[("Tag.1.Key", "stage")]).await, ["core-1", "edge-1"]);
    assert_eq!(found(&[("Tag.1.Key", "Team")]).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_description_can_be_changed_and_attachments_are_counted() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    create(&admin, "p").await;
    for user in ["alice", "bob"] {
        admin.ram("CreateUser", &[("UserName", user)]).await.ok();
        admin.ram("AttachPolicyToUser", &attachment("Custom", "p", user)).await.ok();
    }
    cx.clock.advance(1000);
    let changed = admin.ram("UpdatePolicyDescription", &[("PolicyName", "P"), ("NewDescription", "new")]).await.ok();
    assert_eq!((&changed["Policy"]["Description"], &changed["Policy"]["AttachmentCount"]), (&json!("new"), &json!(2)));
    assert_eq!(changed["Policy"]["UpdateDate"], "2026-01-02T03:04:06Z");
    let listed = admin.ram("ListPolicies", &[("PolicyType", "Custom")]).await.ok();
    assert_eq!(listed["Policies"]["Policy"], json!([changed["Policy"]]));
    let long = "a".repeat(1025);
    let answer = admin.ram("UpdatePolicyDescription", &[("PolicyName", "p"), ("NewDescription", &long)]).await;
    answer.refused(400, "InvalidParameter.Description.Length");
    let answer = admin.ram("UpdatePolicyDescription", &[("PolicyName", "q"), ("NewDescription", "x")]).await;
    answer.refused(404, "EntityNotExist.Policy");
}

#[tokio::test]
async fn permissions_tell_custom_policies_from_system_policies() {
    let cx = TestContext::start().await;
    create(&cx.admin(), "mine").await;
    let get =
        async |user: &Client, kind, name| user.ram("GetPolicy", &[("PolicyType", kind), ("PolicyName", name)]).await;
    let own = cx.user_with_policy(allow(&["ram:GetPolicy"], &["acs:ram::1000000000000001:policy/*"])).await;
    get(&own, "Custom", "mine").await.ok();
    get(&own, "System", "AdministratorAccess").await.refused(403, "NoPermission").saying(":system:policy/");
    let system = cx.user_with_policy(allow(&["ram:GetPolicy"], &["acs:ram:*:system:policy/*"])).await;
    get(&system, "System", "AdministratorAccess").await.ok();
    get(&system, "Custom", "mine").await.refused(403, "NoPermission");
    // Who may not see a policy does not learn whether it exists, nor by a misspelt type.
    get(&system, "Custom", "ghost").await.refused(403, "NoPermission");
    get(&system, "custom", "mine").await.refused(403, "NoPermission");
    get(&own, "custom", "mine").await.refused(400, "InvalidParameter.PolicyType");
}

//! Tags of policies, and permissions that look at them.

use crate::client::Client;
use crate::context::{TestContext, document};
use serde_json::{Value, json};

const DOCUMENT: &str = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"mse:*","Resource":"*"}]}"#;

async fn start(names: &[&str]) -> (TestContext, Client) {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    for name in names {
        admin.ram("CreatePolicy", &[("PolicyName", name), ("PolicyDocument", DOCUMENT)]).await.ok();
    }
    (cx, admin)
}

/// `name:key=value` of each row, and the token of the next page.
async fn rows(client: &Client, further: &[(&str, &str)]) -> (Vec<String>, Option<String>) {
    let mut parameters = vec![("ResourceType", "policy")];
    parameters.extend(further);
    let body = client.ram("ListTagResources", &parameters).await.ok();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let row = |row: &Value| {
        assert_eq!(row["ResourceType"], "policy");
        format!("{}:{}={}", text(&row["ResourceName"]), text(&row["TagKey"]), text(&row["TagValue"]))
    };
    (body["TagResources"].as_array().unwrap().iter().map(row).collect(), body.get("NextToken").map(text))
}

#[tokio::test]
async fn tags_are_put_on_several_policies_at_once_replaced_and_taken_away() {
    let (_cx, admin) = start(&["Edge", "core"]).await;
    let names = ("ResourceNames", r#"["edge","CORE"]"#);
    let policy = ("ResourceType", "policy");
    let tags = ("Tag", r#"[{"Key":"team","Value":"a"},{"Key":"stage","Value":"live"}]"#);
    admin.ram("TagResources", &[policy, names, tags]).await.ok();
    admin.ram("TagResources", &[policy, ("ResourceNames.1", "edge"), ("Tag.1.Key", "team")]).await.ok();
    let all = ["core:stage=live", "core:team=a", "Edge:stage=live", "Edge:team="];
    assert_eq!(rows(&admin, &[]).await, (all.map(String::from).to_vec(), None));
    assert_eq!(rows(&admin, &[("ResourceNames.1", "EDGE")]).await.0, all[2..]);
    assert_eq!(rows(&admin, &[("Tag.1.Key", "team"), ("Tag.1.Value", "a")]).await.0, ["core:team=a"]);

    admin.ram("UntagResources", &[policy, names, ("TagKeys", r#"["stage","none"]"#), ("All", "true")]).await.ok();
    assert_eq!(rows(&admin, &[]).await.0, ["core:team=a", "Edge:team="], "`All` counts only without keys");
    admin.ram("UntagResources", &[policy, names, ("All", "true")]).await.ok();
    assert_eq!(rows(&admin, &[]).await.0, Vec::<String>::new());
}

#[tokio::test]
async fn rows_come_page_by_page() {
    let (_cx, admin) = start(&["a", "b"]).await;
    let tags = ["x", "y", "z"].map(|key| json!({"Key": key, "Value": "1"}));
    let tags = Value::from(tags.to_vec()).to_string();
    let parameters = [("ResourceType", "policy"), ("ResourceNames", r#"["a","b"]"#), ("Tag", &tags)];
    admin.ram("TagResources", &parameters).await.ok();
    let (mut seen, mut token) = (Vec::new(), None::<String>);
    loop {
        let mut further = vec![("PageSize", "4")];
        further.extend(token.as_deref().map(|t| ("NextToken", t)));
        let (page, next) = rows(&admin, &further).await;
        seen.extend(page);
        token = next;
        if token.is_none() {
            break;
        }
    }
    assert_eq!(seen, ["a:x=1", "a:y=1", "a:z=1", "b:x=1", "b:y=1", "b:z=1"]);
    let page = [("ResourceType", "policy"), ("PageSize", "101")];
    admin.ram("ListTagResources", &page).await.refused(400, "InvalidParameter").saying("`PageSize`");
}

#[tokio::test]
async fn what_cannot_be_tagged_leaves_everything_as_it_was() {
    let (cx, admin) = start(&["a"]).await;
    let policy = ("ResourceType", "policy");
    let name = ("ResourceNames.1", "a");
    let tag = ("Tag.1.Key", "team");
    let revision = cx.revision().await;
    let tag_resources = async |parameters: &[(&str, &str)]| admin.ram("TagResources", parameters).await;
    tag_resources(&[policy, name, ("ResourceNames.2", "ghost"), tag]).await.refused(404, "EntityNotExist.Policy");
    tag_resources(&[("ResourceType", "role"), name, tag]).await.refused(404, "EntityNotExist.Role");
    tag_resources(&[("ResourceType", "user"), name, tag]).await.refused(400, "InvalidParameter");
    tag_resources(&[policy, name]).await.refused(400, "MissingParameter").saying("\"Tag\"");
    tag_resources(&[policy, ("ResourceNames", "[]"), tag])
        .await
        .refused(400, "MissingParameter")
        .saying("ResourceNames");
    tag_resources(&[policy, name, ("Tag.1.Key", "acs:x")]).await.refused(400, "InvalidParameter");
    tag_resources(&[policy, name, tag, ("Tag.2.Key", "team")]).await.refused(400, "InvalidParameter").saying("`team`");
    let untag = admin.ram("UntagResources", &[policy, name]).await;
    untag.refused(400, "MissingParameter").saying("TagKeys");
    assert_eq!(cx.revision().await, revision);
}

#[tokio::test]
async fn a_policy_has_twenty_tags_at_most() {
    let (cx, admin) = start(&["a"]).await;
    let put = async |from: usize, to: usize| {
        let tags: Vec<Value> = (from..to).map(|n| json!({"Key": format!("k{n}"), "Value": "v"})).collect();
        let tags = Value::from(tags).to_string();
        admin.ram("TagResources", &[("ResourceType", "policy"), ("ResourceNames.1", "a"), ("Tag", &tags)]).await
    };
    put(0, 21).await.refused(400, "InvalidParameter");
    put(0, 15).await.ok();
    let revision = cx.revision().await;
    put(10, 21).await.refused(400, "InvalidParameter").saying("`a`");
    assert_eq!(cx.revision().await, revision);
    put(10, 20).await.ok();
}

#[tokio::test]
async fn many_policies_with_the_longest_documents_are_tagged_in_one_call() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    // Four bytes a character, as much as a document can weigh.
    let description = "\u{1F600}".repeat(6000);
    let long = json!({
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "mse:*", "Resource": "*", "Condition": { "StringEquals": { "acs:UserAgent": description } } }],
    });
    let long = long.to_string();
    assert!(long.chars().count() <= 6144);
    let names: Vec<String> = (0..20).map(|n| format!("p-{n}")).collect();
    for name in &names {
        let form = [("PolicyName", name.as_str()), ("PolicyDocument", &long)];
        let form: Vec<String> =
            form.iter().map(|(n, v)| format!("{n}={}", ramgate_signing::percent_encode(v))).collect();
        let form = form.join("&");
        for action in
            ["CreatePolicy", "CreatePolicyVersion", "CreatePolicyVersion", "CreatePolicyVersion", "CreatePolicyVersion"]
        {
            let request = crate::client::Request {
                version: crate::client::version::RAM,
                action: Some(action),
                content_type: Some("application/x-www-form-urlencoded"),
                body: form.as_bytes(),
                ..crate::client::Request::new()
            };
            admin.send(&request).await.ok();
        }
    }
    let named = Value::from(names.clone()).to_string();
    let tag = [("ResourceType", "policy"), ("ResourceNames", named.as_str()), ("Tag.1.Key", "all")];
    admin.ram("TagResources", &tag).await.ok();
    assert_eq!(rows(&admin, &[]).await.0.len(), names.len());
}

#[tokio::test]
async fn permissions_can_depend_on_tags_of_the_policy_and_of_the_request() {
    let (cx, admin) = start(&["edge", "core"]).await;
    for name in ["edge", "core"] {
        let tag = [("ResourceType", "policy"), ("ResourceNames.1", name), ("Tag.1.Key", "team"), ("Tag.1.Value", name)];
        admin.ram("TagResources", &tag).await.ok();
    }
    let allowed = |action: &str, key: &str| json!({ "Effect": "Allow", "Action": action, "Resource": "*", "Condition": { "StringEquals": { key: "edge" } } });
    let user = cx
        .user_with_policy(document(&[
            allowed("ram:GetPolicy", "acs:ResourceTag/team"),
            allowed("ram:CreatePolicy", "acs:RequestTag/team"),
        ]))
        .await;
    let get = async |name| user.ram("GetPolicy", &[("PolicyType", "Custom"), ("PolicyName", name)]).await;
    get("edge").await.ok();
    get("core").await.refused(403, "NoPermission");
    get("ghost").await.refused(403, "NoPermission");
    let create = async |tags: &str| {
        let parameters = [("PolicyName", "new"), ("PolicyDocument", DOCUMENT), ("Tag", tags)];
        user.ram("CreatePolicy", &parameters).await
    };
    create("[]").await.refused(403, "NoPermission");
    create(r#"[{"Key":"team","Value":"core"}]"#).await.refused(403, "NoPermission");
    create(r#"[{"Key":"team","Value":"edge"}]"#).await.ok();
    // The tag decides, not what the name was when it was granted.
    let untag = [("ResourceType", "policy"), ("ResourceNames.1", "edge"), ("All", "true")];
    admin.ram("UntagResources", &untag).await.ok();
    get("edge").await.refused(403, "NoPermission");
}

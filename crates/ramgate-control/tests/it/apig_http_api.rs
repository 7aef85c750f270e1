//! APIG: HTTP APIs.

use crate::apig_world::{delete, get, http_api, items, post, put};
use crate::context::TestContext;
use crate::mse_world::{apig_gateway, gateway_keys, text};
use serde_json::{Value, json};
use std::time::Duration;

#[tokio::test]
async fn an_http_api_is_shown_changed_and_deleted() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (gw, _) = apig_gateway(&admin, "one").await;
    let body = json!({
        "name": "shop", "type": "Http", "basePath": "/shop", "protocols": ["HTTPS"], "description": "d",
        "belongGatewayId": gw, "resourceGroupId": "rg-1",
    });
    let made = post(&admin, "/v1/http-apis", body).await.ok();
    assert_eq!(made["data"]["name"], "shop");
    let path = format!("/v1/http-apis/{}", text(&made["data"]["httpApiId"]));
    let shown = get(&admin, &path).await.ok();
    let expected = json!({
        "name": "shop", "type": "Http", "basePath": "/shop", "protocols": ["HTTPS"], "description": "d", "gatewayId": gw,
        "resourceGroupId": "rg-1",
    });
    for (field, value) in expected.as_object().unwrap() {
        assert_eq!(&shown["data"][field], value, "{field}");
    }
    put(&admin, &path, json!({"basePath": "/store", "description": "e"})).await.ok();
    let shown = get(&admin, &path).await.ok();
    assert_eq!((&shown["data"]["basePath"], &shown["data"]["description"]), (&json!("/store"), &json!("e")));
    delete(&admin, &path).await.ok();
    get(&admin, &path).await.refused(404, "DatabaseError.RecordNotFound");
    put(&admin, &path, json!({"basePath": "/"})).await.refused(404, "DatabaseError.RecordNotFound");
    delete(&admin, &path).await.refused(404, "DatabaseError.RecordNotFound");
}

#[tokio::test]
async fn versions_of_one_api_share_its_name_and_are_listed_together() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let of = |version: &str| {
        let config = json!({"enable": true, "version": version, "scheme": "Path"});
        json!({"name": "shop", "type": "Http", "versionConfig": config})
    };
    for version in ["v1", "v2"] {
        post(&admin, "/v1/http-apis", of(version)).await.ok();
    }
    post(&admin, "/v1/http-apis", of("v1")).await.refused(409, "Conflict.HttpApiNameDuplicate").saying("`shop`");
    http_api(&admin, "other").await;
    post(&admin, "/v1/http-apis", json!({"name": "other", "type": "Http"}))
        .await
        .refused(409, "Conflict.HttpApiNameDuplicate");
    for version in ["a/b", "a//b", "/", "a\u{7}"] {
        let answer = post(&admin, "/v1/http-apis", of(version)).await;
        answer.refused(400, "InvalidParameter.WithValue").saying("`versionConfig.version`");
    }
    let listed = items(&admin, "/v1/http-apis", &[]).await;
    assert_eq!(listed.len(), 2);
    let shop = listed.iter().find(|group| group["name"] == "shop").unwrap();
    assert_eq!(shop["versionedHttpApis"].as_array().unwrap().len(), 2);
    assert_eq!(shop["versionEnabled"], true);
    for (query, n) in [
        (vec![("name", "shop")], 1),
        (vec![("keyword", "oth")], 1),
        (vec![("types", "Rest,LLM")], 0),
        (vec![("gatewayId", "gw-none")], 0),
        (vec![("pageSize", "1"), ("pageNumber", "2")], 1),
        (vec![("pageSize", "1"), ("pageNumber", "3")], 0),
    ] {
        assert_eq!(items(&admin, "/v1/http-apis", &query).await.len(), n, "{query:?}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_an_http_api_is_named_and_nothing_is_made() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    for (changes, status, code, says) in [
        (json!({"name": ""}), 400, "InvalidParameter.IsEmpty", "name"),
        (json!({"name": "a b"}), 400, "InvalidParameter.WithValue", "`name`"),
        (json!({"type": "Gopher"}), 400, "InvalidParameter.WithValue", "`type`"),
        (json!({"type": "LLM"}), 501, "NotImplemented", "`LLM`"),
        (json!({"type": "Rest"}), 400, "InvalidParameter.IsEmpty", "basePath"),
        (json!({"basePath": "shop"}), 400, "InvalidParameter.WithValue", "`basePath`"),
        (json!({"basePath": "/a?b"}), 400, "InvalidParameter.WithValue", "`basePath`"),
        (json!({"protocols": ["FTP"]}), 400, "InvalidParameter.WithValue", "`protocols`"),
        (json!({"belongGatewayId": "gw-none"}), 404, "NotFound.GatewayNotFound", "gw-none"),
        (json!({"versionConfig": {"enable": true}}), 400, "InvalidParameter.IsEmpty", "versionConfig.version"),
        (json!({"enableAuth": true}), 501, "NotImplemented", "enableAuth"),
        (json!({"removeBasePathOnForward": true}), 501, "NotImplemented", "removeBasePathOnForward"),
        (json!({"firstByteTimeout": 5}), 501, "NotImplemented", "firstByteTimeout"),
    ] {
        let mut body = json!({"name": "new", "type": "Http"});
        body.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        post(&admin, "/v1/http-apis", body).await.refused(status, code).saying(says);
    }
    assert_eq!(gateway_keys(&cx), Vec::<String>::new());
}

#[tokio::test]
async fn dry_runs_tell_what_would_happen_and_change_nothing() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (_, default) = apig_gateway(&admin, "one").await;
    let api = http_api(&admin, "api").await;
    let path = format!("/v1/http-apis/{api}");
    // More routes than one transaction removes: the deletion has several rounds.
    for n in 0..65 {
        let body = json!({"name": format!("r{n}"), "environmentId": default});
        post(&admin, &format!("{path}/routes"), body).await.ok();
    }
    let before = (cx.revision().await, gateway_keys(&cx));
    let made = post(&admin, "/v1/http-apis", json!({"name": "new", "type": "Http", "dryRun": true})).await.ok();
    assert_eq!((&made["data"]["httpApiId"], &made["data"]["name"]), (&json!(""), &json!("new")));
    let taken = post(&admin, "/v1/http-apis", json!({"name": "api", "type": "Http", "dryRun": true})).await;
    taken.refused(409, "Conflict.HttpApiNameDuplicate");
    put(&admin, &path, json!({"basePath": "/new", "dryRun": true})).await.ok();
    let query = [("dryRun", "true")];
    let dry = admin.apig("DELETE", &path, &query, Value::Null);
    tokio::time::timeout(Duration::from_secs(20), dry).await.expect("a dry run ends").ok();
    assert_eq!((cx.revision().await, gateway_keys(&cx)), before);
    let unknown = admin.apig("DELETE", "/v1/http-apis/api-none", &query, Value::Null).await;
    unknown.refused(404, "DatabaseError.RecordNotFound");
    delete(&admin, &path).await.ok();
    assert!(!gateway_keys(&cx).iter().any(|key| key.starts_with("route/") || key.starts_with("name/route")));
}

#[tokio::test]
async fn repeated_client_tokens_answer_what_the_first_call_answered() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let create = json!({"name": "api", "type": "Http", "clientToken": "t-1"});
    let first = post(&admin, "/v1/http-apis", create.clone()).await.ok()["data"].clone();
    assert_eq!(post(&admin, "/v1/http-apis", create).await.ok()["data"], first);
    let path = format!("/v1/http-apis/{}", text(&first["httpApiId"]));
    let update = json!({"basePath": "/a", "clientToken": "t-2"});
    for _ in 0..2 {
        put(&admin, &path, update.clone()).await.ok();
    }
    put(&admin, &path, json!({"basePath": "/b", "clientToken": "t-2"}))
        .await
        .refused(400, "IdempotentParameterMismatch");
    assert_eq!(get(&admin, &path).await.ok()["data"]["basePath"], "/a");
    for _ in 0..2 {
        // The second one deletes nothing and answers the same.
        admin.apig("DELETE", &path, &[("clientToken", "t-3")], Value::Null).await.ok();
    }
    delete(&admin, &path).await.refused(404, "DatabaseError.RecordNotFound");
}

#[tokio::test]
async fn client_tokens_used_at_once_make_one_http_api() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let calls: Vec<_> = (0..12)
        .map(|_| {
            let admin = admin.clone();
            tokio::spawn(async move {
                post(&admin, "/v1/http-apis", json!({"name": "api", "type": "Http", "clientToken": "t"})).await
            })
        })
        .collect();
    let mut ids = Vec::new();
    for call in calls {
        let answer = call.await.unwrap();
        match answer.status {
            200 => ids.push(answer.body["data"]["httpApiId"].clone()),
            _ => {
                answer.refused(409, "IdempotentProcessing");
            }
        }
    }
    assert!(!ids.is_empty());
    ids.dedup();
    assert_eq!(ids.len(), 1);
    assert_eq!(items(&admin, "/v1/http-apis", &[]).await.len(), 1);
}

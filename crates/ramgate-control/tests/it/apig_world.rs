//! What APIG has, made in a line each.

use crate::client::{Answer, Client};
use crate::mse_world::text;
use serde_json::{Value, json};

pub(crate) async fn get(client: &Client, path: &str) -> Answer {
    client.apig("GET", path, &[], Value::Null).await
}

pub(crate) async fn post(client: &Client, path: &str, body: Value) -> Answer {
    client.apig("POST", path, &[], body).await
}

pub(crate) async fn put(client: &Client, path: &str, body: Value) -> Answer {
    client.apig("PUT", path, &[], body).await
}

pub(crate) async fn delete(client: &Client, path: &str) -> Answer {
    client.apig("DELETE", path, &[], Value::Null).await
}

/// Items of a list, with these parameters.
pub(crate) async fn items(client: &Client, path: &str, query: &[(&str, &str)]) -> Vec<Value> {
    client.apig("GET", path, query, Value::Null).await.ok()["data"]["items"].as_array().unwrap().clone()
}

/// A service with a fixed address; its id.
pub(crate) async fn service(client: &Client, gateway: &str, name: &str) -> String {
    let configs = json!([{"name": name, "addresses": ["127.0.0.1:9"]}]);
    let body = json!({"gatewayId": gateway, "sourceType": "VIP", "serviceConfigs": configs});
    text(&post(client, "/v1/services", body).await.ok()["data"]["serviceIds"][0])
}

/// An HTTP API of no gateway in particular; its id.
pub(crate) async fn http_api(client: &Client, name: &str) -> String {
    let made = post(client, "/v1/http-apis", json!({"name": name, "type": "Http"})).await.ok();
    text(&made["data"]["httpApiId"])
}

/// A domain with plain HTTP; its id.
pub(crate) async fn domain(client: &Client, name: &str) -> String {
    let made = post(client, "/v1/domains", json!({"name": name, "protocol": "HTTP"})).await.ok();
    text(&made["data"]["domainId"])
}

/// An environment; its id.
pub(crate) async fn environment(client: &Client, gateway: &str, name: &str) -> String {
    let body = json!({"gatewayId": gateway, "name": name, "alias": name});
    text(&post(client, "/v1/environments", body).await.ok()["data"]["environmentId"])
}

/// The body of a route to one service.
pub(crate) fn route_to(name: &str, environment: &str, service: &str) -> Value {
    json!({
        "name": name, "environmentId": environment,
        "match": {"path": {"type": "Prefix", "value": "/"}},
        "backendConfig": {"scene": "SingleService", "services": [{"serviceId": service}]},
    })
}

/// A route to one service; its id.
pub(crate) async fn route(client: &Client, api: &str, name: &str, environment: &str, service: &str) -> String {
    let made = post(client, &format!("/v1/http-apis/{api}/routes"), route_to(name, environment, service)).await.ok();
    text(&made["data"]["routeId"])
}

/// Publishes a route.
pub(crate) async fn deploy(client: &Client, api: &str, route: &str) {
    post(client, &format!("/v1/http-apis/{api}/deploy"), json!({ "routeId": route })).await.ok();
}

/// The resource name as APIG checks it.
pub(crate) fn arn(relative: &str) -> String {
    format!("acs:apig:cn-hangzhou:1000000000000001:{relative}")
}

//! Gateways and what is on them, made in a line each; and a look at what the store holds.

use crate::client::Client;
use crate::context::TestContext;
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};

/// A gateway made through MSE.
pub(crate) async fn gateway(client: &Client, name: &str) -> String {
    let zone = r#"[{"ZoneId":"cn-hangzhou-a","VSwitchId":"vsw-1"}]"#;
    let parameters = [("Name", name), ("Region", "cn-hangzhou"), ("Vpc", "vpc-1"), ("ZoneInfo", zone)];
    let made = client.mse("AddGateway", &parameters).await.ok();
    text(&made["Data"]["GatewayUniqueId"])
}

/// A gateway made through APIG, and its default environment.
pub(crate) async fn apig_gateway(client: &Client, name: &str) -> (String, String) {
    let body = json!({"name": name, "networkAccessConfig": {"type": "Internet"}, "vpcId": "vpc-1"});
    let made = client.apig("POST", "/v1/gateways", &[], body).await.ok();
    let id = text(&made["data"]["gatewayId"]);
    let shown = client.apig("GET", &format!("/v1/gateways/{id}"), &[], Value::Null).await.ok();
    (id, text(&shown["data"]["environments"][0]["environmentId"]))
}

/// The number of a gateway.
pub(crate) async fn number(client: &Client, gateway: &str) -> String {
    let shown = client.mse("GetGateway", &[("GatewayUniqueId", gateway)]).await.ok();
    shown["Data"]["Id"].as_i64().unwrap().to_string()
}

/// A service with a fixed address; its number.
pub(crate) async fn service(client: &Client, gateway: &str, name: &str) -> String {
    let list = json!([{"Name": name, "Ips": ["127.0.0.1:9"]}]).to_string();
    let parameters = [("GatewayUniqueId", gateway), ("SourceType", "VIP"), ("ServiceList", list.as_str())];
    assert_eq!(client.mse("ImportServices", &parameters).await.ok()["Data"], true);
    let filter = json!({"GatewayUniqueId": gateway, "Name": name}).to_string();
    let listed = client.mse("ListGatewayService", &[("FilterParams", &filter)]).await.ok();
    listed["Data"]["Result"][0]["Id"].as_i64().unwrap().to_string()
}

/// A domain; its number.
pub(crate) async fn domain(client: &Client, gateway: &str, name: &str) -> String {
    let parameters = [("GatewayUniqueId", gateway), ("Name", name), ("Protocol", "HTTP")];
    client.mse("AddGatewayDomain", &parameters).await.ok()["Data"].as_i64().unwrap().to_string()
}

/// The parameters of a route to one service.
pub(crate) fn route_to<'a>(service: &str, path: &str) -> [(&'a str, String); 4] {
    [
        ("DestinationType", "Single".to_owned()),
        ("DomainIdListJSON", "[0]".to_owned()),
        ("Services", json!([{"ServiceId": service.parse::<i64>().unwrap()}]).to_string()),
        ("Predicates", json!({"PathPredicates": {"Path": path, "Type": "PRE"}}).to_string()),
    ]
}

/// A route to one service; its number.
pub(crate) async fn route(client: &Client, gateway: &str, name: &str, service: &str) -> String {
    let to = route_to(service, "/");
    let mut parameters = vec![("GatewayUniqueId", gateway), ("Name", name)];
    parameters.extend(to.iter().map(|(n, v)| (*n, v.as_str())));
    client.mse("AddGatewayRoute", &parameters).await.ok()["Data"].as_i64().unwrap().to_string()
}

/// A source; its number.
pub(crate) async fn source(client: &Client, gateway: &str, kind: &str, address: &str) -> String {
    let parameters = [("GatewayUniqueId", gateway), ("Source", kind), ("Address", address)];
    client.mse("AddServiceSource", &parameters).await.ok()["Data"].as_i64().unwrap().to_string()
}

/// `FilterParams` that name a gateway.
pub(crate) fn filter(gateway: &str) -> String {
    json!({ "GatewayUniqueId": gateway }).to_string()
}

/// Names of the routes of a gateway, newest first.
pub(crate) async fn route_names(client: &Client, gateway: &str) -> Vec<String> {
    let parameters = [("FilterParams", &*filter(gateway)), ("PageSize", "500")];
    let listed = client.mse("ListGatewayRoute", &parameters).await.ok();
    listed["Data"]["Result"].as_array().unwrap().iter().map(|route| text(&route["Name"])).collect()
}

/// One route as `GetGatewayRouteDetail` shows it.
pub(crate) async fn route_detail(client: &Client, gateway: &str, route: &str) -> Value {
    let shown = client.mse("GetGatewayRouteDetail", &[("GatewayUniqueId", gateway), ("RouteId", route)]).await;
    shown.ok()["Data"].clone()
}

/// The resource name of a gateway, as MSE checks it.
pub(crate) fn instance(gateway: &str) -> String {
    format!("acs:mse:cn-hangzhou:1000000000000001:instance/{gateway}")
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

/// Everything stored below the account: kind, id, content.
pub(crate) fn stored(cx: &TestContext) -> Vec<(String, String, Value)> {
    let file = Connection::open_with_flags(cx.path().join("store.db"), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let mut query = file.prepare("SELECT key, value FROM entries ORDER BY key").unwrap();
    let rows = query.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?))).unwrap();
    let mut all = Vec::new();
    for row in rows {
        let (key, value) = row.unwrap();
        let Some((kind, id)) = key.strip_prefix("a/1000000000000001/").and_then(|rest| rest.split_once('/')) else {
            continue;
        };
        all.push((kind.to_owned(), id.to_owned(), serde_json::from_slice(&value).unwrap_or(Value::Null)));
    }
    all
}

/// Every key that the store holds below the account, without the account: `gateway/gw-…`, `name/route/…`.
pub(crate) fn keys(cx: &TestContext) -> Vec<String> {
    let file = Connection::open_with_flags(cx.path().join("store.db"), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let mut query = file.prepare("SELECT key FROM entries ORDER BY key").unwrap();
    let keys = query.query_map([], |row| row.get::<_, String>(0)).unwrap().map(Result::unwrap);
    keys.filter_map(|key| key.strip_prefix("a/1000000000000001/").map(str::to_owned)).collect()
}

/// What is left of gateways in the store: everything but accounts, identities and counters.
pub(crate) fn gateway_keys(cx: &TestContext) -> Vec<String> {
    let other =
        ["account/", "access-key/", "user/", "policy/", "attachment/", "sequence/", "key-use/", "client-token/"];
    let claims = ["name/user/", "name/policy/"];
    let mut keys = keys(cx);
    keys.retain(|key| !other.iter().chain(&claims).any(|prefix| key.starts_with(prefix)));
    keys
}

//! MSE: what its calls mean for traffic. The snapshot that the data plane routes by is built of what the calls have
//! stored, and asked where a request goes.

use crate::client::Client;
use crate::context::TestContext;
use crate::mse_world::{domain, gateway, route, service, stored};
use http::{HeaderMap, Method};
use ramgate_model::AccountId;
use ramgate_routing::{Action, Change, GatewayKey, Object, RequestView, Selection, Snapshot};
use serde_json::json;

/// Where requests to a gateway go, as things are stored now.
fn snapshot(cx: &TestContext) -> Snapshot {
    let account = || AccountId::from(crate::context::ACCOUNT);
    let object = |(kind, _, value): (String, String, serde_json::Value)| {
        Some(match kind.as_str() {
            "gateway" => Object::Gateway(account(), serde_json::from_value(value).unwrap()),
            "route" => Object::Route(account(), serde_json::from_value(value).unwrap()),
            "service" => Object::Service(account(), serde_json::from_value(value).unwrap()),
            "domain" => Object::Domain(account(), serde_json::from_value(value).unwrap()),
            _ => return None,
        })
    };
    Snapshot::build(stored(cx).into_iter().filter_map(object).map(Change::Put))
}

/// What happens to `GET http://<host><path>`: the route's name and what it does, or why there is none.
fn get(cx: &TestContext, gateway: &str, host: &str, path: &str) -> String {
    let snapshot = snapshot(cx);
    let key = GatewayKey::new(&AccountId::from(crate::context::ACCOUNT), &gateway.into());
    let Some(table) = snapshot.gateway(&key) else { return "no gateway".to_owned() };
    let (method, headers) = (Method::GET, HeaderMap::new());
    let request = RequestView { secure: false, host, path, query: "", method: &method, headers: &headers };
    match table.select(&request) {
        Selection::NoRoute => "no route".to_owned(),
        Selection::ForceHttps => "https".to_owned(),
        Selection::Route(route) => match &route.action {
            Action::Services(targets) => {
                let shown = targets.all().iter().map(|target| {
                    let service = snapshot.service(&target.service).unwrap();
                    let port = target.port.map_or(String::new(), |port| format!(":{port}"));
                    format!("{}{port}={}", service.name, target.weight)
                });
                format!("{} -> {}", route.name, shown.collect::<Vec<_>>().join(" "))
            }
            Action::Mock(mock) => format!("{} -> {} {}", route.name, mock.status.as_u16(), mock.body.len()),
            Action::Redirect(to) => {
                format!(
                    "{} -> {} {}{}",
                    route.name,
                    to.status.as_u16(),
                    to.host.as_deref().unwrap_or("*"),
                    to.path.as_deref().unwrap_or("*")
                )
            }
            Action::Unavailable => format!("{} -> nothing", route.name),
        },
    }
}

async fn add(admin: &Client, gateway: &str, name: &str, parameters: &[(&str, &str)]) {
    let own = [("GatewayUniqueId", gateway), ("Name", name)];
    let id = admin.mse("AddGatewayRoute", &[&own[..], parameters].concat()).await.ok()["Data"].to_string();
    admin.mse("ApplyGatewayRoute", &[("GatewayUniqueId", gateway), ("RouteId", &id)]).await.ok();
}

#[tokio::test]
async fn a_route_carries_traffic_from_its_publication_until_it_is_taken_offline() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (gw, other) = (gateway(&admin, "one").await, gateway(&admin, "two").await);
    let service_id = service(&admin, &gw, "a").await;
    let id = route(&admin, &gw, "r", &service_id).await;
    let call = async |action: &str| admin.mse(action, &[("GatewayUniqueId", &gw), ("RouteId", &id)]).await.ok();
    assert_eq!(get(&cx, &gw, "any.example", "/"), "no route");
    call("ApplyGatewayRoute").await;
    assert_eq!(get(&cx, &gw, "any.example", "/"), "r -> a=100", "the default domain is every host");
    assert_eq!(get(&cx, &other, "any.example", "/"), "no route");
    call("OfflineGatewayRoute").await;
    assert_eq!(get(&cx, &gw, "any.example", "/"), "no route");
    call("ApplyGatewayRoute").await;
    call("DeleteGatewayRoute").await;
    assert_eq!(get(&cx, &gw, "any.example", "/"), "no route");
    admin.mse("DeleteGateway", &[("GatewayUniqueId", &gw)]).await.ok();
    assert_eq!(get(&cx, &gw, "any.example", "/"), "no gateway");
}

#[tokio::test]
async fn domains_order_and_kinds_of_path_decide_as_the_guide_says() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let gw = gateway(&admin, "one").await;
    let (a, b) = (service(&admin, &gw, "a").await, service(&admin, &gw, "b").await);
    let shop = domain(&admin, &gw, "shop.example.com").await;
    let number = |text: &str| text.parse::<i64>().unwrap();
    let one = json!([{"ServiceId": number(&a)}]).to_string();
    let path = |path: &str, kind: &str| json!({"PathPredicates": {"Path": path, "Type": kind}}).to_string();
    let of_shop = format!("[{shop}]");
    let both = json!([
        {"ServiceId": number(&a), "Percent": 90}, {"ServiceId": number(&b), "Percent": 10, "ServicePort": 81},
    ]);
    let both = both.to_string();
    for (name, parameters) in [
        ("everywhere", vec![("DomainIdListJSON", "[0]"), ("Services", &*one), ("Predicates", &*path("/", "PRE"))]),
        (
            "shop",
            vec![
                ("DomainIdListJSON", &of_shop),
                ("DestinationType", "Multiple"),
                ("Services", &both),
                ("Predicates", &path("/", "PRE")),
            ],
        ),
        ("exact", vec![("DomainIdListJSON", &of_shop), ("Services", &one), ("Predicates", &path("/cart", "EQUAL"))]),
        (
            "expression",
            vec![
                ("DomainIdListJSON", &of_shop),
                ("Services", &one),
                ("Predicates", &path("/v[0-9]+", "ERGULAR")),
                ("RouteOrder", "0"),
            ],
        ),
        (
            "first",
            vec![
                ("DomainIdListJSON", "[0]"),
                ("DestinationType", "Mock"),
                ("DirectResponseJSON", r#"{"Code":418,"Body":"tea"}"#),
                ("Predicates", &path("/tea", "PRE")),
            ],
        ),
        (
            "moved",
            vec![
                ("DomainIdListJSON", "[0]"),
                ("DestinationType", "Redirect"),
                ("RedirectJSON", r#"{"Host":"new.example.com","Path":"/to"}"#),
                ("Predicates", &path("/from", "PRE")),
            ],
        ),
        (
            "late",
            vec![
                ("DomainIdListJSON", "[0]"),
                ("Services", &one),
                ("Predicates", &path("/tea/green", "PRE")),
                ("RouteOrder", "50"),
            ],
        ),
    ] {
        add(&admin, &gw, name, &parameters).await;
    }
    for (host, path, expected) in [
        ("other.example.com", "/cart", "everywhere -> a=100"),
        ("shop.example.com", "/", "shop -> a=90 b:81=10"),
        ("SHOP.example.com", "/cart", "exact -> a=100"),
        ("shop.example.com", "/cart/1", "shop -> a=90 b:81=10"),
        ("other.example.com", "/tea", "first -> 418 3"),
        ("other.example.com", "/from/here", "moved -> 302 new.example.com/to"),
        // A smaller order is tried first, however long the path of the other.
        ("other.example.com", "/tea/green", "first -> 418 3"),
        // The domain's own routes come first; what they do not take goes to those of every domain.
        ("shop.example.com", "/tea", "shop -> a=90 b:81=10"),
    ] {
        assert_eq!(get(&cx, &gw, host, path), expected, "{host}{path}");
    }
}

//! MSE and APIG: what goes with a gateway, also where the deletion is cut short or others change the gateway meanwhile.

use crate::client::Client;
use crate::context::{Setup, TestContext};
use crate::mse_world::{apig_gateway, domain, filter, gateway, gateway_keys, route, route_to, service, source, text};
use ramgate_control::DataPlane;
use ramgate_model::GatewayId;
use ramgate_store::Revision;
use serde_json::{Value, json};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A data plane whose management plane dies under it: the call that has made so many changes ends there.
struct Cutter(AtomicI64);

impl DataPlane for Cutter {
    fn applied(&self, _: Revision) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        let left = self.0.fetch_sub(1, Ordering::SeqCst);
        assert_ne!(left, 0, "cut short");
        Box::pin(std::future::ready(()))
    }

    fn listener_problem(&self, _: &GatewayId) -> Option<String> {
        None
    }

    fn metrics(&self) -> String {
        String::new()
    }
}

/// Fills a gateway through both APIs with something of every kind; more routes than go in one transaction.
async fn fill(admin: &Client, gw: &str, environment: &str, routes: usize) {
    let service_id = service(admin, gw, "a").await;
    for n in 0..routes {
        let id = route(admin, gw, &format!("r{n}"), &service_id).await;
        if n % 2 == 0 {
            admin.mse("ApplyGatewayRoute", &[("GatewayUniqueId", gw), ("RouteId", &id)]).await.ok();
        }
    }
    domain(admin, gw, "example.com").await;
    source(admin, gw, "K8s", "c-1").await;
    let body = json!({"gatewayId": gw, "name": "staging", "alias": "Staging"});
    admin.apig("POST", "/v1/environments", &[], body).await.ok();
    let body = json!({"name": format!("api-{gw}"), "type": "Http", "belongGatewayId": gw});
    let api = text(&admin.apig("POST", "/v1/http-apis", &[], body).await.ok()["data"]["httpApiId"]);
    let path = format!("/v1/http-apis/{api}/routes");
    admin.apig("POST", &path, &[], json!({"name": "placed", "environmentId": environment})).await.ok();
    // It has no environment, so it is on no gateway; its HTTP API is.
    admin.apig("POST", &path, &[], json!({"name": "unplaced"})).await.ok();
}

#[tokio::test]
async fn everything_on_a_gateway_goes_with_it_and_nothing_else() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (kept, kept_environment) = apig_gateway(&admin, "kept").await;
    fill(&admin, &kept, &kept_environment, 3).await;
    let before = gateway_keys(&cx);
    let (gone, environment) = apig_gateway(&admin, "gone").await;
    fill(&admin, &gone, &environment, 70).await;
    let answer = admin.mse("DeleteGateway", &[("GatewayUniqueId", &gone)]).await.ok();
    assert_eq!(answer["Data"]["Status"], 8);
    assert_eq!(gateway_keys(&cx), before);
    admin.mse("DeleteGateway", &[("GatewayUniqueId", &kept)]).await.ok();
    assert_eq!(gateway_keys(&cx), Vec::<String>::new());
}

#[tokio::test]
async fn a_deletion_cut_short_at_any_change_is_finished_by_asking_again() {
    let cutter = Arc::new(Cutter(AtomicI64::new(i64::MAX)));
    let cx = TestContext::start_with(Setup { data_plane: Some(cutter.clone()), ..Setup::default() }).await;
    let admin = cx.admin();
    apig_gateway(&admin, "kept").await;
    let before = gateway_keys(&cx);
    // The second change of all is in the midst of the routes where there are many.
    let (mut cut, mut routes) = (1, 65);
    loop {
        let (gw, environment) = apig_gateway(&admin, "cut").await;
        fill(&admin, &gw, &environment, routes).await;
        cutter.0.store(cut, Ordering::SeqCst);
        let answer = admin.mse("DeleteGateway", &[("GatewayUniqueId", &gw)]).await;
        cutter.0.store(i64::MAX, Ordering::SeqCst);
        answer.refused(500, "InternalError");
        let shown = admin.mse("GetGateway", &[("GatewayUniqueId", &gw)]).await;
        if shown.status == 404 {
            // It was cut behind the last change.
            assert!(cut >= 7, "{cut}");
            break;
        }
        assert_eq!(shown.ok()["Data"]["Status"], 8, "it is on its way out");
        let listed = admin.apig("GET", &format!("/v1/gateways/{gw}"), &[], Value::Null).await.ok();
        assert_eq!(listed["data"]["status"], "Deleting");
        let left = admin.mse("ListGatewayRoute", &[("FilterParams", &filter(&gw))]).await.ok();
        if routes == 65 {
            assert_eq!(left["Data"]["TotalSize"], 6, "65 and the one of the HTTP API, 60 at a time");
        }
        refuses_changes(&admin, &gw).await;
        // Either API finishes what the other one began.
        if cut % 2 == 0 {
            admin.mse("DeleteGateway", &[("GatewayUniqueId", &gw)]).await.ok();
        } else {
            admin.apig("DELETE", &format!("/v1/gateways/{gw}"), &[], Value::Null).await.ok();
        }
        assert_eq!(gateway_keys(&cx), before, "cut behind change {cut}");
        (cut, routes) = if routes == 65 { (0, 2) } else { (cut + 1, 2) };
    }
    assert_eq!(gateway_keys(&cx), before);
}

#[tokio::test]
async fn a_draft_that_is_placed_nowhere_loses_a_service_that_goes_with_its_gateway() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (gw, _) = apig_gateway(&admin, "one").await;
    let service_id = crate::apig_world::service(&admin, &gw, "a").await;
    let api = crate::apig_world::http_api(&admin, "api").await;
    let routes = format!("/v1/http-apis/{api}/routes");
    let backend = json!({"scene": "SingleService", "services": [{"serviceId": service_id}]});
    let body = json!({"name": "draft", "backendConfig": backend});
    let draft = text(&admin.apig("POST", &routes, &[], body.clone()).await.ok()["data"]["routeId"]);
    admin.mse("DeleteGateway", &[("GatewayUniqueId", &gw)]).await.ok();
    let shown = admin.apig("GET", &format!("{routes}/{draft}"), &[], Value::Null).await.ok();
    assert_eq!(shown["data"]["backend"]["services"], json!([]));
    let mut late = body;
    late["name"] = "late".into();
    admin.apig("POST", &routes, &[], late).await.refused(404, "NotFound.ServiceNotFound");
}

/// Nothing can be added to a gateway that is going away.
async fn refuses_changes(admin: &Client, gw: &str) {
    let own = ("GatewayUniqueId", gw);
    let to = route_to("1", "/");
    let mut route = vec![own, ("Name", "late")];
    route.extend(to.iter().map(|(n, v)| (*n, v.as_str())));
    for (action, parameters) in [
        ("AddGatewayRoute", route),
        ("AddGatewayDomain", vec![own, ("Name", "late.example.com"), ("Protocol", "HTTP")]),
        ("AddServiceSource", vec![own, ("Source", "K8s"), ("Address", "late")]),
        ("ImportServices", vec![own, ("SourceType", "VIP"), ("ServiceList", r#"[{"Name":"l","Ips":["10.0.0.1:1"]}]"#)]),
    ] {
        admin.mse(action, &parameters).await.refused(400, "IllegalRequest").saying("being deleted");
    }
    let services = json!([{"name": "late", "addresses": ["10.0.0.1:1"]}]);
    let body = json!({"gatewayId": gw, "sourceType": "VIP", "serviceConfigs": services});
    let answer = admin.apig("POST", "/v1/services", &[], body).await;
    assert!((400..500).contains(&answer.status), "{}", answer.body);
    let body = json!({"gatewayId": gw, "name": "late", "alias": "late"});
    let answer = admin.apig("POST", "/v1/environments", &[], body).await;
    assert!((400..500).contains(&answer.status), "{}", answer.body);
}

#[tokio::test]
async fn a_deletion_outruns_those_who_add_at_the_same_time() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    for round in 0..4 {
        let gw = gateway(&admin, "busy").await;
        let service_id = service(&admin, &gw, "a").await;
        let adders: Vec<_> = (0..12)
            .map(|n| {
                let (admin, gw, service_id) = (admin.clone(), gw.clone(), service_id.clone());
                tokio::spawn(async move {
                    let to = route_to(&service_id, "/");
                    let name = format!("r{n}");
                    let mut parameters = vec![("GatewayUniqueId", &*gw), ("Name", &*name)];
                    parameters.extend(to.iter().map(|(n, v)| (*n, v.as_str())));
                    let route = admin.mse("AddGatewayRoute", &parameters).await.status;
                    let name = format!("d{n}.example.com");
                    let domain = [("GatewayUniqueId", &*gw), ("Name", &*name), ("Protocol", "HTTP")];
                    let domain = admin.mse("AddGatewayDomain", &domain).await.status;
                    for status in [route, domain] {
                        assert!([200, 400, 404].contains(&status), "{status}");
                    }
                })
            })
            .collect();
        tokio::task::yield_now().await;
        admin.mse("DeleteGateway", &[("GatewayUniqueId", &gw)]).await.ok();
        for adder in adders {
            adder.await.unwrap();
        }
        assert_eq!(gateway_keys(&cx), Vec::<String>::new(), "round {round}");
    }
}

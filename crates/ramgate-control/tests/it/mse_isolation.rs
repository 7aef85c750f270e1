//! One gateway's permission does not reach another: every way to name something of another gateway in a call that is
//! allowed on one's own.

use crate::context::{TestContext, TestUser, allow};
use crate::mse_world::{
    apig_gateway, domain, filter, gateway, gateway_keys, instance, number, route, route_names, service, source, text,
};
use serde_json::json;

/// A user that may do everything on its own gateway, and another gateway with one of each.
struct World {
    cx: TestContext,
    user: TestUser,
    own: String,
    own_number: String,
    own_service: String,
    other: String,
    other_number: String,
    service: String,
    route: String,
    domain: String,
    source: String,
}

async fn world() -> World {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (own, other) = (gateway(&admin, "own").await, gateway(&admin, "other").await);
    let own_service = service(&admin, &own, "mine").await;
    let foreign = service(&admin, &other, "secret").await;
    let foreign_route = route(&admin, &other, "secret", &foreign).await;
    admin.mse("ApplyGatewayRoute", &[("GatewayUniqueId", &other), ("RouteId", &foreign_route)]).await.ok();
    let user = cx.user_with_policy(allow(&["mse:*"], &[&instance(&own)])).await;
    World {
        user,
        own_number: number(&admin, &own).await,
        other_number: number(&admin, &other).await,
        domain: domain(&admin, &other, "secret.example.com").await,
        source: source(&admin, &other, "K8s", "c-1").await,
        cx,
        own,
        own_service,
        other,
        service: foreign,
        route: foreign_route,
    }
}

#[tokio::test]
async fn numbers_of_another_gateway_are_not_found_on_ones_own() {
    let w = world().await;
    let before = gateway_keys(&w.cx);
    let revision = w.cx.revision().await;
    for own in [("GatewayUniqueId", &*w.own), ("GatewayId", &*w.own_number)] {
        for (action, field, value) in [
            ("GetGatewayRouteDetail", "RouteId", &w.route),
            ("ApplyGatewayRoute", "RouteId", &w.route),
            ("OfflineGatewayRoute", "RouteId", &w.route),
            ("DeleteGatewayRoute", "RouteId", &w.route),
            ("GetGatewayServiceDetail", "ServiceId", &w.service),
            ("GetGatewayDomainDetail", "Id", &w.domain),
            ("DeleteGatewayDomain", "Id", &w.domain),
            ("DeleteServiceSource", "SourceId", &w.source),
            ("PullServices", "SourceId", &w.source),
        ] {
            w.user.mse(action, &[own, (field, value)]).await.refused(404, "NotFound").saying(value);
        }
        let bind = [own, ("DomainId", &*w.domain), ("CertIdentifier", "1-cn-hangzhou")];
        w.user.mse("AddSSLCert", &bind).await.refused(404, "NotFound");
        let route = |services: String, domains: &str| {
            [("Name", "r".to_owned()), ("DomainIdListJSON", domains.to_owned()), ("Services", services)]
        };
        let foreign: i64 = w.service.parse().unwrap();
        let mine: i64 = w.own_service.parse().unwrap();
        for parameters in [
            route(json!([{"ServiceId": foreign}]).to_string(), "[0]"),
            route(json!([{"Name": "secret"}]).to_string(), "[0]"),
            route(json!([{"ServiceId": mine}]).to_string(), &format!("[{}]", w.domain)),
        ] {
            let mut asked = vec![own];
            asked.extend(parameters.iter().map(|(n, v)| (*n, v.as_str())));
            w.user.mse("AddGatewayRoute", &asked).await.refused(404, "NotFound");
        }
    }
    assert_eq!(gateway_keys(&w.cx), before);
    assert_eq!(w.cx.revision().await, revision, "nothing was written at all");
    let shown = crate::mse_world::route_detail(&w.cx.admin(), &w.other, &w.route).await;
    assert_eq!(shown["Status"], 3, "the other gateway's route still carries traffic");
}

#[tokio::test]
async fn a_request_that_names_two_gateways_acts_on_the_one_that_was_checked() {
    let w = world().await;
    let other = [("GatewayUniqueId", &*w.other), ("GatewayId", &*w.own_number)];
    let own = [("GatewayUniqueId", &*w.own), ("GatewayId", &*w.other_number)];
    for action in ["GetGateway", "DeleteGateway", "ListGatewayDomain", "ListServiceSource"] {
        w.user.mse(action, &other).await.refused(403, "NoPermission").saying(&instance(&w.other));
    }
    let shown = w.user.mse("GetGateway", &own).await.ok();
    assert_eq!(shown["Data"]["GatewayUniqueId"], w.own);
    let made = [&own[..], &[("Name", "new.example.com"), ("Protocol", "HTTP")][..]].concat();
    w.user.mse("AddGatewayDomain", &made).await.ok();
    let domains = async |gateway: &str| -> usize {
        let listed = w.cx.admin().mse("ListGatewayDomain", &[("GatewayUniqueId", gateway)]).await.ok();
        listed["Data"].as_array().unwrap().len()
    };
    assert_eq!((domains(&w.own).await, domains(&w.other).await), (2, 2));
    // The gateway in the filter is what is checked and what is listed, whatever stands beside it.
    for beside in [("GatewayUniqueId", &*w.own), ("GatewayId", &*w.own_number)] {
        for action in ["ListGatewayRoute", "ListGatewayService"] {
            let listed = w.user.mse(action, &[beside, ("FilterParams", &filter(&w.other))]).await;
            listed.refused(403, "NoPermission").saying(&instance(&w.other));
            let none = w.user.mse(action, &[beside]).await;
            none.refused(403, "NoPermission");
        }
    }
    let beside = [("GatewayUniqueId", &*w.other), ("FilterParams", &*filter(&w.own))];
    let listed = w.user.mse("ListGatewayService", &beside).await.ok();
    assert_eq!(listed["Data"]["Result"][0]["Name"], "mine");
    let both = json!({"GatewayUniqueId": w.other, "GatewayId": w.own_number.parse::<i64>().unwrap()}).to_string();
    w.user.mse("ListGatewayRoute", &[("FilterParams", &both)]).await.refused(403, "NoPermission");
    // Given twice, in whichever form: the one that is decoded is the one that is checked.
    let numbered = [("FilterParams", &*filter(&w.own)), ("FilterParams.GatewayUniqueId", &*w.other)];
    w.user.mse("ListGatewayRoute", &numbered).await.refused(403, "NoPermission");
    let folded = json!({"GatewayUniqueId": w.own, "gatewayUniqueId": w.other}).to_string();
    let listed = w.user.mse("ListGatewayService", &[("FilterParams", &folded)]).await.ok();
    assert_eq!(listed["Data"]["Result"][0]["Name"], "mine");
}

#[tokio::test]
async fn odd_spellings_of_a_gateway_reach_no_other_one() {
    let w = world().await;
    let (upper, padded) = (w.other.to_uppercase(), format!(" {}", w.other));
    let nested = format!("{}/../{}", w.own, w.other);
    let wild = "gw-*".to_owned();
    for odd in [&upper, &padded, &nested, &wild] {
        w.user.mse("GetGateway", &[("GatewayUniqueId", odd)]).await.refused(403, "NoPermission");
        w.cx.admin().mse("GetGateway", &[("GatewayUniqueId", odd)]).await.refused(404, "NotFound");
    }
    for odd in ["-1", "0", "99999999999", "9999999999999999999999"] {
        let answer = w.user.mse("GetGateway", &[("GatewayId", odd)]).await;
        assert!([400, 403].contains(&answer.status), "{odd}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_grant_on_a_gateway_does_not_reach_routes_of_http_apis_on_it() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (gw, environment) = apig_gateway(&admin, "one").await;
    let service_id = service(&admin, &gw, "a").await;
    let services = admin.apig("GET", "/v1/services", &[], serde_json::Value::Null).await.ok();
    let long_id = text(&services["data"]["items"][0]["serviceId"]);
    let api = admin.apig("POST", "/v1/http-apis", &[], json!({"name": "api", "type": "Http"})).await.ok();
    let api = text(&api["data"]["httpApiId"]);
    let body = json!({
        "name": "of-api", "environmentId": environment,
        "backendConfig": {"scene": "SingleService", "services": [{"serviceId": long_id}]},
    });
    let made = admin.apig("POST", &format!("/v1/http-apis/{api}/routes"), &[], body).await.ok();
    let route_id = text(&made["data"]["routeId"]);
    let deploy = json!({ "routeId": route_id });
    admin.apig("POST", &format!("/v1/http-apis/{api}/deploy"), &[], deploy).await.ok();
    route(&admin, &gw, "of-gateway", &service_id).await;

    let user = cx.user_with_policy(allow(&["mse:*"], &[&instance(&gw)])).await;
    assert_eq!(route_names(&user, &gw).await, ["of-gateway", "of-api"], "both carry the gateway's traffic");
    let listed = user.mse("ListGatewayRoute", &[("FilterParams", &filter(&gw))]).await.ok();
    let of_api = &listed["Data"]["Result"][1];
    assert_eq!((&of_api["Type"], &of_api["Status"]), (&json!("HttpApi"), &json!(3)));
    let number = of_api["Id"].to_string();
    for action in ["ApplyGatewayRoute", "OfflineGatewayRoute", "DeleteGatewayRoute"] {
        let answer = user.mse(action, &[("GatewayUniqueId", &gw), ("RouteId", &number)]).await;
        answer.refused(400, "IllegalRequest").saying(&api).saying("APIG");
    }
    let shown = admin.apig("GET", &format!("/v1/http-apis/{api}/routes/{route_id}"), &[], json!(null)).await.ok();
    assert_eq!(shown["data"]["deployStatus"], "Deployed");
}

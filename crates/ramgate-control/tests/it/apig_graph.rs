//! Both gateway APIs over one graph of objects: whatever sequence of calls is made, everything that is stored refers to
//! what is stored, each name has one owner, and each refusal has a reason.

use crate::apig_world::{delete, post, put};
use crate::client::{Answer, Client};
use crate::context::TestContext;
use crate::mse_world::{gateway_keys, stored};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A small generator of choices; the same seed gives the same walk.
struct Choices(u64);

impl Choices {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(n).unwrap()).unwrap()
    }

    /// One of the list, or a name that was never given.
    fn one_of(&mut self, list: &[String]) -> String {
        let at = self.below(list.len() + 1);
        list.get(at).cloned().unwrap_or_else(|| "none".to_owned())
    }
}

/// Ids by kind, as they are now.
fn ids(all: &[(String, String, Value)]) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut ids: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (kind, id, _) in all {
        ids.entry(kind).or_default().insert(id);
    }
    ids
}

/// Asserts that the graph is whole.
fn check(all: &[(String, String, Value)], walk: &str) {
    let ids = ids(all);
    let is = |kind: &str, id: &Value| id.as_str().is_some_and(|id| ids.get(kind).is_some_and(|set| set.contains(id)));
    let mut owned: BTreeMap<String, usize> = BTreeMap::new();
    for (kind, id, value) in all {
        let place = format!("{walk}: {kind}/{id}");
        // Every reference leads somewhere.
        for (field, target) in [
            ("gateway_id", "gateway"),
            ("http_api_id", "http-api"),
            ("environment_id", "environment"),
            ("source_id", "source"),
        ] {
            let reference = &value[field];
            assert!(reference.is_null() || is(target, reference), "{place}: {field} is {reference}");
        }
        for spec in [&value["draft"], &value["published"]] {
            for service in spec["backend"]["services"].as_array().into_iter().flatten() {
                assert!(is("service", &service["service_id"]), "{place}: {service}");
                // Where the route has a gateway, its services are that gateway's.
                let of = all.iter().find(|(k, i, _)| k == "service" && service["service_id"] == i.as_str());
                let of = &of.unwrap().2["gateway_id"];
                assert!(value["gateway_id"].is_null() || *of == value["gateway_id"], "{place}: {service} of {of}");
            }
            for domain in spec["domain_ids"].as_array().into_iter().flatten() {
                assert!(is("domain", domain), "{place}: {domain}");
            }
        }
        if kind == "route" && !value["published"].is_null() {
            assert!(value["gateway_id"].is_string(), "{place}: published on no gateway");
        }
        // Every claim has an owner that is there.
        if kind == "name" {
            let claimed = id.split('/').next().unwrap();
            assert!(is(claimed, value), "{place}: claimed by {value}");
            *owned.entry(format!("{claimed} {value}")).or_default() += 1;
        }
    }
    // And every object its claim: one name, or the two entry ports of a gateway.
    for (kind, id, _) in all {
        let expected = match kind.as_str() {
            "gateway" => 2,
            "environment" | "http-api" | "route" | "service" | "domain" => 1,
            _ => continue,
        };
        let found = owned.get(&format!("{kind} {}", Value::from(id.as_str()))).copied().unwrap_or(0);
        assert_eq!(found, expected, "{walk}: claims of {kind}/{id}");
    }
}

/// One call, chosen at random among those that change the graph.
async fn step(admin: &Client, choices: &mut Choices, all: &[(String, String, Value)], n: usize) -> Answer {
    let of =
        |kind: &str| -> Vec<String> { all.iter().filter(|(k, _, _)| k == kind).map(|(_, id, _)| id.clone()).collect() };
    let number = |choices: &mut Choices, kind: &str, gateway: &str| -> String {
        let of: Vec<String> = all
            .iter()
            .filter(|(k, _, value)| k == kind && value["gateway_id"] == gateway)
            .map(|(_, _, value)| value["number"].to_string())
            .collect();
        let found = choices.one_of(&of);
        if found == "none" { "9999".to_owned() } else { found }
    };
    let gateway = choices.one_of(&of("gateway"));
    let own = ("GatewayUniqueId", &*gateway);
    let api = choices.one_of(&of("http-api"));
    let some_name = format!("n{}", choices.below(6));
    match choices.below(22) {
        0 => {
            crate::client::Client::mse(
                admin,
                "AddGateway",
                &[("Region", "cn-hangzhou"), ("Vpc", "v"), ("VSwitchId", "s")],
            )
            .await
        }
        1 => post(admin, "/v1/gateways", json!({"name": some_name, "networkAccessConfig": {"type": "Intranet"}})).await,
        2 if n.is_multiple_of(3) => admin.mse("DeleteGateway", &[own]).await,
        2 | 3 => delete(admin, &format!("/v1/gateways/{gateway}")).await,
        4 => post(admin, "/v1/environments", json!({"gatewayId": gateway, "name": some_name, "alias": "a"})).await,
        5 => delete(admin, &format!("/v1/environments/{}", choices.one_of(&of("environment")))).await,
        6 => {
            let gateway = if choices.below(2) == 0 { Value::Null } else { gateway.into() };
            post(admin, "/v1/http-apis", json!({"name": some_name, "type": "Http", "belongGatewayId": gateway})).await
        }
        7 => delete(admin, &format!("/v1/http-apis/{api}")).await,
        8 | 9 => {
            let list = json!([{"Name": some_name, "Ips": ["10.0.0.1:1"]}]).to_string();
            admin.mse("ImportServices", &[own, ("SourceType", "VIP"), ("ServiceList", &list)]).await
        }
        10 => delete(admin, &format!("/v1/services/{}", choices.one_of(&of("service")))).await,
        11 => {
            let name = format!("{some_name}.example.com");
            admin.mse("AddGatewayDomain", &[own, ("Name", &name), ("Protocol", "HTTP")]).await
        }
        12 => post(admin, "/v1/domains", json!({"name": format!("{some_name}.example.com"), "protocol": "HTTP"})).await,
        13 => delete(admin, &format!("/v1/domains/{}", choices.one_of(&of("domain")))).await,
        14 | 15 => {
            let service = number(choices, "service", &gateway);
            let domain = number(choices, "domain", &gateway);
            let domain = if domain == "9999" { "0".to_owned() } else { domain };
            let services = json!([{"ServiceId": service.parse::<i64>().unwrap()}]).to_string();
            let domains = format!("[{domain}]");
            let route = [own, ("Name", &some_name), ("DomainIdListJSON", &domains), ("Services", &services)];
            admin.mse("AddGatewayRoute", &route).await
        }
        16 => {
            let action = ["ApplyGatewayRoute", "OfflineGatewayRoute", "DeleteGatewayRoute"][choices.below(3)];
            let route = number(choices, "route", &gateway);
            admin.mse(action, &[own, ("RouteId", &route)]).await
        }
        17 | 18 => {
            let environment = choices.one_of(&of("environment"));
            let services: Value = match choices.below(3) {
                0 => Value::Null,
                _ => json!({"scene": "SingleService", "services": [{"serviceId": choices.one_of(&of("service"))}]}),
            };
            let domains: Vec<String> = if choices.below(2) == 0 { vec![] } else { vec![choices.one_of(&of("domain"))] };
            let environment = if choices.below(2) == 0 { Value::Null } else { environment.into() };
            let body = json!({"name": some_name, "environmentId": environment, "backendConfig": services, "domainIds": domains});
            post(admin, &format!("/v1/http-apis/{api}/routes"), body).await
        }
        19 | 20 => {
            let route = choices.one_of(&of("route"));
            let api = all.iter().find(|(k, id, _)| k == "route" && *id == route);
            let api = api.and_then(|(_, _, value)| value["http_api_id"].as_str()).unwrap_or("none").to_owned();
            match choices.below(4) {
                0 => post(admin, &format!("/v1/http-apis/{api}/deploy"), json!({"routeId": route})).await,
                1 => post(admin, &format!("/v1/http-apis/{api}/undeploy"), json!({"routeId": route})).await,
                2 => delete(admin, &format!("/v1/http-apis/{api}/routes/{route}")).await,
                _ => {
                    let body = json!({
                        "environmentId": choices.one_of(&of("environment")),
                        "backendConfig": {"scene": "SingleService", "services": [{"serviceId": choices.one_of(&of("service"))}]},
                    });
                    put(admin, &format!("/v1/http-apis/{api}/routes/{route}"), body).await
                }
            }
        }
        _ => {
            let address = format!("c-{}", choices.below(3));
            admin.mse("AddServiceSource", &[own, ("Source", "K8s"), ("Address", &address)]).await
        }
    }
}

#[tokio::test]
async fn the_graph_stays_whole_through_random_walks_over_both_apis() {
    for seed in [1, 2, 3] {
        let cx = TestContext::start().await;
        let admin = cx.admin();
        let mut choices = Choices(0x9E37_79B9_7F4A_7C15 ^ seed);
        let (mut done, mut refused) = (0, 0);
        for n in 0..220 {
            let all = stored(&cx);
            let before = cx.revision().await;
            let answer = step(&admin, &mut choices, &all, n).await;
            match answer.status {
                200 => done += 1,
                400 | 404 | 409 => refused += 1,
                _ => panic!("seed {seed}, step {n}: {}", answer.body),
            }
            check(&stored(&cx), &format!("seed {seed}, step {n}"));
            if answer.status != 200 {
                // What is refused changes nothing but counters.
                let after = stored(&cx);
                let rest = |all: &[(String, String, Value)]| -> Vec<(String, String, Value)> {
                    all.iter().filter(|(kind, _, _)| kind != "sequence").cloned().collect()
                };
                assert_eq!(rest(&after), rest(&all), "seed {seed}, step {n}, revision {before:?}: {}", answer.body);
            }
        }
        assert!(done > 60 && refused > 20, "seed {seed}: {done} done, {refused} refused");
        // Everything can be taken away again.
        for (kind, id, _) in stored(&cx) {
            if kind == "gateway" {
                admin.mse("DeleteGateway", &[("GatewayUniqueId", &id)]).await.ok();
            }
        }
        for (kind, path) in [("http-api", "http-apis"), ("domain", "domains")] {
            for (_, id, _) in stored(&cx).iter().filter(|(k, _, _)| k == kind) {
                delete(&admin, &format!("/v1/{path}/{id}")).await.ok();
            }
        }
        assert_eq!(gateway_keys(&cx), Vec::<String>::new(), "seed {seed}");
    }
}

//! MSE: rules that rest on several objects hold however many calls come at once.

use crate::client::Client;
use crate::context::TestContext;
use crate::mse_world::{apig_gateway, domain, filter, gateway, gateway_keys, route_to, service, text};
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[tokio::test]
async fn gateways_made_at_once_have_entry_ports_of_their_own() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let makers: Vec<_> = (0..10)
        .map(|n| {
            let admin = admin.clone();
            tokio::spawn(async move { gateway(&admin, &format!("g{n}")).await })
        })
        .collect();
    let mut ports = BTreeSet::new();
    for maker in makers {
        let id = maker.await.unwrap();
        let shown = admin.mse("GetGatewayDetail", &[("GatewayUniqueId", &id)]).await.ok();
        let entry = &shown["Data"]["GatewayEntry"][0];
        ports.extend([entry["HttpPorts"][0].as_i64().unwrap(), entry["HttpsPorts"][0].as_i64().unwrap()]);
    }
    assert_eq!(ports.len(), 20);
}

/// What is there after something was deleted while it was being referred to: never one without the other.
enum Left {
    Both,
    Neither,
}

async fn race(
    reference: impl Future<Output = crate::client::Answer> + Send + 'static,
    deletion: impl Future<Output = crate::client::Answer> + Send + 'static,
) -> Left {
    let (reference, deletion) = (tokio::spawn(reference), tokio::spawn(deletion));
    let (reference, deletion) = (reference.await.unwrap(), deletion.await.unwrap());
    match (reference.status, deletion.status) {
        (200, 200) => panic!("a reference was made to what was deleted: {} {}", reference.body, deletion.body),
        (200, _) => {
            assert!([400, 409].contains(&deletion.status), "{}", deletion.body);
            deletion.saying("still used by");
            Left::Both
        }
        (_, 200) => {
            assert_eq!(reference.status, 404, "{}", reference.body);
            Left::Neither
        }
        _ => panic!("both were refused: {} {}", reference.body, deletion.body),
    }
}

fn add_route(
    admin: &Client,
    gw: &str,
    name: String,
    to: Vec<(&'static str, String)>,
) -> impl Future<Output = crate::client::Answer> + Send + 'static {
    let (admin, gw) = (admin.clone(), gw.to_owned());
    async move {
        let mut parameters = vec![("GatewayUniqueId", &*gw), ("Name", &*name)];
        parameters.extend(to.iter().map(|(n, v)| (*n, v.as_str())));
        admin.mse("AddGatewayRoute", &parameters).await
    }
}

#[tokio::test]
async fn a_service_is_not_deleted_while_a_route_to_it_is_made() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let gw = gateway(&admin, "one").await;
    let mut outcomes = [0, 0];
    for n in 0..24 {
        let number = service(&admin, &gw, &format!("s{n}")).await;
        let listed = admin.apig("GET", "/v1/services", &[("name", &format!("s{n}"))], Value::Null).await.ok();
        let long_id = text(&listed["data"]["items"][0]["serviceId"]);
        let deleter = admin.clone();
        let deletion =
            async move { deleter.apig("DELETE", &format!("/v1/services/{long_id}"), &[], Value::Null).await };
        let reference = add_route(&admin, &gw, format!("r{n}"), route_to(&number, "/").to_vec());
        let left = race(reference, deletion).await;
        outcomes[matches!(left, Left::Both) as usize] += 1;
    }
    // What is kept names what is there.
    let all = [("FilterParams", &*filter(&gw)), ("PageSize", "500")];
    for route in admin.mse("ListGatewayRoute", &all).await.ok()["Data"]["Result"].as_array().unwrap() {
        assert!(route["DefaultServiceId"].is_i64(), "{route}");
    }
    assert_eq!(outcomes[0] + outcomes[1], 24);
}

#[tokio::test]
async fn a_domain_is_not_deleted_while_a_route_names_it() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let gw = gateway(&admin, "one").await;
    let service_id = service(&admin, &gw, "a").await;
    for n in 0..24 {
        let number = domain(&admin, &gw, &format!("d{n}.example.com")).await;
        let (deleter, gateway_id, id) = (admin.clone(), gw.clone(), number.clone());
        let deletion =
            async move { deleter.mse("DeleteGatewayDomain", &[("GatewayUniqueId", &gateway_id), ("Id", &id)]).await };
        let to = [
            ("DomainIdListJSON", format!("[{number}]")),
            ("Services", json!([{"ServiceId": service_id.parse::<i64>().unwrap()}]).to_string()),
        ];
        race(add_route(&admin, &gw, format!("r{n}"), to.to_vec()), deletion).await;
    }
}

#[tokio::test]
async fn of_many_routes_of_one_name_one_is_made() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let gw = gateway(&admin, "one").await;
    let service_id = service(&admin, &gw, "a").await;
    let before = gateway_keys(&cx).len();
    let makers: Vec<_> = (0..16)
        .map(|_| tokio::spawn(add_route(&admin, &gw, "same".to_owned(), route_to(&service_id, "/").to_vec())))
        .collect();
    let mut statuses = Vec::new();
    for maker in makers {
        let answer = maker.await.unwrap();
        if answer.status != 200 {
            answer.refused(400, "IllegalRequest").saying("`same`");
        }
        statuses.push(answer.status);
    }
    assert_eq!(statuses.iter().filter(|s| **s == 200).count(), 1);
    assert_eq!(gateway_keys(&cx).len(), before + 2, "the route and its name");
}

#[tokio::test]
async fn numbers_are_not_given_twice() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (gw, _) = apig_gateway(&admin, "one").await;
    let service_id = service(&admin, &gw, "a").await;
    let makers: Vec<_> = (0..40)
        .map(|n| tokio::spawn(add_route(&admin, &gw, format!("r{n}"), route_to(&service_id, "/").to_vec())))
        .collect();
    let mut numbers = BTreeSet::from([service_id.parse::<i64>().unwrap()]);
    for maker in makers {
        numbers.insert(maker.await.unwrap().ok()["Data"].as_i64().unwrap());
    }
    numbers.insert(domain(&admin, &gw, "example.com").await.parse().unwrap());
    assert_eq!(numbers.len(), 42, "routes, services and domains count together");
}

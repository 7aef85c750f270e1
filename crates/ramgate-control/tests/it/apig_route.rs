//! APIG: routes of HTTP APIs, and which of them are live.

use crate::apig_world::{
    arn, delete, deploy, domain, environment, get, http_api, items, post, put, route, route_to, service,
};
use crate::client::Client;
use crate::context::{TestContext, allow};
use crate::mse_world::{apig_gateway, gateway_keys, text};
use serde_json::{Value, json};

async fn status(client: &Client, api: &str, route: &str) -> String {
    text(&get(client, &format!("/v1/http-apis/{api}/routes/{route}")).await.ok()["data"]["deployStatus"])
}

#[tokio::test]
async fn routes_are_shown_listed_changed_and_deleted() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (gw, default) = apig_gateway(&admin, "one").await;
    let (a, b) = (service(&admin, &gw, "a").await, service(&admin, &gw, "b").await);
    let (api, example) = (http_api(&admin, "api").await, domain(&admin, "example.com").await);
    let body = json!({
        "name": "both", "environmentId": default, "domainIds": [example], "description": "d",
        "match": {
            "path": {"type": "Regex", "value": "/v[0-9]+"}, "methods": ["GET"], "ignoreUriCase": true,
            "headers": [{"name": "x-stage", "type": "Exact", "value": "test"}],
            "queryParams": [{"name": "debug", "type": "Prefix", "value": "1"}],
        },
        "backendConfig": {
            "scene": "MultiServiceByRatio",
            "services": [{"serviceId": a, "weight": 70, "port": 81}, {"serviceId": b, "weight": 30}],
        },
    });
    let routes = format!("/v1/http-apis/{api}/routes");
    let id = text(&post(&admin, &routes, body.clone()).await.ok()["data"]["routeId"]);
    let path = format!("{routes}/{id}");
    let shown = get(&admin, &path).await.ok();
    assert_eq!(shown["data"]["match"], body["match"]);
    assert_eq!((&shown["data"]["name"], &shown["data"]["description"]), (&json!("both"), &json!("d")));
    assert_eq!(shown["data"]["domainInfos"][0]["name"], "example.com");
    assert_eq!(shown["data"]["environmentInfo"]["gatewayInfo"]["gatewayId"], gw);
    let services = &shown["data"]["backend"]["services"];
    assert_eq!(
        (&services[0]["name"], &services[0]["weight"], &services[0]["port"]),
        (&json!("a"), &json!(70), &json!(81))
    );
    route(&admin, &api, "plain", &default, &a).await;
    for (query, n) in [
        (vec![], 2),
        (vec![("name", "both")], 1),
        (vec![("nameLike", "pla")], 1),
        (vec![("pathLike", "/v")], 1),
        (vec![("environmentId", &*default)], 2),
        (vec![("gatewayId", "gw-none")], 0),
        (vec![("domainId", &*example)], 1),
        (vec![("deployStatuses", "Deployed")], 0),
        (vec![("deployStatuses", "NotDeployed")], 2),
        (vec![("backendServiceName", "b")], 1),
        (vec![("pageSize", "1"), ("pageNumber", "2")], 1),
    ] {
        assert_eq!(items(&admin, &routes, &query).await.len(), n, "{query:?}");
    }
    let change = json!({
        "match": {"path": {"type": "Exact", "value": "/new"}}, "domainIds": [],
        "backendConfig": {"scene": "SingleService", "services": [{"serviceId": b}]},
    });
    put(&admin, &path, change).await.ok();
    let shown = get(&admin, &path).await.ok();
    assert_eq!(shown["data"]["match"]["path"], json!({"type": "Exact", "value": "/new"}));
    assert_eq!(
        (&shown["data"]["domainInfos"], &shown["data"]["backend"]["services"][0]["name"]),
        (&json!([]), &json!("b"))
    );
    delete(&admin, &path).await.ok();
    get(&admin, &path).await.refused(404, "NotFound.RouteNotFound").saying(&id);
    // What it named is free again.
    delete(&admin, &format!("/v1/domains/{example}")).await.ok();
    delete(&admin, &format!("/v1/services/{b}")).await.ok();
}

#[tokio::test]
async fn routes_are_deployed_and_undeployed_and_a_live_one_follows_its_changes() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let ((gw, default), (other, _)) = (apig_gateway(&admin, "one").await, apig_gateway(&admin, "two").await);
    let staging = environment(&admin, &gw, "staging").await;
    let a = service(&admin, &gw, "a").await;
    let api = http_api(&admin, "api").await;
    let (one, two) = (route(&admin, &api, "r1", &default, &a).await, route(&admin, &api, "r2", &staging, &a).await);
    let (deploy_path, undeploy_path) = (format!("/v1/http-apis/{api}/deploy"), format!("/v1/http-apis/{api}/undeploy"));
    deploy(&admin, &api, &one).await;
    assert_eq!(
        (status(&admin, &api, &one).await, status(&admin, &api, &two).await),
        ("Deployed".into(), "NotDeployed".into())
    );
    let both = json!({"httpApiConfig": {"gatewayId": gw, "routeIds": [one, two]}});
    post(&admin, &deploy_path, both).await.ok();
    assert_eq!(status(&admin, &api, &two).await, "Deployed");
    let shown = get(&admin, &format!("/v1/http-apis/{api}")).await.ok();
    assert_eq!(shown["data"]["environments"].as_array().unwrap().len(), 2);
    delete(&admin, &format!("/v1/http-apis/{api}/routes/{one}")).await.refused(409, "Conflict.RouteDeployed");
    delete(&admin, &format!("/v1/http-apis/{api}")).await.refused(409, "Conflict.HttpApiDeployed").saying("`r");
    // A published route follows its changes, so what it named before is free.
    let b = service(&admin, &gw, "b").await;
    let change = json!({"backendConfig": {"scene": "SingleService", "services": [{"serviceId": b}]}});
    for id in [&one, &two] {
        put(&admin, &format!("/v1/http-apis/{api}/routes/{id}"), change.clone()).await.ok();
    }
    delete(&admin, &format!("/v1/services/{a}")).await.ok();
    post(&admin, &undeploy_path, json!({"environmentId": staging})).await.ok();
    assert_eq!(
        (status(&admin, &api, &one).await, status(&admin, &api, &two).await),
        ("Deployed".into(), "NotDeployed".into())
    );
    post(&admin, &undeploy_path, json!({"gatewayId": gw})).await.ok();
    assert_eq!(status(&admin, &api, &one).await, "NotDeployed");
    for (path, body, status, code, says) in [
        (&deploy_path, json!({}), 400, "InvalidParameter.WithValue", "`routeId`"),
        (&deploy_path, json!({"routeId": "hr-none"}), 404, "NotFound.RouteNotFound", "hr-none"),
        (&deploy_path, json!({"httpApiConfig": {"routeIds": []}}), 400, "InvalidParameter.WithValue", "routeIds"),
        (
            &deploy_path,
            json!({"httpApiConfig": {"gatewayId": "gw-none", "routeIds": [one]}}),
            404,
            "NotFound.GatewayNotFound",
            "gw-none",
        ),
        (
            &deploy_path,
            json!({"httpApiConfig": {"gatewayId": other, "routeIds": [one]}}),
            400,
            "InvalidParameter.WithValue",
            "gatewayId",
        ),
        (&undeploy_path, json!({}), 400, "InvalidParameter.WithValue", "`environmentId`"),
        (&undeploy_path, json!({"routeId": "hr-none"}), 404, "NotFound.RouteNotFound", "hr-none"),
        (&undeploy_path, json!({"operationId": "op-1"}), 501, "NotImplemented", "operation"),
    ] {
        post(&admin, path, body).await.refused(status, code).saying(says);
    }
    let unplaced = post(&admin, &format!("/v1/http-apis/{api}/routes"), json!({"name": "unplaced"})).await.ok();
    let unplaced = json!({"routeId": unplaced["data"]["routeId"]});
    post(&admin, &deploy_path, unplaced).await.refused(400, "InvalidParameter.WithValue").saying("`environmentId`");
    let no_backend = json!({"name": "empty", "environmentId": default});
    let empty = post(&admin, &format!("/v1/http-apis/{api}/routes"), no_backend).await.ok();
    let empty = json!({"routeId": empty["data"]["routeId"]});
    post(&admin, &deploy_path, empty).await.refused(400, "InvalidParameter.WithValue").saying("`backendConfig`");
}

#[tokio::test]
async fn a_mock_keeps_its_answer_through_changes_that_cannot_name_it() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (_, default) = apig_gateway(&admin, "one").await;
    let api = http_api(&admin, "api").await;
    let body = json!({
        "name": "mock", "environmentId": default, "backendConfig": {"scene": "Mock"},
        "deployConfigs": [{"mock": {"responseCode": 418, "responseContent": "tea"}}],
    });
    let routes = format!("/v1/http-apis/{api}/routes");
    let id = text(&post(&admin, &routes, body).await.ok()["data"]["routeId"]);
    let change = json!({"match": {"path": {"type": "Exact", "value": "/tea"}}, "backendConfig": {"scene": "Mock"}});
    put(&admin, &format!("{routes}/{id}"), change).await.ok();
    // MSE shows the answer, which APIG has no field for.
    let shown = get(&admin, &format!("{routes}/{id}")).await.ok();
    let gw = text(&shown["data"]["environmentInfo"]["gatewayInfo"]["gatewayId"]);
    let filter = crate::mse_world::filter(&gw);
    let listed = admin.mse("ListGatewayRoute", &[("FilterParams", &filter)]).await.ok();
    assert_eq!(listed["Data"]["Result"][0]["DirectResponse"], json!({"Code": 418, "Body": "tea"}));
}

#[tokio::test]
async fn what_is_wrong_with_a_route_is_named_and_nothing_is_made() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let ((gw, default), (other, _)) = (apig_gateway(&admin, "one").await, apig_gateway(&admin, "two").await);
    let (a, foreign) = (service(&admin, &gw, "a").await, service(&admin, &other, "a").await);
    let api = http_api(&admin, "api").await;
    route(&admin, &api, "taken", &default, &a).await;
    let before = gateway_keys(&cx);
    let path = |kind: &str, value: &str| json!({"match": {"path": {"type": kind, "value": value}}});
    let backend = |services: Value| json!({"backendConfig": {"scene": "MultiServiceByRatio", "services": services}});
    for (changes, status, code, says) in [
        (json!({"name": ""}), 400, "InvalidParameter.IsEmpty", "name"),
        (json!({"name": "a/b"}), 400, "InvalidParameter.WithValue", "`name`"),
        (json!({"name": "taken"}), 409, "Conflict.RouteNameDuplicate", "`taken`"),
        (json!({"environmentId": "env-none"}), 404, "NotFound.EnvironmentNotFound", "env-none"),
        (json!({"domainIds": ["d-none"]}), 404, "DatabaseError.RecordNotFound", "d-none"),
        (path("PRE", "/"), 400, "InvalidParameter.WithValue", "`match.path.type`"),
        (path("Exact", "x"), 400, "InvalidParameter.WithValue", "`match.path.value`"),
        (path("Regex", "("), 400, "InvalidParameter.WithValue", "`match.path.value`"),
        (json!({"match": {"methods": ["GRAB"]}}), 400, "InvalidParameter.WithValue", "`match.methods`"),
        (
            json!({"match": {"headers": [{"name": "x y", "type": "Exact", "value": "1"}]}}),
            400,
            "InvalidParameter.WithValue",
            "`match.headers[0].name`",
        ),
        (
            json!({"match": {"queryParams": [{"name": "x", "type": "Regex", "value": "("}]}}),
            400,
            "InvalidParameter.WithValue",
            "`match.queryParams[0].value`",
        ),
        (backend(json!([])), 400, "InvalidParameter.WithValue", "backendConfig.services"),
        (
            backend(json!([{"serviceId": a, "weight": 50}, {"serviceId": a, "weight": 49}])),
            400,
            "InvalidParameter.WithValue",
            "backendConfig.services",
        ),
        (backend(json!([{"serviceId": a, "weight": 101}])), 400, "InvalidParameter.WithValue", "weight"),
        (backend(json!([{"serviceId": "svc-none", "weight": 100}])), 404, "NotFound.ServiceNotFound", "svc-none"),
        (backend(json!([{"serviceId": foreign, "weight": 100}])), 404, "NotFound.ServiceNotFound", "svc-"),
        (
            json!({"backendConfig": {"scene": "MultiServiceByTag", "services": [{"serviceId": a, "weight": 100}]}}),
            501,
            "NotImplemented",
            "MultiServiceByTag",
        ),
        (json!({"policyConfigs": [{"type": "RateLimit"}]}), 501, "NotImplemented", "policyConfigs"),
        (json!({"mcpRouteConfig": {"protocol": "SSE"}}), 501, "NotImplemented", "mcpRouteConfig"),
    ] {
        let mut body = route_to("new", &default, &a);
        body.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        post(&admin, &format!("/v1/http-apis/{api}/routes"), body).await.refused(status, code).saying(says);
    }
    let nowhere = post(&admin, "/v1/http-apis/api-none/routes", route_to("new", &default, &a)).await;
    nowhere.refused(404, "DatabaseError.RecordNotFound").saying("api-none");
    assert_eq!(gateway_keys(&cx), before);
}

#[tokio::test]
async fn routes_are_reached_through_their_own_http_api_only() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (gw, default) = apig_gateway(&admin, "one").await;
    let a = service(&admin, &gw, "a").await;
    let (mine, other) = (http_api(&admin, "mine").await, http_api(&admin, "other").await);
    let own = route(&admin, &mine, "own", &default, &a).await;
    let foreign = route(&admin, &other, "foreign", &default, &a).await;
    deploy(&admin, &other, &foreign).await;
    let user = cx.user_with_policy(allow(&["apig:*"], &[&arn(&format!("httpapi/{mine}"))])).await;
    get(&user, &format!("/v1/http-apis/{mine}/routes/{own}")).await.ok();
    // Another API's route under one's own API.
    let path = format!("/v1/http-apis/{mine}/routes/{foreign}");
    get(&user, &path).await.refused(404, "NotFound.RouteNotFound");
    put(&user, &path, json!({"description": "x"})).await.refused(404, "NotFound.RouteNotFound");
    delete(&user, &path).await.refused(404, "NotFound.RouteNotFound");
    for (verb, body) in [
        ("deploy", json!({"routeId": foreign})),
        ("deploy", json!({"httpApiConfig": {"routeIds": [own, foreign]}})),
        ("undeploy", json!({"routeId": foreign})),
    ] {
        post(&user, &format!("/v1/http-apis/{mine}/{verb}"), body).await.refused(404, "NotFound.RouteNotFound");
    }
    assert_eq!(status(&admin, &mine, &own).await, "NotDeployed", "all or none");
    // The path names the API, whatever query and body say.
    let query = [("httpApiId", &*mine)];
    let smuggled = user.apig("GET", &format!("/v1/http-apis/{other}/routes/{foreign}"), &query, Value::Null).await;
    smuggled.refused(403, "NoPermission").saying(&arn(&format!("httpapi/{other}")));
    let body = json!({"httpApiId": mine, "routeId": foreign});
    let smuggled = post(&user, &format!("/v1/http-apis/{other}/undeploy"), body).await;
    smuggled.refused(403, "NoPermission");
    assert_eq!(status(&admin, &other, &foreign).await, "Deployed");
    let api = format!("/v1/http-apis/{other}");
    let routes = format!("{api}/routes");
    for (answer, action) in [
        (get(&user, &api).await, "GetHttpApi"),
        (put(&user, &api, json!({"basePath": "/"})).await, "UpdateHttpApi"),
        (delete(&user, &api).await, "DeleteHttpApi"),
        (post(&user, &format!("{api}/deploy"), json!({"routeId": foreign})).await, "DeployHttpApi"),
        (post(&user, &format!("{api}/undeploy"), json!({"routeId": foreign})).await, "UndeployHttpApi"),
        (post(&user, &routes, json!({"name": "x"})).await, "CreateHttpApiRoute"),
        (get(&user, &routes).await, "ListHttpApiRoutes"),
        (get(&user, &format!("{routes}/{foreign}")).await, "GetHttpApiRoute"),
        (put(&user, &format!("{routes}/{foreign}"), json!({})).await, "UpdateHttpApiRoute"),
        (delete(&user, &format!("{routes}/{foreign}")).await, "DeleteHttpApiRoute"),
    ] {
        answer.refused(403, "NoPermission").saying(&format!("apig:{action}")).saying(&arn(&format!("httpapi/{other}")));
    }
    for (answer, action) in [
        (get(&user, "/v1/http-apis").await, "ListHttpApis"),
        (post(&user, "/v1/http-apis", json!({"name": "x", "type": "Http"})).await, "CreateHttpApi"),
    ] {
        answer.refused(403, "NoPermission").saying(&format!("apig:{action}")).saying(&arn("httpapi/*"));
    }
}

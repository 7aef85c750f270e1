//! APIG: gateways and environments.

use crate::apig_world::{arn, delete, deploy, environment, get, http_api, items, post, put, route, service};
use crate::context::{TestContext, allow, document, statement};
use crate::mse_world::{apig_gateway, gateway_keys, text};
use serde_json::{Value, json};

fn new(name: &str) -> Value {
    json!({"name": name, "networkAccessConfig": {"type": "InternetAndIntranet"}})
}

#[tokio::test]
async fn a_gateway_is_shown_as_it_was_asked_for_and_can_be_renamed() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let body = json!({
        "name": "front", "networkAccessConfig": {"type": "InternetAndIntranet"}, "gatewayType": "AI",
        "gatewayEdition": "Serverless", "spec": "apigw.medium.x1", "chargeType": "PREPAY", "vpcId": "vpc-7",
        "resourceGroupId": "rg-1", "tag": [{"key": "stage", "value": "test"}],
        "logConfig": {"sls": {"enable": false}},
        "zoneConfig": {"selectOption": "Manual", "zones": [{"zoneId": "cn-hangzhou-a", "vSwitchId": "vsw-1"}]},
    });
    let id = text(&post(&admin, "/v1/gateways", body).await.ok()["data"]["gatewayId"]);
    assert!(id.starts_with("gw-") && id.len() == 23, "{id}");
    let path = format!("/v1/gateways/{id}");
    let shown = get(&admin, &path).await.ok();
    let expected = json!({
        "gatewayId": id, "name": "front", "gatewayType": "AI", "gatewayEdition": "Serverless", "status": "Running",
        "spec": "apigw.medium.x1", "chargeType": "PREPAY", "vpc": {"vpcId": "vpc-7"}, "resourceGroupId": "rg-1",
        "tags": [{"key": "stage", "value": "test"}], "createTimestamp": crate::context::START,
    });
    for (field, value) in expected.as_object().unwrap() {
        assert_eq!(&shown["data"][field], value, "{field}");
    }
    let networks: Vec<&Value> =
        shown["data"]["loadBalancers"].as_array().unwrap().iter().map(|l| &l["addressType"]).collect();
    assert_eq!(networks, ["Internet", "Intranet"]);
    assert_eq!(shown["data"]["environments"][0]["name"], "default");
    put(&admin, &format!("{path}/name"), json!({"name": "back"})).await.ok();
    assert_eq!(get(&admin, &path).await.ok()["data"]["name"], "back");
}

#[tokio::test]
async fn gateways_are_listed_page_by_page_and_by_every_filter() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    for n in 0..5 {
        cx.clock.advance(1000);
        post(&admin, "/v1/gateways", new(&format!("g{n}"))).await.ok();
    }
    let mut body = new("special");
    body["tag"] = json!([{"key": "k", "value": "v"}]);
    (body["resourceGroupId"], body["vpcId"], body["gatewayType"]) = ("rg-9".into(), "vpc-9".into(), "AI".into());
    cx.clock.advance(1000);
    let id = text(&post(&admin, "/v1/gateways", body).await.ok()["data"]["gatewayId"]);
    let mut seen = Vec::new();
    for page in ["1", "2", "3", "4"] {
        let query = [("pageNumber", page), ("pageSize", "2")];
        let listed = admin.apig("GET", "/v1/gateways", &query, Value::Null).await.ok();
        assert_eq!((&listed["data"]["totalSize"], &listed["data"]["pageSize"]), (&json!(6), &json!(2)));
        seen.extend(listed["data"]["items"].as_array().unwrap().iter().map(|g| text(&g["name"])));
    }
    assert_eq!(seen, ["special", "g4", "g3", "g2", "g1", "g0"]);
    for query in [
        vec![("name", "special")],
        vec![("keyword", "peci")],
        vec![("gatewayId", &*id)],
        vec![("resourceGroupId", "rg-9")],
        vec![("vpcId", "vpc-9")],
        vec![("gatewayType", "AI")],
        vec![("tag", r#"[{"key":"k","value":"v"}]"#)],
    ] {
        let found = items(&admin, "/v1/gateways", &query).await;
        assert_eq!(found.len(), 1, "{query:?}");
        assert_eq!(found[0]["name"], "special", "{query:?}");
    }
    let odd = admin.apig("GET", "/v1/gateways", &[("pageSize", "101")], Value::Null).await;
    odd.refused(400, "InvalidParameter.WithValue").saying("`pageSize`");
}

#[tokio::test]
async fn a_gateway_stays_while_something_is_published_on_it_and_then_goes_with_the_rest() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (gw, default) = apig_gateway(&admin, "one").await;
    let service = service(&admin, &gw, "a").await;
    let api = http_api(&admin, "api").await;
    let id = route(&admin, &api, "live", &default, &service).await;
    deploy(&admin, &api, &id).await;
    let path = format!("/v1/gateways/{gw}");
    delete(&admin, &path).await.refused(409, "Conflict.GatewayInUse").saying("`live`");
    assert_eq!(get(&admin, &path).await.ok()["data"]["status"], "Running");
    let undeploy = json!({"environmentId": default});
    post(&admin, &format!("/v1/http-apis/{api}/undeploy"), undeploy).await.ok();
    delete(&admin, &path).await.ok();
    get(&admin, &path).await.refused(404, "NotFound.GatewayNotFound").saying(&gw);
    delete(&admin, &path).await.refused(404, "NotFound.GatewayNotFound");
    // The HTTP API was no gateway's own, so it stays, without the route.
    assert_eq!(items(&admin, &format!("/v1/http-apis/{api}/routes"), &[]).await, Vec::<Value>::new());
    delete(&admin, &format!("/v1/http-apis/{api}")).await.ok();
    assert_eq!(gateway_keys(&cx), Vec::<String>::new());
}

#[tokio::test]
async fn what_is_wrong_with_a_gateway_is_named_and_nothing_is_made() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let long = "n".repeat(65);
    for (field, value, status, code, says) in [
        ("name", json!(""), 400, "InvalidParameter.IsEmpty", "name"),
        ("name", json!(long), 400, "InvalidParameter.WithValue", "`name`"),
        ("name", json!("a\u{7}"), 400, "InvalidParameter.WithValue", "`name`"),
        ("networkAccessConfig", json!(null), 400, "InvalidParameter.IsEmpty", "networkAccessConfig"),
        (
            "networkAccessConfig",
            json!({"type": "Moon"}),
            400,
            "InvalidParameter.WithValue",
            "`networkAccessConfig.type`",
        ),
        ("gatewayType", json!("API2"), 400, "InvalidParameter.WithValue", "`gatewayType`"),
        ("chargeType", json!("FREE"), 400, "InvalidParameter.WithValue", "`chargeType`"),
        ("tag", json!([{"key": "acs:a", "value": ""}]), 400, "InvalidParameter.WithValue", "tag[0].key"),
        ("tag", json!("x"), 400, "InvalidParameter", "tag"),
        ("logConfig", json!({"sls": {"enable": true}}), 501, "NotImplemented", "logConfig.sls.enable"),
    ] {
        let mut body = new("good");
        body[field] = value;
        post(&admin, "/v1/gateways", body).await.refused(status, code).saying(says);
    }
    assert_eq!(gateway_keys(&cx), Vec::<String>::new());
    put(&admin, "/v1/gateways/gw-none/name", json!({"name": "x"})).await.refused(404, "NotFound.GatewayNotFound");
}

#[tokio::test]
async fn environments_are_made_listed_changed_and_deleted() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (gw, default) = apig_gateway(&admin, "one").await;
    let body = json!({"gatewayId": gw, "name": "staging", "alias": "Staging", "description": "d"});
    let id = text(&post(&admin, "/v1/environments", body.clone()).await.ok()["data"]["environmentId"]);
    let path = format!("/v1/environments/{id}");
    let shown = get(&admin, &path).await.ok();
    assert_eq!((&shown["data"]["name"], &shown["data"]["alias"]), (&json!("staging"), &json!("Staging")));
    assert_eq!(shown["data"]["subDomainInfos"][0]["name"], format!("{id}.cn-hangzhou.ramgate.test"));
    post(&admin, "/v1/environments", body).await.refused(409, "Conflict.EnvironmentNameDuplicate").saying("`staging`");
    put(&admin, &path, json!({"alias": "Stage", "description": "e"})).await.ok();
    let shown = get(&admin, &path).await.ok();
    assert_eq!((&shown["data"]["alias"], &shown["data"]["description"]), (&json!("Stage"), &json!("e")));
    for (query, n) in [
        (vec![("gatewayId", &*gw)], 2),
        (vec![("nameLike", "stag")], 1),
        (vec![("aliasLike", "Stage")], 1),
        (vec![("gatewayNameLike", "on")], 2),
        (vec![("gatewayId", "gw-none")], 0),
        (vec![("pageNumber", "2"), ("pageSize", "1")], 1),
    ] {
        assert_eq!(items(&admin, "/v1/environments", &query).await.len(), n, "{query:?}");
    }
    let service = service(&admin, &gw, "a").await;
    let api = http_api(&admin, "api").await;
    let placed = route(&admin, &api, "placed", &id, &service).await;
    delete(&admin, &path).await.refused(409, "Conflict.EnvironmentInUse").saying("`placed`");
    delete(&admin, &format!("/v1/http-apis/{api}/routes/{placed}")).await.ok();
    delete(&admin, &path).await.ok();
    get(&admin, &path).await.refused(404, "NotFound.EnvironmentNotFound").saying(&id);
    let path = format!("/v1/environments/{default}");
    delete(&admin, &path).await.refused(409, "Conflict.DefaultEnvironmentCannotBeDeleted");
    for (field, value, status, code) in [
        ("gatewayId", "", 400, "InvalidParameter.IsEmpty"),
        ("gatewayId", "gw-none", 404, "NotFound.GatewayNotFound"),
        ("name", "", 400, "InvalidParameter.IsEmpty"),
        ("name", "a/b", 400, "InvalidParameter.WithValue"),
        ("alias", "", 400, "InvalidParameter.IsEmpty"),
    ] {
        let mut body = json!({"gatewayId": gw, "name": "n", "alias": "a"});
        body[field] = value.into();
        post(&admin, "/v1/environments", body).await.refused(status, code);
    }
}

#[tokio::test]
async fn gateways_and_environments_are_checked_under_their_own_names() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let ((own, own_default), (other, other_default)) =
        (apig_gateway(&admin, "a").await, apig_gateway(&admin, "b").await);
    let extra = environment(&admin, &other, "staging").await;
    let mine = [arn(&format!("gateway/{own}")), arn(&format!("environment/{own_default}"))];
    let user = cx.user_with_policy(allow(&["apig:*"], &[&mine[0], &mine[1]])).await;
    get(&user, &format!("/v1/gateways/{own}")).await.ok();
    put(&user, &format!("/v1/gateways/{own}/name"), json!({"name": "mine"})).await.ok();
    get(&user, &format!("/v1/environments/{own_default}")).await.ok();
    for (method, path, body, action, resource) in [
        ("GET", format!("/v1/gateways/{other}"), json!(null), "GetGateway", format!("gateway/{other}")),
        ("DELETE", format!("/v1/gateways/{other}"), json!(null), "DeleteGateway", format!("gateway/{other}")),
        (
            "PUT",
            format!("/v1/gateways/{other}/name"),
            json!({"name": "x"}),
            "UpdateGatewayName",
            format!("gateway/{other}"),
        ),
        ("GET", "/v1/gateways".to_owned(), json!(null), "ListGateways", "gateway/*".to_owned()),
        ("POST", "/v1/gateways".to_owned(), new("x"), "CreateGateway", "gateway/*".to_owned()),
        (
            "GET",
            format!("/v1/environments/{other_default}"),
            json!(null),
            "GetEnvironment",
            format!("environment/{other_default}"),
        ),
        (
            "PUT",
            format!("/v1/environments/{extra}"),
            json!({"alias": "x"}),
            "UpdateEnvironment",
            format!("environment/{extra}"),
        ),
        (
            "DELETE",
            format!("/v1/environments/{extra}"),
            json!(null),
            "DeleteEnvironment",
            format!("environment/{extra}"),
        ),
        ("GET", "/v1/environments".to_owned(), json!(null), "ListEnvironments", "environment/*".to_owned()),
        (
            "POST",
            "/v1/environments".to_owned(),
            json!({"gatewayId": own, "name": "n", "alias": "n"}),
            "CreateEnvironment",
            "environment/*".to_owned(),
        ),
    ] {
        let answer = user.apig(method, &path, &[], body).await;
        answer.refused(403, "NoPermission").saying(&format!("apig:{action}")).saying(&arn(&resource));
    }
    assert_eq!(get(&admin, &format!("/v1/gateways/{other}")).await.ok()["data"]["name"], "b");
}

#[tokio::test]
async fn a_policy_can_keep_new_gateways_off_the_internet() {
    let cx = TestContext::start().await;
    let mut inside = statement("Allow", &["apig:CreateGateway"], &["*"]);
    inside["Condition"] = json!({"StringEquals": {"apig:NetworkType": "Intranet"}});
    let user = cx.user_with_policy(document(&[inside])).await;
    let of = |network: &str| json!({"name": "g", "networkAccessConfig": {"type": network}});
    post(&user, "/v1/gateways", of("Intranet")).await.ok();
    for network in ["Internet", "InternetAndIntranet"] {
        post(&user, "/v1/gateways", of(network)).await.refused(403, "NoPermission").saying("apig:CreateGateway");
    }
}

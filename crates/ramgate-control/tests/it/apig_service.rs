//! APIG: services.

use crate::apig_world::{arn, delete, get, http_api, items, post, put, route, service};
use crate::context::{TestContext, allow, document, statement};
use crate::mse_world::{apig_gateway, gateway_keys, text};
use serde_json::{Value, json};

fn new(gateway: &str, configs: Value) -> Value {
    json!({"gatewayId": gateway, "sourceType": "VIP", "serviceConfigs": configs})
}

#[tokio::test]
async fn services_are_made_together_shown_changed_and_deleted() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (gw, _) = apig_gateway(&admin, "one").await;
    let configs = json!([
        {"name": "a", "addresses": ["10.0.0.1:80", "10.0.0.2:80"]},
        {"name": "b", "addresses": ["[::1]:80"]},
    ]);
    let made = post(&admin, "/v1/services", new(&gw, configs)).await.ok();
    let ids = made["data"]["serviceIds"].as_array().unwrap().clone();
    assert_eq!(ids.len(), 2);
    let path = format!("/v1/services/{}", text(&ids[0]));
    let shown = get(&admin, &path).await.ok();
    let expected = json!({
        "name": "a", "addresses": ["10.0.0.1:80", "10.0.0.2:80"], "gatewayId": gw, "sourceType": "VIP", "protocol": "HTTP",
    });
    for (field, value) in expected.as_object().unwrap() {
        assert_eq!(&shown["data"][field], value, "{field}");
    }
    let change = json!({
        "addresses": ["10.0.0.9:81"], "protocol": "HTTPS", "ports": [{"name": "main", "port": 81}],
        "healthCheckConfig": {"enable": true, "protocol": "TCP"},
    });
    put(&admin, &path, change).await.ok();
    let shown = get(&admin, &path).await.ok();
    assert_eq!((&shown["data"]["addresses"], &shown["data"]["protocol"]), (&json!(["10.0.0.9:81"]), &json!("HTTPS")));
    assert_eq!(shown["data"]["ports"][0]["port"], 81);
    assert_eq!(shown["data"]["healthCheck"]["protocol"], "TCP");
    delete(&admin, &path).await.ok();
    get(&admin, &path).await.refused(404, "NotFound.ServiceNotFound").saying(&text(&ids[0]));
    put(&admin, &path, json!({})).await.refused(404, "NotFound.ServiceNotFound");
    delete(&admin, &path).await.refused(404, "NotFound.ServiceNotFound");
    assert_eq!(items(&admin, "/v1/services", &[]).await.len(), 1);
}

#[tokio::test]
async fn services_with_dns_names_keep_their_name_servers() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (gw, _) = apig_gateway(&admin, "one").await;
    let configs = json!([{"name": "d", "addresses": ["api.example.com:443"], "dnsServers": ["10.0.0.53"]}]);
    let body = json!({"gatewayId": gw, "sourceType": "DNS", "serviceConfigs": configs});
    let id = text(&post(&admin, "/v1/services", body).await.ok()["data"]["serviceIds"][0]);
    let path = format!("/v1/services/{id}");
    put(&admin, &path, json!({"addresses": ["b.example.com:8443"]})).await.ok();
    let shown = get(&admin, &path).await.ok();
    assert_eq!(shown["data"]["addresses"], json!(["b.example.com:8443"]));
    assert_eq!(shown["data"]["dnsServers"], json!(["10.0.0.53"]));
}

#[tokio::test]
async fn services_are_listed_page_by_page_and_by_every_filter() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let ((one, _), (two, _)) = (apig_gateway(&admin, "one").await, apig_gateway(&admin, "two").await);
    for n in 0..5 {
        cx.clock.advance(1000);
        service(&admin, &one, &format!("s{n}")).await;
    }
    let configs = json!([{"name": "named", "addresses": ["a.example.com:80"]}]);
    let body = json!({"gatewayId": two, "sourceType": "DNS", "serviceConfigs": configs, "resourceGroupId": "rg-1"});
    post(&admin, "/v1/services", body).await.ok();
    let mut seen = Vec::new();
    for page in ["1", "2", "3"] {
        let query = [("gatewayId", &*one), ("pageNumber", page), ("pageSize", "2")];
        seen.extend(items(&admin, "/v1/services", &query).await.iter().map(|s| text(&s["name"])));
    }
    assert_eq!(seen, ["s4", "s3", "s2", "s1", "s0"]);
    for (query, n) in [
        (vec![], 6),
        (vec![("gatewayId", &*two)], 1),
        (vec![("name", "s")], 5),
        (vec![("sourceType", "DNS")], 1),
        (vec![("sourceTypes", "VIP,DNS")], 6),
        (vec![("sourceTypes", r#"["DNS"]"#)], 1),
        (vec![("resourceGroupId", "rg-1")], 1),
    ] {
        assert_eq!(items(&admin, "/v1/services", &query).await.len(), n, "{query:?}");
    }
    let odd = admin.apig("GET", "/v1/services", &[("sourceTypes", "[")], Value::Null).await;
    odd.refused(400, "InvalidParameter.WithValue").saying("`sourceTypes`");
}

#[tokio::test]
async fn of_several_services_one_that_is_wrong_keeps_all_out() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (gw, _) = apig_gateway(&admin, "one").await;
    service(&admin, &gw, "present").await;
    let before = gateway_keys(&cx);
    let good = json!({"name": "good", "addresses": ["10.0.0.1:80"], "namespace": "default"});
    for (wrong, status, code, says) in [
        (json!({"name": "present", "addresses": ["10.0.0.1:80"]}), 409, "Conflict.ServiceNameDuplicate", "`present`"),
        (json!({"name": "good", "addresses": ["10.0.0.1:80"]}), 409, "Conflict.ServiceNameDuplicate", "`good`"),
        (
            json!({"name": "a/b", "addresses": ["10.0.0.1:80"]}),
            400,
            "InvalidParameter.WithValue",
            "`serviceConfigs.name`",
        ),
        (
            json!({"name": "x", "addresses": ["10.0.0.1"]}),
            400,
            "InvalidParameter.WithValue",
            "`serviceConfigs.addresses`",
        ),
        (
            json!({"name": "x", "addresses": ["a.example.com:80"]}),
            400,
            "InvalidParameter.WithValue",
            "`serviceConfigs.addresses`",
        ),
    ] {
        let answer = post(&admin, "/v1/services", new(&gw, json!([good, wrong]))).await;
        answer.refused(status, code).saying(says);
    }
    for (field, value, status, code) in [
        ("gatewayId", json!(""), 400, "InvalidParameter.IsEmpty"),
        ("gatewayId", json!("gw-none"), 404, "NotFound.GatewayNotFound"),
        ("sourceType", json!("CONSUL"), 400, "InvalidParameter.WithValue"),
        ("sourceType", json!("K8S"), 501, "NotImplemented"),
    ] {
        let mut body = new(&gw, json!([good]));
        body[field] = value;
        post(&admin, "/v1/services", body).await.refused(status, code);
    }
    assert_eq!(gateway_keys(&cx), before);
}

#[tokio::test]
async fn a_service_that_a_route_names_stays() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (gw, environment) = apig_gateway(&admin, "one").await;
    let id = service(&admin, &gw, "a").await;
    let api = http_api(&admin, "api").await;
    let by = route(&admin, &api, "uses-it", &environment, &id).await;
    delete(&admin, &format!("/v1/services/{id}")).await.refused(409, "Conflict.ServiceInUse").saying("`uses-it`");
    delete(&admin, &format!("/v1/http-apis/{api}/routes/{by}")).await.ok();
    delete(&admin, &format!("/v1/services/{id}")).await.ok();
}

#[tokio::test]
async fn a_repeated_client_token_makes_no_second_service() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (gw, _) = apig_gateway(&admin, "one").await;
    let of = |name: &str, token: &str| {
        let mut body = new(&gw, json!([{"name": name, "addresses": ["10.0.0.1:80"]}]));
        body["clientToken"] = token.into();
        body
    };
    let first = post(&admin, "/v1/services", of("a", "t-1")).await.ok()["data"]["serviceIds"].clone();
    assert_eq!(post(&admin, "/v1/services", of("a", "t-1")).await.ok()["data"]["serviceIds"], first);
    post(&admin, "/v1/services", of("b", "t-1")).await.refused(400, "IdempotentParameterMismatch");
    post(&admin, "/v1/services", of("a", "t-2")).await.refused(409, "Conflict.ServiceNameDuplicate");
    // A call that failed gives its token back.
    post(&admin, "/v1/services", of("c", "t-2")).await.ok();
    // Another caller's tokens are its own.
    let user = cx.user_with_policy(allow(&["apig:CreateService"], &["*"])).await;
    post(&user, "/v1/services", of("a", "t-1")).await.refused(409, "Conflict.ServiceNameDuplicate");
    cx.clock.advance(25 * 60 * 60 * 1000);
    post(&admin, "/v1/services", of("d", "t-1")).await.ok();
    let long = "t".repeat(65);
    post(&admin, "/v1/services", of("e", &long))
        .await
        .refused(400, "InvalidParameter.WithValue")
        .saying("`clientToken`");
}

#[tokio::test]
async fn services_are_checked_under_their_own_names_and_by_their_gateway() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let ((one, _), (two, _)) = (apig_gateway(&admin, "one").await, apig_gateway(&admin, "two").await);
    let (mine, other) = (service(&admin, &one, "a").await, service(&admin, &two, "a").await);
    let user = cx.user_with_policy(allow(&["apig:*"], &[&arn(&format!("service/{mine}"))])).await;
    get(&user, &format!("/v1/services/{mine}")).await.ok();
    let path = format!("/v1/services/{other}");
    for (answer, action) in [
        (get(&user, &path).await, "GetService"),
        (put(&user, &path, json!({})).await, "UpdateService"),
        (delete(&user, &path).await, "DeleteService"),
    ] {
        answer.refused(403, "NoPermission").saying(&format!("apig:{action}")).saying(&arn(&format!("service/{other}")));
    }
    let list = get(&user, "/v1/services").await;
    list.refused(403, "NoPermission").saying("apig:ListServices").saying(&arn("service/*"));
    let create = post(&user, "/v1/services", new(&one, json!([{"name": "x", "addresses": ["10.0.0.1:1"]}]))).await;
    create.refused(403, "NoPermission").saying("apig:CreateService").saying(&arn("service/*"));
    // The gateway that counts is the stored one, whatever the request says.
    let mut of_one = statement("Allow", &["apig:GetService"], &["*"]);
    of_one["Condition"] = json!({"StringEquals": {"apig:GatewayId": one}});
    let user = cx.user_with_policy(document(&[of_one])).await;
    get(&user, &format!("/v1/services/{mine}")).await.ok();
    let faked = user.apig("GET", &path, &[("gatewayId", &one)], Value::Null).await;
    faked.refused(403, "NoPermission");
}

//! MSE: services.

use crate::client::Client;
use crate::context::{TestContext, allow};
use crate::mse_world::{apig_gateway, filter, gateway, gateway_keys, instance, service};
use serde_json::{Value, json};

/// Imports one service of `SourceType` VIP, or DNS where the address begins with a letter.
async fn import(client: &Client, gateway: &str, service: Value, more: &[(&str, &str)]) -> crate::client::Answer {
    let dns = service["Ips"][0].as_str().is_some_and(|a| a.starts_with(char::is_alphabetic));
    let list = json!([service]).to_string();
    let kind = if dns { "DNS" } else { "VIP" };
    let own = [("GatewayUniqueId", gateway), ("SourceType", kind), ("ServiceList", &*list)];
    client.mse("ImportServices", &[&own[..], more].concat()).await
}

async fn listed(client: &Client, gateway: &str, filter: Value) -> Vec<Value> {
    let mut filter = filter;
    filter["GatewayUniqueId"] = gateway.into();
    let parameters = [("FilterParams", &*filter.to_string()), ("PageSize", "500")];
    let answer = client.mse("ListGatewayService", &parameters).await.ok();
    answer["Data"]["Result"].as_array().unwrap().clone()
}

#[tokio::test]
async fn services_with_fixed_addresses_and_with_dns_names_are_shown_as_imported() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let gw = gateway(&admin, "one").await;
    let vip = json!({"Name": "fixed", "Ips": ["10.0.0.1:8080", "10.0.0.2"], "ServicePort": 9090});
    assert_eq!(import(&admin, &gw, vip, &[]).await.ok()["Data"], true);
    let dns = json!({
        "Name": "named", "Ips": ["Api.Example.com"], "DnsServerList": ["10.0.0.53"], "ServiceProtocol": "HTTPS",
    });
    import(&admin, &gw, dns, &[("TlsSetting", r#"{"mode":"SIMPLE","sni":"inner.example.com"}"#)]).await.ok();

    let fixed = &listed(&admin, &gw, json!({"Name": "fixed"})).await[0];
    let expected = json!({
        "Ips": ["10.0.0.1:8080", "10.0.0.2:9090"], "SourceType": "VIP", "ServiceProtocol": "HTTP", "Ports": [9090],
        "ServicePort": 9090, "HealthStatus": "Unknown", "HealehStatus": "Unknown", "GatewayUniqueId": gw,
        "ServiceFQDN": "outbound|9090||fixed.static", "GmtCreate": "2026-01-02 11:04:05",
    });
    for (field, value) in expected.as_object().unwrap() {
        assert_eq!(&fixed[field], value, "{field}");
    }
    assert_eq!(fixed["GatewayTrafficPolicy"]["Tls"]["Mode"], "DISABLE");

    let id = listed(&admin, &gw, json!({"Name": "named"})).await[0]["Id"].to_string();
    let shown = admin.mse("GetGatewayServiceDetail", &[("GatewayUniqueId", &gw), ("ServiceId", &id)]).await.ok();
    let expected = json!({
        "Ips": ["api.example.com:443"], "SourceType": "DNS", "ServiceProtocol": "HTTPS",
        "DnsServerList": ["10.0.0.53"], "Ports": [443], "GmtCreate": "2026-01-02T03:04:05.000+0000",
        "GatewayTrafficPolicy": {
            "LoadBalancerSettings": { "LoadbalancerType": "ROUND_ROBIN" },
            "TlsSetting": { "TlsMode": "SIMPLE", "Sni": "inner.example.com" },
        },
    });
    for (field, value) in expected.as_object().unwrap() {
        assert_eq!(&shown["Data"][field], value, "{field}");
    }
}

#[tokio::test]
async fn a_service_that_exists_stays_as_it_is_and_the_others_are_made() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let gw = gateway(&admin, "one").await;
    let id = service(&admin, &gw, "present").await;
    let list = json!([
        {"Name": "present", "Ips": ["10.9.9.9:1"]},
        {"Name": "new", "Ips": ["10.0.0.1:1"]},
        {"Name": "new", "Ips": ["10.0.0.2:2"]},
    ]);
    let list = list.to_string();
    let parameters = [("GatewayUniqueId", &*gw), ("SourceType", "VIP"), ("ServiceList", &list)];
    assert_eq!(admin.mse("ImportServices", &parameters).await.ok()["Data"], true);
    let all = listed(&admin, &gw, json!({})).await;
    assert_eq!(all.len(), 2);
    let present = all.iter().find(|s| s["Name"] == "present").unwrap();
    assert_eq!((present["Id"].to_string(), &present["Ips"]), (id, &json!(["127.0.0.1:9"])));
    let new = all.iter().find(|s| s["Name"] == "new").unwrap();
    assert_eq!(new["Ips"], json!(["10.0.0.1:1"]), "the first of one name counts");
}

#[tokio::test]
async fn services_are_listed_page_by_page_and_by_every_filter() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let gw = gateway(&admin, "one").await;
    for n in 0..5 {
        cx.clock.advance(1000);
        service(&admin, &gw, &format!("s{n}")).await;
    }
    import(&admin, &gw, json!({"Name": "d", "Ips": ["a.example.com"], "ServiceProtocol": "GRPC"}), &[]).await.ok();
    let mut seen: Vec<String> = Vec::new();
    for page in ["1", "2", "3", "4"] {
        let parameters = [("FilterParams", &*filter(&gw)), ("PageNumber", page), ("PageSize", "2")];
        let answer = admin.mse("ListGatewayService", &parameters).await.ok();
        assert_eq!(answer["Data"]["TotalSize"], 6);
        seen.extend(
            answer["Data"]["Result"].as_array().unwrap().iter().map(|s| s["Name"].as_str().unwrap().to_owned()),
        );
    }
    assert_eq!(seen, ["d", "s4", "s3", "s2", "s1", "s0"]);
    for (filter, n) in [
        (json!({"Name": "s"}), 5),
        (json!({"SourceType": "DNS"}), 1),
        (json!({"ServiceProtocol": "GRPC"}), 1),
        (json!({"Namespace": "public"}), 0),
        (json!({"GroupName": "g"}), 0),
    ] {
        assert_eq!(listed(&admin, &gw, filter.clone()).await.len(), n, "{filter}");
    }
    let odd = [("FilterParams", &*filter(&gw)), ("PageSize", "501")];
    admin.mse("ListGatewayService", &odd).await.refused(400, "InvalidParameter").saying("`PageSize`");
}

#[tokio::test]
async fn services_of_either_api_are_listed_by_the_other() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (gw, _) = apig_gateway(&admin, "one").await;
    let body =
        json!({"gatewayId": gw, "sourceType": "VIP", "serviceConfigs": [{"name": "a", "addresses": ["10.0.0.1:80"]}]});
    admin.apig("POST", "/v1/services", &[], body).await.ok();
    service(&admin, &gw, "m").await;
    let names: Vec<Value> = listed(&admin, &gw, json!({})).await.iter().map(|s| s["Name"].clone()).collect();
    assert_eq!(names, ["m", "a"]);
    let shown = admin.apig("GET", "/v1/services", &[("gatewayId", &gw)], Value::Null).await.ok();
    assert_eq!(shown["data"]["totalSize"], 2);
    // A name is one service's, whichever API gave it.
    import(&admin, &gw, json!({"Name": "a", "Ips": ["10.0.0.9:9"]}), &[]).await.ok();
    assert_eq!(listed(&admin, &gw, json!({})).await.len(), 2);
}

#[tokio::test]
async fn what_is_wrong_with_a_service_is_named_and_none_is_made() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let gw = gateway(&admin, "one").await;
    let before = gateway_keys(&cx);
    for (service, status, code, says) in [
        (json!({"Ips": ["10.0.0.1:1"]}), 400, "MissingParameter", "ServiceList[0].Name"),
        (json!({"Name": "a/b", "Ips": ["10.0.0.1:1"]}), 400, "InvalidParameter", "`ServiceList[0].Name`"),
        (json!({"Name": "a"}), 400, "MissingParameter", "ServiceList[0].Ips"),
        (json!({"Name": "a", "Ips": ["10.0.0.1"]}), 400, "InvalidParameter", "`ServiceList[0].Ips`"),
        (json!({"Name": "a", "Ips": ["10.0.0.1:0"]}), 400, "InvalidParameter", "`ServiceList[0].Ips`"),
        (json!({"Name": "a", "Ips": ["a b"]}), 400, "InvalidParameter", "`ServiceList[0].Ips`"),
        (json!({"Name": "a", "Ips": vec!["10.0.0.1:1"; 11]}), 400, "InvalidParameter", "`ServiceList[0].Ips`"),
        (json!({"Name": "a", "Ips": ["a.b"], "DnsServerList": ["dns"]}), 400, "InvalidParameter", "DnsServerList"),
        (json!({"Name": "a", "Ips": ["10.0.0.1:1"], "ServicePort": 65536}), 400, "InvalidParameter", "ServicePort"),
        (
            json!({"Name": "a", "Ips": ["10.0.0.1:1"], "ServiceProtocol": "SMTP"}),
            400,
            "InvalidParameter",
            "ServiceProtocol",
        ),
        (json!({"Name": "a", "Ips": ["10.0.0.1:1"], "ServiceProtocol": "DUBBO"}), 501, "NotImplemented", "`DUBBO`"),
    ] {
        import(&admin, &gw, service, &[]).await.refused(status, code).saying(says);
    }
    let good = json!({"Name": "a", "Ips": ["10.0.0.1:1"]});
    for (tls, status, code, says) in [
        (json!({"mode": "ODD"}), 400, "InvalidParameter", "`TlsSetting.mode`"),
        (json!({"mode": "MUTUAL"}), 400, "InvalidParameter", "`TlsSetting.certId`"),
        (json!({"mode": "MUTUAL", "certId": "x"}), 400, "InvalidParameter", "`TlsSetting.certId`"),
        (json!({"mode": "MUTUAL", "certId": "77-cn-hangzhou"}), 404, "NotFound", "77"),
        (json!({"mode": "SIMPLE", "caCertContent": "no pem"}), 400, "InvalidParameter", "`TlsSetting.caCertContent`"),
        (json!({"mode": "SIMPLE", "caCertId": "1"}), 501, "NotImplemented", "caCertId"),
    ] {
        let tls = tls.to_string();
        import(&admin, &gw, good.clone(), &[("TlsSetting", &tls)]).await.refused(status, code).saying(says);
    }
    // All or none: one that is wrong keeps the others out.
    let list = json!([good, {"Name": "b", "Ips": ["?"]}]).to_string();
    let parameters = [("GatewayUniqueId", &*gw), ("SourceType", "VIP"), ("ServiceList", &list)];
    admin.mse("ImportServices", &parameters).await.refused(400, "InvalidParameter").saying("`ServiceList[1].Ips`");
    let none = [("GatewayUniqueId", &*gw), ("SourceType", "VIP"), ("ServiceList", "[]")];
    admin.mse("ImportServices", &none).await.refused(400, "InvalidParameter").saying("`ServiceList`");
    for kind in ["K8s", "MSE", "FC", "SAE", "EDAS", "MSE_ZK"] {
        let list = [("GatewayUniqueId", &*gw), ("SourceType", kind), ("ServiceList", r#"[{"Name":"a"}]"#)];
        admin.mse("ImportServices", &list).await.refused(501, "NotImplemented").saying(kind);
    }
    let odd = [("GatewayUniqueId", &*gw), ("SourceType", "ODD"), ("ServiceList", "[]")];
    admin.mse("ImportServices", &odd).await.refused(400, "InvalidParameter").saying("`SourceType`");
    admin.mse("ListGatewayService", &[]).await.refused(400, "MissingParameter").saying("GatewayUniqueId");
    let missing = [("GatewayUniqueId", &*gw), ("ServiceId", "77")];
    admin.mse("GetGatewayServiceDetail", &missing).await.refused(404, "NotFound").saying("77");
    assert_eq!(gateway_keys(&cx), before);
}

#[tokio::test]
async fn services_are_reached_through_their_own_gateway_only() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (own, other) = (gateway(&admin, "own").await, gateway(&admin, "other").await);
    let foreign = service(&admin, &other, "secret").await;
    let user = cx.user_with_policy(allow(&["mse:*"], &[&instance(&own)])).await;
    let attack = [("GatewayUniqueId", &*own), ("ServiceId", &foreign)];
    user.mse("GetGatewayServiceDetail", &attack).await.refused(404, "NotFound");
    for action in ["ImportServices", "GetGatewayServiceDetail"] {
        let answer = user.mse(action, &[("GatewayUniqueId", &other), ("ServiceId", &foreign)]).await;
        answer.refused(403, "NoPermission").saying(&format!("mse:{action}")).saying(&instance(&other));
    }
    let in_filter = user.mse("ListGatewayService", &[("FilterParams", &filter(&other))]).await;
    in_filter.refused(403, "NoPermission").saying(&instance(&other));
}

//! MSE: routes, from draft to traffic and back.

use crate::client::{Answer, Client};
use crate::context::{TestContext, allow};
use crate::mse_world::{
    domain, filter, gateway, gateway_keys, instance, route, route_detail, route_names, route_to, service, text,
};
use serde_json::{Value, json};

/// Makes a route of these parameters beside gateway, name and the default domain.
async fn add(client: &Client, gateway: &str, name: &str, parameters: &[(&str, &str)]) -> Answer {
    let mut all = vec![("GatewayUniqueId", gateway), ("Name", name)];
    if !parameters.iter().any(|(name, _)| name.starts_with("DomainId")) {
        all.push(("DomainIdListJSON", "[0]"));
    }
    all.extend(parameters);
    client.mse("AddGatewayRoute", &all).await
}

#[tokio::test]
async fn a_route_is_shown_as_it_was_written() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let gw = gateway(&admin, "one").await;
    let (a, b) = (service(&admin, &gw, "a").await, service(&admin, &gw, "b").await);
    let example = domain(&admin, &gw, "example.com").await;
    let predicates = json!({
        "PathPredicates": {"Path": "/v[0-9]+/.*", "Type": "ERGULAR", "IgnoreCase": true},
        "MethodPredicates": ["GET", "post"],
        "HeaderPredicates": [{"Key": "x-stage", "Type": "EQUAL", "Value": "test"}],
        "QueryPredicates": [{"Key": "debug", "Type": "PRE", "Value": "1"}],
    });
    let services = json!([
        {"ServiceId": a.parse::<i64>().unwrap(), "Percent": 70},
        {"Name": "b", "SourceType": "VIP", "Percent": 30, "ServicePort": 81},
    ]);
    let id = add(
        &admin,
        &gw,
        "both",
        &[
            ("DestinationType", "Multiple"),
            ("DomainIdListJSON", &format!("[0,{example}]")),
            ("Predicates", &predicates.to_string()),
            ("Services", &services.to_string()),
            ("RouteOrder", "7"),
            ("Description", "for tests"),
            ("Policies", r#"{"Timeout":"{\"unitNum\":5,\"timeUnit\":\"s\",\"status\":\"off\"}"}"#),
        ],
    )
    .await
    .ok()["Data"]
        .as_i64()
        .unwrap();
    let shown = route_detail(&admin, &gw, &id.to_string()).await;
    let example: i64 = example.parse().unwrap();
    let expected = json!({
        "Id": id, "Name": "both", "Status": 0, "RouteOrder": 7, "Description": "for tests", "DestinationType": "Multiple",
        "DomainIdList": [0, example], "DomainNameList": ["*", "example.com"], "GatewayUniqueId": gw,
        "DefaultServiceId": a.parse::<i64>().unwrap(), "DefaultServiceName": "a",
        "RoutePredicates": {
            "PathPredicates": {"Path": "/v[0-9]+/.*", "Type": "ERGULAR", "IgnoreCase": true},
            "MethodPredicates": ["GET", "POST"],
            "HeaderPredicates": [{"Key": "x-stage", "Type": "EQUAL", "Value": "test"}],
            "QueryPredicates": [{"Key": "debug", "Type": "PRE", "Value": "1"}],
        },
        "EnableWaf": false, "Fallback": false, "FallbackServices": [],
    });
    for (field, value) in expected.as_object().unwrap() {
        assert_eq!(&shown[field], value, "{field}");
    }
    // The same again as text, for clients that read only that.
    let as_text: Value = serde_json::from_str(shown["Predicates"].as_str().unwrap()).unwrap();
    assert_eq!(as_text, shown["RoutePredicates"]);
    let as_text: Value = serde_json::from_str(shown["Services"].as_str().unwrap()).unwrap();
    assert_eq!(as_text, shown["RouteServices"]);
    let second = &shown["RouteServices"][1];
    assert_eq!(
        (&second["ServiceId"], &second["Percent"], &second["ServicePort"]),
        (&json!(b.parse::<i64>().unwrap()), &json!(30), &json!(81))
    );
}

#[tokio::test]
async fn the_right_spellings_and_the_older_domain_form_are_read_too() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let gw = gateway(&admin, "one").await;
    let (service, example) = (service(&admin, &gw, "a").await, domain(&admin, &gw, "example.com").await);
    let to = [
        ("Services.1.ServiceId", &*service),
        ("DomainId", &example),
        ("Predicates.PathPredicates.Path", "/.*"),
        ("Predicates.PathPredicates.Type", "REGULAR"),
    ];
    let id = add(&admin, &gw, "flat", &to).await.ok()["Data"].to_string();
    let shown = route_detail(&admin, &gw, &id).await;
    assert_eq!(shown["RoutePredicates"]["PathPredicates"]["Type"], "ERGULAR");
    assert_eq!(
        (&shown["DomainIdList"], &shown["DestinationType"]),
        (&json!([example.parse::<i64>().unwrap()]), &json!("Single"))
    );
}

#[tokio::test]
async fn mocks_and_redirects_need_no_service() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let gw = gateway(&admin, "one").await;
    let mock = [("DestinationType", "Mock"), ("DirectResponseJSON", r#"{"Code":418,"Body":"tea"}"#)];
    let id = add(&admin, &gw, "mock", &mock).await.ok()["Data"].to_string();
    let shown = route_detail(&admin, &gw, &id).await;
    assert_eq!(shown["DirectResponse"], json!({"Code": 418, "Body": "tea"}));
    assert_eq!((&shown["RouteServices"], &shown["DestinationType"]), (&json!([]), &json!("Mock")));
    let redirect = [("DestinationType", "Redirect"), ("RedirectJSON", r#"{"Code":308,"Host":"b.example.com"}"#)];
    let id = add(&admin, &gw, "redirect", &redirect).await.ok()["Data"].to_string();
    let shown = route_detail(&admin, &gw, &id).await;
    assert_eq!(shown["Redirect"], json!({"Code": 308, "Host": "b.example.com", "Path": ""}));
}

#[tokio::test]
async fn a_route_goes_from_draft_to_published_and_back() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let gw = gateway(&admin, "one").await;
    let service = service(&admin, &gw, "a").await;
    let id = route(&admin, &gw, "r", &service).await;
    let call = async |action: &str| admin.mse(action, &[("GatewayUniqueId", &gw), ("RouteId", &id)]).await;
    let status = async || route_detail(&admin, &gw, &id).await["Status"].as_i64().unwrap();
    assert_eq!(status().await, 0);
    for (action, after) in [
        ("OfflineGatewayRoute", 0),
        ("ApplyGatewayRoute", 3),
        ("ApplyGatewayRoute", 3),
        ("OfflineGatewayRoute", 0),
        ("ApplyGatewayRoute", 3),
    ] {
        assert_eq!(call(action).await.ok()["Data"], true, "{action}");
        assert_eq!(status().await, after, "{action}");
    }
    let gone = call("DeleteGatewayRoute").await.ok();
    assert_eq!((&gone["Data"]["Name"], &gone["Data"]["Status"]), (&json!("r"), &json!(3)), "a published one goes, too");
    assert_eq!(gone["Data"]["Id"].to_string(), id);
    for action in ["GetGatewayRouteDetail", "ApplyGatewayRoute", "OfflineGatewayRoute", "DeleteGatewayRoute"] {
        call(action).await.refused(404, "NotFound").saying(&format!("`{id}`"));
    }
    // The name is free again.
    route(&admin, &gw, "r", &service).await;
}

#[tokio::test]
async fn routes_are_listed_page_by_page_and_by_every_filter() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let gw = gateway(&admin, "one").await;
    let (a, b) = (service(&admin, &gw, "a").await, service(&admin, &gw, "b").await);
    let example = domain(&admin, &gw, "example.com").await;
    for n in 0..4 {
        cx.clock.advance(1000);
        route(&admin, &gw, &format!("r{n}"), &a).await;
    }
    let special = [
        ("Services", &*json!([{"ServiceId": b.parse::<i64>().unwrap()}]).to_string()),
        ("DomainIdListJSON", &format!("[{example}]")),
        ("Predicates", r#"{"PathPredicates":{"Path":"/special","Type":"EQUAL"}}"#),
        ("RouteOrder", "9"),
    ];
    cx.clock.advance(1000);
    let id = add(&admin, &gw, "special", &special).await.ok()["Data"].to_string();
    admin.mse("ApplyGatewayRoute", &[("GatewayUniqueId", &gw), ("RouteId", &id)]).await.ok();
    let mut seen = Vec::new();
    for page in ["1", "2", "3", "4"] {
        let parameters = [("FilterParams", &*filter(&gw)), ("PageNumber", page), ("PageSize", "2")];
        let listed = admin.mse("ListGatewayRoute", &parameters).await.ok();
        assert_eq!((&listed["Data"]["TotalSize"], &listed["Data"]["PageSize"]), (&json!(5), &json!(2)));
        seen.extend(listed["Data"]["Result"].as_array().unwrap().iter().map(|r| text(&r["Name"])));
    }
    assert_eq!(seen, ["special", "r3", "r2", "r1", "r0"]);
    for (wanted, n) in [
        (json!({"Name": "r"}), 4),
        (json!({"Name": "special"}), 1),
        (json!({"Path": "/special"}), 1),
        (json!({"Path": "/"}), 5),
        (json!({"RouteOrder": 9}), 1),
        (json!({"Status": 0}), 4),
        (json!({"Status": 3}), 1),
        (json!({"Status": 4}), 0),
        (json!({"DomainId": 0}), 4),
        (json!({"DomainId": example.parse::<i64>().unwrap()}), 1),
        (json!({"DomainName": "EXAMPLE.com"}), 1),
        (json!({"DefaultServiceId": b.parse::<i64>().unwrap()}), 1),
    ] {
        let mut parameters = wanted.clone();
        parameters["GatewayUniqueId"] = gw.as_str().into();
        let listed = admin.mse("ListGatewayRoute", &[("FilterParams", &parameters.to_string())]).await.ok();
        assert_eq!(listed["Data"]["TotalSize"], n, "{wanted}");
    }
    admin.mse("ListGatewayRoute", &[]).await.refused(400, "MissingParameter").saying("GatewayUniqueId");
    admin
        .mse("ListGatewayRoute", &[("FilterParams", "[")])
        .await
        .refused(400, "InvalidParameter")
        .saying("FilterParams");
}

#[tokio::test]
async fn a_name_is_one_routes_on_a_gateway() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (one, two) = (gateway(&admin, "one").await, gateway(&admin, "two").await);
    let (here, there) = (service(&admin, &one, "a").await, service(&admin, &two, "a").await);
    route(&admin, &one, "same", &here).await;
    route(&admin, &two, "same", &there).await;
    let to = route_to(&here, "/x");
    let to: Vec<(&str, &str)> = to.iter().map(|(n, v)| (*n, v.as_str())).collect();
    add(&admin, &one, "same", &to).await.refused(400, "IllegalRequest").saying("`same`");
}

#[tokio::test]
async fn what_is_wrong_with_a_route_is_named_and_nothing_is_made() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let gw = gateway(&admin, "one").await;
    let service_id = service(&admin, &gw, "a").await;
    let before = gateway_keys(&cx);
    let to = route_to(&service_id, "/");
    let good: Vec<(&str, &str)> = to.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let path = |path: &str, kind: &str| json!({"PathPredicates": {"Path": path, "Type": kind}}).to_string();
    let header =
        |key: &str, kind: &str| json!({"HeaderPredicates": [{"Key": key, "Type": kind, "Value": "("}]}).to_string();
    let shares = |shares: &[i32]| {
        let of = |p: &i32| json!({"ServiceId": service_id.parse::<i64>().unwrap(), "Percent": p});
        json!(shares.iter().map(of).collect::<Vec<_>>()).to_string()
    };
    let long = "n".repeat(129);
    for (changes, says) in [
        (vec![("Name", &*long)], "`Name`"),
        (vec![("Name", "a/b")], "`Name`"),
        (vec![("DestinationType", "Elsewhere")], "`DestinationType`"),
        (vec![("RouteType", "Ingress")], "`RouteType`"),
        (vec![("RouteOrder", "101")], "`RouteOrder`"),
        (vec![("RouteOrder", "-1")], "`RouteOrder`"),
        (vec![("DomainIdListJSON", "[0")], "DomainIdListJSON"),
        (vec![("DomainIdListJSON", r#"["x"]"#)], "DomainIdListJSON"),
        (vec![("Services", "[]")], "`Services`"),
        (vec![("Services", "{")], "Services"),
        (vec![("Services", r#"[{"Percent":100}]"#)], "`Services[0].ServiceId`"),
        (vec![("Services", r#"[{"ServiceId":1,"ServicePort":70000}]"#)], "Services[0].ServicePort"),
        (vec![("Services", &shares(&[50, 50]))], "`Services`"),
        (vec![("DestinationType", "Multiple"), ("Services", &shares(&[50, 49]))], "`Services`"),
        (vec![("DestinationType", "Multiple"), ("Services", "[]")], "`Services`"),
        (vec![("DestinationType", "Mock"), ("DirectResponseJSON", r#"{"Code":99}"#)], "DirectResponseJSON.Code"),
        (vec![("DestinationType", "Redirect"), ("RedirectJSON", r#"{"Code":200}"#)], "RedirectJSON.Code"),
        (vec![("DestinationType", "Redirect"), ("RedirectJSON", r#"{"Host":"a b"}"#)], "RedirectJSON.Host"),
        (vec![("DestinationType", "Redirect"), ("RedirectJSON", r#"{"Path":"x"}"#)], "RedirectJSON.Path"),
        (vec![("Predicates", &path("x", "PRE"))], "`Predicates.PathPredicates.Path`"),
        (vec![("Predicates", &path("/x", "Prefix"))], "`Predicates.PathPredicates.Type`"),
        (vec![("Predicates", &path("(", "ERGULAR"))], "`Predicates.PathPredicates.Path`"),
        (vec![("Predicates", &path("/a/../b", "EQUAL"))], "`Predicates.PathPredicates.Path`"),
        (vec![("Predicates", r#"{"MethodPredicates":["GET LOST"]}"#)], "`Predicates.MethodPredicates`"),
        (vec![("Predicates", &header("x y", "EQUAL"))], "`Predicates.HeaderPredicates[0].Key`"),
        (vec![("Predicates", &header("x", "ERGULAR"))], "`Predicates.HeaderPredicates[0].Value`"),
        (vec![("Predicates", &header("x", "LIKE"))], "`Predicates.HeaderPredicates[0].Type`"),
        (vec![("Policies", "on")], "`Policies`"),
        (vec![("Policies", r#"{"Odd":"{}"}"#)], "`Policies.Odd`"),
        (vec![("GatewayUniqueId", "")], "GatewayUniqueId"),
        (vec![("EnableWaf", "perhaps")], "EnableWaf"),
    ] {
        let mut asked: Vec<(&str, &str)> = vec![("GatewayUniqueId", &gw), ("Name", "r")];
        asked.extend(&good);
        asked.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
        asked.extend(&changes);
        let answer = admin.mse("AddGatewayRoute", &asked).await;
        assert_eq!(answer.status, 400, "{changes:?}: {}", answer.body);
        assert!(["InvalidParameter", "MissingParameter"].contains(&answer.code()), "{changes:?}: {}", answer.body);
        answer.saying(says);
    }
    for (missing, says) in [("Name", "Name"), ("DomainIdListJSON", "DomainIdListJSON")] {
        let mut asked: Vec<(&str, &str)> = vec![("GatewayUniqueId", &gw), ("Name", "r")];
        asked.extend(&good);
        asked.retain(|(name, _)| *name != missing);
        admin.mse("AddGatewayRoute", &asked).await.refused(400, "MissingParameter").saying(says);
    }
    for (changes, says) in [
        (("DomainIdListJSON", "[77]"), "domain `77`"),
        (("Services", r#"[{"ServiceId":77}]"#), "service `77`"),
        (("Services", r#"[{"Name":"ghost"}]"#), "service `ghost`"),
        (("GatewayUniqueId", "gw-none"), "gw-none"),
    ] {
        let mut asked: Vec<(&str, &str)> = vec![("GatewayUniqueId", &gw), ("Name", "r")];
        asked.extend(&good);
        asked.retain(|(name, _)| *name != changes.0);
        asked.push(changes);
        admin.mse("AddGatewayRoute", &asked).await.refused(404, "NotFound").saying(says);
    }
    assert_eq!(gateway_keys(&cx), before);
}

#[tokio::test]
async fn what_would_have_to_act_on_traffic_and_is_not_built_is_refused() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let gw = gateway(&admin, "one").await;
    let service_id = service(&admin, &gw, "a").await;
    let before = gateway_keys(&cx);
    let number: i64 = service_id.parse().unwrap();
    let of = |member: Value| {
        let mut service = json!({"ServiceId": number, "Percent": 100});
        service.as_object_mut().unwrap().extend(member.as_object().unwrap().clone());
        json!([service]).to_string()
    };
    let (version, dubbo) = (of(json!({"Version": "v1"})), of(json!({"AgreementType": "DUBBO"})));
    let transcoder = of(json!({"HttpDubboTranscoder": {"DubboServiceName": "a"}}));
    for (changes, says) in [
        (vec![("EnableWaf", "true")], "EnableWaf"),
        (vec![("Fallback", "true"), ("FallbackServices", "[]")], "Fallback"),
        (vec![("DestinationType", "VersionOriented"), ("Services", &*version)], "VersionOriented"),
        (vec![("Services", &version)], "Services.Version"),
        (vec![("Services", &dubbo)], "Dubbo"),
        (vec![("Services", &transcoder)], "Dubbo"),
        (vec![("Policies", r#"{"CORS":"{\"status\":\"on\"}"}"#)], "`CORS`"),
    ] {
        let to = route_to(&service_id, "/");
        let mut asked: Vec<(&str, &str)> = to.iter().map(|(n, v)| (*n, v.as_str())).collect();
        asked.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
        asked.extend(&changes);
        add(&admin, &gw, "r", &asked).await.refused(501, "NotImplemented").saying(says).saying("nothing was changed");
    }
    assert_eq!(gateway_keys(&cx), before);
}

#[tokio::test]
async fn each_operation_on_routes_is_checked_on_the_gateway() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let gw = gateway(&admin, "one").await;
    let service_id = service(&admin, &gw, "a").await;
    let id = route(&admin, &gw, "r", &service_id).await;
    let actions =
        ["AddGatewayRoute", "GetGatewayRouteDetail", "ApplyGatewayRoute", "OfflineGatewayRoute", "DeleteGatewayRoute"];
    for action in actions {
        let all_but: Vec<String> = actions.iter().filter(|a| **a != action).map(|a| format!("mse:{a}")).collect();
        let all_but: Vec<&str> = all_but.iter().map(String::as_str).collect();
        let user = cx.user_with_policy(allow(&all_but, &["*"])).await;
        let answer = user.mse(action, &[("GatewayUniqueId", &gw), ("RouteId", &id)]).await;
        answer.refused(403, "NoPermission").saying(&format!("mse:{action}")).saying(&instance(&gw));
    }
    let user = cx.user_with_policy(allow(&["mse:GetGatewayRouteDetail"], &["*"])).await;
    let answer = user.mse("ListGatewayRoute", &[("FilterParams", &filter(&gw))]).await;
    answer.refused(403, "NoPermission").saying("mse:ListGatewayRoute").saying(&instance(&gw));
    assert_eq!(route_names(&admin, &gw).await, ["r"]);
}

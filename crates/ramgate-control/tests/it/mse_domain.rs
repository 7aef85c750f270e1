//! MSE: domains and their certificates.

use crate::cas_certificate::{Pair, upload};
use crate::context::{TestContext, allow};
use crate::mse_world::{apig_gateway, domain, gateway, gateway_keys, instance, route_detail, service, text};
use serde_json::{Value, json};

#[tokio::test]
async fn the_default_domain_is_there_from_the_start_and_stays_as_it_is() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let gw = gateway(&admin, "one").await;
    let listed = admin.mse("ListGatewayDomain", &[("GatewayUniqueId", &gw)]).await.ok();
    let all = listed["Data"].as_array().unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(
        (&all[0]["Id"], &all[0]["Name"], &all[0]["Type"], &all[0]["Status"]),
        (&json!(0), &json!("*"), &json!("Op"), &json!(3))
    );
    let detail = admin.mse("GetGatewayDomainDetail", &[("GatewayUniqueId", &gw), ("Id", "0")]).await.ok();
    assert_eq!((&detail["Data"]["Name"], &detail["Data"]["GatewayUniqueId"]), (&json!("*"), &json!(gw)));
    let delete = admin.mse("DeleteGatewayDomain", &[("GatewayUniqueId", &gw), ("Id", "0")]).await;
    delete.refused(400, "IllegalRequest").saying("default domain");
    let bind = [("GatewayUniqueId", &*gw), ("DomainId", "0"), ("CertIdentifier", "1-cn-hangzhou")];
    admin.mse("AddSSLCert", &bind).await.refused(400, "IllegalRequest").saying("default domain");
    let again = [("GatewayUniqueId", &*gw), ("Name", "*"), ("Protocol", "HTTP")];
    admin.mse("AddGatewayDomain", &again).await.refused(400, "IllegalRequest").saying("`*`");
}

#[tokio::test]
async fn a_domain_is_shown_with_the_facts_of_its_certificate_and_goes() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let gw = gateway(&admin, "one").await;
    let certificate = upload(&admin, "front", &Pair::of(&["example.com", "*.example.com"])).await;
    let identifier = format!("{certificate}-cn-hangzhou");
    let asked = [
        ("GatewayUniqueId", &*gw),
        ("Name", "*.Example.COM"),
        ("Protocol", "HTTPS"),
        ("CertIdentifier", &identifier),
        ("MustHttps", "true"),
        ("Http2", "close"),
        ("TlsMin", "TLS 1.2"),
        ("TlsMax", "TLSv1.3"),
    ];
    let id = admin.mse("AddGatewayDomain", &asked).await.ok()["Data"].to_string();
    let listed = admin.mse("ListGatewayDomain", &[("GatewayUniqueId", &gw), ("DomainName", "EXAMPLE")]).await.ok();
    let listed = listed["Data"].as_array().unwrap();
    assert_eq!(listed.len(), 1);
    let expected = json!({
        "Name": "*.example.com", "Protocol": "HTTPS", "CertIdentifier": identifier, "MustHttps": true, "Http2": "close",
        "TlsMin": "TLS 1.2", "TlsMax": "TLS 1.3", "IsManaged": false, "Type": "Op", "Status": 3,
    });
    for (field, value) in expected.as_object().unwrap() {
        assert_eq!(&listed[0][field], value, "{field}");
    }
    let detail = admin.mse("GetGatewayDomainDetail", &[("GatewayUniqueId", &gw), ("Id", &id)]).await.ok();
    assert_eq!(detail["Data"]["CertName"], "front");
    assert_eq!(detail["Data"]["Sans"], "example.com,*.example.com");
    assert!(detail["Data"]["AfterDate"].as_i64().unwrap() > detail["Data"]["BeforeDate"].as_i64().unwrap());
    admin.cas("DeleteUserCertificate", &[("CertId", &certificate)]).await.refused(409, "CertificateInUse");
    let gone = admin.mse("DeleteGatewayDomain", &[("GatewayUniqueId", &gw), ("Id", &id)]).await.ok();
    assert_eq!((&gone["Data"]["Name"], gone["Data"]["Id"].to_string()), (&json!("*.example.com"), id.clone()));
    admin.mse("GetGatewayDomainDetail", &[("GatewayUniqueId", &gw), ("Id", &id)]).await.refused(404, "NotFound");
    admin.cas("DeleteUserCertificate", &[("CertId", &certificate)]).await.ok();
}

#[tokio::test]
async fn a_certificate_bound_to_a_domain_makes_it_serve_https_and_replaces_another() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let gw = gateway(&admin, "one").await;
    let id = domain(&admin, &gw, "example.com").await;
    let listed = async |name: &str| -> Vec<String> {
        let listed = admin.mse("ListSSLCert", &[("GatewayUniqueId", &gw), ("CertName", name)]).await.ok();
        listed["Data"].as_array().unwrap().iter().map(|c| text(&c["CertIdentifier"])).collect()
    };
    assert!(listed("").await.is_empty());
    for name in ["first", "second"] {
        let number = upload(&admin, name, &Pair::of(&["example.com"])).await;
        let identifier = format!("{number}-cn-hangzhou");
        assert_eq!(listed(name).await, std::slice::from_ref(&identifier));
        let bind = [("GatewayUniqueId", &*gw), ("DomainId", &id), ("CertIdentifier", &identifier)];
        assert_eq!(admin.mse("AddSSLCert", &bind).await.ok()["Data"], true);
        let detail = admin.mse("GetGatewayDomainDetail", &[("GatewayUniqueId", &gw), ("Id", &id)]).await.ok();
        assert_eq!((&detail["Data"]["Protocol"], &detail["Data"]["CertName"]), (&json!("HTTPS"), &json!(name)));
    }
    for (field, value, status, code) in [
        ("CertIdentifier", "77-cn-hangzhou", 404, "NotFound"),
        ("CertIdentifier", "x", 400, "InvalidParameter"),
        ("CertIdentifier", "", 400, "MissingParameter"),
        ("DomainId", "77", 404, "NotFound"),
        ("DomainId", "x", 400, "InvalidParameter"),
    ] {
        let good = [("GatewayUniqueId", &*gw), ("DomainId", &id), ("CertIdentifier", "1-cn-hangzhou")];
        let mut asked: Vec<(&str, &str)> = good.iter().copied().filter(|(name, _)| *name != field).collect();
        asked.push((field, value));
        admin.mse("AddSSLCert", &asked).await.refused(status, code);
    }
}

#[tokio::test]
async fn a_name_is_one_domains_on_a_gateway_and_one_in_use_stays() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (one, two) = (gateway(&admin, "one").await, gateway(&admin, "two").await);
    let id = domain(&admin, &one, "example.com").await;
    domain(&admin, &two, "example.com").await;
    let again = [("GatewayUniqueId", &*one), ("Name", "EXAMPLE.com"), ("Protocol", "HTTP")];
    admin.mse("AddGatewayDomain", &again).await.refused(400, "IllegalRequest").saying("`example.com`");
    let service_id = service(&admin, &one, "a").await;
    let route = [
        ("GatewayUniqueId", &*one),
        ("Name", "uses-it"),
        ("DomainIdListJSON", &*format!("[{id}]")),
        ("Services", &*json!([{"ServiceId": service_id.parse::<i64>().unwrap()}]).to_string()),
    ];
    let route = admin.mse("AddGatewayRoute", &route).await.ok()["Data"].to_string();
    let delete = [("GatewayUniqueId", &*one), ("Id", &*id)];
    admin.mse("DeleteGatewayDomain", &delete).await.refused(400, "IllegalRequest").saying("`uses-it`");
    admin.mse("DeleteGatewayRoute", &[("GatewayUniqueId", &one), ("RouteId", &route)]).await.ok();
    admin.mse("DeleteGatewayDomain", &delete).await.ok();
}

#[tokio::test]
async fn what_is_wrong_with_a_domain_is_named_and_nothing_is_made() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let gw = gateway(&admin, "one").await;
    let before = gateway_keys(&cx);
    let good = [("GatewayUniqueId", &*gw), ("Name", "example.com"), ("Protocol", "HTTP")];
    let long = format!("{}.com", ["a".repeat(60), "b".repeat(60), "c".repeat(60)].join("."));
    for (changes, status, code, says) in [
        (vec![("Name", "")], 400, "MissingParameter", "Name"),
        (vec![("Name", "a b")], 400, "InvalidParameter", "`Name`"),
        (vec![("Name", "a.*.b")], 400, "InvalidParameter", "`Name`"),
        (vec![("Name", &*long)], 400, "InvalidParameter", "`Name`"),
        (vec![("Protocol", "")], 400, "MissingParameter", "Protocol"),
        (vec![("Protocol", "FTP")], 400, "InvalidParameter", "`Protocol`"),
        (vec![("Protocol", "HTTPS")], 400, "MissingParameter", "CertIdentifier"),
        (vec![("Protocol", "HTTPS"), ("CertIdentifier", "77-cn-hangzhou")], 404, "NotFound", "77"),
        (vec![("CertIdentifier", "no-number")], 400, "InvalidParameter", "`CertIdentifier`"),
        (vec![("Http2", "maybe")], 400, "InvalidParameter", "`Http2`"),
        (vec![("TlsMin", "SSL 3")], 400, "InvalidParameter", "`TlsMin`"),
        (vec![("TlsMin", "TLS 1.3"), ("TlsMax", "TLS 1.2")], 400, "InvalidParameter", "`TlsMax`"),
        (vec![("MustHttps", "true")], 400, "InvalidParameter", "`MustHttps`"),
        (vec![("GatewayUniqueId", "gw-none")], 404, "NotFound", "gw-none"),
        (vec![("MtlsEnabled", "true")], 501, "NotImplemented", "MtlsEnabled"),
        (vec![("CaCertIdentifier", "1-cn-hangzhou")], 501, "NotImplemented", "CaCertIdentifier"),
        (
            vec![("TlsCipherSuitesConfigJSON", r#"{"ConfigType":"Custom","TlsCipherSuites":["A"]}"#)],
            501,
            "NotImplemented",
            "TlsCipherSuitesConfigJSON",
        ),
    ] {
        let mut asked: Vec<(&str, &str)> = good.to_vec();
        asked.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
        asked.extend(&changes);
        admin.mse("AddGatewayDomain", &asked).await.refused(status, code).saying(says);
    }
    assert_eq!(gateway_keys(&cx), before);
}

#[tokio::test]
async fn domains_are_reached_through_their_own_gateway_only() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (own, other) = (gateway(&admin, "own").await, gateway(&admin, "other").await);
    let foreign = domain(&admin, &other, "secret.example.com").await;
    let service_id = service(&admin, &own, "a").await;
    upload(&admin, "c", &Pair::of(&["example.com"])).await;
    let user = cx.user_with_policy(allow(&["mse:*"], &[&instance(&own)])).await;
    let attack = [("GatewayUniqueId", &*own), ("Id", &*foreign)];
    user.mse("GetGatewayDomainDetail", &attack).await.refused(404, "NotFound");
    user.mse("DeleteGatewayDomain", &attack).await.refused(404, "NotFound");
    let bind = [("GatewayUniqueId", &*own), ("DomainId", &*foreign), ("CertIdentifier", "1-cn-hangzhou")];
    user.mse("AddSSLCert", &bind).await.refused(404, "NotFound");
    let route = [
        ("GatewayUniqueId", &*own),
        ("Name", "r"),
        ("DomainIdListJSON", &*format!("[0,{foreign}]")),
        ("Services", &*json!([{"ServiceId": service_id.parse::<i64>().unwrap()}]).to_string()),
    ];
    user.mse("AddGatewayRoute", &route).await.refused(404, "NotFound").saying(&format!("`{foreign}`"));
    for action in [
        "AddGatewayDomain",
        "ListGatewayDomain",
        "GetGatewayDomainDetail",
        "DeleteGatewayDomain",
        "AddSSLCert",
        "ListSSLCert",
    ] {
        let answer = user.mse(action, &[("GatewayUniqueId", &other), ("Id", &foreign)]).await;
        answer.refused(403, "NoPermission").saying(&format!("mse:{action}")).saying(&instance(&other));
    }
}

#[tokio::test]
async fn domains_of_the_account_are_shown_where_a_route_names_them_and_changed_through_apig_only() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (gw, environment) = apig_gateway(&admin, "one").await;
    let other = gateway(&admin, "two").await;
    let made = admin.apig("POST", "/v1/domains", &[], json!({"name": "account.example.com", "protocol": "HTTP"})).await;
    let domain_id = text(&made.ok()["data"]["domainId"]);
    let api = admin.apig("POST", "/v1/http-apis", &[], json!({"name": "api", "type": "Http"})).await.ok();
    let api = text(&api["data"]["httpApiId"]);
    let route = json!({"name": "r", "environmentId": environment, "domainIds": [domain_id]});
    admin.apig("POST", &format!("/v1/http-apis/{api}/routes"), &[], route).await.ok();

    let listed = async |gw: &str| -> Vec<Value> {
        let listed = admin.mse("ListGatewayDomain", &[("GatewayUniqueId", gw)]).await.ok();
        listed["Data"].as_array().unwrap().clone()
    };
    assert_eq!(listed(&other).await.len(), 1, "only the default one");
    let shown = &listed(&gw).await[1];
    assert_eq!((&shown["Name"], &shown["IsManaged"]), (&json!("account.example.com"), &json!(true)));
    let number = shown["Id"].to_string();
    let parameters = [("GatewayUniqueId", &*gw), ("Id", &*number)];
    admin.mse("GetGatewayDomainDetail", &parameters).await.ok();
    admin.mse("DeleteGatewayDomain", &parameters).await.refused(400, "IllegalRequest").saying("APIG");
    let bind = [("GatewayUniqueId", &*gw), ("DomainId", &*number), ("CertIdentifier", "1-cn-hangzhou")];
    admin.mse("AddSSLCert", &bind).await.refused(400, "IllegalRequest").saying("APIG");
    let elsewhere = [("GatewayUniqueId", &*other), ("Id", &*number)];
    admin.mse("GetGatewayDomainDetail", &elsewhere).await.refused(404, "NotFound");
    // Routes of HTTP APIs are shown with it.
    let filter = crate::mse_world::filter(&gw);
    let routes = admin.mse("ListGatewayRoute", &[("FilterParams", &filter)]).await.ok();
    let route = &routes["Data"]["Result"][0];
    assert_eq!((&route["Type"], &route["DomainNameList"]), (&json!("HttpApi"), &json!(["account.example.com"])));
    let detail = route_detail(&admin, &gw, &route["Id"].to_string()).await;
    assert_eq!(detail["DomainIdList"][0].to_string(), number);
}

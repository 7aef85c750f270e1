//! APIG: domains and the certificates that they can show.

use crate::apig_world::{arn, delete, domain, get, http_api, items, post, put, route_to, service};
use crate::cas_certificate::{Pair, upload};
use crate::context::{TestContext, allow};
use crate::mse_world::{apig_gateway, gateway_keys, text};
use serde_json::{Value, json};

#[tokio::test]
async fn a_domain_is_shown_with_its_certificate_changed_and_deleted() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let number = upload(&admin, "front", &Pair::of(&["*.example.com"])).await;
    let identifier = format!("{number}-cn-hangzhou");
    let body = json!({
        "name": "*.Example.com", "protocol": "HTTPS", "certIdentifier": identifier, "forceHttps": true,
        "http2Option": "Close", "tlsMin": "TLS 1.2", "tlsMax": "TLS 1.3",
    });
    let id = text(&post(&admin, "/v1/domains", body).await.ok()["data"]["domainId"]);
    let path = format!("/v1/domains/{id}");
    let shown = get(&admin, &path).await.ok();
    let expected = json!({
        "domainId": id, "name": "*.example.com", "protocol": "HTTPS", "certIdentifier": identifier, "certName": "front",
        "forceHttps": true, "http2Option": "Close", "tlsMin": "TLS 1.2", "tlsMax": "TLS 1.3", "sans": "*.example.com",
        "algorithm": "ECDSA", "mTLSEnabled": false, "default": false,
    });
    for (field, value) in expected.as_object().unwrap() {
        assert_eq!(&shown["data"][field], value, "{field}");
    }
    admin.cas("DeleteUserCertificate", &[("CertId", &number)]).await.refused(409, "CertificateInUse");
    let ca = Pair::of(&["ca.example.com"]).cert;
    put(&admin, &path, json!({"mTLSEnabled": true, "clientCACert": ca, "forceHttps": false})).await.ok();
    let shown = get(&admin, &path).await.ok();
    assert_eq!((&shown["data"]["mTLSEnabled"], &shown["data"]["forceHttps"]), (&json!(true), &json!(false)));
    assert_eq!(shown["data"]["clientCACert"], ca);
    delete(&admin, &path).await.ok();
    get(&admin, &path).await.refused(404, "DatabaseError.RecordNotFound").saying(&id);
    admin.cas("DeleteUserCertificate", &[("CertId", &number)]).await.ok();
    assert_eq!(gateway_keys(&cx), Vec::<String>::new());
}

#[tokio::test]
async fn domains_are_listed_page_by_page_and_by_every_filter() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    for n in 0..5 {
        cx.clock.advance(1000);
        domain(&admin, &format!("d{n}.example.com")).await;
    }
    let mut seen = Vec::new();
    for page in ["1", "2", "3"] {
        let query = [("pageNumber", page), ("pageSize", "2")];
        seen.extend(items(&admin, "/v1/domains", &query).await.iter().map(|d| text(&d["name"])));
    }
    assert_eq!(seen, ["d4.example.com", "d3.example.com", "d2.example.com", "d1.example.com", "d0.example.com"]);
    assert_eq!(items(&admin, "/v1/domains", &[("nameLike", "D3.")]).await.len(), 1);
    let (gw, environment) = apig_gateway(&admin, "one").await;
    let service = service(&admin, &gw, "a").await;
    let api = http_api(&admin, "api").await;
    assert_eq!(items(&admin, "/v1/domains", &[("gatewayId", &gw)]).await.len(), 0);
    let named = items(&admin, "/v1/domains", &[("nameLike", "d2.")]).await[0]["domainId"].clone();
    let mut body = route_to("r", &environment, &service);
    body["domainIds"] = json!([named]);
    post(&admin, &format!("/v1/http-apis/{api}/routes"), body).await.ok();
    let of_gateway = items(&admin, "/v1/domains", &[("gatewayId", &gw)]).await;
    assert_eq!(of_gateway.len(), 1);
    assert_eq!(of_gateway[0]["name"], "d2.example.com");
    let id = text(&named);
    delete(&admin, &format!("/v1/domains/{id}")).await.refused(409, "Conflict.DomainInUse").saying("`r`");
    let query = [("withStatistics", "true")];
    let shown = admin.apig("GET", &format!("/v1/domains/{id}"), &query, Value::Null).await.ok();
    assert_eq!(shown["data"]["statisticsInfo"]["totalCount"], "1");
}

#[tokio::test]
async fn certificates_are_listed_with_whether_they_fit_a_domain() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    for (name, host) in [("exact", "a.example.com"), ("wild", "*.example.com"), ("other", "b.example.com")] {
        upload(&admin, name, &Pair::of(&[host])).await;
    }
    let listed = items(&admin, "/v1/ssl/certs", &[("domainName", "a.example.com")]).await;
    let fits = |name: &str| listed.iter().find(|c| c["certName"] == name).unwrap()["domainMatchCert"].clone();
    assert_eq!((fits("exact"), fits("wild"), fits("other")), (json!(true), json!(true), json!(false)));
    assert_eq!(items(&admin, "/v1/ssl/certs", &[("certNameLike", "wil")]).await.len(), 1);
    assert_eq!(items(&admin, "/v1/ssl/certs", &[("pageSize", "2"), ("pageNumber", "2")]).await.len(), 1);
    assert!(!Value::from(listed).to_string().contains("PRIVATE"));
}

#[tokio::test]
async fn what_is_wrong_with_a_domain_is_named_and_nothing_is_made() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    domain(&admin, "taken.example.com").await;
    let before = gateway_keys(&cx);
    for (changes, status, code, says) in [
        (json!({"name": ""}), 400, "InvalidParameter.IsEmpty", "name"),
        (json!({"name": "a b"}), 400, "InvalidParameter.WithValue", "`name`"),
        (json!({"name": "TAKEN.example.com"}), 409, "Conflict.DomainNameDuplicate", "`taken.example.com`"),
        (json!({"protocol": "FTP"}), 400, "InvalidParameter.WithValue", "`protocol`"),
        (json!({"protocol": "HTTPS"}), 400, "InvalidParameter.WithValue", "`certIdentifier`"),
        (json!({"protocol": "HTTPS", "certIdentifier": "77-cn-hangzhou"}), 404, "NotFound.CertificateNotFound", "77"),
        (json!({"protocol": "HTTPS", "certIdentifier": "x"}), 400, "InvalidParameter.WithValue", "`certIdentifier`"),
        (json!({"forceHttps": true}), 400, "InvalidParameter.WithValue", "`forceHttps`"),
        (json!({"tlsMin": "TLS 1.3", "tlsMax": "TLS 1.2"}), 400, "InvalidParameter.WithValue", "`tlsMax`"),
        (json!({"tlsMin": "SSL"}), 400, "InvalidParameter.WithValue", "`tlsMin`"),
        (json!({"http2Option": "x"}), 400, "InvalidParameter.WithValue", "`http2Option`"),
        (json!({"mTLSEnabled": true}), 400, "InvalidParameter.WithValue", "`clientCACert`"),
        (json!({"clientCACert": "no pem"}), 400, "InvalidParameter.WithValue", "`clientCACert`"),
        (json!({"domainScope": "Serverless"}), 501, "NotImplemented", "Serverless"),
        (json!({"caCertIdentifier": "1"}), 501, "NotImplemented", "caCertIdentifier"),
        (json!({"tlsCipherSuitesConfig": {"configType": "Custom"}}), 501, "NotImplemented", "tlsCipherSuitesConfig"),
    ] {
        let mut body = json!({"name": "new.example.com", "protocol": "HTTP"});
        body.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        post(&admin, "/v1/domains", body).await.refused(status, code).saying(says);
    }
    assert_eq!(gateway_keys(&cx), before);
}

#[tokio::test]
async fn a_dry_run_of_a_domain_tells_what_would_happen_and_changes_nothing() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    domain(&admin, "taken.example.com").await;
    let revision = cx.revision().await;
    let of = |name: &str| json!({"name": name, "protocol": "HTTP", "dryRun": true, "clientToken": "t-1"});
    let made = post(&admin, "/v1/domains", of("new.example.com")).await.ok();
    assert_eq!(made["data"]["domainId"], "", "nothing has an id");
    post(&admin, "/v1/domains", of("taken.example.com")).await.refused(409, "Conflict.DomainNameDuplicate");
    assert_eq!(cx.revision().await, revision);
    // The token was not used up, and the name is free.
    let mut body = of("new.example.com");
    body["dryRun"] = false.into();
    let first = post(&admin, "/v1/domains", body.clone()).await.ok()["data"]["domainId"].clone();
    assert_eq!(post(&admin, "/v1/domains", body).await.ok()["data"]["domainId"], first);
}

#[tokio::test]
async fn domains_are_checked_under_their_own_names() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (mine, other) = (domain(&admin, "a.example.com").await, domain(&admin, "b.example.com").await);
    let user = cx.user_with_policy(allow(&["apig:*"], &[&arn(&format!("domain/{mine}"))])).await;
    get(&user, &format!("/v1/domains/{mine}")).await.ok();
    let path = format!("/v1/domains/{other}");
    for (answer, action) in [
        (get(&user, &path).await, "GetDomain"),
        (put(&user, &path, json!({"protocol": "HTTP"})).await, "UpdateDomain"),
        (delete(&user, &path).await, "DeleteDomain"),
    ] {
        answer.refused(403, "NoPermission").saying(&format!("apig:{action}")).saying(&arn(&format!("domain/{other}")));
    }
    let list = get(&user, "/v1/domains").await;
    list.refused(403, "NoPermission").saying("apig:ListDomains").saying(&arn("domain/*"));
    let create = post(&user, "/v1/domains", json!({"name": "c.example.com"})).await;
    create.refused(403, "NoPermission").saying("apig:CreateDomain").saying(&arn("domain/*"));
    let certificates = get(&user, "/v1/ssl/certs").await;
    certificates.refused(403, "NoPermission").saying("apig:ListSslCerts").saying(&arn("sslcert/*"));
}

//! CAS: certificates come in, are shown without their keys, and go.

use crate::client::{Client, Request, Scheme, version};
use crate::context::{TestContext, allow};
use crate::mse_world::{domain, gateway};
use rcgen::{CertificateParams, DnType, KeyPair};
use serde_json::{Value, json};
use time::OffsetDateTime;

/// A certificate with its key, both in PEM.
pub(crate) struct Pair {
    pub(crate) cert: String,
    pub(crate) key: String,
}

impl Pair {
    /// Good for these host names, for long.
    pub(crate) fn of(hosts: &[&str]) -> Self {
        Self::until(hosts, 2_000_000_000)
    }

    /// Good until this second.
    fn until(hosts: &[&str], end: i64) -> Self {
        let mut params = CertificateParams::new(hosts.iter().map(|h| (*h).to_owned()).collect::<Vec<_>>()).unwrap();
        params.not_before = OffsetDateTime::from_unix_timestamp(1_700_000_000).unwrap();
        params.not_after = OffsetDateTime::from_unix_timestamp(end).unwrap();
        params.distinguished_name.push(DnType::CommonName, hosts[0]);
        params.distinguished_name.push(DnType::OrganizationName, "Test Works");
        params.distinguished_name.push(DnType::CountryName, "CN");
        params.distinguished_name.push(DnType::LocalityName, "Hangzhou");
        let key = KeyPair::generate().unwrap();
        let cert = params.self_signed(&key).unwrap();
        Self { cert: cert.pem(), key: key.serialize_pem() }
    }
}

/// Uploads a certificate; its id.
pub(crate) async fn upload(client: &Client, name: &str, pair: &Pair) -> String {
    send(client, name, pair, &[]).await.ok()["CertId"].as_i64().unwrap().to_string()
}

/// As the SDK does it: in a form.
async fn send(client: &Client, name: &str, pair: &Pair, more: &[(&str, &str)]) -> crate::client::Answer {
    let own = [("Name", name), ("Cert", &*pair.cert), ("Key", &*pair.key)];
    client.cas("UploadUserCertificate", &[&own[..], more].concat()).await
}

#[tokio::test]
async fn a_certificate_is_shown_with_its_facts_and_without_its_key() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let pair = Pair::of(&["example.com", "www.example.com"]);
    let made = send(&admin, "front", &pair, &[]).await.ok();
    let id = made["CertId"].as_i64().unwrap();
    assert_eq!(made["ResourceId"], format!("cas-upload-{id}"));
    let shown = admin.cas("GetUserCertificateDetail", &[("CertId", &id.to_string())]).await.ok();
    let expected = json!({
        "Id": id, "Name": "front", "Common": "example.com", "Sans": "example.com,www.example.com",
        "OrgName": "Test Works", "Country": "CN", "City": "Hangzhou", "Algorithm": "ECDSA", "Cert": pair.cert,
        "CertIdentifier": format!("{id}-cn-hangzhou"), "StartDate": "2023-11-14", "EndDate": "2033-05-18",
        "NotAfter": 2_000_000_000_000_i64, "NotBefore": 1_700_000_000_000_i64, "Expired": false, "BuyInAliyun": false,
    });
    for (field, value) in expected.as_object().unwrap() {
        assert_eq!(&shown[field], value, "{field}");
    }
    assert_eq!(shown["Fingerprint"].as_str().unwrap().len(), 40);
    assert_eq!(shown["Sha2"].as_str().unwrap().len(), 64);
    let link = &shown["CertChain"][0];
    assert_eq!((&link["CommonName"], &link["IssuerCommonName"]), (&json!("example.com"), &json!("example.com")));
    assert_eq!(link["RemainDay"], 2693);
    assert!(shown.get("Key").is_none() && !shown.to_string().contains("PRIVATE KEY"), "{shown}");
    let brief = [("CertId", &*id.to_string()), ("CertFilter", "true")];
    let brief = admin.cas("GetUserCertificateDetail", &brief).await.ok();
    assert!(brief.get("Cert").is_none(), "{brief}");
    assert_eq!(brief["Name"], "front");
}

#[tokio::test]
async fn a_private_key_is_on_no_disk_in_the_clear() {
    let mut cx = TestContext::start().await;
    let pair = Pair::of(&["example.com"]);
    upload(&cx.admin(), "front", &pair).await;
    send(&cx.admin(), "front", &pair, &[]).await.refused(400, "NameRepeat");
    cx.stop().await;
    let line = pair.key.lines().nth(1).unwrap();
    assert_eq!(cx.files_with(line), Vec::<std::path::PathBuf>::new());
    assert!(!cx.files_with(pair.cert.lines().nth(1).unwrap()).is_empty(), "the search finds what is there");
}

#[tokio::test]
async fn certificates_are_listed_by_kind_state_keyword_and_page() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let day = 24 * 60 * 60;
    let now = crate::context::START / 1000;
    for (name, end) in [("long", now + 400 * day), ("soon", now + 29 * day), ("over", now - day)] {
        cx.clock.advance(1);
        let id = upload(&admin, name, &Pair::until(&[&format!("{name}.example.com")], end)).await;
        assert!(id.parse::<i64>().unwrap() > 0);
    }
    let names = async |parameters: &[(&str, &str)]| -> Vec<String> {
        let listed = admin.cas("ListUserCertificateOrder", parameters).await.ok();
        let items = listed["CertificateOrderList"].as_array().unwrap();
        items.iter().map(|c| c["Name"].as_str().unwrap().to_owned()).collect()
    };
    let none: Vec<String> = Vec::new();
    assert_eq!(names(&[]).await, none, "orders are asked for by default, and there are none");
    for (parameters, expected) in [
        (vec![("OrderType", "BUY")], vec![]),
        (vec![("OrderType", "CERT")], vec!["soon", "long"]),
        (vec![("OrderType", "UPLOAD")], vec!["soon", "long"]),
        (vec![("OrderType", "UPLOAD"), ("Status", "ISSUED")], vec!["long"]),
        (vec![("OrderType", "UPLOAD"), ("Status", "WILLEXPIRED")], vec!["soon"]),
        (vec![("OrderType", "UPLOAD"), ("Status", "EXPIRED")], vec!["over"]),
        (vec![("OrderType", "UPLOAD"), ("Status", "REVOKED")], vec![]),
        (vec![("OrderType", "CERT"), ("Keyword", "LONG.example")], vec!["long"]),
        (vec![("OrderType", "CERT"), ("ResourceGroupId", "rg-1")], vec![]),
        (vec![("OrderType", "CERT"), ("ShowSize", "1")], vec!["soon"]),
        (vec![("OrderType", "CERT"), ("ShowSize", "1"), ("CurrentPage", "2")], vec!["long"]),
        (vec![("OrderType", "CERT"), ("ShowSize", "1"), ("CurrentPage", "3")], vec![]),
    ] {
        assert_eq!(names(&parameters).await, expected, "{parameters:?}");
    }
    let listed = admin.cas("ListUserCertificateOrder", &[("OrderType", "CERT")]).await.ok();
    assert_eq!(
        (&listed["TotalCount"], &listed["ShowSize"], &listed["CurrentPage"]),
        (&json!(2), &json!(50), &json!(1))
    );
    let soon = &listed["CertificateOrderList"][0];
    assert_eq!(
        (&soon["Status"], &soon["Upload"], &soon["Expired"]),
        (&json!("WILLEXPIRED"), &json!(true), &json!(false))
    );
    for (field, value) in [("OrderType", "ALL"), ("Status", "FINE"), ("CurrentPage", "0"), ("ShowSize", "1001")] {
        let answer = admin.cas("ListUserCertificateOrder", &[(field, value)]).await;
        answer.refused(400, "InvalidParameter").saying(&format!("`{field}`"));
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_certificate_has_its_own_code_and_nothing_is_kept() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (pair, other) = (Pair::of(&["example.com"]), Pair::of(&["example.com"]));
    let revision = cx.revision().await;
    let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    for (changes, status, code) in [
        (("Cert", "no certificate"), 400, "InvalidParameter.Cert"),
        (("Cert", broken), 400, "InvalidParameter.Cert"),
        (("Cert", &*pair.key), 400, "InvalidParameter.Cert"),
        (("Cert", ""), 400, "MissingParameter"),
        (("Key", ""), 400, "MissingParameter"),
        (("Key", "no key"), 400, "InvalidParameter.Key"),
        (("Key", &*pair.cert), 400, "InvalidParameter.Key"),
        (("Key", &*other.key), 400, "InvalidParameter.KeyMismatch"),
        (("Name", ""), 400, "MissingParameter"),
        (("Name", "a/b"), 400, "InvalidParameter"),
        (("Name", &*"n".repeat(64)), 400, "InvalidParameter"),
        (("ClientToken", &*"t".repeat(65)), 400, "InvalidParameter"),
        (("SignCert", "x"), 501, "NotImplemented"),
        (("Tags", r#"[{"Key":"a","Value":"b"}]"#), 501, "NotImplemented"),
        (("ResourceGroupId", "rg-1"), 501, "NotImplemented"),
    ] {
        let good = [("Name", "front"), ("Cert", &*pair.cert), ("Key", &*pair.key)];
        let mut asked: Vec<(&str, &str)> = good.iter().copied().filter(|(name, _)| *name != changes.0).collect();
        asked.push(changes);
        let answer = admin.cas("UploadUserCertificate", &asked).await;
        answer.refused(status, code);
        assert!(!answer.body.to_string().contains("PRIVATE KEY"), "{}", answer.body);
    }
    for action in ["GetUserCertificateDetail", "DeleteUserCertificate"] {
        admin.cas(action, &[("CertId", "77")]).await.refused(404, "NotFound").saying("77");
        admin.cas(action, &[("CertId", "x")]).await.refused(400, "InvalidParameter").saying("CertId");
        admin.cas(action, &[]).await.refused(400, "MissingParameter").saying("CertId");
    }
    assert_eq!(cx.revision().await, revision);
}

#[tokio::test]
async fn a_certificate_in_use_stays_and_goes_when_it_is_free() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let gw = gateway(&admin, "one").await;
    let id = upload(&admin, "front", &Pair::of(&["example.com"])).await;
    let by_domain = domain(&admin, &gw, "example.com").await;
    let identifier = format!("{id}-cn-hangzhou");
    let bind = [("GatewayUniqueId", &*gw), ("DomainId", &by_domain), ("CertIdentifier", &identifier)];
    admin.mse("AddSSLCert", &bind).await.ok();
    admin.cas("DeleteUserCertificate", &[("CertId", &id)]).await.refused(409, "CertificateInUse").saying("example.com");
    admin.mse("DeleteGatewayDomain", &[("GatewayUniqueId", &gw), ("Id", &by_domain)]).await.ok();
    let list = r#"[{"Name":"mutual","Ips":["10.0.0.1:443"]}]"#;
    let tls = json!({"mode": "MUTUAL", "certId": identifier}).to_string();
    let import = [("GatewayUniqueId", &*gw), ("SourceType", "VIP"), ("ServiceList", list), ("TlsSetting", &tls)];
    admin.mse("ImportServices", &import).await.ok();
    admin.cas("DeleteUserCertificate", &[("CertId", &id)]).await.refused(409, "CertificateInUse").saying("mutual");
    admin.mse("DeleteGateway", &[("GatewayUniqueId", &gw)]).await.ok();
    admin.cas("DeleteUserCertificate", &[("CertId", &id)]).await.ok();
    admin.cas("GetUserCertificateDetail", &[("CertId", &id)]).await.refused(404, "NotFound");
    // The name is free again.
    upload(&admin, "front", &Pair::of(&["example.com"])).await;
}

#[tokio::test]
async fn a_repeated_client_token_answers_what_the_first_call_answered() {
    let cx = TestContext::start().await;
    let (admin, pair) = (cx.admin(), Pair::of(&["example.com"]));
    let token = [("ClientToken", "t-1")];
    let first = send(&admin, "front", &pair, &token).await.ok()["CertId"].clone();
    assert_eq!(send(&admin, "front", &pair, &token).await.ok()["CertId"], first);
    let old = admin.signing(Scheme::RpcV1);
    for _ in 0..2 {
        // Signatures of version 1 differ each time and lie among the parameters.
        assert_eq!(send(&old, "front", &pair, &token).await.ok()["CertId"], first);
    }
    send(&admin, "other", &pair, &token).await.refused(400, "IdempotentParameterMismatch");
    let id = first.to_string();
    let delete = [("CertId", &*id), ("ClientToken", "t-2")];
    for _ in 0..2 {
        // It answers nothing but its envelope, and that again.
        let gone = admin.cas("DeleteUserCertificate", &delete).await.ok();
        assert_eq!(gone.as_object().unwrap().len(), 1, "{gone}");
    }
    admin.cas("DeleteUserCertificate", &[("CertId", &id)]).await.refused(404, "NotFound");
}

#[tokio::test]
async fn certificates_are_taken_from_a_form_too() {
    let cx = TestContext::start().await;
    let pair = Pair::of(&["example.com"]);
    let encode = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
    let body = format!("Name=form&Cert={}&Key={}", encode(&pair.cert), encode(&pair.key));
    let request = Request {
        version: version::CAS,
        action: Some("UploadUserCertificate"),
        content_type: Some("application/x-www-form-urlencoded"),
        body: body.as_bytes(),
        ..Request::new()
    };
    cx.admin().send(&request).await.ok();
}

#[tokio::test]
async fn permission_is_checked_on_the_certificate_under_either_code() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (mine, other) = (
        upload(&admin, "mine", &Pair::of(&["a.example.com"])).await,
        upload(&admin, "other", &Pair::of(&["b.example.com"])).await,
    );
    for code in ["cas", "yundun-cert"] {
        let resource = format!("acs:{code}:*:*:certificate/{mine}");
        let user = cx.user_with_policy(allow(&[&format!("{code}:*")], &[&resource])).await;
        user.cas("GetUserCertificateDetail", &[("CertId", &mine)]).await.ok();
        for action in ["GetUserCertificateDetail", "DeleteUserCertificate"] {
            let answer = user.cas(action, &[("CertId", &other)]).await;
            let resource = format!("acs:cas:cn-hangzhou:1000000000000001:certificate/{other}");
            answer.refused(403, "NoPermission").saying(&format!("cas:{action}")).saying(&resource);
        }
        for action in ["UploadUserCertificate", "ListUserCertificateOrder"] {
            let answer = user.cas(action, &[("Name", "x")]).await;
            answer.refused(403, "NoPermission").saying("acs:cas:cn-hangzhou:1000000000000001:certificate/*");
        }
        // As in the cloud: a grant on everything.
        let all = cx.user_with_policy(allow(&[&format!("{code}:List*")], &["*"])).await;
        let listed: Value = all.cas("ListUserCertificateOrder", &[("OrderType", "CERT")]).await.ok();
        assert_eq!(listed["TotalCount"], 2);
    }
}

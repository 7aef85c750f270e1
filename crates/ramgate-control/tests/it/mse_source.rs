//! MSE: sources.

use crate::context::{TestContext, allow};
use crate::mse_world::{gateway, gateway_keys, instance, source};
use serde_json::{Value, json};

#[tokio::test]
async fn sources_are_bound_listed_and_unbound() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let gw = gateway(&admin, "one").await;
    let asked = [
        ("GatewayUniqueId", &*gw),
        ("Source", "NACOS"),
        ("Type", "NACOS"),
        ("Name", "registry"),
        ("Address", "mse-nacos.test:8848"),
        ("GroupList", r#"["a","b"]"#),
        ("IngressOptionsRequest", r#"{"EnableIngress":false,"IngressClass":"mse"}"#),
    ];
    let id = admin.mse("AddServiceSource", &asked).await.ok()["Data"].as_i64().unwrap();
    source(&admin, &gw, "K8s", "c-1").await;
    let of = async |source: &str| -> Vec<Value> {
        let listed = admin.mse("ListServiceSource", &[("GatewayUniqueId", &gw), ("Source", source)]).await.ok();
        listed["Data"].as_array().unwrap().clone()
    };
    assert_eq!(of("").await.len(), 2);
    assert_eq!(of("K8s").await[0]["Name"], "c-1", "the address names it where nothing else does");
    let found = of("MSE").await;
    assert_eq!(found.len(), 1);
    let expected = json!({
        "Id": id, "Source": "MSE", "Type": "NACOS", "Name": "registry", "Address": "mse-nacos.test:8848",
        "GroupList": ["a", "b"], "BindingWithGateway": 1, "Invalid": false, "GatewayUniqueId": gw,
        "IngressOptions": { "EnableIngress": false, "IngressClass": "mse" },
    });
    for (field, value) in expected.as_object().unwrap() {
        assert_eq!(&found[0][field], value, "{field}");
    }
    let gone = admin.mse("DeleteServiceSource", &[("GatewayUniqueId", &gw), ("SourceId", &id.to_string())]).await.ok();
    assert!(gone.get("Data").is_none(), "the answer is the plain envelope");
    assert!(of("MSE").await.is_empty());
}

#[tokio::test]
async fn a_source_is_bound_once_to_a_gateway() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (one, two) = (gateway(&admin, "one").await, gateway(&admin, "two").await);
    source(&admin, &one, "K8s", "c-1").await;
    source(&admin, &two, "K8s", "c-1").await;
    source(&admin, &one, "EDAS", "c-1").await;
    let again = [("GatewayUniqueId", &*one), ("Source", "K8s"), ("Address", "c-1")];
    admin.mse("AddServiceSource", &again).await.refused(400, "IllegalRequest").saying("`c-1`");
}

#[tokio::test]
async fn what_a_source_has_is_not_made_up() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (one, two) = (gateway(&admin, "one").await, gateway(&admin, "two").await);
    let pull = async |more: &[(&str, &str)]| {
        admin.mse("PullServices", &[&[("GatewayUniqueId", &*one)][..], more].concat()).await
    };
    assert_eq!(pull(&[]).await.ok()["Data"], json!([]), "without a source there is nothing to import");
    let (k8s, foreign) = (source(&admin, &one, "K8s", "c-1").await, source(&admin, &two, "K8s", "c-2").await);
    pull(&[]).await.refused(501, "NotImplemented").saying("`c-1`").saying("K8s");
    pull(&[("SourceId", &k8s)]).await.refused(501, "NotImplemented");
    pull(&[("SourceType", "K8s")]).await.refused(501, "NotImplemented");
    assert_eq!(pull(&[("SourceType", "MSE")]).await.ok()["Data"], json!([]), "there is no such source");
    assert_eq!(pull(&[("SourceType", "VIP")]).await.ok()["Data"], json!([]));
    pull(&[("SourceType", "ODD")]).await.refused(400, "InvalidParameter").saying("`SourceType`");
    pull(&[("SourceId", &foreign)]).await.refused(404, "NotFound");
    let import =
        [("GatewayUniqueId", &*one), ("SourceType", "K8s"), ("SourceId", &k8s), ("ServiceList", r#"[{"Name":"a"}]"#)];
    admin.mse("ImportServices", &import).await.refused(501, "NotImplemented").saying("`K8s`");
}

#[tokio::test]
async fn what_is_wrong_with_a_source_is_named_and_nothing_is_made() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let gw = gateway(&admin, "one").await;
    let before = gateway_keys(&cx);
    let good = [("GatewayUniqueId", &*gw), ("Source", "K8s"), ("Address", "c-1")];
    for (field, value, status, code, says) in [
        ("Source", "", 400, "MissingParameter", "Source"),
        ("Source", "CONSUL", 400, "InvalidParameter", "`Source`"),
        ("Address", "", 400, "InvalidParameter", "`Address`"),
        ("Address", "a\nb", 400, "InvalidParameter", "`Address`"),
        ("GroupList", "x", 400, "InvalidParameter", "GroupList"),
        ("GatewayUniqueId", "", 400, "MissingParameter", "GatewayUniqueId"),
        ("GatewayUniqueId", "gw-none", 404, "NotFound", "gw-none"),
        ("IngressOptionsRequest", r#"{"EnableIngress":true}"#, 501, "NotImplemented", "EnableIngress"),
    ] {
        let mut asked: Vec<(&str, &str)> = good.iter().copied().filter(|(name, _)| *name != field).collect();
        asked.push((field, value));
        admin.mse("AddServiceSource", &asked).await.refused(status, code).saying(says);
    }
    let missing = [("GatewayUniqueId", &*gw), ("SourceId", "77")];
    admin.mse("DeleteServiceSource", &missing).await.refused(404, "NotFound").saying("77");
    assert_eq!(gateway_keys(&cx), before);
}

#[tokio::test]
async fn a_source_is_reached_through_its_own_gateway_only() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (own, other) = (gateway(&admin, "own").await, gateway(&admin, "other").await);
    let foreign = source(&admin, &other, "K8s", "c-1").await;
    let user = cx.user_with_policy(allow(&["mse:*"], &[&instance(&own)])).await;
    let attack = [("GatewayUniqueId", &*own), ("SourceId", &foreign)];
    user.mse("DeleteServiceSource", &attack).await.refused(404, "NotFound");
    user.mse("PullServices", &attack).await.refused(404, "NotFound");
    let import = [&attack[..], &[("SourceType", "K8s"), ("ServiceList", r#"[{"Name":"a"}]"#)][..]].concat();
    user.mse("ImportServices", &import).await.refused(404, "NotFound");
    for action in ["AddServiceSource", "ListServiceSource", "DeleteServiceSource", "PullServices"] {
        let answer = user.mse(action, &[("GatewayUniqueId", &other), ("SourceId", &foreign), ("Source", "K8s")]).await;
        answer.refused(403, "NoPermission").saying(&format!("mse:{action}")).saying(&instance(&other));
    }
    let listed = admin.mse("ListServiceSource", &[("GatewayUniqueId", &other)]).await.ok();
    assert_eq!(listed["Data"].as_array().unwrap().len(), 1);
}

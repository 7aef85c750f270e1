//! MSE: gateways.

use crate::context::{Setup, TestContext, allow};
use crate::mse_world::{apig_gateway, gateway, gateway_keys, instance, number, text};
use ramgate_control::ControlConfig;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const ZONES: &str =
    r#"[{"ZoneId":"cn-hangzhou-a","VSwitchId":"vsw-1"},{"ZoneId":"cn-hangzhou-b","VSwitchId":"vsw-2"}]"#;

#[tokio::test]
async fn a_gateway_is_shown_as_it_was_asked_for() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let asked = [
        ("Name", "front"),
        ("Region", "cn-hangzhou"),
        ("Vpc", "vpc-7"),
        ("ZoneInfo", ZONES),
        ("Replica", "2"),
        ("Spec", "MSE_GTW_4_8_200_c"),
        ("MserVersion", "mse_premium"),
        ("NlbNetworkType", "privatepubnet"),
        ("ResourceGroupId", "rg-1"),
        ("Tag.1.Key", "stage"),
        ("Tag.1.Value", "test"),
    ];
    let made = admin.mse("AddGateway", &asked).await.ok();
    let id = text(&made["Data"]["GatewayUniqueId"]);
    assert!(id.starts_with("gw-") && id.len() == 35, "{id}");
    assert_eq!((&made["Success"], &made["Code"]), (&json!(true), &json!(200)), "the envelope of a success");

    let short = admin.mse("GetGateway", &[("GatewayUniqueId", &id)]).await.ok();
    let expected = json!({
        "GatewayUniqueId": id, "Name": "front", "Region": "cn-hangzhou", "Vpc": "vpc-7", "Status": 2, "Replica": 2,
        "Spec": "MSE_GTW_4_8_200_c", "MseVersion": "mse_premium", "ResourceGroupId": "rg-1", "ChargeType": "POSTPAY",
        "Vswitch": "vsw-1", "Vswitch2": "vsw-2", "PrimaryUser": "1000000000000001", "GatewayType": "Ingress",
        "MseTag": r#"{"stage":"test"}"#, "GmtCreate": "2026-01-02T03:04:05.000+0000", "StatusDesc": "Running",
    });
    for (field, value) in expected.as_object().unwrap() {
        assert_eq!(&short["Data"][field], value, "{field}");
    }
    assert!(short["Data"].get("Slb").is_none(), "the short record has no entry points");

    let detail = admin.mse("GetGatewayDetail", &[("GatewayUniqueId", &id)]).await.ok();
    let entries = detail["Data"]["GatewayEntry"].as_array().unwrap();
    let networks: Vec<&str> = entries.iter().map(|e| e["NetType"].as_str().unwrap()).collect();
    assert_eq!(networks, ["PUB_NET", "PRIVATE_NET"]);
    let (http, https) = (&entries[0]["HttpPorts"][0], &entries[0]["HttpsPorts"][0]);
    assert_eq!(https.as_i64().unwrap(), http.as_i64().unwrap() + 1);
    assert_eq!(detail["Data"]["Slb"][0]["SlbPort"], http.to_string());
    assert_eq!(detail["Data"]["GatewayOption"]["EnableWaf"], false);
}

#[tokio::test]
async fn the_older_form_names_switches_and_load_balancers() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let asked = |slb: &'static str| {
        [
            ("Region", "cn-hangzhou"),
            ("Vpc", "v"),
            ("VSwitchId", "vsw-1"),
            ("VSwitchId2", "vsw-2"),
            (slb, "slb.s1.small"),
        ]
    };
    for (slb, network) in [("SlbSpec", "PRIVATE_NET"), ("InternetSlbSpec", "PUB_NET")] {
        let made = admin.mse("AddGateway", &asked(slb)).await.ok();
        let id = text(&made["Data"]["GatewayUniqueId"]);
        let detail = admin.mse("GetGatewayDetail", &[("GatewayUniqueId", &id)]).await.ok();
        let entries = detail["Data"]["GatewayEntry"].as_array().unwrap();
        assert_eq!((entries.len(), &entries[0]["NetType"]), (1, &json!(network)), "{slb}");
        assert_eq!(detail["Data"]["Vswitch2"], "vsw-2");
        assert!(text(&detail["Data"]["Name"]).starts_with("gateway-"), "a name is made up");
    }
}

#[tokio::test]
async fn gateways_are_found_by_id_and_by_number_and_the_id_counts_first() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (one, two) = (gateway(&admin, "one").await, gateway(&admin, "two").await);
    let two_number = number(&admin, &two).await;
    let by_number = admin.mse("GetGateway", &[("GatewayId", &two_number)]).await.ok();
    assert_eq!(by_number["Data"]["Name"], "two");
    let both = admin.mse("GetGateway", &[("GatewayUniqueId", &one), ("GatewayId", &two_number)]).await.ok();
    assert_eq!(both["Data"]["Name"], "one");
}

#[tokio::test]
async fn gateways_are_listed_page_by_page_newest_first() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    for n in 0..5 {
        cx.clock.advance(1000);
        gateway(&admin, &format!("g{n}")).await;
    }
    let names = |listed: &Value| -> Vec<String> {
        listed["Data"]["Result"].as_array().unwrap().iter().map(|g| text(&g["Name"])).collect()
    };
    let page = |number: &'static str| [("PageNumber", number), ("PageSize", "2")];
    let mut seen = Vec::new();
    for number in ["1", "2", "3", "4"] {
        let listed = admin.mse("ListGateway", &page(number)).await.ok();
        assert_eq!(listed["Data"]["TotalSize"], 5);
        seen.push(names(&listed));
    }
    assert_eq!(seen, [vec!["g4", "g3"], vec!["g2", "g1"], vec!["g0"], vec![]]);
    let all = admin.mse("ListGateway", &[]).await.ok();
    assert_eq!((&all["Data"]["PageNumber"], &all["Data"]["PageSize"]), (&json!(1), &json!(10)));
    assert_eq!(all["Data"]["Result"][0]["GmtCreate"], "2026-01-02 11:04:10", "lists have local time");
}

#[tokio::test]
async fn lists_of_gateways_are_narrowed_by_every_filter() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let asked = [("Name", "tagged"), ("Region", "cn-hangzhou"), ("Vpc", "vpc-9"), ("ZoneInfo", ZONES)];
    let more = [("ResourceGroupId", "rg-9"), ("Tag.1.Key", "k"), ("Tag.1.Value", "v")];
    let made = admin.mse("AddGateway", &[&asked[..], &more[..]].concat()).await.ok();
    let id = text(&made["Data"]["GatewayUniqueId"]);
    gateway(&admin, "plain").await;
    let shown = admin.mse("GetGateway", &[("GatewayUniqueId", &id)]).await.ok();
    let instance_id = text(&shown["Data"]["InstanceId"]);
    for filter in [
        json!({ "Name": "agge" }),
        json!({ "GatewayUniqueId": id }),
        json!({ "InstanceId": instance_id }),
        json!({ "ResourceGroupId": "rg-9" }),
        json!({ "Vpc": "vpc-9" }),
        json!({ "MseTag": r#"[{"key":"k","value":"v"}]"# }),
    ] {
        let listed = admin.mse("ListGateway", &[("FilterParams", &filter.to_string())]).await.ok();
        assert_eq!(listed["Data"]["TotalSize"], 1, "{filter}");
        assert_eq!(listed["Data"]["Result"][0]["Name"], "tagged", "{filter}");
    }
    for filter in [json!({ "GatewayType": "AI" }), json!({ "MseTag": r#"[{"key":"k","value":"w"}]"# })] {
        let listed = admin.mse("ListGateway", &[("FilterParams", &filter.to_string())]).await.ok();
        assert_eq!(listed["Data"]["TotalSize"], 0, "{filter}");
    }
    let odd = json!({ "MseTag": "k=v" }).to_string();
    admin.mse("ListGateway", &[("FilterParams", &odd)]).await.refused(400, "InvalidParameter").saying("MseTag");
}

#[tokio::test]
async fn gateways_of_either_api_are_shown_by_the_other_in_its_own_words() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let mse_made = gateway(&admin, "from-mse").await;
    let (apig_made, _) = apig_gateway(&admin, "from-apig").await;
    let listed = admin.mse("ListGateway", &[]).await.ok();
    let ids: BTreeSet<String> =
        listed["Data"]["Result"].as_array().unwrap().iter().map(|g| text(&g["GatewayUniqueId"])).collect();
    assert_eq!(ids, BTreeSet::from([mse_made.clone(), apig_made.clone()]));
    let shown = admin.mse("GetGateway", &[("GatewayUniqueId", &apig_made)]).await.ok();
    assert_eq!((&shown["Data"]["Status"], &shown["Data"]["MseVersion"]), (&json!(2), &json!("mse_pro")));
    let shown = admin.apig("GET", &format!("/v1/gateways/{mse_made}"), &[], Value::Null).await.ok();
    assert_eq!((&shown["data"]["name"], &shown["data"]["status"]), (&json!("from-mse"), &json!("Running")));
    assert_eq!(shown["data"]["gatewayEdition"], "Professional");
    // Entry points are the same ones.
    let detail = admin.mse("GetGatewayDetail", &[("GatewayUniqueId", &mse_made)]).await.ok();
    let port = &shown["data"]["loadBalancers"][0]["ports"][0]["port"];
    assert_eq!(&detail["Data"]["GatewayEntry"][0]["HttpPorts"][0], port);
}

#[tokio::test]
async fn a_gateway_goes_and_frees_its_ports() {
    let cx = TestContext::start_with(Setup {
        config: Some(|c: &mut ControlConfig| c.entry_ports = 20_700..=20_703),
        ..Setup::default()
    })
    .await;
    let admin = cx.admin();
    let (one, two) = (gateway(&admin, "one").await, gateway(&admin, "two").await);
    let zone = [("Region", "cn-hangzhou"), ("Vpc", "v"), ("VSwitchId", "vsw-1")];
    admin.mse("AddGateway", &zone).await.refused(400, "IllegalRequest").saying("entry ports");
    let gone = admin.mse("DeleteGateway", &[("GatewayUniqueId", &one)]).await.ok();
    assert_eq!((&gone["Data"]["Name"], &gone["Data"]["Status"]), (&json!("one"), &json!(8)));
    admin.mse("GetGateway", &[("GatewayUniqueId", &one)]).await.refused(404, "NotFound").saying(&one);
    admin.mse("DeleteGateway", &[("GatewayUniqueId", &one)]).await.refused(404, "NotFound");
    gateway(&admin, "three").await;
    let left = gateway_keys(&cx);
    assert!(!left.iter().any(|key| key.contains(&one)), "{left:?}");
    assert!(left.iter().any(|key| key.contains(&two)), "{left:?}");
}

#[tokio::test]
async fn zones_are_listed() {
    let cx = TestContext::start().await;
    let zones = cx.admin().mse("ListGatewayZone", &[]).await.ok();
    assert_eq!(zones["Data"], json!([{ "LocalName": "A", "SupportQat": false, "ZoneId": "cn-hangzhou-a" }]));
}

#[tokio::test]
async fn what_is_wrong_with_a_new_gateway_is_named_and_nothing_is_made() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let revision = cx.revision().await;
    let good = [("Region", "cn-hangzhou"), ("Vpc", "vpc-1"), ("ZoneInfo", ZONES)];
    let long = "n".repeat(65);
    for (field, value, code, says) in [
        ("Region", "", "MissingParameter", "Region"),
        ("Region", "mars", "InvalidParameter", "`Region`"),
        ("Vpc", "", "MissingParameter", "Vpc"),
        ("ZoneInfo", "[]", "MissingParameter", "ZoneInfo"),
        ("ZoneInfo", "[", "InvalidParameter", "ZoneInfo"),
        ("Name", &long, "InvalidParameter", "`Name`"),
        ("Name", "a\u{7}b", "InvalidParameter", "`Name`"),
        ("Replica", "31", "InvalidParameter", "`Replica`"),
        ("Replica", "two", "InvalidParameter", "`Replica`"),
        ("ChargeType", "FREE", "InvalidParameter", "`ChargeType`"),
        ("MserVersion", "mse_ultra", "InvalidParameter", "`MserVersion`"),
        ("NlbNetworkType", "moonnet", "InvalidParameter", "`NlbNetworkType`"),
        ("ClbNetworkType", "x", "InvalidParameter", "`ClbNetworkType`"),
        ("Tag.1.Key", "acs:x", "InvalidParameter", "Tag.1.Key"),
        ("RequestPars", r#"{"a":1}"#, "IllegalRequest", "`RequestPars`"),
    ] {
        let mut asked: Vec<(&str, &str)> = good.iter().copied().filter(|(name, _)| *name != field).collect();
        asked.push((field, value));
        admin.mse("AddGateway", &asked).await.refused(400, code).saying(says);
    }
    for option in ["EnableSls", "EnableXtrace"] {
        let asked = [&good[..], &[(option, "true")][..]].concat();
        admin.mse("AddGateway", &asked).await.refused(501, "NotImplemented").saying(option);
        let asked = [&good[..], &[(option, "false"), ("Name", option)][..]].concat();
        let made = admin.mse("AddGateway", &asked).await.ok();
        let id = text(&made["Data"]["GatewayUniqueId"]);
        admin.mse("DeleteGateway", &[("GatewayUniqueId", &id)]).await.ok();
    }
    assert!(cx.revision().await > revision);
    assert_eq!(gateway_keys(&cx), Vec::<String>::new(), "refused calls leave nothing");
    for action in ["GetGateway", "GetGatewayDetail", "DeleteGateway"] {
        admin.mse(action, &[]).await.refused(400, "MissingParameter").saying("GatewayUniqueId");
        admin.mse(action, &[("GatewayUniqueId", "gw-none")]).await.refused(404, "NotFound").saying("gw-none");
        admin.mse(action, &[("GatewayId", "99")]).await.refused(404, "NotFound").saying("99");
        admin.mse(action, &[("GatewayId", "x")]).await.refused(400, "InvalidParameter").saying("GatewayId");
    }
}

#[tokio::test]
async fn a_gateway_is_checked_under_its_own_name_and_lists_under_all() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (own, other) = (gateway(&admin, "own").await, gateway(&admin, "other").await);
    let user = cx.user_with_policy(allow(&["mse:*"], &[&instance(&own)])).await;
    user.mse("GetGateway", &[("GatewayUniqueId", &own)]).await.ok();
    for action in ["GetGateway", "GetGatewayDetail", "DeleteGateway"] {
        user.mse(action, &[("GatewayUniqueId", &other)]).await.refused(403, "NoPermission").saying(&instance(&other));
        let by_number = number(&admin, &other).await;
        user.mse(action, &[("GatewayId", &by_number)]).await.refused(403, "NoPermission").saying(&instance(&other));
        // What is not there is not told from what is not allowed.
        user.mse(action, &[("GatewayUniqueId", "gw-none")]).await.refused(403, "NoPermission");
    }
    for action in ["AddGateway", "ListGateway", "ListGatewayZone"] {
        let all = "acs:mse:cn-hangzhou:1000000000000001:*";
        user.mse(action, &[]).await.refused(403, "NoPermission").saying(&format!("mse:{action}")).saying(all);
    }
    let all = cx.user_with_policy(allow(&["mse:ListGateway*"], &["acs:mse:*:*:*"])).await;
    all.mse("ListGateway", &[]).await.ok();
    all.mse("ListGatewayZone", &[]).await.ok();
}

//! Parameters as the official SDKs send them become the requests that handlers see.

use ramgate_api::{Checker, Operation, Target, TargetId, Validate, apig, cas, decode, mse, parameters_from_pairs, ram};
use serde_json::{Value, json};

/// A request of an RPC operation from its parameters.
fn rpc<O: Operation>(pairs: &[(&str, &str)]) -> O::Request {
    let parameters = parameters_from_pairs(pairs.iter().copied()).expect("parameters");
    decode(parameters).unwrap_or_else(|error| panic!("{}: {error}", O::NAME))
}

/// A request of a ROA operation from its path, query and body.
fn roa<O: Operation>(parameters: Value) -> O::Request {
    decode(parameters).unwrap_or_else(|error| panic!("{}: {error}", O::NAME))
}

/// The problems of a request, or nothing.
fn problem<O: Operation>(request: &O::Request) -> Option<String> {
    let mut checker = Checker::new(O::PRODUCT);
    request.validate(&mut checker);
    checker.finish().err().map(|error| error.to_string())
}

#[test]
fn an_mse_route_is_read_from_json_text_in_single_parameters() {
    let request = rpc::<mse::AddGatewayRoute>(&[
        ("GatewayUniqueId", "gw-1"),
        ("Name", "orders"),
        ("RouteOrder", "10"),
        ("DestinationType", "Multiple"),
        ("DomainIdListJSON", "[0,94]"),
        ("Fallback", "false"),
        (
            "Predicates",
            r#"{"PathPredicates":{"Path":"/orders","Type":"PRE","IgnoreCase":true},"MethodPredicates":["GET"],
                "HeaderPredicates":[{"Key":"x-team","Type":"EQUAL","Value":"a"}],"QueryPredicates":[]}"#,
        ),
        ("Services", r#"[{"ServiceId":7,"Percent":60},{"ServiceId":8,"Percent":40,"ServicePort":"8080"}]"#),
    ]);
    assert_eq!(request.domain_id_list, [0, 94]);
    assert_eq!((request.route_order, request.fallback), (Some(10), Some(false)));
    let predicates = request.predicates.clone().unwrap();
    let path = predicates.path_predicates.unwrap();
    assert_eq!((path.path.as_str(), path.kind.as_str(), path.ignore_case), ("/orders", "PRE", Some(true)));
    assert_eq!(predicates.method_predicates, ["GET"]);
    assert_eq!(predicates.header_predicates[0].key, "x-team");
    let services: Vec<_> = request.services.iter().map(|s| (s.service_id, s.percent, s.service_port)).collect();
    assert_eq!(services, [(Some(7), Some(60), None), (Some(8), Some(40), Some(8080))]);
    assert_eq!(problem::<mse::AddGatewayRoute>(&request), None);
}

#[test]
fn misspelt_names_of_the_dubbo_transcoder_are_read_in_both_spellings() {
    for (list, method, path) in
        [("MothedMapList", "HttpMothed", "Mothedpath"), ("MethodMapList", "HttpMethod", "MethodPath")]
    {
        let services = format!(
            r#"[{{"ServiceId":7,"HttpDubboTranscoder":{{"DubboServiceName":"s",
                "{list}":[{{"{method}":"ALL_GET","{path}":"/hello"}}]}}}}]"#
        );
        let request = rpc::<mse::AddGatewayRoute>(&[("Services", &services)]);
        let transcoder = request.services[0].http_dubbo_transcoder.clone().unwrap();
        assert_eq!(transcoder.method_map_list[0].http_method.as_deref(), Some("ALL_GET"), "{list}");
        assert_eq!(transcoder.method_map_list[0].method_path.as_deref(), Some("/hello"), "{list}");
    }
}

#[test]
fn tags_are_read_from_numbered_parameters_and_from_json_text_alike() {
    let numbered = rpc::<mse::AddGateway>(&[("Tag.1.Key", "team"), ("Tag.1.Value", "a"), ("EnableSls", "True")]);
    assert_eq!((numbered.tag[0].key.as_str(), numbered.tag[0].value.as_str()), ("team", "a"));
    assert_eq!(numbered.enable_sls, Some(true));
    let text = rpc::<ram::TagResources>(&[
        ("ResourceType", "policy"),
        ("ResourceNames", r#"["orders","billing"]"#),
        ("Tag", r#"[{"Key":"team","Value":"a"}]"#),
    ]);
    assert_eq!(text.resource_names, ["orders", "billing"]);
    assert_eq!(text.tag[0].key, "team");
}

#[test]
fn tags_of_policies_and_roles_are_checked_on_each_of_them() {
    let of = |resource_type: &str| {
        let request = rpc::<ram::TagResources>(&[
            ("ResourceType", resource_type),
            ("ResourceNames.1", "orders"),
            ("ResourceNames.2", "billing"),
        ]);
        let targets = ram::TagResources::targets(&request);
        targets.iter().map(|t| (t.resource_type.map(|t| t.name), format!("{:?}", t.id))).collect::<Vec<_>>()
    };
    let id = |name: &str| format!("{:?}", TargetId::Id(name.into()));
    assert_eq!(of("policy"), [(Some("Policy"), id("orders")), (Some("Policy"), id("billing"))]);
    assert_eq!(of("role"), [(Some("Role"), id("orders")), (Some("Role"), id("billing"))]);
    assert_eq!(of("user"), [(None, format!("{:?}", TargetId::Any))]);
}

#[test]
fn a_policy_is_checked_in_the_account_that_its_type_says() {
    let targets_of = |policy_type: &str| {
        let pairs = [("PolicyType", policy_type), ("PolicyName", "P"), ("UserName", "u")];
        let request = rpc::<ram::AttachPolicyToUser>(&pairs);
        let targets = ram::AttachPolicyToUser::targets(&request);
        targets.iter().map(|t| format!("{} {:?}", t.resource_type.unwrap().name, t.id)).collect::<Vec<_>>()
    };
    assert_eq!(targets_of("Custom"), [r#"User Id("u")"#, r#"Policy Id("P")"#]);
    assert_eq!(targets_of("System"), [r#"User Id("u")"#, r#"Policy SystemPolicy("P")"#]);
}

#[test]
fn access_keys_without_a_user_are_the_callers() {
    let request = rpc::<ram::CreateAccessKey>(&[]);
    let expected = Target { resource_type: Some(&ram::USER), id: TargetId::Caller };
    assert_eq!(ram::CreateAccessKey::targets(&request), [expected]);
}

#[test]
fn a_call_on_several_gateways_is_checked_on_each_and_on_all_where_none_is_named() {
    let targets = |gateways: Value| {
        let request = roa::<apig::InstallPlugin>(json!({ "pluginClassId": "pls-1", "gatewayIds": gateways }));
        apig::InstallPlugin::targets(&request).iter().map(|t| format!("{:?}", t.id)).collect::<Vec<_>>()
    };
    assert_eq!(targets(json!(["gw-1", "gw-2"])), [r#"Id("gw-1")"#, r#"Id("gw-2")"#]);
    assert_eq!(targets(json!([])), ["Any"]);
}

#[test]
fn rules_joined_by_commas_are_checked_one_by_one() {
    let request =
        roa::<apig::BatchDeleteConsumerAuthorizationRule>(json!({ "consumerAuthorizationRuleIds": "car-1, car-2," }));
    let targets = apig::BatchDeleteConsumerAuthorizationRule::targets(&request);
    let ids: Vec<String> = targets.iter().map(|t| format!("{:?}", t.id)).collect();
    assert_eq!(ids, [r#"Id("car-1")"#, r#"Id("car-2")"#]);
}

#[test]
fn an_apig_route_is_read_from_a_json_body_and_unknown_members_are_passed_over() {
    let request = roa::<apig::CreateHttpApiRoute>(json!({
        "httpApiId": "api-1", "name": "login", "isInternalRoute": false, "environmentId": "env-1", "domainIds": ["d-1"],
        "match": {
            "path": { "type": "Exact", "value": "/user" }, "methods": ["GET"], "ignoreUriCase": true,
            "headers": [{ "name": "dev", "type": "Exact", "value": "true" }], "queryParams": [],
        },
        "backendConfig": { "scene": "SingleService", "services": [{ "serviceId": "svc-1", "port": 8080, "weight": 100 }] },
    }));
    assert_eq!(request.http_api_id, "api-1");
    let matches = request.matches.clone().unwrap();
    assert_eq!(matches.path.map(|p| (p.kind, p.value)), Some(("Exact".to_owned(), "/user".to_owned())));
    assert_eq!(matches.ignore_uri_case, Some(true));
    assert_eq!(request.backend_config.as_ref().unwrap().services[0].port, Some(8080));
    assert_eq!(problem::<apig::CreateHttpApiRoute>(&request), None);
}

#[test]
fn policies_of_routes_are_read_with_keys_in_either_letter_case() {
    for text in
        [r#"{"AllowOrigins":"*","UnitNum":24,"Status":"on"}"#, r#"{"allowOrigins":"*","unitNum":24,"status":"on"}"#]
    {
        let pairs = [("GatewayUniqueId", "gw-1"), ("Id", "7"), ("CorsJSON", text)];
        let cors = rpc::<mse::UpdateGatewayRouteCORS>(&pairs).cors;
        assert_eq!((cors.allow_origins.as_deref(), cors.unit_num), (Some("*"), Some(24)), "{text}");
    }
    for text in [r#"{"mode":"SIMPLE","certId":"1-cn"}"#, r#"{"TlsMode":"SIMPLE","CertId":"1-cn"}"#] {
        let tls = rpc::<mse::ImportServices>(&[("TlsSetting", text)]).tls_setting.unwrap();
        assert_eq!((tls.mode.as_deref(), tls.cert_id.as_deref()), (Some("SIMPLE"), Some("1-cn")), "{text}");
    }
}

#[test]
fn problems_are_reported_all_at_once_under_the_code_of_the_product() {
    let request = roa::<apig::CreateGateway>(json!({
        "name": "", "networkAccessConfig": { "type": "Moon" }, "chargeType": "NEVER",
    }));
    let problem = problem::<apig::CreateGateway>(&request).unwrap();
    assert!(problem.starts_with("InvalidParameter.WithValue: "), "{problem}");
    for name in ["`name`", "`networkAccessConfig.type`", "`chargeType`"] {
        assert!(problem.contains(name), "{problem}");
    }
}

#[test]
fn what_is_needed_because_of_another_parameter_is_reported_as_missing() {
    let pairs = [("GatewayUniqueId", "gw-1"), ("Name", "a.example.com"), ("Protocol", "HTTPS")];
    let request = rpc::<mse::AddGatewayDomain>(&pairs);
    let expected = "MissingParameter: The input parameter \"CertIdentifier\" that is mandatory for processing this request \
                    is not supplied.";
    assert_eq!(problem::<mse::AddGatewayDomain>(&request).as_deref(), Some(expected));
    let request = rpc::<cas::UploadUserCertificate>(&[("Name", "a"), ("Cert", "x")]);
    assert!(problem::<cas::UploadUserCertificate>(&request).unwrap().contains("\"Key\""));
}

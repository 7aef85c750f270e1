//! The limits of values that several requests share.
//!
//! Source: APIG API reference 2024-03-27, parameters of the operations, and the APIG user guide.

use super::gateway::Tag;
use super::http_api::{RestDeployment, VersionConfig};
use super::route::{Backend, HttpRouteMatch};
use super::service::{HealthCheck, OutlierDetection, ServiceConfig};
use crate::Checker;

const MATCH_KINDS: &[&str] = &["Exact", "Prefix", "Regex"];
/// `Single` stands for `SingleService` in some documents.
const SCENES: &[&str] = &[
    "Single",
    "SingleService",
    "MultiServiceByRatio",
    "MultiServiceByContent",
    "MultiServiceByTag",
    "Mock",
    "Redirect",
    "AiAutoRouter",
    "SemanticRouter",
];

pub(super) fn page_number(checker: &mut Checker, value: Option<i32>) {
    checker.range("pageNumber", value.map(i64::from), 1, i64::from(i32::MAX));
}

pub(super) fn page_size(checker: &mut Checker, value: Option<i32>) {
    checker.range("pageSize", value.map(i64::from), 1, 100);
}

pub(super) fn client_token(checker: &mut Checker, value: Option<&str>) {
    checker.length("clientToken", value, 0, 64);
}

/// At most 20 tags; keys of 1–128 characters without reserved beginnings, values up to 128.
pub(super) fn tags(checker: &mut Checker, tags: &[Tag]) {
    checker.count("tag", tags.len(), 20);
    for (i, tag) in tags.iter().enumerate() {
        checker.length(&format!("tag[{i}].key"), Some(&tag.key), 1, 128);
        checker.length(&format!("tag[{i}].value"), Some(&tag.value), 0, 128);
        let lower = tag.key.to_ascii_lowercase();
        if lower.starts_with("acs:")
            || lower.starts_with("aliyun")
            || lower.contains("http://")
            || lower.contains("https://")
        {
            checker.problem(
                &format!("tag[{i}].key"),
                "may not begin with `acs:` or `aliyun` nor hold `http://` or `https://`",
            );
        }
    }
}

/// Begins with `/`, at most 256 bytes, no blanks. Empty counts as absent.
pub(super) fn base_path(checker: &mut Checker, value: Option<&str>) {
    let Some(value) = value.filter(|v| !v.is_empty()) else { return };
    if !value.starts_with('/') || value.len() > 256 || value.chars().any(|c| c.is_whitespace() || c.is_control()) {
        checker.problem("basePath", "must begin with `/`, have at most 256 bytes and no blanks");
    }
}

pub(super) fn protocols(checker: &mut Checker, values: &[String]) {
    for value in values {
        checker.one_of("protocols", Some(value), &["HTTP", "HTTPS"]);
    }
}

/// A version needs its name and, but for paths, the parameter or header that carries it.
pub(super) fn version(checker: &mut Checker, value: Option<&VersionConfig>) {
    let Some(config) = value else { return };
    checker.one_of("versionConfig.scheme", config.scheme.as_deref(), &["Path", "Query", "Header"]);
    if config.enable != Some(true) {
        return;
    }
    let given = |text: &Option<String>| text.as_deref().is_some_and(|t| !t.is_empty());
    checker.needed("versionConfig.version", given(&config.version));
    checker.needed("versionConfig.scheme", given(&config.scheme));
    match config.scheme.as_deref() {
        Some("Query") => checker.needed("versionConfig.queryName", given(&config.query_name)),
        Some("Header") => checker.needed("versionConfig.headerName", given(&config.header_name)),
        _ => {}
    }
}

/// Exactly one of revision, environment and gateway says how a Rest API is deployed.
pub(super) fn rest_deployment(checker: &mut Checker, value: Option<&RestDeployment>) {
    let Some(config) = value else { return };
    let given = [config.revision_id.is_some(), config.environment.is_some(), config.gateway_id.is_some()];
    if given.iter().filter(|g| **g).count() != 1 {
        checker.problem("restApiConfig", "must have exactly one of revisionId, environment and gatewayId");
    }
    let Some(environment) = &config.environment else { return };
    checker.one_of("restApiConfig.environment.backendScene", environment.backend_scene.as_deref(), SCENES);
    for (i, service) in environment.service_configs.iter().enumerate() {
        let name = format!("restApiConfig.environment.serviceConfigs[{i}]");
        checker.range(&format!("{name}.weight"), service.weight.map(i64::from), 1, 100);
        checker.range(&format!("{name}.port"), service.port.map(i64::from), 0, 65535);
    }
}

/// The kinds of every condition; a path that is not an expression begins with `/`; keys are given.
pub(super) fn route_match(checker: &mut Checker, name: &str, value: Option<&HttpRouteMatch>) {
    let Some(matches) = value else { return };
    if let Some(path) = &matches.path {
        checker.one_of(&format!("{name}.path.type"), Some(&path.kind), MATCH_KINDS);
        checker.needed(&format!("{name}.path.type"), !path.kind.is_empty());
        checker.needed(&format!("{name}.path.value"), !path.value.is_empty());
        if path.kind != "Regex" && !path.value.is_empty() && !path.value.starts_with('/') {
            checker.problem(&format!("{name}.path.value"), "must begin with `/`");
        }
    }
    for method in &matches.methods {
        checker.one_of(
            &format!("{name}.methods"),
            Some(method),
            &["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"],
        );
    }
    for (part, conditions) in [("headers", &matches.headers), ("queryParams", &matches.query_params)] {
        for (i, condition) in conditions.iter().enumerate() {
            let name = format!("{name}.{part}[{i}]");
            checker.needed(&format!("{name}.name"), !condition.name.is_empty());
            checker.needed(&format!("{name}.type"), !condition.kind.is_empty());
            checker.one_of(&format!("{name}.type"), Some(&condition.kind), MATCH_KINDS);
        }
    }
}

/// The scene, and shares that add up to 100 where the scene shares by them.
pub(super) fn backend(checker: &mut Checker, name: &str, value: Option<&Backend>) {
    let Some(backend) = value else { return };
    checker.one_of(&format!("{name}.scene"), backend.scene.as_deref(), SCENES);
    for (i, service) in backend.services.iter().enumerate() {
        checker.range(&format!("{name}.services[{i}].port"), service.port.map(i64::from), 0, 65535);
        checker.range(&format!("{name}.services[{i}].weight"), service.weight.map(i64::from), 0, 100);
    }
    match backend.scene.as_deref() {
        Some("MultiServiceByRatio" | "MultiServiceByTag") => {
            let sum: i64 = backend.services.iter().map(|s| i64::from(s.weight.unwrap_or(0))).sum();
            if sum != 100 {
                checker
                    .problem(&format!("{name}.services"), format_args!("have weights of {sum} in all; it must be 100"));
            }
        }
        Some("Single" | "SingleService") if backend.services.len() != 1 => {
            checker.problem(&format!("{name}.services"), "must have one member in this scene");
        }
        _ => {}
    }
}

/// What each kind of service needs to be found.
pub(super) fn service_configs(checker: &mut Checker, source_type: &str, configs: &[ServiceConfig]) {
    for (i, config) in configs.iter().enumerate() {
        let name = |field: &str| format!("serviceConfigs[{i}].{field}");
        let given = |text: &Option<String>| text.as_deref().is_some_and(|t| !t.is_empty());
        checker.needed(&name("name"), given(&config.name));
        match source_type {
            "VIP" | "DNS" => checker.needed(&name("addresses"), !config.addresses.is_empty()),
            "K8S" | "SAE_K8S_SERVICE" => checker.needed(&name("namespace"), given(&config.namespace)),
            "MSE_NACOS" => {
                checker.needed(&name("namespace"), given(&config.namespace));
                checker.needed(&name("groupName"), given(&config.group_name));
            }
            "AI" => checker.needed(&name("aiServiceConfig"), config.ai_service_config.is_some()),
            "AGENT" => checker.needed(&name("agentServiceConfig"), config.agent_service_config.is_some()),
            _ => {}
        }
        checker.count(&name("addresses"), config.addresses.len(), 10);
    }
}

pub(super) fn health_check(checker: &mut Checker, value: Option<&HealthCheck>) {
    let Some(check) = value else { return };
    checker.one_of("healthCheckConfig.protocol", check.protocol.as_deref(), &["TCP", "HTTP", "GRPC"]);
    for (name, value) in [
        ("healthCheckConfig.interval", check.interval),
        ("healthCheckConfig.timeout", check.timeout),
        ("healthCheckConfig.healthyThreshold", check.healthy_threshold),
        ("healthCheckConfig.unhealthyThreshold", check.unhealthy_threshold),
    ] {
        checker.range(name, value.map(i64::from), 1, 3600);
    }
    if check.protocol.as_deref() == Some("HTTP") && check.enable != Some(false) {
        checker.needed("healthCheckConfig.httpPath", check.http_path.as_deref().is_some_and(|p| !p.is_empty()));
    }
}

pub(super) fn outlier_detection(checker: &mut Checker, value: Option<&OutlierDetection>) {
    let Some(config) = value else { return };
    let name = |field: &str| format!("outlierDetectionConfig.{field}");
    checker.range(&name("failurePercentageThreshold"), config.failure_percentage_threshold.map(i64::from), 1, 100);
    checker.range(&name("interval"), config.interval.map(i64::from), 1, 3600);
    checker.range(&name("baseEjectionTime"), config.base_ejection_time.map(i64::from), 1, 3600);
    let hosts = config.failure_percentage_minimum_hosts.map(i64::from);
    checker.range(&name("failurePercentageMinimumHosts"), hosts, 0, i64::from(i32::MAX));
}

/// `TLS 1.2`, `TLS1.2` and `TLSv1.2` are all in use.
pub(super) fn tls_version(checker: &mut Checker, name: &str, value: Option<&str>) {
    let Some(value) = value.filter(|v| !v.is_empty()) else { return };
    let number = value.strip_prefix("TLS").map(|v| v.trim_start_matches([' ', 'v']));
    if !matches!(number, Some("" | "1.0" | "1.1" | "1.2" | "1.3")) {
        checker.problem(name, format_args!("is `{value}`; it must be one of TLS 1.0, TLS 1.1, TLS 1.2, TLS 1.3"));
    }
}

/// `*`, or labels of letters, digits and hyphens, of which the first may be `*`; 1–128 characters.
pub(super) fn domain_name(checker: &mut Checker, value: &str) {
    let label = |l: &str| {
        (1..=63).contains(&l.len())
            && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
            && !l.starts_with('-')
            && !l.ends_with('-')
    };
    let rest = value.strip_prefix("*.").unwrap_or(value);
    if value.len() > 128 || value != "*" && !rest.split('.').all(label) {
        checker.problem("name", format_args!("is `{value}`; it must be a host name, `*.` and a host name, or `*`"));
    }
}

pub(super) fn consumer_name(checker: &mut Checker, value: &str) {
    checker.length("name", Some(value), 2, 64);
    if !value.chars().all(|c| c.is_ascii_alphanumeric() || ".-".contains(c)) {
        checker.problem("name", "may have letters, digits, `.` and `-` only");
    }
}

pub(super) fn secret_name(checker: &mut Checker, value: &str) {
    checker.length("name", Some(value), 1, 64);
    if !value.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        checker.problem("name", "may have letters, digits and `_` only");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apig::APIG;
    use crate::apig::route::{BackendService, PathMatch};

    fn refusal(check: impl FnOnce(&mut Checker)) -> Option<String> {
        let mut checker = Checker::new(&APIG);
        check(&mut checker);
        checker.finish().err().map(|e| e.to_string())
    }

    #[test]
    fn host_names_may_begin_with_a_star() {
        for good in ["*", "*.example.com", "example.com", "a-b.example.com", "localhost", "10.0.0.1"] {
            assert_eq!(refusal(|c| domain_name(c, good)), None, "{good}");
        }
        for bad in ["", "*.", "**.example.com", "a.*.com", "a..b", "-a.com", "a b.com", "a/b", &"a".repeat(129)] {
            assert!(refusal(|c| domain_name(c, bad)).is_some(), "{bad}");
        }
    }

    #[test]
    fn tls_versions_are_taken_in_every_spelling_in_use() {
        for good in ["", "TLS 1.0", "TLS1.1", "TLSv1.2", "TLS 1.3"] {
            assert_eq!(refusal(|c| tls_version(c, "tlsMin", Some(good))), None, "{good}");
        }
        for bad in ["SSL 3", "1.2", "TLS 1.4", "TLS 2"] {
            assert!(refusal(|c| tls_version(c, "tlsMin", Some(bad))).is_some(), "{bad}");
        }
    }

    #[test]
    fn shares_add_up_to_a_hundred() {
        let of = |weights: &[i32]| Backend {
            scene: Some("MultiServiceByRatio".into()),
            services: weights.iter().map(|w| BackendService { weight: Some(*w), ..Default::default() }).collect(),
            ..Default::default()
        };
        assert_eq!(refusal(|c| backend(c, "backendConfig", Some(&of(&[30, 70])))), None);
        let text = refusal(|c| backend(c, "backendConfig", Some(&of(&[30, 60])))).unwrap();
        assert_eq!(
            text,
            "InvalidParameter.WithValue: The parameter `backendConfig.services` have weights of 90 in all; it must be 100."
        );
    }

    #[test]
    fn paths_begin_with_a_slash_unless_they_are_expressions() {
        let of = |kind: &str, value: &str| HttpRouteMatch {
            path: Some(PathMatch { kind: kind.into(), value: value.into() }),
            ..Default::default()
        };
        assert_eq!(refusal(|c| route_match(c, "match", Some(&of("Prefix", "/a")))), None);
        assert_eq!(refusal(|c| route_match(c, "match", Some(&of("Regex", "a+")))), None);
        assert!(refusal(|c| route_match(c, "match", Some(&of("Exact", "a")))).is_some());
        assert!(refusal(|c| route_match(c, "match", Some(&of("Suffix", "/a")))).is_some());
        let text = refusal(|c| route_match(c, "match", Some(&of("Exact", "")))).unwrap();
        assert_eq!(text, "InvalidParameter.IsEmpty: The parameter match.path.value is empty.");
    }

    #[test]
    fn a_version_names_what_carries_it() {
        let config = VersionConfig {
            enable: Some(true),
            scheme: Some("Header".into()),
            version: Some("v1".into()),
            ..Default::default()
        };
        let text = refusal(|c| version(c, Some(&config))).unwrap();
        assert_eq!(text, "InvalidParameter.IsEmpty: The parameter versionConfig.headerName is empty.");
    }
}

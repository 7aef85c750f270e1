//! The limits of values that several requests share.
//!
//! Source: MSE API reference 2019-05-31, parameters of the operations, and the MSE user guide.

use super::route::{AddGatewayRouteRequest, RoutePredicates};
use super::service::ImportedService;
use super::tag::Tag;
use crate::Checker;

/// Kinds of source. The reference says `NACOS` where answers say `MSE`; both are read.
pub(super) const SOURCES: &[&str] = &["K8s", "MSE", "NACOS", "MSE_ZK", "EDAS", "SAE"];
/// The misspelt form is the real one; the right spelling is read too.
const MATCH_KINDS: &[&str] = &["EQUAL", "PRE", "ERGULAR", "REGULAR"];

pub(super) fn page_number(checker: &mut Checker, value: Option<i32>) {
    checker.range("PageNumber", value.map(i64::from), 1, i64::from(i32::MAX));
}

pub(super) fn page_size(checker: &mut Checker, value: Option<i32>) {
    checker.range("PageSize", value.map(i64::from), 1, 500);
}

pub(super) fn name(checker: &mut Checker, value: Option<&str>) {
    checker.length("Name", value.filter(|v| !v.is_empty()), 1, 64);
}

/// At most 20 tags; keys of 1–128 characters without reserved beginnings, values up to 128.
pub(super) fn tags(checker: &mut Checker, tags: &[Tag]) {
    checker.count("Tag", tags.len(), 20);
    for (i, tag) in tags.iter().enumerate() {
        let key = format!("Tag.{}.Key", i + 1);
        checker.length(&key, Some(&tag.key), 1, 128);
        checker.length(&format!("Tag.{}.Value", i + 1), Some(&tag.value), 0, 128);
        let lower = tag.key.to_ascii_lowercase();
        let reserved = lower.starts_with("acs:") || lower.starts_with("aliyun");
        if reserved || lower.contains("http://") || lower.contains("https://") {
            checker.problem(&key, "may not begin with `acs:` or `aliyun` nor hold `http://` or `https://`");
        }
    }
}

/// Services with addresses of their own need them; imported ones need their name.
pub(super) fn imported(checker: &mut Checker, source_type: &str, services: &[ImportedService]) {
    for (i, service) in services.iter().enumerate() {
        let field = |field: &str| format!("ServiceList[{i}].{field}");
        checker.needed(&field("Name"), service.name.as_deref().is_some_and(|n| !n.is_empty()));
        if matches!(source_type, "VIP" | "DNS") {
            checker.needed(&field("Ips"), !service.ips.is_empty());
        }
        checker.range(&field("ServicePort"), service.service_port.map(i64::from), 0, 65535);
        let protocols = ["HTTP", "HTTPS", "HTTP2", "GRPC", "DUBBO"];
        checker.one_of(&field("ServiceProtocol"), service.service_protocol.as_deref(), &protocols);
    }
}

/// Where a new route goes, and whether the shares add up.
pub(super) fn destination(checker: &mut Checker, request: &AddGatewayRouteRequest) {
    let destination = request.destination_type.as_deref();
    for (i, service) in request.services.iter().enumerate() {
        checker.range(&format!("Services[{i}].Percent"), service.percent.map(i64::from), 0, 100);
        checker.range(&format!("Services[{i}].ServicePort"), service.service_port.map(i64::from), 0, 65535);
    }
    match destination {
        Some("Multiple" | "VersionOriented") => {
            let sum: i64 = request.services.iter().map(|s| i64::from(s.percent.unwrap_or(0))).sum();
            if sum != 100 {
                checker.problem("Services", format_args!("have a Percent of {sum} in all; it must be 100"));
            }
        }
        Some("Mock") => {
            checker.needed("DirectResponseJSON", request.direct_response.is_some());
            let code = request.direct_response.as_ref().and_then(|r| r.code);
            checker.range("DirectResponseJSON.Code", code.map(i64::from), 200, 599);
        }
        Some("Redirect") => {
            checker.needed("RedirectJSON", request.redirect.is_some());
            let code = request.redirect.as_ref().and_then(|r| r.code);
            if code.is_some_and(|c| ![301, 302, 303, 307, 308].contains(&c)) {
                checker.problem("RedirectJSON.Code", "must be one of 301, 302, 303, 307, 308");
            }
        }
        _ if request.services.len() > 1 => checker.problem("Services", "must have one member for this destination"),
        _ => {}
    }
}

/// The kinds of every condition; a path that is not an expression begins with `/`; keys are given.
pub(super) fn predicates(checker: &mut Checker, name: &str, value: Option<&RoutePredicates>) {
    let Some(predicates) = value else { return };
    if let Some(path) = &predicates.path_predicates {
        let field = format!("{name}.PathPredicates");
        checker.one_of(&format!("{field}.Type"), Some(&path.kind), MATCH_KINDS);
        checker.needed(&format!("{field}.Type"), !path.kind.is_empty());
        checker.needed(&format!("{field}.Path"), !path.path.is_empty());
        let expression = matches!(path.kind.as_str(), "ERGULAR" | "REGULAR");
        if !expression && !path.path.is_empty() && !path.path.starts_with('/') {
            checker.problem(&format!("{field}.Path"), "must begin with `/`");
        }
    }
    for (part, conditions) in
        [("HeaderPredicates", &predicates.header_predicates), ("QueryPredicates", &predicates.query_predicates)]
    {
        for (i, condition) in conditions.iter().enumerate() {
            let field = format!("{name}.{part}[{i}]");
            checker.needed(&format!("{field}.Key"), !condition.key.is_empty());
            checker.needed(&format!("{field}.Type"), !condition.kind.is_empty());
            checker.one_of(&format!("{field}.Type"), Some(&condition.kind), MATCH_KINDS);
        }
    }
}

/// `TLS 1.2`, `TLS1.2` and `TLSv1.2` are all in use.
pub(super) fn tls_version(checker: &mut Checker, name: &str, value: Option<&str>) {
    let Some(value) = value.filter(|v| !v.is_empty()) else { return };
    let number = value.strip_prefix("TLS").map(|v| v.trim_start_matches([' ', 'v']));
    if !matches!(number, Some("1.0" | "1.1" | "1.2" | "1.3")) {
        checker.problem(name, format_args!("is `{value}`; it must be one of TLS 1.0, TLS 1.1, TLS 1.2, TLS 1.3"));
    }
}

/// `*`, or labels of letters, digits and hyphens, of which the first may be `*`.
pub(super) fn domain_name(checker: &mut Checker, value: &str) {
    let label = |l: &str| {
        (1..=63).contains(&l.len())
            && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
            && !l.starts_with('-')
            && !l.ends_with('-')
    };
    let rest = value.strip_prefix("*.").unwrap_or(value);
    if value.len() > 253 || value != "*" && !rest.split('.').all(label) {
        checker.problem("Name", format_args!("is `{value}`; it must be a host name, `*.` and a host name, or `*`"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mse::MSE;
    use crate::mse::route::{DirectResponse, PathPredicate, RouteService};

    fn refusal(check: impl FnOnce(&mut Checker)) -> Option<String> {
        let mut checker = Checker::new(&MSE);
        check(&mut checker);
        checker.finish().err().map(|e| e.to_string())
    }

    #[test]
    fn shares_add_up_to_a_hundred_where_traffic_is_shared() {
        let of = |kind: &str, percents: &[i32]| AddGatewayRouteRequest {
            destination_type: Some(kind.into()),
            services: percents.iter().map(|p| RouteService { percent: Some(*p), ..Default::default() }).collect(),
            ..Default::default()
        };
        assert_eq!(refusal(|c| destination(c, &of("Multiple", &[60, 40]))), None);
        assert_eq!(refusal(|c| destination(c, &of("Single", &[100]))), None);
        assert!(refusal(|c| destination(c, &of("Multiple", &[60, 41]))).is_some());
        assert!(refusal(|c| destination(c, &of("Single", &[50, 50]))).is_some());
    }

    #[test]
    fn a_mock_needs_its_answer() {
        let mut request = AddGatewayRouteRequest { destination_type: Some("Mock".into()), ..Default::default() };
        assert!(refusal(|c| destination(c, &request)).unwrap().contains("DirectResponseJSON"));
        request.direct_response = Some(DirectResponse { code: Some(200), ..Default::default() });
        assert_eq!(refusal(|c| destination(c, &request)), None);
        request.direct_response = Some(DirectResponse { code: Some(99), ..Default::default() });
        assert!(refusal(|c| destination(c, &request)).is_some());
    }

    #[test]
    fn expressions_are_read_in_both_spellings() {
        let of = |kind: &str, path: &str| RoutePredicates {
            path_predicates: Some(PathPredicate { kind: kind.into(), path: path.into(), ..Default::default() }),
            ..Default::default()
        };
        for kind in ["ERGULAR", "REGULAR"] {
            assert_eq!(refusal(|c| predicates(c, "Predicates", Some(&of(kind, "a.*")))), None);
        }
        assert!(refusal(|c| predicates(c, "Predicates", Some(&of("PRE", "a")))).is_some());
        assert!(refusal(|c| predicates(c, "Predicates", Some(&of("Prefix", "/a")))).is_some());
    }
}

//! Checks of a route's specification, for the management side: what passes here can be served as written.
//!
//! The checks are the compiler's own ones, so that the two cannot disagree; a few more catch what would compile and never
//! match.

use crate::action::{mock_status, redirect_parts};
use crate::condition::{HeaderCondition, Methods, QueryCondition};
use crate::domain::{ANY_HOST, host_key};
use crate::route::PathRule;
use http::HeaderValue;
use ramgate_model::{Backend, PathMatch, RouteSpec, TextMatch, ValueMatch, WeightedService};

/// The greatest `order` of a route.
const MAX_ORDER: u32 = 100;
/// How many conditions of one kind, host names or services a route may have.
const MAX_ITEMS: usize = 100;
/// The greatest length of a condition's value, in bytes.
const MAX_VALUE_LEN: usize = 1024;

/// What is wrong with a field of a route's specification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpecProblem {
    /// The field, as [`RouteSpec`] names it: `matches.headers[1].key`.
    pub field: String,
    /// What is wrong, in a sentence without capital and full stop.
    pub message: String,
}

/// All problems of a specification, in the order of its fields; none means that it can be served. Whether the domains and
/// services it names exist is not looked at.
pub fn validate_route_spec(spec: &RouteSpec) -> Vec<SpecProblem> {
    let mut problems = Problems(Vec::new());
    problems.limit("hosts", spec.hosts.len());
    for (i, host) in spec.hosts.iter().enumerate() {
        problems.check_with(|| format!("hosts[{i}]"), check_host(host));
    }
    problems.check("matches.path.value", check_path(&spec.matches.path));
    problems.check("matches.methods", Methods::compile(&spec.matches.methods).map(drop));
    problems.values("matches.headers", &spec.matches.headers, check_header);
    problems.values("matches.queries", &spec.matches.queries, |condition| {
        let part = if condition.key.is_empty() { "key" } else { "value" };
        QueryCondition::compile(condition).map(drop).map_err(|message| (part, message))
    });
    if spec.order > MAX_ORDER {
        problems.add("order", format!("`{}` is greater than {MAX_ORDER}", spec.order));
    }
    match &spec.backend {
        Backend::None => {}
        Backend::Services { services } => check_services(services, &mut problems),
        Backend::Mock { status, .. } => problems.check("backend.status", mock_status(*status).map(drop)),
        Backend::Redirect { status, host, path } => {
            if let Err((field, message)) = redirect_parts(*status, host, path) {
                problems.add(format!("backend.{field}"), message);
            }
        }
    }
    problems.0
}

struct Problems(Vec<SpecProblem>);

impl Problems {
    fn add(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.0.push(SpecProblem { field: field.into(), message: message.into() });
    }

    fn check(&mut self, field: &str, result: Result<(), String>) {
        self.check_with(|| field.to_owned(), result);
    }

    fn check_with(&mut self, field: impl FnOnce() -> String, result: Result<(), String>) {
        if let Err(message) = result {
            self.add(field(), message);
        }
    }

    fn limit(&mut self, field: &str, n: usize) {
        if n > MAX_ITEMS {
            self.add(field, format!("there are {n} items; at most {MAX_ITEMS} are allowed"));
        }
    }

    fn values(
        &mut self,
        field: &str,
        conditions: &[ValueMatch],
        check: impl Fn(&ValueMatch) -> Result<(), (&'static str, String)>,
    ) {
        self.limit(field, conditions.len());
        for (i, condition) in conditions.iter().enumerate() {
            if condition.value.len() > MAX_VALUE_LEN {
                self.add(format!("{field}[{i}].value"), format!("the value is longer than {MAX_VALUE_LEN} bytes"));
            } else if let Err((part, message)) = check(condition) {
                self.add(format!("{field}[{i}].{part}"), message);
            }
        }
    }
}

fn check_path(path: &PathMatch) -> Result<(), String> {
    PathRule::compile(path)?;
    if path.kind == TextMatch::Regex {
        return Ok(());
    }
    // What ends a prefix need not be a whole segment.
    let whole = match path.kind {
        TextMatch::Prefix => path.value.rsplit_once('/').map_or("", |(whole, _)| whole),
        TextMatch::Exact | TextMatch::Regex => &path.value,
    };
    let dots = |segment: &str| matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..");
    if whole.split('/').any(dots) {
        return Err("the path has a segment `.` or `..`, which no request has once it is normalised".to_owned());
    }
    Ok(())
}

fn check_header(condition: &ValueMatch) -> Result<(), (&'static str, String)> {
    HeaderCondition::compile(condition).map_err(|message| {
        let is_key = http::HeaderName::from_bytes(condition.key.as_bytes()).is_err();
        (if is_key { "key" } else { "value" }, message)
    })?;
    if condition.kind != TextMatch::Regex && HeaderValue::from_str(&condition.value).is_err() {
        return Err(("value", "the value holds a character that no header value may hold".to_owned()));
    }
    Ok(())
}

fn check_host(host: &str) -> Result<(), String> {
    let key = host_key(host);
    let labels = key.strip_prefix('.').unwrap_or(&key);
    let legal = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    let is_host = !host.is_empty() && !host.starts_with('.') && key.len() <= 253;
    if is_host && (key == ANY_HOST || labels.split('.').all(legal)) {
        return Ok(());
    }
    Err(format!("`{host}` is neither a host name nor `*.` and a host name nor `*`"))
}

fn check_services(services: &[WeightedService], problems: &mut Problems) {
    problems.limit("backend.services", services.len());
    if services.is_empty() {
        problems.add("backend.services", "the route names no service");
    }
    for (i, service) in services.iter().enumerate() {
        if service.service_id.as_str().is_empty() {
            problems.add(format!("backend.services[{i}].service_id"), "the id must not be empty");
        }
        if service.port == Some(0) {
            problems.add(format!("backend.services[{i}].port"), "`0` is not a port");
        }
        if service.weight > 100 {
            problems.add(format!("backend.services[{i}].weight"), format!("`{}` is greater than 100", service.weight));
        }
    }
    let sum: u64 = services.iter().map(|service| u64::from(service.weight)).sum();
    if services.len() > 1 && sum != 100 {
        problems.add("backend.services", format!("the weights sum to {sum} and not to 100"));
    }
}

#[cfg(test)]
mod tests;

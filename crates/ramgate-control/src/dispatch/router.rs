//! Finds the operation that a request names: by version and name, or by version, method and path.

use super::endpoint::Endpoint;
use ramgate_api::{ApiError, Binding, Product, Style, codes};
use ramgate_signing::decode_path_segment;
use std::collections::HashMap;
use std::sync::Arc;

/// All endpoints, findable.
#[derive(Default)]
pub(crate) struct Router {
    products: HashMap<&'static str, Entry>,
}

struct Entry {
    product: &'static Product,
    by_name: HashMap<&'static str, Arc<dyn Endpoint>>,
    /// By method and number of segments; literal segments are preferred to placeholders, from the left.
    by_path: HashMap<(&'static str, usize), Vec<Path>>,
}

struct Path {
    segments: Vec<&'static str>,
    endpoint: Arc<dyn Endpoint>,
}

/// An operation found, with the values of its path's placeholders.
pub(crate) struct Found {
    pub(crate) endpoint: Arc<dyn Endpoint>,
    pub(crate) path_values: Vec<(&'static str, String)>,
}

fn placeholder(segment: &'static str) -> Option<&'static str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

impl Router {
    /// Adds an endpoint.
    ///
    /// # Panics
    /// Where another one is bound to the same name or path: a mistake in the declarations, found at start.
    pub(crate) fn add(&mut self, endpoint: Arc<dyn Endpoint>) {
        let spec = endpoint.spec();
        let entry = self.products.entry(spec.product.version).or_insert_with(|| Entry {
            product: spec.product,
            by_name: HashMap::new(),
            by_path: HashMap::new(),
        });
        if let Binding::Roa(method, path) = spec.binding {
            let segments: Vec<&str> = path.trim_matches('/').split('/').collect();
            let paths = entry.by_path.entry((method.as_str(), segments.len())).or_default();
            let shape = |s: &[&'static str]| -> Vec<Option<&'static str>> {
                s.iter().map(|s| if placeholder(s).is_some() { None } else { Some(*s) }).collect()
            };
            let clash = paths.iter().any(|p| shape(&p.segments) == shape(&segments));
            assert!(!clash, "two operations are bound to {} {path}", method.as_str());
            paths.push(Path { segments, endpoint: endpoint.clone() });
            // Literal before placeholder, from the left.
            paths.sort_by_key(|p| p.segments.iter().map(|s| placeholder(s).is_some()).collect::<Vec<_>>());
        }
        let before = entry.by_name.insert(spec.name, endpoint);
        assert!(before.is_none(), "two operations of {} are named {}", spec.product.name, spec.name);
    }

    /// The product of an API version.
    pub(crate) fn product(&self, version: &str) -> Result<&'static Product, ApiError> {
        let entry = self.products.get(version);
        entry.map(|e| e.product).ok_or_else(|| codes::INVALID_VERSION.error())
    }

    /// The operation of `version` that `action` or method and path name. `path` is as received, percent-encoded.
    pub(crate) fn find(
        &self,
        version: &str,
        action: Option<&str>,
        method: &str,
        path: &str,
    ) -> Result<Found, ApiError> {
        let entry = self.products.get(version).ok_or_else(|| codes::INVALID_VERSION.error())?;
        match entry.product.style {
            Style::Rpc if path != "/" => Err(not_found(method, path)),
            Style::Rpc if method != "POST" && method != "GET" => Err(not_found(method, path)),
            Style::Rpc => {
                let named = action.and_then(|name| entry.by_name.get(name));
                let endpoint = named.ok_or_else(|| not_found(method, action.unwrap_or(path)))?.clone();
                Ok(Found { endpoint, path_values: Vec::new() })
            }
            Style::Roa => entry.by_path(method, path).ok_or_else(|| not_found(method, path)),
        }
    }

    /// All endpoints.
    pub(crate) fn endpoints(&self) -> impl Iterator<Item = &Arc<dyn Endpoint>> {
        self.products.values().flat_map(|entry| entry.by_name.values())
    }
}

fn not_found(method: &str, what: &str) -> ApiError {
    let shown: String = what.chars().take(128).collect();
    codes::ACTION_NOT_FOUND.with(format!("{} ({method} {shown})", codes::ACTION_NOT_FOUND.message))
}

impl Entry {
    fn by_path(&self, method: &str, path: &str) -> Option<Found> {
        // A trailing slash makes no difference; an empty segment elsewhere names nothing.
        let trimmed = path.strip_prefix('/')?;
        let trimmed = trimmed.strip_suffix('/').unwrap_or(trimmed);
        let raw: Vec<&str> = trimmed.split('/').collect();
        let method = ["GET", "POST", "PUT", "DELETE", "PATCH"].into_iter().find(|m| *m == method)?;
        let candidates = self.by_path.get(&(method, raw.len()))?;
        candidates.iter().find_map(|candidate| {
            let mut path_values = Vec::new();
            for (segment, raw) in candidate.segments.iter().zip(&raw) {
                let value = decode_path_segment(raw)?;
                match placeholder(segment) {
                    Some(_) if value.is_empty() => return None,
                    Some(name) => path_values.push((name, value.into_owned())),
                    None if *segment == value => {}
                    None => return None,
                }
            }
            Some(Found { endpoint: candidate.endpoint.clone(), path_values })
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::control::dispatcher;
    use crate::dispatch::Dispatcher;
    use ramgate_api::apig::CreateGateway;
    use ramgate_api::sts::GetCallerIdentity;

    const APIG: &str = "2024-03-27";

    /// The operation found, and the values in its path.
    fn find(method: &str, path: &str) -> Option<(&'static str, Vec<(&'static str, String)>)> {
        let found = dispatcher().router.find(APIG, None, method, path).ok()?;
        Some((found.endpoint.spec().name, found.path_values))
    }

    #[test]
    fn method_and_path_find_the_operation_and_its_values() {
        let value = |id: &str| vec![("gatewayId", id.to_owned())];
        assert_eq!(find("GET", "/v1/gateways"), Some(("ListGateways", vec![])));
        assert_eq!(find("POST", "/v1/gateways"), Some(("CreateGateway", vec![])));
        assert_eq!(find("GET", "/v1/gateways/gw-1"), Some(("GetGateway", value("gw-1"))));
        assert_eq!(find("DELETE", "/v1/gateways/gw-1/"), Some(("DeleteGateway", value("gw-1"))));
        // What is encoded is one value, and never another path.
        assert_eq!(find("GET", "/v1/gateways/a%2Fb%20c"), Some(("GetGateway", value("a/b c"))));
        assert_eq!(find("GET", "/v1/%67ateways"), Some(("ListGateways", vec![])));
    }

    #[test]
    fn other_paths_and_methods_find_nothing() {
        for (method, path) in [
            ("PATCH", "/v1/gateways"),
            ("get", "/v1/gateways"),
            ("OPTIONS", "/v1/gateways"),
            ("GET", "/v1/Gateways"),
            ("GET", "/v2/gateways"),
            ("GET", "/v1//gateways"),
            ("GET", "/v1/gateways//"),
            ("GET", "//v1/gateways"),
            ("GET", "v1/gateways"),
            ("GET", "/v1/gateways/a/b/c/d/e"),
            ("GET", "/v1/gateways/%zz"),
            ("GET", "/"),
            ("GET", ""),
        ] {
            assert_eq!(find(method, path), None, "{method} {path}");
        }
    }

    #[test]
    #[should_panic(expected = "two operations of Sts are named GetCallerIdentity")]
    fn a_name_bound_twice_is_found_at_start() {
        let _ = Dispatcher::default().not_yet::<GetCallerIdentity>().not_yet::<GetCallerIdentity>();
    }

    #[test]
    #[should_panic(expected = "two operations are bound to POST /v1/gateways")]
    fn a_path_bound_twice_is_found_at_start() {
        let _ = Dispatcher::default().not_yet::<CreateGateway>().not_yet::<CreateGateway>();
    }
}

//! Routes: which requests, and where to.

use crate::{DomainId, EnvironmentId, GatewayId, HttpApiId, Resource, RouteId, ServiceId, Shared, Timestamp};
use serde::{Deserialize, Serialize};

/// A route of a gateway. `draft` is what the management APIs edit, `published` what carries traffic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// The id.
    pub id: RouteId,
    /// MSE's numeric route id.
    pub number: i64,
    /// The gateway it belongs to; `None` for a route of an HTTP API that names no environment yet.
    pub gateway_id: Option<GatewayId>,
    /// The HTTP API it belongs to; `None` for routes made by MSE `AddGatewayRoute`.
    pub http_api_id: Option<HttpApiId>,
    /// The environment it is deployed to, for routes of HTTP APIs.
    pub environment_id: Option<EnvironmentId>,
    /// Unique in its HTTP API, or in its gateway.
    pub name: String,
    /// Free text.
    pub description: String,
    /// The present draft.
    pub draft: Shared<RouteSpec>,
    /// What is live; `None` while not published. As a rule it is the draft, and then shares its memory.
    pub published: Option<Shared<RouteSpec>>,
    /// Configuration that no data plane part reads yet, kept as given and answered unchanged.
    pub extra: serde_json::Map<String, serde_json::Value>,
    /// When it was made. Among equals the earlier route wins.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// What a route matches and does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouteSpec {
    /// Domains by id. Empty means: the host names in `hosts`, and where those are empty too, every host.
    pub domain_ids: Vec<DomainId>,
    /// Host names that need no domain object: the sub-domains of an environment.
    pub hosts: Vec<String>,
    /// All conditions must hold.
    pub matches: RouteMatch,
    /// MSE's `RouteOrder`, `0..=100`; smaller is tried first among routes of one domain.
    pub order: u32,
    /// Where matched requests go.
    pub backend: Backend,
}

/// The conditions of a route; all must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouteMatch {
    /// On the path, without the query.
    pub path: PathMatch,
    /// Methods in upper case; empty means any.
    pub methods: Vec<String>,
    /// On header values; names are case-insensitive.
    pub headers: Vec<ValueMatch>,
    /// On decoded query parameters.
    pub queries: Vec<ValueMatch>,
}

/// A condition on the path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathMatch {
    /// How `value` is read. A prefix is a plain string prefix: `/app` also takes `/apple`.
    pub kind: TextMatch,
    /// The path, prefix or expression; begins with `/` unless it is an expression.
    pub value: String,
    /// Compare without regard to ASCII case.
    pub ignore_case: bool,
}

impl Default for PathMatch {
    fn default() -> Self {
        Self { kind: TextMatch::Prefix, value: "/".to_owned(), ignore_case: false }
    }
}

/// How a text is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextMatch {
    /// Equal.
    Exact,
    /// Begins with.
    Prefix,
    /// RE2-style expression that must match the whole text.
    Regex,
}

/// A condition on a header or query parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueMatch {
    /// Header or parameter name.
    pub key: String,
    /// How `value` is read.
    pub kind: TextMatch,
    /// What the value must be.
    pub value: String,
}

/// Where matched requests go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Backend {
    /// Nothing is configured: answers 503.
    #[default]
    None,
    /// One of the services, drawn by weight.
    Services {
        /// At least one; weights sum to 100 where there are several.
        services: Vec<WeightedService>,
    },
    /// A fixed answer.
    Mock {
        /// `200..=599`.
        status: u16,
        /// Sent as it is.
        body: String,
    },
    /// A redirect.
    Redirect {
        /// 301, 302, 303, 307 or 308.
        status: u16,
        /// Host of the target; empty keeps the request's.
        host: String,
        /// Path of the target; empty keeps the request's.
        path: String,
    },
}

/// A service behind a route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeightedService {
    /// The service.
    pub service_id: ServiceId,
    /// The port to use; `None` means the endpoint's own.
    pub port: Option<u16>,
    /// Share of the traffic, `0..=100`.
    pub weight: u32,
    /// The service version, where one is named.
    pub version: Option<String>,
}

impl Route {
    /// Makes it take as little memory as it can: for what is kept, not for what is edited.
    pub fn shrink(&mut self) {
        self.draft.shrink();
        if let Some(published) = &mut self.published {
            published.share_with(&self.draft);
            if !published.is_shared_with(&self.draft) {
                published.shrink();
            }
        }
    }

    /// True where the draft differs from what is live.
    pub fn has_unpublished_changes(&self) -> bool {
        self.published.as_ref().is_some_and(|live| *live != self.draft)
    }
}

impl RouteSpec {
    /// Gives back memory that lists hold in reserve: what was read from JSON does not grow.
    pub fn shrink(&mut self) {
        self.domain_ids.shrink_to_fit();
        self.hosts.shrink_to_fit();
        self.matches.methods.shrink_to_fit();
        self.matches.headers.shrink_to_fit();
        self.matches.queries.shrink_to_fit();
        if let Backend::Services { services } = &mut self.backend {
            services.shrink_to_fit();
        }
    }

    /// The services that this route sends traffic to.
    pub fn services(&self) -> impl Iterator<Item = &WeightedService> {
        match &self.backend {
            Backend::Services { services } => services.as_slice(),
            _ => &[],
        }
        .iter()
    }
}

impl Resource for Route {
    const KIND: &'static str = "route";

    fn id(&self) -> String {
        self.id.0.clone()
    }
}

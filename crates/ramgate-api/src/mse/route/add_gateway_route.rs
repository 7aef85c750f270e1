//! AddGatewayRoute.

use super::{DirectResponse, Redirect, RoutePredicates, RouteService};
use crate::mse::{INSTANCE, MSE, checks, errors, naming};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Makes a route. It carries no traffic before it is published.
    ///
    /// Source: MSE API reference 2019-05-31, AddGatewayRoute.
    AddGatewayRoute {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: AddGatewayRouteRequest,
        response: i64,
        errors: [errors::NOT_FOUND, errors::ILLEGAL_REQUEST],
        required: ["Name"],
    }
}

/// What [`AddGatewayRoute`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct AddGatewayRouteRequest {
    /// Free text.
    pub description: Option<String>,
    /// `Single`, `Multiple`, `VersionOriented`, `Mock` or `Redirect`.
    pub destination_type: Option<String>,
    /// For `Mock`.
    #[serde(rename = "DirectResponseJSON", alias = "DirectResponse")]
    pub direct_response: Option<DirectResponse>,
    /// The domain, in the older form for one.
    pub domain_id: Option<i64>,
    /// Domains by number, such as `[12,94]`; 0 is the domain `*`.
    #[serde(rename = "DomainIdListJSON", alias = "DomainIdList")]
    pub domain_id_list: Vec<i64>,
    /// Whether the application firewall is on.
    pub enable_waf: Option<bool>,
    /// Whether `FallbackServices` step in when no endpoint is there.
    pub fallback: Option<bool>,
    /// Services that step in.
    pub fallback_services: Vec<RouteService>,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// Unique on the gateway.
    pub name: String,
    /// Policies given along: a JSON object whose values are JSON texts.
    pub policies: Option<String>,
    /// What a request must be like.
    pub predicates: Option<RoutePredicates>,
    /// For `Redirect`.
    #[serde(rename = "RedirectJSON", alias = "Redirect")]
    pub redirect: Option<Redirect>,
    /// 0–100, smaller first.
    pub route_order: Option<i32>,
    /// `Op`.
    pub route_type: Option<String>,
    /// Services.
    pub services: Vec<RouteService>,
}

impl Validate for AddGatewayRouteRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of(
            "DestinationType",
            self.destination_type.as_deref(),
            &["Single", "Multiple", "VersionOriented", "Mock", "Redirect"],
        );
        checker.one_of("RouteType", self.route_type.as_deref(), &["Op"]);
        naming::check(checker, self);
        checks::destination(checker, self);
        checks::predicates(checker, "Predicates", self.predicates.as_ref());
        checker.range("RouteOrder", self.route_order.map(i64::from), 0, 100);
        checker.needed("DomainIdListJSON", self.domain_id.is_some() || !self.domain_id_list.is_empty());
    }
}

//! GetDashboard.

use super::DashboardFilter;
use crate::apig::{APIG, GATEWAY, errors};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns the address of a board with the figures of a gateway.
    ///
    /// Source: APIG API reference 2024-03-27, GetDashboard.
    GetDashboard {
        product: APIG,
        bind: (GET "/v1/gateways/{gatewayId}/dashboards"),
        access: Get,
        resource: (ALL or (GATEWAY, gateway_id)),
        conditions: [],
        request: GetDashboardRequest,
        response: Unbuilt,
        errors: [errors::GATEWAY_NOT_FOUND],
        required: ["name", "source"],
    }
}

/// What [`GetDashboard`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct GetDashboardRequest {
    /// The gateway's id.
    pub gateway_id: String,
    /// `zh` or `en`.
    pub accept_language: Option<String>,
    /// The id of an HTTP API.
    pub api_id: Option<String>,
    /// What it is narrowed to.
    pub filter: Option<DashboardFilter>,
    /// `LOG` or `PLUGIN`.
    pub name: String,
    /// The plugin as a class.
    pub plugin_class_id: Option<String>,
    /// The installed plugin.
    pub plugin_id: Option<String>,
    /// The route's id.
    pub route_id: Option<String>,
    /// `SLS`.
    pub source: String,
    /// Narrowed to one service.
    pub upstream_cluster: Option<String>,
}

impl Validate for GetDashboardRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("name", Some(&self.name), &["LOG", "PLUGIN"]);
        checker.one_of("source", Some(&self.source), &["SLS"]);
    }
}

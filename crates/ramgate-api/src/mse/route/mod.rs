//! Routes and their policies.

mod add_gateway_route;
mod apply_gateway_route;
mod delete_gateway_route;
mod dubbo;
mod get_gateway_route_detail;
mod list_gateway_route;
mod offline_gateway_route;
mod policies;
mod types;
mod update_gateway_route_cors;
mod update_gateway_route_header_op;
mod update_gateway_route_http_rewrite;
mod update_gateway_route_retry;
mod update_gateway_route_timeout;

pub use add_gateway_route::{AddGatewayRoute, AddGatewayRouteRequest};
pub use apply_gateway_route::{ApplyGatewayRoute, ApplyGatewayRouteRequest};
pub use delete_gateway_route::{DeleteGatewayRoute, DeleteGatewayRouteRequest};
pub use dubbo::{DubboMethod, DubboParameter, DubboTranscoder};
pub use get_gateway_route_detail::{GetGatewayRouteDetail, GetGatewayRouteDetailRequest};
pub use list_gateway_route::{ListGatewayRoute, ListGatewayRouteRequest, ListGatewayRouteResponse};
pub use offline_gateway_route::{OfflineGatewayRoute, OfflineGatewayRouteRequest};
pub use policies::{Cors, FlowMirror, HeaderOp, HeaderOpItem, HttpRewrite, Retry, Timeout};
pub use types::{
    DeletedRoute, DirectResponse, PathPredicate, Redirect, RouteDetail, RouteFilter, RoutePredicates, RouteService,
    RouteSummary, StatusComment, ValuePredicate,
};
pub use update_gateway_route_cors::{UpdateGatewayRouteCORS, UpdateGatewayRouteCORSRequest};
pub use update_gateway_route_header_op::{UpdateGatewayRouteHeaderOp, UpdateGatewayRouteHeaderOpRequest};
pub use update_gateway_route_http_rewrite::{UpdateGatewayRouteHTTPRewrite, UpdateGatewayRouteHTTPRewriteRequest};
pub use update_gateway_route_retry::{UpdateGatewayRouteRetry, UpdateGatewayRouteRetryRequest};
pub use update_gateway_route_timeout::{UpdateGatewayRouteTimeout, UpdateGatewayRouteTimeoutRequest};

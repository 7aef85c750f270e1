//! Routes of HTTP APIs.

mod create_http_api_route;
mod delete_http_api_route;
mod get_http_api_route;
mod list_http_api_routes;
mod types;
mod update_http_api_route;

pub use create_http_api_route::{CreateHttpApiRoute, CreateHttpApiRouteRequest, CreateHttpApiRouteResponse};
pub use delete_http_api_route::{DeleteHttpApiRoute, DeleteHttpApiRouteRequest};
pub use get_http_api_route::{GetHttpApiRoute, GetHttpApiRouteRequest};
pub use list_http_api_routes::{ListHttpApiRoutes, ListHttpApiRoutesRequest, ListHttpApiRoutesResponse};
pub use types::{
    Backend, BackendService, DubboMethod, DubboParameter, DubboTranscoder, HttpRoute, HttpRouteMatch, McpRouteConfig,
    PathMatch, RouteEnvironment, RouteMcpServer, ValueMatch,
};
pub use update_http_api_route::{UpdateHttpApiRoute, UpdateHttpApiRouteRequest};

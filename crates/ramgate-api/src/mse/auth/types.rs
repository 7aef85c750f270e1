//! Parts of requests about authentication.

use schemars::JsonSchema;
use serde::Deserialize;

/// A path that is checked, or left unchecked.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct AuthResource {
    /// Conditions on headers; every one must hold.
    pub auth_resource_header_list: Vec<AuthResourceHeader>,
    /// The domain by number; 0 is the domain `*`.
    pub domain_id: Option<i64>,
    /// Whether letter case does not matter.
    pub ignore_case: Option<bool>,
    /// `EQUAL`, `PRE`, or `ERGULAR` for a regular expression, which is how it is really spelt.
    pub match_type: Option<String>,
    /// The path.
    pub path: Option<String>,
    /// The number, where the resource exists already.
    pub id: Option<i64>,
}

/// A condition on a header.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct AuthResourceHeader {
    /// The header.
    pub header_key: Option<String>,
    /// `EQUAL`, `NOT_EQUAL`, `EXIST`, `NOT_EXIST`, `INCLUDE`, `EXCLUDE`, `PREFIX`, `SUFFIX` or `REGREX`, which is how
    /// it is really spelt.
    pub header_method: Option<String>,
    /// The value.
    pub header_value: Option<String>,
}

/// A service that decides on every request.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ExternalAuthZ {
    /// Headers of the request that the service sees.
    pub allow_request_headers: Vec<String>,
    /// Headers of its answer that go on to the backend.
    pub allow_upstream_headers: Vec<String>,
    /// The most of the body that the service sees.
    pub body_max_bytes: Option<i32>,
    /// Whether a request is refused when the service cannot be asked.
    pub is_restrict: Option<bool>,
    /// What stands before the path when the service is asked.
    pub prefix_path: Option<String>,
    /// The service's number.
    pub service_id: Option<i64>,
    /// Seconds to wait for an answer.
    pub timeout: Option<i32>,
    /// The header that carries the token.
    pub token_key: Option<String>,
    /// Whether the route is chosen again after headers changed.
    pub with_rematch_route: Option<bool>,
    /// Whether the service sees the body.
    pub with_request_body: Option<bool>,
}

/// Which ways of authentication.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GatewayAuthFilter {
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// Only those where everything but the resources is checked, or only others.
    pub is_white: Option<bool>,
    /// Part of the name.
    pub name: Option<String>,
    /// Only those that are on, or only others.
    pub status: Option<bool>,
    /// `JWT`, `OIDC`, `IDaaS` or `ExternalAuthZ`.
    #[serde(rename = "Type")]
    pub kind: Option<String>,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

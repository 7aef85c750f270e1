//! Policies of routes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a route answers to other origins. Keys are read in either letter case.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct Cors {
    /// Whether credentials may be sent.
    #[serde(alias = "allowCredentials", skip_serializing_if = "Option::is_none")]
    pub allow_credentials: Option<bool>,
    /// Headers, joined by commas or one a line.
    #[serde(alias = "allowHeaders", skip_serializing_if = "Option::is_none")]
    pub allow_headers: Option<String>,
    /// Methods, joined by commas or one a line.
    #[serde(alias = "allowMethods", skip_serializing_if = "Option::is_none")]
    pub allow_methods: Option<String>,
    /// Origins, joined by commas or one a line.
    #[serde(alias = "allowOrigins", skip_serializing_if = "Option::is_none")]
    pub allow_origins: Option<String>,
    /// Headers, joined by commas or one a line.
    #[serde(alias = "exposeHeaders", skip_serializing_if = "Option::is_none")]
    pub expose_headers: Option<String>,
    /// `on` or `off`.
    #[serde(alias = "status", skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// `s`, `m` or `h`.
    #[serde(alias = "timeUnit", skip_serializing_if = "Option::is_none")]
    pub time_unit: Option<String>,
    /// How many units of time.
    #[serde(alias = "unitNum", skip_serializing_if = "Option::is_none")]
    pub unit_num: Option<i64>,
}

/// A copy of the traffic for another service.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct FlowMirror {
    /// The share in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percentage: Option<i32>,
    /// The port.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<i32>,
    /// `on` or `off`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The service that gets the copy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_service_id: Option<i64>,
    /// The name of the service that gets the copy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_service_name: Option<String>,
}

/// How a route rewrites path and host. Keys are read in either letter case.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct HttpRewrite {
    /// The new host; the request's where empty.
    #[serde(alias = "host", skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// The path.
    #[serde(alias = "path", skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// `EQUAL`, `PRE`, or `ERGULAR` for a regular expression.
    #[serde(alias = "pathType", skip_serializing_if = "Option::is_none")]
    pub path_type: Option<String>,
    /// The expression that the path is matched with.
    #[serde(alias = "pattern", skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// `on` or `off`.
    #[serde(alias = "status", skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// What the match is replaced by; `\1` is the first group.
    #[serde(alias = "substitution", skip_serializing_if = "Option::is_none")]
    pub substitution: Option<String>,
}

/// What a route does to headers. Keys are read in either letter case.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct HeaderOp {
    /// The changes.
    #[serde(alias = "headerOpItems")]
    pub header_op_items: Vec<HeaderOpItem>,
    /// `on` or `off`.
    #[serde(alias = "status", skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
}

/// One change of a header.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct HeaderOpItem {
    /// `Request` or `Response`.
    #[serde(alias = "directionType", skip_serializing_if = "Option::is_none")]
    pub direction_type: Option<String>,
    /// The header.
    #[serde(alias = "key", skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// `Add` appends, `Update` creates or overwrites, `Delete` removes.
    #[serde(alias = "opType", skip_serializing_if = "Option::is_none")]
    pub op_type: Option<String>,
    /// The value.
    #[serde(alias = "value", skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// When a route tries again. Keys are read in either letter case.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct Retry {
    /// How often, 0–10; 0 means never.
    #[serde(alias = "attempts", skip_serializing_if = "Option::is_none")]
    pub attempts: Option<i32>,
    /// Statuses that count as failure.
    #[serde(alias = "httpCodes")]
    pub http_codes: Vec<String>,
    /// Conditions, such as `connect-failure`.
    #[serde(alias = "retryOn")]
    pub retry_on: Vec<String>,
    /// `on` or `off`.
    #[serde(alias = "status", skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
}

/// How long a route waits for an answer. Keys are read in either letter case.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct Timeout {
    /// `on` or `off`.
    #[serde(alias = "status", skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// `s`, `m` or `h`.
    #[serde(alias = "timeUnit", skip_serializing_if = "Option::is_none")]
    pub time_unit: Option<String>,
    /// How many units of time.
    #[serde(alias = "unitNum", skip_serializing_if = "Option::is_none")]
    pub unit_num: Option<i64>,
}

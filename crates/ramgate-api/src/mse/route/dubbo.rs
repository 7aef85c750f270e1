//! How HTTP requests become Dubbo calls.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How HTTP requests become Dubbo calls.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DubboTranscoder {
    /// The group of the Dubbo service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dubbo_service_group: Option<String>,
    /// The name of the Dubbo service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dubbo_service_name: Option<String>,
    /// The version of the Dubbo service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dubbo_service_version: Option<String>,
    /// The methods.
    #[serde(rename = "MothedMapList", alias = "MethodMapList")]
    pub method_map_list: Vec<DubboMethod>,
}

/// How one Dubbo method is called by HTTP. The misspelt names are the real ones; the right spellings are read too.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DubboMethod {
    /// The method.
    #[serde(rename = "DubboMothedName", alias = "DubboMethodName", skip_serializing_if = "Option::is_none")]
    pub dubbo_method_name: Option<String>,
    /// `ALL_GET`, `ALL_POST`, `ALL_PUT`, `ALL_DELETE` or `ALL_PATCH`.
    #[serde(rename = "HttpMothed", alias = "HttpMethod", skip_serializing_if = "Option::is_none")]
    pub http_method: Option<String>,
    /// The path.
    #[serde(rename = "Mothedpath", alias = "MethodPath", skip_serializing_if = "Option::is_none")]
    pub method_path: Option<String>,
    /// Its parameters.
    pub param_maps_list: Vec<DubboParameter>,
    /// `PASS_ALL`, `PASS_NOT` or `PASS_ASSIGN`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pass_through_all_headers: Option<String>,
    /// Headers passed on.
    pub pass_through_list: Vec<String>,
}

/// Where a parameter of a Dubbo method comes from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DubboParameter {
    /// The parameter's name in the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extract_key: Option<String>,
    /// `ALL_QUERY_PARAMETER`, `ALL_HEADER`, `ALL_PATH` or `ALL_BODY`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extract_key_spec: Option<String>,
    /// The Java type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mapping_type: Option<String>,
}

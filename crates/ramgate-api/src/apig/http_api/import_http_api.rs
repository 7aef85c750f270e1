//! ImportHttpApi.

use super::{DeployConfig, OssLocation, VersionConfig};
use crate::apig::{APIG, HTTP_API, errors, targets};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Makes or changes an HTTP API from an OpenAPI file.
    ///
    /// Source: APIG API reference 2024-03-27, ImportHttpApi.
    ImportHttpApi {
        product: APIG,
        bind: (POST "/v1/http-apis/import"),
        access: None,
        resource: (ALL or (HTTP_API, target_http_api_id by targets::imported)),
        conditions: [],
        request: ImportHttpApiRequest,
        response: Unbuilt,
        errors: [errors::HTTP_API_NAME_DUPLICATE],
    }
}

/// What [`ImportHttpApi`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ImportHttpApiRequest {
    /// How it is deployed, one for each environment.
    pub deploy_configs: Vec<DeployConfig>,
    /// Free text.
    pub description: Option<String>,
    /// Whether to check only and change nothing.
    pub dry_run: Option<bool>,
    /// The gateway's id.
    pub gateway_id: Option<String>,
    /// The MCP route to make tools for.
    pub mcp_route_id: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// The resource group.
    pub resource_group_id: Option<String>,
    /// The file, Base64.
    pub spec_content_base64: Option<String>,
    /// Where the file is fetched.
    pub spec_file_url: Option<String>,
    /// The file in object storage.
    pub spec_oss_config: Option<OssLocation>,
    /// `SpecOnly`, `SpecFirst` or `ExistFirst`.
    pub strategy: Option<String>,
    /// The HTTP API to change; a new one is made where absent.
    pub target_http_api_id: Option<String>,
    /// Whether and how it is versioned.
    pub version_config: Option<VersionConfig>,
    /// Whether extensions of the document are read.
    pub with_gateway_extension: Option<bool>,
}

impl Validate for ImportHttpApiRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.length("description", self.description.as_deref(), 0, 255);
        checker.one_of("strategy", self.strategy.as_deref(), &["SpecOnly", "SpecFirst", "ExistFirst"]);
    }
}

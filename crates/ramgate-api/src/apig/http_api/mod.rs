//! HTTP APIs.

mod create_http_api;
mod delete_http_api;
mod deploy_http_api;
mod deployment;
mod export_http_api;
mod get_http_api;
mod import_http_api;
mod list_http_apis;
mod types;
mod undeploy_http_api;
mod update_http_api;

pub use create_http_api::{CreateHttpApi, CreateHttpApiRequest, CreateHttpApiResponse};
pub use delete_http_api::{DeleteHttpApi, DeleteHttpApiRequest};
pub use deploy_http_api::{DeployHttpApi, DeployHttpApiRequest, DeployHttpApiResponse};
pub use deployment::{
    BackendMatch, DeployConfig, DeployService, MatchCondition, Mock, ObservabilityRouting, OperationDeployment,
    RestDeployment, RestEnvironment, RestService, RouteDeployment,
};
pub use export_http_api::{ExportHttpApi, ExportHttpApiRequest};
pub use get_http_api::{GetHttpApi, GetHttpApiRequest};
pub use import_http_api::{ImportHttpApi, ImportHttpApiRequest};
pub use list_http_apis::{ListHttpApis, ListHttpApisRequest, ListHttpApisResponse};
pub use types::{
    AuthConfig, DeployCount, ExtensionChoice, HttpApi, HttpApiGroup, IngressConfig, IngressEnvironment, IngressInfo,
    K8sCluster, OssLocation, PublishedEnvironment, PublishedService, VersionConfig,
};
pub use undeploy_http_api::{UndeployHttpApi, UndeployHttpApiRequest};
pub use update_http_api::{UpdateHttpApi, UpdateHttpApiRequest};

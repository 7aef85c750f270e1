//! HTTP APIs.

mod create_http_api;
mod delete_http_api;
mod deploy_http_api;
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
pub use export_http_api::{ExportHttpApi, ExportHttpApiRequest};
pub use get_http_api::{GetHttpApi, GetHttpApiRequest};
pub use import_http_api::{ImportHttpApi, ImportHttpApiRequest};
pub use list_http_apis::{ListHttpApis, ListHttpApisRequest, ListHttpApisResponse};
pub use types::{
    AuthConfig, BackendMatch, DeployConfig, DeployCount, DeployService, ExtensionChoice, HttpApi, HttpApiGroup,
    IngressConfig, IngressEnvironment, IngressInfo, K8sCluster, MatchCondition, Mock, ObservabilityRouting,
    OperationDeployment, OssLocation, PublishedEnvironment, PublishedService, RestDeployment, RestEnvironment,
    RestService, RouteDeployment, VersionConfig,
};
pub use undeploy_http_api::{UndeployHttpApi, UndeployHttpApiRequest};
pub use update_http_api::{UpdateHttpApi, UpdateHttpApiRequest};

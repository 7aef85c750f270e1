//! OAuth applications.

mod create_app_secret;
mod create_application;
mod delete_app_secret;
mod delete_application;
mod deprovision_application;
mod deprovision_external_application;
mod get_app_secret;
mod get_application;
mod get_application_provision_info;
mod get_external_application;
mod list_app_secret_ids;
mod list_application_provision_infos;
mod list_applications;
mod list_external_applications;
mod list_predefined_scopes;
mod provision_application;
mod provision_external_application;
mod update_application;

pub use create_app_secret::{CreateAppSecret, CreateAppSecretRequest};
pub use create_application::{CreateApplication, CreateApplicationRequest};
pub use delete_app_secret::{DeleteAppSecret, DeleteAppSecretRequest};
pub use delete_application::{DeleteApplication, DeleteApplicationRequest};
pub use deprovision_application::{DeprovisionApplication, DeprovisionApplicationRequest};
pub use deprovision_external_application::{DeprovisionExternalApplication, DeprovisionExternalApplicationRequest};
pub use get_app_secret::{GetAppSecret, GetAppSecretRequest};
pub use get_application::{GetApplication, GetApplicationRequest};
pub use get_application_provision_info::{GetApplicationProvisionInfo, GetApplicationProvisionInfoRequest};
pub use get_external_application::{GetExternalApplication, GetExternalApplicationRequest};
pub use list_app_secret_ids::{ListAppSecretIds, ListAppSecretIdsRequest};
pub use list_application_provision_infos::{ListApplicationProvisionInfos, ListApplicationProvisionInfosRequest};
pub use list_applications::{ListApplications, ListApplicationsRequest};
pub use list_external_applications::{ListExternalApplications, ListExternalApplicationsRequest};
pub use list_predefined_scopes::{ListPredefinedScopes, ListPredefinedScopesRequest};
pub use provision_application::{ProvisionApplication, ProvisionApplicationRequest};
pub use provision_external_application::{ProvisionExternalApplication, ProvisionExternalApplicationRequest};
pub use update_application::{UpdateApplication, UpdateApplicationRequest};

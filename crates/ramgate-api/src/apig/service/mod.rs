//! Services: groups of endpoints that routes send traffic to.

mod create_service;
mod create_service_version;
mod delete_service;
mod delete_service_version;
mod get_service;
mod list_services;
mod types;
mod update_service;
mod update_service_version;

pub use create_service::{CreateService, CreateServiceRequest, CreateServiceResponse};
pub use create_service_version::{CreateServiceVersion, CreateServiceVersionRequest};
pub use delete_service::{DeleteService, DeleteServiceRequest};
pub use delete_service_version::{DeleteServiceVersion, DeleteServiceVersionRequest};
pub use get_service::{GetService, GetServiceRequest};
pub use list_services::{ListServices, ListServicesRequest, ListServicesResponse};
pub use types::{
    AgentServiceConfig, AiServiceConfig, AppCredential, BedrockService, CustomAgent, DashScopeAgent, DifyAgent,
    HealthCheck, Label, LabelValues, OutlierDetection, PaiEasService, Service, ServiceConfig, ServicePort,
    ServiceVersion, ValidationOptions, VertexService,
};
pub use update_service::{UpdateService, UpdateServiceRequest};
pub use update_service_version::{UpdateServiceVersion, UpdateServiceVersionRequest};

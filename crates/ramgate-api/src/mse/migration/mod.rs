//! Tasks that turn Kubernetes Ingress objects into routes.

mod get_gateway_ingress_migrate_task_detail;
mod get_gateway_migrate_namespaced_services;
mod list_gateway_ingress_migrate_task;

pub use get_gateway_ingress_migrate_task_detail::{
    GetGatewayIngressMigrateTaskDetail, GetGatewayIngressMigrateTaskDetailRequest,
};
pub use get_gateway_migrate_namespaced_services::{
    GetGatewayMigrateNamespacedServices, GetGatewayMigrateNamespacedServicesRequest,
};
pub use list_gateway_ingress_migrate_task::{ListGatewayIngressMigrateTask, ListGatewayIngressMigrateTaskRequest};

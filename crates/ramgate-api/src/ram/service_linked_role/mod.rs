//! Roles that services act under.

mod create_service_linked_role;
mod delete_service_linked_role;
mod get_service_linked_role_template;

pub use create_service_linked_role::{
    CreateServiceLinkedRole, CreateServiceLinkedRoleRequest, CreateServiceLinkedRoleResponse,
};
pub use delete_service_linked_role::{
    DeleteServiceLinkedRole, DeleteServiceLinkedRoleRequest, DeleteServiceLinkedRoleResponse,
};
pub use get_service_linked_role_template::{
    GetServiceLinkedRoleTemplate, GetServiceLinkedRoleTemplateRequest, GetServiceLinkedRoleTemplateResponse,
    RoleDescription, RoleDescriptions, ServiceLinkedRoleTemplate,
};

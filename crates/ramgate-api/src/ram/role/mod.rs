//! Roles.

mod create_role;
mod delete_role;
mod get_role;
mod list_roles;
mod types;
mod update_role;

pub use create_role::{CreateRole, CreateRoleRequest, CreateRoleResponse};
pub use delete_role::{DeleteRole, DeleteRoleRequest};
pub use get_role::{GetRole, GetRoleRequest, GetRoleResponse};
pub use list_roles::{ListRoles, ListRolesRequest, ListRolesResponse};
pub use types::{LatestDeletionTask, ListedRole, Role, RoleList};
pub use update_role::{UpdateRole, UpdateRoleRequest, UpdateRoleResponse};

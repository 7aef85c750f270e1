//! Roles.

mod create_role;
mod delete_role;
mod get_role;
mod list_roles;
mod update_role;

pub use create_role::{CreateRole, CreateRoleRequest};
pub use delete_role::{DeleteRole, DeleteRoleRequest};
pub use get_role::{GetRole, GetRoleRequest};
pub use list_roles::{ListRoles, ListRolesRequest};
pub use update_role::{UpdateRole, UpdateRoleRequest};

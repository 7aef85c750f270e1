//! Environments: places on a gateway to deploy to.

mod create_environment;
mod delete_environment;
mod get_environment;
mod list_environments;
mod types;
mod update_environment;

pub use create_environment::{CreateEnvironment, CreateEnvironmentRequest, CreateEnvironmentResponse};
pub use delete_environment::{DeleteEnvironment, DeleteEnvironmentRequest};
pub use get_environment::{GetEnvironment, GetEnvironmentRequest};
pub use list_environments::{ListEnvironments, ListEnvironmentsRequest, ListEnvironmentsResponse};
pub use types::{Environment, EnvironmentStatistics, ResourceStatistic, SubDomainInfo};
pub use update_environment::{UpdateEnvironment, UpdateEnvironmentRequest};

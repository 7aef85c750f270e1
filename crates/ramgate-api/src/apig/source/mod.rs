//! Sources: where services are found.

mod create_source;
mod delete_source;
mod get_source;
mod types;

pub use create_source::{CreateSource, CreateSourceRequest};
pub use delete_source::{DeleteSource, DeleteSourceRequest};
pub use get_source::{GetSource, GetSourceRequest};
pub use types::{K8sSourceConfig, NacosSourceConfig, SecurityGroupOpening};

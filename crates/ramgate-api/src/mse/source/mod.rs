//! Sources: where services are found.

mod add_service_source;
mod delete_service_source;
mod get_kubernetes_source;
mod get_mse_source;
mod list_service_source;
mod types;

pub use add_service_source::{AddServiceSource, AddServiceSourceRequest};
pub use delete_service_source::{DeleteServiceSource, DeleteServiceSourceRequest};
pub use get_kubernetes_source::{GetKubernetesSource, GetKubernetesSourceRequest};
pub use get_mse_source::{GetMseSource, GetMseSourceRequest};
pub use list_service_source::{ListServiceSource, ListServiceSourceRequest};
pub use types::{IngressOptions, SecurityGroupOpening, ServiceSource};

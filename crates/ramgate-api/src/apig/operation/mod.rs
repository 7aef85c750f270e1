//! Operations of HTTP APIs of type Rest.

mod create_http_api_operation;
mod delete_http_api_operation;
mod get_http_api_operation;
mod list_http_api_operations;
mod types;
mod update_http_api_operation;

pub use create_http_api_operation::{CreateHttpApiOperation, CreateHttpApiOperationRequest};
pub use delete_http_api_operation::{DeleteHttpApiOperation, DeleteHttpApiOperationRequest};
pub use get_http_api_operation::{GetHttpApiOperation, GetHttpApiOperationRequest};
pub use list_http_api_operations::{ListHttpApiOperations, ListHttpApiOperationsRequest};
pub use types::{HttpApiOperation, Parameter, RequestBody, RequestContract, ResponseContract, ResponseItem};
pub use update_http_api_operation::{UpdateHttpApiOperation, UpdateHttpApiOperationRequest};

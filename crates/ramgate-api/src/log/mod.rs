//! The log service 2019-10-23: the operations that the policies of gateways name.

mod describe_service;
mod get_product_data_collection;
mod list_project;
mod open_product_data_collection;

pub use describe_service::{DescribeService, DescribeServiceRequest};
pub use get_product_data_collection::{GetProductDataCollection, GetProductDataCollectionRequest};
pub use list_project::{ListProject, ListProjectRequest};
pub use open_product_data_collection::{OpenProductDataCollection, OpenProductDataCollectionRequest};

use crate::{Envelope, OpSpec, Operation, Product, Style, codes};

/// The product.
pub static LOG: Product = Product {
    name: "Sls",
    ram_code: "log",
    ram_code_aliases: &[],
    version: "2019-10-23",
    style: Style::Rpc,
    envelope: Envelope::Flat,
    regional: true,
    named_actions: &[],
    missing_parameter: &codes::MISSING_PARAMETER,
    invalid_parameter: &codes::INVALID_PARAMETER,
};

/// Its operations.
pub const OPERATIONS: &[&OpSpec] =
    &[&DescribeService::SPEC, &ListProject::SPEC, &GetProductDataCollection::SPEC, &OpenProductDataCollection::SPEC];

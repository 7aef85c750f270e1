//! Every management operation, declared once: how it is called, what permission it needs on which resource, and the
//! shapes of its request and response.
//!
//! The router, authorization, audit, validation, catalog, reference, OpenAPI files and the command line are all drawn
//! from these declarations. Not for: what an operation does (the management plane's handlers), or HTTP.

pub mod apig;
pub mod arms;
pub mod cas;
mod catalog;
pub mod console;
mod decode;
mod error;
pub mod ims;
pub mod log;
pub mod mse;
mod operation;
mod product;
pub mod ram;
pub mod ramgate;
mod secret;
pub mod sts;
pub mod system_policies;
mod validate;

pub use catalog::{
    Catalog, CatalogEntry, CatalogProduct, NamedEntry, PRODUCTS, ResourceEntry, catalog, operations, policy_catalog,
    products,
};
pub use decode::{DecodeError, decode, parameters_from_pairs};
pub use error::{ApiError, ErrorCode, codes};
pub use operation::{
    AccessLevel, Binding, Empty, FieldTargets, Method, OpSpec, Operation, Resource, Target, TargetId, Unbuilt,
};
pub use product::{ConditionKey, Envelope, KeyType, NamedAction, Product, ResourceType, Style};
pub use secret::Secret;
pub use validate::{Checker, Validate};

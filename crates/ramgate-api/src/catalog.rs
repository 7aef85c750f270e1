//! The catalog: every product and operation as data. The router, the policy validator, the reference, the OpenAPI files
//! and the console's hints are drawn from it; nothing keeps a second list.

mod policy;
mod written;

pub use policy::policy_catalog;
pub use written::{Catalog, CatalogEntry, CatalogProduct, NamedEntry, ResourceEntry, catalog};

use crate::{OpSpec, Product, apig, arms, cas, ims, log, mse, ram, ramgate, sts};

/// Every product with its operations, in the order of the reference.
pub const PRODUCTS: &[(&Product, &[&OpSpec])] = &[
    (&apig::APIG, apig::OPERATIONS),
    (&mse::MSE, mse::OPERATIONS),
    (&ram::RAM, ram::OPERATIONS),
    (&ims::IMS, ims::OPERATIONS),
    (&sts::STS, sts::OPERATIONS),
    (&cas::CAS, cas::OPERATIONS),
    (&log::LOG, log::OPERATIONS),
    (&arms::ARMS, arms::OPERATIONS),
    (&ramgate::RAMGATE, ramgate::OPERATIONS),
];

/// Every product.
pub fn products() -> impl Iterator<Item = &'static Product> {
    PRODUCTS.iter().map(|(product, _)| *product)
}

/// Every operation, product by product.
pub fn operations() -> impl Iterator<Item = &'static OpSpec> {
    PRODUCTS.iter().flat_map(|(_, operations)| operations.iter().copied())
}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) use tests::targets_of_nothing;

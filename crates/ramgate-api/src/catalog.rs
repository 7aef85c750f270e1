//! The catalog: all operations of all products, as data.

use crate::{OpSpec, sts};

/// Every operation, product by product.
pub fn operations() -> impl Iterator<Item = &'static OpSpec> {
    [sts::OPERATIONS].into_iter().flatten().copied()
}

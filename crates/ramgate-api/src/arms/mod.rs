//! ARMS 2019-08-08: the operation that the policies of gateways name.

mod search_contact_group;

pub use search_contact_group::{SearchContactGroup, SearchContactGroupRequest};

use crate::{Envelope, OpSpec, Operation, Product, Style, codes};

/// The product.
pub static ARMS: Product = Product {
    name: "ARMS",
    ram_code: "arms",
    ram_code_aliases: &[],
    version: "2019-08-08",
    style: Style::Rpc,
    envelope: Envelope::Flat,
    regional: true,
    named_actions: &[],
    missing_parameter: &codes::MISSING_PARAMETER,
    invalid_parameter: &codes::INVALID_PARAMETER,
};

/// Its operations.
pub const OPERATIONS: &[&OpSpec] = &[&SearchContactGroup::SPEC];

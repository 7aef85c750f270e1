//! STS 2015-04-01: temporary credentials and who one is.

mod get_caller_identity;

pub use get_caller_identity::{GetCallerIdentity, GetCallerIdentityRequest, GetCallerIdentityResponse};

use crate::{Envelope, OpSpec, Operation, Product, Style};

/// The product.
pub static STS: Product = Product {
    name: "Sts",
    ram_code: "sts",
    ram_code_aliases: &[],
    version: "2015-04-01",
    style: Style::Rpc,
    envelope: Envelope::Flat,
    regional: false,
    named_actions: &[],
};

/// Its operations.
pub const OPERATIONS: &[&OpSpec] = &[&GetCallerIdentity::SPEC];

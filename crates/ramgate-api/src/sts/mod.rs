//! STS 2015-04-01: temporary credentials and who one is.

mod assume_role;
mod assume_role_with_oidc;
mod assume_role_with_saml;
mod checks;
pub mod errors;
mod get_caller_identity;
mod targets;
mod types;

pub use assume_role::{AssumeRole, AssumeRoleRequest, AssumeRoleResponse};
pub use assume_role_with_oidc::{
    AssumeRoleWithOIDC, AssumeRoleWithOIDCRequest, AssumeRoleWithOIDCResponse, OIDCTokenInfo,
};
pub use assume_role_with_saml::{
    AssumeRoleWithSAML, AssumeRoleWithSAMLRequest, AssumeRoleWithSAMLResponse, SAMLAssertionInfo,
};
pub use get_caller_identity::{GetCallerIdentity, GetCallerIdentityRequest, GetCallerIdentityResponse};

pub use types::{AssumedRoleUser, Credentials};

pub use crate::ram::ROLE;
use crate::{ConditionKey, Envelope, KeyType, NamedAction, OpSpec, Operation, Product, Style, codes};

/// The product.
pub static STS: Product = Product {
    name: "Sts",
    ram_code: "sts",
    ram_code_aliases: &[],
    version: "2015-04-01",
    style: Style::Rpc,
    envelope: Envelope::Flat,
    regional: false,
    named_actions: &[NamedAction {
        name: "SetSourceIdentity",
        resource_type: Some(&ROLE),
        doc: "Lets a session carry a source identity. Needed beside `sts:AssumeRole` where one is given.",
    }],
    missing_parameter: &codes::MISSING_PARAMETER,
    invalid_parameter: &codes::INVALID_PARAMETER,
};

/// The source identity that a session is to carry.
pub static SOURCE_IDENTITY: ConditionKey = ConditionKey {
    name: "sts:SourceIdentity",
    key_type: KeyType::String,
    array: false,
    doc: "The source identity that a session is to carry.",
};

/// The word that whoever assumes a role repeats to show that its owner sent it.
pub static EXTERNAL_ID: ConditionKey = ConditionKey {
    name: "sts:ExternalId",
    key_type: KeyType::String,
    array: false,
    doc: "The external id of a request to assume a role.",
};

/// Its operations.
pub const OPERATIONS: &[&OpSpec] =
    &[&AssumeRole::SPEC, &AssumeRoleWithOIDC::SPEC, &AssumeRoleWithSAML::SPEC, &GetCallerIdentity::SPEC];

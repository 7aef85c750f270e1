//! IMS 2019-08-15: the newer API for users, groups, keys, logon, identity providers and reports. It acts on the same objects
//! as RAM's; its users are named by `<name>@<domain>` or by id.
//!
//! Its permissions are RAM's: policies may spell its actions and resources with `ram` or with `ims`.

pub mod errors;
pub mod login_profile;
mod logon_targets;
pub mod mfa;
pub mod preference;
mod targets;

pub use login_profile::*;
pub use mfa::*;
pub use preference::*;

use crate::{Envelope, OpSpec, Operation, Product, Style, codes};

/// The product.
pub static IMS: Product = Product {
    name: "Ims",
    ram_code: "ram",
    ram_code_aliases: &["ims"],
    version: "2019-08-15",
    style: Style::Rpc,
    envelope: Envelope::Flat,
    regional: false,
    named_actions: &[],
    missing_parameter: &codes::MISSING_PARAMETER,
    invalid_parameter: &codes::INVALID_PARAMETER,
};

/// Its operations.
pub const OPERATIONS: &[&OpSpec] = &[
    // Console logon.
    &CreateLoginProfile::SPEC,
    &GetLoginProfile::SPEC,
    &UpdateLoginProfile::SPEC,
    &DeleteLoginProfile::SPEC,
    &ChangePassword::SPEC,
    // MFA.
    &CreateVirtualMFADevice::SPEC,
    &ListVirtualMFADevices::SPEC,
    &DeleteVirtualMFADevice::SPEC,
    &BindMFADevice::SPEC,
    &UnbindMFADevice::SPEC,
    &DisableVirtualMFA::SPEC,
    &GetUserMFAInfo::SPEC,
    &GetAccountMFAInfo::SPEC,
    &SetVerificationInfo::SPEC,
    &GetVerificationInfo::SPEC,
    &UnbindVerification::SPEC,
    // Password policy and security preference.
    &SetPasswordPolicy::SPEC,
    &GetPasswordPolicy::SPEC,
    &SetSecurityPreference::SPEC,
    &GetSecurityPreference::SPEC,
];

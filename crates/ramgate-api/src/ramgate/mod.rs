//! Ramgate's own API, 2026-11-21: questions about permissions that no other service answers, and the account as a file.
//!
//! It is called like the RPC products and authorised like everything else, under the code `ramgate`.

mod diff_policies;
pub mod errors;
mod export_account;
mod import_account;
mod lint_policies;
mod simulate_policies;
mod suggest_policy;
mod types;
mod who_can;

pub use diff_policies::{DiffPolicies, DiffPoliciesRequest, DiffPoliciesResponse};
pub use export_account::{ExportAccount, ExportAccountRequest, ExportAccountResponse};
pub use import_account::{ImportAccount, ImportAccountRequest, ImportAccountResponse, PlannedChange};
pub use lint_policies::{LintPolicies, LintPoliciesRequest, LintPoliciesResponse};
pub use simulate_policies::{SimulatePolicies, SimulatePoliciesRequest, SimulatePoliciesResponse};
pub use suggest_policy::{SuggestPolicy, SuggestPolicyRequest, SuggestPolicyResponse};
pub use types::{ContextValues, PolicySource, Values};
pub use who_can::{WhoCan, WhoCanRequest, WhoCanResponse};

use crate::{Envelope, OpSpec, Operation, Product, Style, codes};

/// The product.
pub static RAMGATE: Product = Product {
    name: "Ramgate",
    ram_code: "ramgate",
    ram_code_aliases: &[],
    version: "2026-11-21",
    style: Style::Rpc,
    envelope: Envelope::Flat,
    regional: false,
    named_actions: &[],
    missing_parameter: &codes::MISSING_PARAMETER,
    invalid_parameter: &codes::INVALID_PARAMETER,
};

/// Its operations.
pub const OPERATIONS: &[&OpSpec] = &[
    &SimulatePolicies::SPEC,
    &WhoCan::SPEC,
    &DiffPolicies::SPEC,
    &LintPolicies::SPEC,
    &SuggestPolicy::SPEC,
    &ExportAccount::SPEC,
    &ImportAccount::SPEC,
];

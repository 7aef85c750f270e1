//! Finds what requests name: users and policies by name, without regard to case.

use crate::state::{AccountState, Row, Tabled};
use crate::system_policies::{self, SystemPolicy};
use ramgate_api::ApiError;
use ramgate_api::ram::errors;
use ramgate_model::{Group, Policy, PolicyKind, Role, User};
use std::sync::Arc;

/// The scope in which user names are unique.
pub(crate) const USER_NAMES: &str = "account";

/// The user of this name.
pub(crate) fn find_user<'a>(account: &'a AccountState, name: &str) -> Option<&'a Arc<Row<User>>> {
    let id = account.named::<User>(USER_NAMES, &name.to_ascii_lowercase())?;
    account.get(id)
}

/// The user of this name.
///
/// # Errors
/// `EntityNotExist.User`.
pub(crate) fn user<'a>(account: &'a AccountState, name: &str) -> Result<&'a Arc<Row<User>>, ApiError> {
    find_user(account, name).ok_or_else(|| errors::USER_NOT_FOUND.error())
}

/// The scope in which group names are unique.
pub(crate) const GROUP_NAMES: &str = "account";
/// The scope in which role names are unique.
pub(crate) const ROLE_NAMES: &str = "account";

/// The group of this name.
///
/// # Errors
/// `EntityNotExist.Group`.
pub(crate) fn group<'a>(account: &'a AccountState, name: &str) -> Result<&'a Arc<Row<Group>>, ApiError> {
    let id = account.named::<Group>(GROUP_NAMES, &name.to_ascii_lowercase());
    id.and_then(|id| account.get(id)).ok_or_else(|| errors::GROUP_NOT_FOUND.error())
}

/// The role of this name.
pub(crate) fn find_role<'a>(account: &'a AccountState, name: &str) -> Option<&'a Arc<Row<Role>>> {
    let id = account.named::<Role>(ROLE_NAMES, &name.to_ascii_lowercase())?;
    account.get(id)
}

/// The role of this name.
///
/// # Errors
/// `EntityNotExist.Role`.
pub(crate) fn role<'a>(account: &'a AccountState, name: &str) -> Result<&'a Arc<Row<Role>>, ApiError> {
    find_role(account, name).ok_or_else(|| errors::ROLE_NOT_FOUND.error())
}

/// The custom policy of this name.
///
/// # Errors
/// `EntityNotExist.Policy`.
pub(crate) fn custom_policy<'a>(account: &'a AccountState, name: &str) -> Result<&'a Arc<Row<Policy>>, ApiError> {
    Policy::table(account).get(&name.to_ascii_lowercase()).ok_or_else(|| errors::POLICY_NOT_FOUND.error())
}

/// The system policy of this name.
///
/// # Errors
/// `EntityNotExist.Policy`.
pub(crate) fn system_policy(name: &str) -> Result<&'static SystemPolicy, ApiError> {
    system_policies::find(name).ok_or_else(|| errors::POLICY_NOT_FOUND.error())
}

/// A policy type as requests write it.
///
/// # Errors
/// `InvalidParameter.PolicyType`.
pub(crate) fn policy_kind(text: &str) -> Result<PolicyKind, ApiError> {
    match text {
        "System" => Ok(PolicyKind::System),
        "Custom" => Ok(PolicyKind::Custom),
        _ => Err(errors::POLICY_TYPE_INVALID.error()),
    }
}

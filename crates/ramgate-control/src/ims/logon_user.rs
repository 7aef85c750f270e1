//! Finds the users whom the operations on console logon name.

use crate::caller::Caller;
use crate::identities::UserRef;
use crate::node::Cx;
use crate::state::Row;
use ramgate_api::ApiError;
use ramgate_api::ram::errors;
use ramgate_model::User;
use std::sync::Arc;

/// The user of a principal name.
///
/// # Errors
/// `EntityNotExist.User`, also where the domain is another account's.
pub(super) fn named(cx: &Cx, principal_name: &str) -> Result<Arc<Row<User>>, ApiError> {
    UserRef::LogonName(principal_name).find(cx.logon_names(), &cx.account()).cloned()
}

/// The user of a principal name; without one the caller.
///
/// # Errors
/// `EntityNotExist.User`, also where the caller is none.
pub(super) fn named_or_caller(cx: &Cx, caller: &Caller, name: Option<&str>) -> Result<Arc<Row<User>>, ApiError> {
    match name {
        Some(name) => named(cx, name),
        None => caller.user().cloned().ok_or_else(|| errors::USER_NOT_FOUND.error()),
    }
}

//! Users, groups and access keys: what both faces of them, RAM and IMS, do.
//!
//! The faces name users in their own ways and show objects in their own shapes; what may be done, in which order
//! refusals are told, and what goes along with a change stands here once. Not for: policies and roles, which only RAM
//! has.

pub(crate) mod access_keys;
pub(crate) mod account;
pub(crate) mod credential_report;
pub(crate) mod groups;
pub(crate) mod idle;
pub(crate) mod naming;
pub(crate) mod network_policy;
pub(crate) mod recycle_bin;
pub(crate) mod security_practice;
pub(crate) mod users;

pub(crate) use naming::{LogonNames, UserRef};

/// What becomes of something deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Disposal {
    /// It is gone.
    ForGood,
    /// It goes into the recycle bin.
    RecycleBin,
}

//! Resource types and condition keys of RAM.
//!
//! The published table writes `*` for the region of these names; names here leave it empty, as answers do. A policy
//! that says `acs:ram:*:…` covers both.

use crate::{ConditionKey, KeyType, ResourceType};

/// A user. A request that may leave the user out means the caller.
pub static USER: ResourceType = ResourceType {
    name: "User",
    published_as: "user",
    kind: "user",
    pattern: "acs:ram::{account}:user/{UserName}",
    caller_when_absent: true,
};

/// A group.
pub static GROUP: ResourceType = ResourceType {
    name: "Group",
    published_as: "group",
    kind: "group",
    pattern: "acs:ram::{account}:group/{GroupName}",
    caller_when_absent: false,
};

/// A role.
pub static ROLE: ResourceType = ResourceType {
    name: "Role",
    published_as: "role",
    kind: "role",
    pattern: "acs:ram::{account}:role/{RoleName}",
    caller_when_absent: false,
};

/// A policy. System policies have `system` for the account.
pub static POLICY: ResourceType = ResourceType {
    name: "Policy",
    published_as: "policy",
    kind: "policy",
    pattern: "acs:ram::{account}:policy/{PolicyName}",
    caller_when_absent: false,
};

/// A virtual MFA device. Its resource name is its serial number.
pub static MFA_DEVICE: ResourceType = ResourceType {
    name: "MfaDevice",
    published_as: "mfa",
    kind: "mfa",
    pattern: "acs:ram::{account}:mfa/{VirtualMFADeviceName}",
    caller_when_absent: false,
};

/// The service that a service-linked role is for.
pub static SERVICE_NAME: ConditionKey = ConditionKey {
    name: "ram:ServiceName",
    key_type: KeyType::String,
    array: false,
    doc: "The service that a service-linked role is for.",
};

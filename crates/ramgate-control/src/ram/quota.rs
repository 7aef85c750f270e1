//! How many there may be of each thing. Source: RAM documentation, "Limits".

/// Users in an account.
pub(super) const USERS: usize = 1000;
/// Access keys of a user, and of the account itself.
pub(super) const ACCESS_KEYS: usize = 2;
/// Custom policies in an account.
pub(super) const POLICIES: usize = 1500;
/// Versions of a policy.
pub(super) const POLICY_VERSIONS: usize = 5;
/// Custom policies of a user, over all scopes.
pub(super) const CUSTOM_POLICIES_OF_USER: usize = 10;
/// System policies of a user, over all scopes.
pub(super) const SYSTEM_POLICIES_OF_USER: usize = 20;
/// Tags of a policy.
pub(super) const TAGS: usize = 20;

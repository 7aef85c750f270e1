//! How many there may be of each thing. Source: RAM documentation, "Limits".

/// Users in an account.
pub(crate) const USERS: usize = 1000;
/// Groups in an account.
pub(crate) const GROUPS: usize = 50;
/// Groups of a user.
pub(crate) const GROUPS_OF_USER: usize = 5;
/// OIDC identity providers in an account, and SAML ones.
pub(crate) const PROVIDERS: usize = 100;
/// Client ids of an OIDC identity provider.
pub(crate) const CLIENT_IDS: usize = 50;
/// Fingerprints of an OIDC identity provider.
pub(crate) const FINGERPRINTS: usize = 5;
/// Roles in an account.
pub(crate) const ROLES: usize = 1000;
/// Virtual MFA devices in an account.
pub(crate) const MFA_DEVICES: usize = 1000;
/// Access keys of a user, and of the account itself.
pub(crate) const ACCESS_KEYS: usize = 2;
/// Custom policies in an account.
pub(crate) const POLICIES: usize = 1500;
/// Versions of a policy.
pub(crate) const POLICY_VERSIONS: usize = 5;
/// Custom policies of a user, over all scopes.
pub(crate) const CUSTOM_POLICIES_OF_USER: usize = 10;
/// Custom policies of a group, over all scopes.
pub(crate) const CUSTOM_POLICIES_OF_GROUP: usize = 5;
/// Custom policies of a role, over all scopes.
pub(crate) const CUSTOM_POLICIES_OF_ROLE: usize = 5;
/// System policies of a user, group or role, over all scopes.
pub(crate) const SYSTEM_POLICIES_OF_PRINCIPAL: usize = 20;
/// Tags of a policy.
pub(crate) const TAGS: usize = 20;
/// Characters of a policy document.
pub(crate) const POLICY_SIZE: usize = 6144;

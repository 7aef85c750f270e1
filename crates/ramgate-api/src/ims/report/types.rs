//! Types of these operations.

use schemars::JsonSchema;
use serde::Serialize;

/// What an account has, and how much it may have (`…Quota`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct SummaryMap {
    /// Access keys of a user.
    pub access_keys_per_user_quota: u32,
    /// Access keys of the account itself.
    pub account_access_keys_per_account_quota: u32,
    /// Custom policies of a group.
    pub attached_policies_per_group_quota: u32,
    /// Custom policies of a role.
    pub attached_policies_per_role_quota: u32,
    /// Custom policies of a user.
    pub attached_policies_per_user_quota: u32,
    /// System policies of a group.
    pub attached_system_policies_per_group_quota: u32,
    /// System policies of a role.
    pub attached_system_policies_per_role_quota: u32,
    /// System policies of a user.
    pub attached_system_policies_per_user_quota: u32,
    /// OAuth applications that a user may let in; zero, since there are none.
    pub authorized_client_per_user_quota: u32,
    /// Statements of an access key's network policy.
    #[serde(rename = "ConditionsPerAKPolicyQuota")]
    pub conditions_per_ak_policy_quota: u32,
    /// Groups there are.
    pub groups: u32,
    /// Groups of a user.
    pub groups_per_user_quota: u32,
    /// Groups there may be.
    pub groups_quota: u32,
    /// Networks in an access key's network policy.
    #[serde(rename = "IPItemsPerAKPolicyQuota")]
    pub ip_items_per_ak_policy_quota: u32,
    /// Virtual MFA devices there are.
    #[serde(rename = "MFADevices")]
    pub mfa_devices: u32,
    /// Virtual MFA devices that belong to a user.
    #[serde(rename = "MFADevicesInUse")]
    pub mfa_devices_in_use: u32,
    /// Custom policies there are.
    pub policies: u32,
    /// Custom policies there may be.
    pub policies_quota: u32,
    /// Characters of a policy document.
    pub policy_size_quota: u32,
    /// Roles there are.
    pub roles: u32,
    /// Roles there may be.
    pub roles_quota: u32,
    /// Credentials of a user for one service; zero, since there are none.
    pub service_credentials_per_user_per_service_quota: u32,
    /// Users there are.
    pub users: u32,
    /// Users there may be.
    pub users_quota: u32,
    /// Versions of a policy.
    pub versions_per_policy_quota: u32,
    /// Virtual MFA devices there may be.
    #[serde(rename = "VirtualMFADevicesQuota")]
    pub virtual_mfa_devices_quota: u32,
}

//! From which networks access keys may be used.

mod get_access_key_policy;
mod get_access_key_policy_for_account;
mod set_access_key_policy;
mod set_access_key_policy_for_account;

pub use get_access_key_policy::{GetAccessKeyPolicy, GetAccessKeyPolicyRequest, GetAccessKeyPolicyResponse};
pub use get_access_key_policy_for_account::{
    GetAccessKeyPolicyForAccount, GetAccessKeyPolicyForAccountRequest, GetAccessKeyPolicyForAccountResponse,
};
pub use set_access_key_policy::{SetAccessKeyPolicy, SetAccessKeyPolicyRequest, SetAccessKeyPolicyResponse};
pub use set_access_key_policy_for_account::{
    SetAccessKeyPolicyForAccount, SetAccessKeyPolicyForAccountRequest, SetAccessKeyPolicyForAccountResponse,
};

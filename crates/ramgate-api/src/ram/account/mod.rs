//! Settings of the account.

mod clear_account_alias;
mod get_account_alias;
mod get_password_policy;
mod get_security_preference;
mod password_policy;
mod security_preference;
mod set_account_alias;
mod set_password_policy;
mod set_security_preference;

pub use clear_account_alias::{ClearAccountAlias, ClearAccountAliasRequest};
pub use get_account_alias::{GetAccountAlias, GetAccountAliasRequest, GetAccountAliasResponse};
pub use get_password_policy::{GetPasswordPolicy, GetPasswordPolicyRequest, GetPasswordPolicyResponse};
pub use get_security_preference::{GetSecurityPreference, GetSecurityPreferenceRequest, GetSecurityPreferenceResponse};
pub use password_policy::PasswordPolicy;
pub use security_preference::{
    AccessKeyPreference, LoginProfilePreference, MFAPreference, PublicKeyPreference, SecurityPreference,
};
pub use set_account_alias::{SetAccountAlias, SetAccountAliasRequest};
pub use set_password_policy::{SetPasswordPolicy, SetPasswordPolicyRequest, SetPasswordPolicyResponse};
pub use set_security_preference::{SetSecurityPreference, SetSecurityPreferenceRequest, SetSecurityPreferenceResponse};

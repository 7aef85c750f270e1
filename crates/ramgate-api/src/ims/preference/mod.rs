//! Password policy and security preference of the account.

mod get_password_policy;
mod get_security_preference;
mod set_password_policy;
mod set_security_preference;
mod types;

pub use get_password_policy::{GetPasswordPolicy, GetPasswordPolicyRequest, GetPasswordPolicyResponse};
pub use get_security_preference::{GetSecurityPreference, GetSecurityPreferenceRequest, GetSecurityPreferenceResponse};
pub use set_password_policy::{SetPasswordPolicy, SetPasswordPolicyRequest, SetPasswordPolicyResponse};
pub use set_security_preference::{SetSecurityPreference, SetSecurityPreferenceRequest, SetSecurityPreferenceResponse};
pub use types::{
    AccessKeyPreference, LoginProfilePreference, MaxIdleDays, PasswordPolicy, PersonalInfoPreference,
    SecurityPreference, VerificationPreference,
};

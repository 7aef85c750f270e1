//! IMS 2019-08-15: the newer API for users, groups, keys, logon, identity providers and reports. It acts on the same objects
//! as RAM's; its users are named by `<name>@<domain>` or by id.
//!
//! Its permissions are RAM's: policies may spell its actions and resources with `ram` or with `ims`.

pub mod access_key;
pub mod application;
mod checks;
pub mod domain;
pub mod errors;
pub mod governance;
pub mod group;
pub mod login_profile;
mod logon_targets;
pub mod mfa;
pub mod network_policy;
pub mod oidc_provider;
pub mod passkey;
pub mod preference;
mod provider_checks;
pub mod recycle_bin;
pub mod report;
pub mod saml_provider;
pub mod service_credential;
pub mod sso;
pub mod tag;
mod targets;
pub mod user;

pub use access_key::*;
pub use application::*;
pub use domain::*;
pub use governance::*;
pub use group::*;
pub use login_profile::*;
pub use mfa::*;
pub use network_policy::*;
pub use passkey::*;
pub use preference::*;
pub use recycle_bin::*;
pub use report::*;
pub use service_credential::*;
pub use tag::*;
pub use user::*;

use crate::{Envelope, OpSpec, Operation, Product, Style, codes};

/// The product.
pub static IMS: Product = Product {
    name: "Ims",
    ram_code: "ram",
    ram_code_aliases: &["ims"],
    version: "2019-08-15",
    style: Style::Rpc,
    envelope: Envelope::Flat,
    regional: false,
    named_actions: &[],
    missing_parameter: &codes::MISSING_PARAMETER,
    invalid_parameter: &codes::INVALID_PARAMETER,
};

/// Its operations.
pub const OPERATIONS: &[&OpSpec] = &[
    &CreateUser::SPEC,
    &GetUser::SPEC,
    &UpdateUser::SPEC,
    &DeleteUser::SPEC,
    &ListUsers::SPEC,
    &ListUserBasicInfos::SPEC,
    &CreateGroup::SPEC,
    &GetGroup::SPEC,
    &UpdateGroup::SPEC,
    &DeleteGroup::SPEC,
    &ListGroups::SPEC,
    &AddUserToGroup::SPEC,
    &RemoveUserFromGroup::SPEC,
    &ListGroupsForUser::SPEC,
    &ListUsersForGroup::SPEC,
    &CreateAccessKey::SPEC,
    &UpdateAccessKey::SPEC,
    &DeleteAccessKey::SPEC,
    &ListAccessKeys::SPEC,
    &GetAccessKeyLastUsed::SPEC,
    &SetAccessKeyPolicy::SPEC,
    &GetAccessKeyPolicy::SPEC,
    &SetAccessKeyPolicyForAccount::SPEC,
    &GetAccessKeyPolicyForAccount::SPEC,
    &TagResources::SPEC,
    &UntagResources::SPEC,
    &ListTagResources::SPEC,
    &ListUsersInRecycleBin::SPEC,
    &GetUserInRecycleBin::SPEC,
    &RestoreUserFromRecycleBin::SPEC,
    &DeleteUserInRecycleBin::SPEC,
    &ListAccessKeysInRecycleBin::SPEC,
    &GetAccessKeyInfoInRecycleBin::SPEC,
    &RestoreAccessKeyFromRecycleBin::SPEC,
    &DeleteAccessKeyInRecycleBin::SPEC,
    &SetDefaultDomain::SPEC,
    &GetDefaultDomain::SPEC,
    &GetAccountSummary::SPEC,
    &GenerateCredentialReport::SPEC,
    &GetCredentialReport::SPEC,
    &GetAccountSecurityPracticeReport::SPEC,
    &CreateApplication::SPEC,
    &GetApplication::SPEC,
    &UpdateApplication::SPEC,
    &DeleteApplication::SPEC,
    &ListApplications::SPEC,
    &CreateAppSecret::SPEC,
    &GetAppSecret::SPEC,
    &DeleteAppSecret::SPEC,
    &ListAppSecretIds::SPEC,
    &ListPredefinedScopes::SPEC,
    &ProvisionApplication::SPEC,
    &DeprovisionApplication::SPEC,
    &GetApplicationProvisionInfo::SPEC,
    &ListApplicationProvisionInfos::SPEC,
    &ProvisionExternalApplication::SPEC,
    &DeprovisionExternalApplication::SPEC,
    &GetExternalApplication::SPEC,
    &ListExternalApplications::SPEC,
    &CreateServiceCredential::SPEC,
    &GetServiceCredential::SPEC,
    &UpdateServiceCredential::SPEC,
    &DeleteServiceCredential::SPEC,
    &ListServiceCredentials::SPEC,
    &ListPasskeys::SPEC,
    &UpdatePasskey::SPEC,
    &DeletePasskey::SPEC,
    &GenerateGovernanceReport::SPEC,
    &GetGovernanceReportStatus::SPEC,
    &GetGovernanceItemReport::SPEC,
    &ListRecentGovernanceMetrics::SPEC,
    // Console logon.
    &CreateLoginProfile::SPEC,
    &GetLoginProfile::SPEC,
    &UpdateLoginProfile::SPEC,
    &DeleteLoginProfile::SPEC,
    &ChangePassword::SPEC,
    // MFA.
    &CreateVirtualMFADevice::SPEC,
    &ListVirtualMFADevices::SPEC,
    &DeleteVirtualMFADevice::SPEC,
    &BindMFADevice::SPEC,
    &UnbindMFADevice::SPEC,
    &DisableVirtualMFA::SPEC,
    &GetUserMFAInfo::SPEC,
    &GetAccountMFAInfo::SPEC,
    &SetVerificationInfo::SPEC,
    &GetVerificationInfo::SPEC,
    &UnbindVerification::SPEC,
    // Password policy and security preference.
    &SetPasswordPolicy::SPEC,
    &GetPasswordPolicy::SPEC,
    &SetSecurityPreference::SPEC,
    &GetSecurityPreference::SPEC,
    // Identity providers.
    &oidc_provider::CreateOIDCProvider::SPEC,
    &oidc_provider::GetOIDCProvider::SPEC,
    &oidc_provider::UpdateOIDCProvider::SPEC,
    &oidc_provider::DeleteOIDCProvider::SPEC,
    &oidc_provider::ListOIDCProviders::SPEC,
    &oidc_provider::AddClientIdToOIDCProvider::SPEC,
    &oidc_provider::RemoveClientIdFromOIDCProvider::SPEC,
    &oidc_provider::AddFingerprintToOIDCProvider::SPEC,
    &oidc_provider::RemoveFingerprintFromOIDCProvider::SPEC,
    &saml_provider::CreateSAMLProvider::SPEC,
    &saml_provider::GetSAMLProvider::SPEC,
    &saml_provider::UpdateSAMLProvider::SPEC,
    &saml_provider::DeleteSAMLProvider::SPEC,
    &saml_provider::ListSAMLProviders::SPEC,
    &sso::GetUserSsoSettings::SPEC,
    &sso::SetUserSsoSettings::SPEC,
];

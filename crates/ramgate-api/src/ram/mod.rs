//! RAM 2015-05-01: users, groups, roles, policies and who has them.

pub mod access_key;
pub mod account;
pub mod attachment;
pub(crate) mod checks;
pub mod diagnosis;
pub mod errors;
pub mod group;
pub mod login_profile;
pub mod mfa;
pub mod policy;
mod resources;
pub mod role;
pub mod service_linked_role;
pub mod tag;
mod targets;
pub mod user;

pub use access_key::*;
pub use account::*;
pub use attachment::*;
pub use diagnosis::*;
pub use group::*;
pub use login_profile::*;
pub use mfa::*;
pub use policy::*;
pub use resources::{GROUP, MFA_DEVICE, POLICY, ROLE, SERVICE_NAME, USER};
pub use role::*;
pub use service_linked_role::*;
pub use tag::*;
pub use user::*;

use crate::{Envelope, NamedAction, OpSpec, Operation, Product, Style, codes};

/// The product.
pub static RAM: Product = Product {
    name: "Ram",
    ram_code: "ram",
    ram_code_aliases: &[],
    version: "2015-05-01",
    style: Style::Rpc,
    envelope: Envelope::Flat,
    regional: false,
    named_actions: NAMED_ACTIONS,
    missing_parameter: &codes::MISSING_PARAMETER,
    invalid_parameter: &codes::INVALID_PARAMETER,
};

const NAMED_ACTIONS: &[NamedAction] = &[
    NamedAction {
        name: "PassRole",
        resource_type: Some(&ROLE),
        doc: "Lets a service act under a role. Checked by services that take one.",
    },
    NamedAction {
        name: "CheckServiceLinkedRoleExistence",
        resource_type: None,
        doc: "Tells whether the role of a service exists.",
    },
    NamedAction {
        name: "GetServiceLinkedRoleDeletionStatus",
        resource_type: None,
        doc: "Tells how far the removal of a service-linked role is.",
    },
];

/// Its operations.
pub const OPERATIONS: &[&OpSpec] = &[
    &CreateUser::SPEC,
    &GetUser::SPEC,
    &UpdateUser::SPEC,
    &DeleteUser::SPEC,
    &ListUsers::SPEC,
    &CreateAccessKey::SPEC,
    &UpdateAccessKey::SPEC,
    &DeleteAccessKey::SPEC,
    &ListAccessKeys::SPEC,
    &GetAccessKeyLastUsed::SPEC,
    &CreateLoginProfile::SPEC,
    &GetLoginProfile::SPEC,
    &UpdateLoginProfile::SPEC,
    &DeleteLoginProfile::SPEC,
    &ChangePassword::SPEC,
    &CreateVirtualMFADevice::SPEC,
    &ListVirtualMFADevices::SPEC,
    &DeleteVirtualMFADevice::SPEC,
    &BindMFADevice::SPEC,
    &UnbindMFADevice::SPEC,
    &GetUserMFAInfo::SPEC,
    &CreateGroup::SPEC,
    &GetGroup::SPEC,
    &UpdateGroup::SPEC,
    &DeleteGroup::SPEC,
    &ListGroups::SPEC,
    &AddUserToGroup::SPEC,
    &RemoveUserFromGroup::SPEC,
    &ListGroupsForUser::SPEC,
    &ListUsersForGroup::SPEC,
    &CreateRole::SPEC,
    &GetRole::SPEC,
    &UpdateRole::SPEC,
    &DeleteRole::SPEC,
    &ListRoles::SPEC,
    &CreateServiceLinkedRole::SPEC,
    &DeleteServiceLinkedRole::SPEC,
    &GetServiceLinkedRoleTemplate::SPEC,
    &CreatePolicy::SPEC,
    &GetPolicy::SPEC,
    &DeletePolicy::SPEC,
    &ListPolicies::SPEC,
    &UpdatePolicyDescription::SPEC,
    &CreatePolicyVersion::SPEC,
    &GetPolicyVersion::SPEC,
    &DeletePolicyVersion::SPEC,
    &ListPolicyVersions::SPEC,
    &SetDefaultPolicyVersion::SPEC,
    &AttachPolicyToUser::SPEC,
    &DetachPolicyFromUser::SPEC,
    &AttachPolicyToGroup::SPEC,
    &DetachPolicyFromGroup::SPEC,
    &AttachPolicyToRole::SPEC,
    &DetachPolicyFromRole::SPEC,
    &ListPoliciesForUser::SPEC,
    &ListPoliciesForGroup::SPEC,
    &ListPoliciesForRole::SPEC,
    &ListEntitiesForPolicy::SPEC,
    &TagResources::SPEC,
    &UntagResources::SPEC,
    &ListTagResources::SPEC,
    &SetAccountAlias::SPEC,
    &GetAccountAlias::SPEC,
    &ClearAccountAlias::SPEC,
    &SetPasswordPolicy::SPEC,
    &GetPasswordPolicy::SPEC,
    &SetSecurityPreference::SPEC,
    &GetSecurityPreference::SPEC,
    &DecodeDiagnosticMessage::SPEC,
];

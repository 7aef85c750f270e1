//! Who has which policy.

mod attach_policy_to_group;
mod attach_policy_to_role;
mod attach_policy_to_user;
mod detach_policy_from_group;
mod detach_policy_from_role;
mod detach_policy_from_user;
mod list_entities_for_policy;
mod list_policies_for_group;
mod list_policies_for_role;
mod list_policies_for_user;
mod types;

pub use attach_policy_to_group::{AttachPolicyToGroup, AttachPolicyToGroupRequest};
pub use attach_policy_to_role::{AttachPolicyToRole, AttachPolicyToRoleRequest};
pub use attach_policy_to_user::{AttachPolicyToUser, AttachPolicyToUserRequest};
pub use detach_policy_from_group::{DetachPolicyFromGroup, DetachPolicyFromGroupRequest};
pub use detach_policy_from_role::{DetachPolicyFromRole, DetachPolicyFromRoleRequest};
pub use detach_policy_from_user::{DetachPolicyFromUser, DetachPolicyFromUserRequest};
pub use list_entities_for_policy::{
    ListEntitiesForPolicy, ListEntitiesForPolicyRequest, ListEntitiesForPolicyResponse,
};
pub use list_policies_for_group::{ListPoliciesForGroup, ListPoliciesForGroupRequest, ListPoliciesForGroupResponse};
pub use list_policies_for_role::{ListPoliciesForRole, ListPoliciesForRoleRequest, ListPoliciesForRoleResponse};
pub use list_policies_for_user::{ListPoliciesForUser, ListPoliciesForUserRequest, ListPoliciesForUserResponse};
pub use types::{
    AttachedGroup, AttachedGroups, AttachedPolicy, AttachedPolicyList, AttachedRole, AttachedRoles, AttachedUser,
    AttachedUsers,
};

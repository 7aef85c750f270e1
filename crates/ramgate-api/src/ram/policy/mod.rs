//! Policies and their versions.

mod create_policy;
mod create_policy_version;
mod delete_policy;
mod delete_policy_version;
mod get_policy;
mod get_policy_version;
mod list_policies;
mod list_policy_versions;
mod set_default_policy_version;
mod types;
mod update_policy_description;

pub use create_policy::{CreatePolicy, CreatePolicyRequest, CreatePolicyResponse};
pub use create_policy_version::{CreatePolicyVersion, CreatePolicyVersionRequest, CreatePolicyVersionResponse};
pub use delete_policy::{DeletePolicy, DeletePolicyRequest};
pub use delete_policy_version::{DeletePolicyVersion, DeletePolicyVersionRequest};
pub use get_policy::{GetPolicy, GetPolicyRequest, GetPolicyResponse};
pub use get_policy_version::{GetPolicyVersion, GetPolicyVersionRequest, GetPolicyVersionResponse};
pub use list_policies::{ListPolicies, ListPoliciesRequest, ListPoliciesResponse};
pub use list_policy_versions::{ListPolicyVersions, ListPolicyVersionsRequest, ListPolicyVersionsResponse};
pub use set_default_policy_version::{SetDefaultPolicyVersion, SetDefaultPolicyVersionRequest};
pub use types::{Policy, PolicyList, PolicyTag, PolicyTags, PolicyVersion, PolicyVersionList};
pub use update_policy_description::{
    UpdatePolicyDescription, UpdatePolicyDescriptionRequest, UpdatePolicyDescriptionResponse,
};

//! Policies of gateways, and what they are attached to.

mod create_and_attach_policy;
mod create_policy;
mod create_policy_attachment;
mod delete_policy;
mod delete_policy_attachment;
mod get_policy;
mod get_policy_attachment;
mod list_policies;
mod list_policy_classes;
mod update_and_attach_policy;
mod update_policy;

pub use create_and_attach_policy::{CreateAndAttachPolicy, CreateAndAttachPolicyRequest};
pub use create_policy::{CreatePolicy, CreatePolicyRequest};
pub use create_policy_attachment::{CreatePolicyAttachment, CreatePolicyAttachmentRequest};
pub use delete_policy::{DeletePolicy, DeletePolicyRequest};
pub use delete_policy_attachment::{DeletePolicyAttachment, DeletePolicyAttachmentRequest};
pub use get_policy::{GetPolicy, GetPolicyRequest};
pub use get_policy_attachment::{GetPolicyAttachment, GetPolicyAttachmentRequest};
pub use list_policies::{ListPolicies, ListPoliciesRequest};
pub use list_policy_classes::{ListPolicyClasses, ListPolicyClassesRequest};
pub use update_and_attach_policy::{UpdateAndAttachPolicy, UpdateAndAttachPolicyRequest};
pub use update_policy::{UpdatePolicy, UpdatePolicyRequest};

//! Targets that one request field alone does not name: policies by type, tagged resources by type, MFA devices by
//! serial number, the caller.

use super::attachment::{
    AttachPolicyToGroupRequest, AttachPolicyToRoleRequest, AttachPolicyToUserRequest, DetachPolicyFromGroupRequest,
    DetachPolicyFromRoleRequest, DetachPolicyFromUserRequest, ListEntitiesForPolicyRequest,
};
use super::login_profile::ChangePasswordRequest;
use super::mfa::DeleteVirtualMFADeviceRequest;
use super::policy::{GetPolicyRequest, GetPolicyVersionRequest, ListPolicyVersionsRequest};
use super::tag::{ListTagResourcesRequest, TagResourcesRequest, UntagResourcesRequest};
use super::{MFA_DEVICE, POLICY, ROLE, USER};
use crate::{Target, TargetId};
use std::borrow::Cow;

/// A request that names a policy by type and name.
pub(super) trait NamesPolicy {
    /// `System` or `Custom`.
    fn policy_type(&self) -> &str;
    /// The name.
    fn policy_name(&self) -> &str;
}

macro_rules! names_policy {
    ($($request:ty),+ $(,)?) => {$(
        impl NamesPolicy for $request {
            fn policy_type(&self) -> &str {
                &self.policy_type
            }

            fn policy_name(&self) -> &str {
                &self.policy_name
            }
        }
    )+};
}

names_policy!(
    AttachPolicyToGroupRequest,
    AttachPolicyToRoleRequest,
    AttachPolicyToUserRequest,
    DetachPolicyFromGroupRequest,
    DetachPolicyFromRoleRequest,
    DetachPolicyFromUserRequest,
    GetPolicyRequest,
    GetPolicyVersionRequest,
    ListEntitiesForPolicyRequest,
    ListPolicyVersionsRequest,
);

/// The policy; a system policy belongs to the account `system`. The type is compared without regard to case here, so
/// that a misspelt type is judged by the right policy before it is refused.
pub(super) fn policy<R: NamesPolicy>(request: &R) -> Vec<Target<'_>> {
    let name = Cow::Borrowed(request.policy_name());
    let system = request.policy_type().eq_ignore_ascii_case("System");
    let id = if system { TargetId::SystemPolicy(name) } else { TargetId::Id(name) };
    vec![Target { resource_type: Some(&POLICY), id }]
}

/// A request about the tags of roles or policies.
pub(super) trait NamesTagged {
    /// `role` or `policy`.
    fn resource_type(&self) -> &str;
    /// Their names.
    fn resource_names(&self) -> &[String];
}

macro_rules! names_tagged {
    ($($request:ty),+ $(,)?) => {$(
        impl NamesTagged for $request {
            fn resource_type(&self) -> &str {
                &self.resource_type
            }

            fn resource_names(&self) -> &[String] {
                &self.resource_names
            }
        }
    )+};
}

names_tagged!(ListTagResourcesRequest, TagResourcesRequest, UntagResourcesRequest);

/// Each named role or policy; all of the type where none is named; everything where the type is unknown, so that only a
/// wide grant gets as far as the refusal.
pub(super) fn tagged<R: NamesTagged>(request: &R) -> Vec<Target<'_>> {
    let resource_type = match request.resource_type() {
        "policy" => &POLICY,
        "role" => &ROLE,
        _ => return vec![Target { resource_type: None, id: TargetId::Any }],
    };
    if request.resource_names().is_empty() {
        return vec![Target { resource_type: Some(resource_type), id: TargetId::Any }];
    }
    let target =
        |name: &'_ String| Target { resource_type: Some(resource_type), id: TargetId::Id(name.clone().into()) };
    request.resource_names().iter().map(target).collect()
}

/// The caller.
pub(super) fn caller(_: &ChangePasswordRequest) -> Vec<Target<'_>> {
    vec![Target { resource_type: Some(&USER), id: TargetId::Caller }]
}

/// The device: a serial number is a resource name.
pub(super) fn mfa_device(request: &DeleteVirtualMFADeviceRequest) -> Vec<Target<'_>> {
    let serial = request.serial_number.as_str();
    let id = if serial.starts_with("acs:") { TargetId::Arn(serial.into()) } else { TargetId::Id(serial.into()) };
    vec![Target { resource_type: Some(&MFA_DEVICE), id }]
}

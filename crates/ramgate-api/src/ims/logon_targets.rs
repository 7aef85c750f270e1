//! Targets of the operations on console logon: users by principal name, the caller, MFA devices by serial number.

use super::login_profile::{
    ChangePasswordRequest, CreateLoginProfileRequest, DeleteLoginProfileRequest, GetLoginProfileRequest,
    UpdateLoginProfileRequest,
};
use super::mfa::{
    BindMFADeviceRequest, DeleteVirtualMFADeviceRequest, DisableVirtualMFARequest, GetUserMFAInfoRequest,
    GetVerificationInfoRequest, SetVerificationInfoRequest, UnbindMFADeviceRequest, UnbindVerificationRequest,
};
use super::targets;
use crate::ram::{MFA_DEVICE, USER};
use crate::{Target, TargetId};

/// A request about one user.
pub(super) trait NamesUser {
    /// `<name>@<domain>`.
    fn principal_name(&self) -> Option<&str>;
}

macro_rules! names_user {
    ($($request:ty),+ $(,)?) => {$(
        impl NamesUser for $request {
            fn principal_name(&self) -> Option<&str> {
                Some(&self.user_principal_name)
            }
        }
    )+};
}

names_user!(
    BindMFADeviceRequest,
    CreateLoginProfileRequest,
    DeleteLoginProfileRequest,
    DisableVirtualMFARequest,
    GetLoginProfileRequest,
    GetVerificationInfoRequest,
    SetVerificationInfoRequest,
    UnbindMFADeviceRequest,
    UnbindVerificationRequest,
    UpdateLoginProfileRequest,
);

impl NamesUser for GetUserMFAInfoRequest {
    fn principal_name(&self) -> Option<&str> {
        self.user_principal_name.as_deref()
    }
}

/// The user.
pub(super) fn user<R: NamesUser>(request: &R) -> Vec<Target<'_>> {
    targets::user(request.principal_name(), None)
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

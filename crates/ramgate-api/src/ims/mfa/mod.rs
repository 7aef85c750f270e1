//! Virtual MFA devices, and other ways to verify a logon.

mod bind_mfa_device;
mod create_virtual_mfa_device;
mod delete_virtual_mfa_device;
mod disable_virtual_mfa;
mod get_account_mfa_info;
mod get_user_mfa_info;
mod get_verification_info;
mod list_virtual_mfa_devices;
mod set_verification_info;
mod types;
mod unbind_mfa_device;
mod unbind_verification;

pub use bind_mfa_device::{BindMFADevice, BindMFADeviceRequest};
pub use create_virtual_mfa_device::{
    CreateVirtualMFADevice, CreateVirtualMFADeviceRequest, CreateVirtualMFADeviceResponse,
};
pub use delete_virtual_mfa_device::{DeleteVirtualMFADevice, DeleteVirtualMFADeviceRequest};
pub use disable_virtual_mfa::{DisableVirtualMFA, DisableVirtualMFARequest};
pub use get_account_mfa_info::{GetAccountMFAInfo, GetAccountMFAInfoRequest, GetAccountMFAInfoResponse};
pub use get_user_mfa_info::{GetUserMFAInfo, GetUserMFAInfoRequest, GetUserMFAInfoResponse};
pub use get_verification_info::{GetVerificationInfo, GetVerificationInfoRequest};
pub use list_virtual_mfa_devices::{
    ListVirtualMFADevices, ListVirtualMFADevicesRequest, ListVirtualMFADevicesResponse,
};
pub use set_verification_info::{SetVerificationInfo, SetVerificationInfoRequest};
pub use types::{VirtualMFADevice, VirtualMFADeviceList, VirtualMFADeviceUser};
pub use unbind_mfa_device::{UnbindMFADevice, UnbindMFADeviceRequest, UnbindMFADeviceResponse};
pub use unbind_verification::{UnbindVerification, UnbindVerificationRequest};

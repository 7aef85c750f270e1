//! Virtual MFA devices.

mod bind_mfa_device;
mod create_virtual_mfa_device;
mod delete_virtual_mfa_device;
mod get_user_mfa_info;
mod list_virtual_mfa_devices;
mod types;
mod unbind_mfa_device;

pub use bind_mfa_device::{BindMFADevice, BindMFADeviceRequest};
pub use create_virtual_mfa_device::{
    CreateVirtualMFADevice, CreateVirtualMFADeviceRequest, CreateVirtualMFADeviceResponse,
};
pub use delete_virtual_mfa_device::{DeleteVirtualMFADevice, DeleteVirtualMFADeviceRequest};
pub use get_user_mfa_info::{GetUserMFAInfo, GetUserMFAInfoRequest, GetUserMFAInfoResponse};
pub use list_virtual_mfa_devices::{
    ListVirtualMFADevices, ListVirtualMFADevicesRequest, ListVirtualMFADevicesResponse,
};
pub use types::{
    NewVirtualMFADevice, UnboundMFADevice, UserMFADevice, VirtualMFADevice, VirtualMFADeviceList, VirtualMFADeviceUser,
};
pub use unbind_mfa_device::{UnbindMFADevice, UnbindMFADeviceRequest, UnbindMFADeviceResponse};

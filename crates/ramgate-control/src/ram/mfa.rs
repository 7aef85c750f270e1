//! Virtual MFA devices as RAM shows them.

use super::lookup;
use crate::clock::iso8601;
use crate::dispatch::Authorized;
use crate::logon::devices;
use crate::node::Cx;
use ramgate_api::ram::{
    BindMFADevice, CreateVirtualMFADevice, CreateVirtualMFADeviceResponse, DeleteVirtualMFADevice, GetUserMFAInfo,
    GetUserMFAInfoResponse, ListVirtualMFADevices, ListVirtualMFADevicesResponse, UnbindMFADevice,
    UnbindMFADeviceResponse, UnboundMFADevice, UserMFADevice, VirtualMFADevice, VirtualMFADeviceList,
    VirtualMFADeviceUser, errors,
};
use ramgate_api::{ApiError, Empty};
use ramgate_model::{MfaDevice, User};

/// The type of devices there are.
pub(crate) const VIRTUAL: &str = "VMFA";

pub(super) async fn create(
    cx: Cx,
    call: Authorized<CreateVirtualMFADevice>,
) -> Result<CreateVirtualMFADeviceResponse, ApiError> {
    let virtual_mfa_device = devices::create(&cx, &call.request.virtual_mfa_device_name).await?;
    Ok(CreateVirtualMFADeviceResponse { virtual_mfa_device })
}

pub(super) async fn list(
    cx: Cx,
    _: Authorized<ListVirtualMFADevices>,
) -> Result<ListVirtualMFADevicesResponse, ApiError> {
    let account = cx.account();
    let shown = |device: &MfaDevice| {
        let user = device.bound.as_ref().and_then(|bound| account.get::<User>(bound.user_id.as_str()));
        VirtualMFADevice {
            activate_date: device.bound.as_ref().map(|bound| iso8601(bound.at)),
            serial_number: device.serial_number(cx.account_id()),
            user: user.map(|user| VirtualMFADeviceUser {
                display_name: user.display_name.clone(),
                user_id: user.id.to_string(),
                user_name: user.name.clone(),
            }),
        }
    };
    let virtual_mfa_device = account.table::<MfaDevice>().iter().map(|device| shown(device)).collect();
    Ok(ListVirtualMFADevicesResponse { virtual_mfa_devices: VirtualMFADeviceList { virtual_mfa_device } })
}

pub(super) async fn delete(cx: Cx, call: Authorized<DeleteVirtualMFADevice>) -> Result<Empty, ApiError> {
    devices::delete(&cx, &call.request.serial_number).await?;
    Ok(Empty)
}

pub(super) async fn bind(cx: Cx, call: Authorized<BindMFADevice>) -> Result<Empty, ApiError> {
    let request = &call.request;
    let user = lookup::user(&cx.account(), &request.user_name)?.clone();
    let codes = [request.authentication_code1.as_str(), &request.authentication_code2];
    devices::bind(&cx, &user, &request.serial_number, codes).await?;
    Ok(Empty)
}

pub(super) async fn unbind(cx: Cx, call: Authorized<UnbindMFADevice>) -> Result<UnbindMFADeviceResponse, ApiError> {
    let user = lookup::user(&cx.account(), &call.request.user_name)?.clone();
    let serial_number = devices::unbind(&cx, &user, false).await?;
    Ok(UnbindMFADeviceResponse { mfa_device: UnboundMFADevice { serial_number } })
}

pub(super) async fn user_info(cx: Cx, call: Authorized<GetUserMFAInfo>) -> Result<GetUserMFAInfoResponse, ApiError> {
    let account = cx.account();
    let user = lookup::user(&account, &call.request.user_name)?;
    let device = devices::device_of(&account, &user.id).ok_or_else(|| errors::USER_MFA_DEVICE_NOT_FOUND.error())?;
    let mfa_device = UserMFADevice { serial_number: device.serial_number(cx.account_id()), r#type: VIRTUAL.to_owned() };
    Ok(GetUserMFAInfoResponse { mfa_device })
}

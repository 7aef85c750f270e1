//! Virtual MFA devices as IMS shows them.

use super::logon_user::{named, named_or_caller};
use crate::clock::iso8601;
use crate::dispatch::Authorized;
use crate::logon::devices;
use crate::node::Cx;
use crate::ram::mfa::VIRTUAL;
use crate::ram::paging::Wanted;
use ramgate_api::ims::{
    BindMFADevice, CreateVirtualMFADevice, CreateVirtualMFADeviceResponse, DeleteVirtualMFADevice, DisableVirtualMFA,
    GetAccountMFAInfo, GetAccountMFAInfoResponse, GetUserMFAInfo, GetUserMFAInfoResponse, ListVirtualMFADevices,
    ListVirtualMFADevicesResponse, UnbindMFADevice, UnbindMFADeviceResponse, VirtualMFADevice, VirtualMFADeviceList,
    VirtualMFADeviceUser,
};
use ramgate_api::ram::{UnboundMFADevice, UserMFADevice};
use ramgate_api::{ApiError, Empty};
use ramgate_model::{MfaDevice, Resource, User};

pub(super) async fn create(
    cx: Cx,
    call: Authorized<CreateVirtualMFADevice>,
) -> Result<CreateVirtualMFADeviceResponse, ApiError> {
    let virtual_mfa_device = devices::create(&cx, &call.request.virtual_mfa_device_name).await?;
    Ok(CreateVirtualMFADeviceResponse { virtual_mfa_device })
}

pub(super) async fn list(
    cx: Cx,
    call: Authorized<ListVirtualMFADevices>,
) -> Result<ListVirtualMFADevicesResponse, ApiError> {
    let request = &call.request;
    let marker = request.marker.as_deref();
    let wanted = Wanted { list: "mfa-devices", parameter: "Marker", marker, size: request.max_items };
    let account = cx.account();
    let page = wanted.cut(account.table::<MfaDevice>().iter().collect(), |device| device.id())?;
    let shown = |device: &MfaDevice| {
        let user = device.bound.as_ref().and_then(|bound| account.get::<User>(bound.user_id.as_str()));
        VirtualMFADevice {
            activate_date: device.bound.as_ref().map(|bound| iso8601(bound.at)),
            serial_number: device.serial_number(cx.account_id()),
            user: user.map(|user| VirtualMFADeviceUser {
                display_name: user.display_name.clone(),
                user_id: user.id.to_string(),
                user_principal_name: cx.logon_names().logon_name(&account, &user.name),
            }),
        }
    };
    Ok(ListVirtualMFADevicesResponse {
        is_truncated: page.next.is_some(),
        marker: page.next,
        virtual_mfa_devices: VirtualMFADeviceList {
            virtual_mfa_device: page.items.into_iter().map(|device| shown(device)).collect(),
        },
    })
}

pub(super) async fn delete(cx: Cx, call: Authorized<DeleteVirtualMFADevice>) -> Result<Empty, ApiError> {
    devices::delete(&cx, &call.request.serial_number).await?;
    Ok(Empty)
}

pub(super) async fn bind(cx: Cx, call: Authorized<BindMFADevice>) -> Result<Empty, ApiError> {
    let request = &call.request;
    let user = named(&cx, &request.user_principal_name)?;
    let codes = [request.authentication_code1.as_str(), &request.authentication_code2];
    devices::bind(&cx, &user, &request.serial_number, codes).await?;
    Ok(Empty)
}

pub(super) async fn unbind(cx: Cx, call: Authorized<UnbindMFADevice>) -> Result<UnbindMFADeviceResponse, ApiError> {
    let user = named(&cx, &call.request.user_principal_name)?;
    let serial_number = devices::unbind(&cx, &user, false).await?;
    Ok(UnbindMFADeviceResponse { mfa_device: UnboundMFADevice { serial_number } })
}

pub(super) async fn disable(cx: Cx, call: Authorized<DisableVirtualMFA>) -> Result<Empty, ApiError> {
    let user = named(&cx, &call.request.user_principal_name)?;
    devices::unbind(&cx, &user, true).await?;
    Ok(Empty)
}

pub(super) async fn user_info(cx: Cx, call: Authorized<GetUserMFAInfo>) -> Result<GetUserMFAInfoResponse, ApiError> {
    let user = named_or_caller(&cx, &call.caller, call.request.user_principal_name.as_deref())?;
    let account = cx.account();
    let device = devices::device_of(&account, &user.id);
    let shown = |device: &MfaDevice| UserMFADevice {
        serial_number: device.serial_number(cx.account_id()),
        r#type: VIRTUAL.to_owned(),
    };
    Ok(GetUserMFAInfoResponse { is_mfa_enable: device.is_some(), mfa_device: device.map(|device| shown(device)) })
}

pub(super) async fn account_info(
    _: Cx,
    _: Authorized<GetAccountMFAInfo>,
) -> Result<GetAccountMFAInfoResponse, ApiError> {
    // The account itself has access keys only: it has no password, and so no second factor.
    Ok(GetAccountMFAInfoResponse { is_mfa_enable: false })
}

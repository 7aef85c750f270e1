"""Virtual MFA devices through the SDKs, and logging on with them."""

import base64

from alibabacloud_ims20190815 import models as ims
from alibabacloud_ram20150501 import models as ram

from conftest import ACCOUNT, allow, code_of, policy, unique
from console import Browser, code, wait_for_next_code

PASSWORD = "plum-orbit-7"
DOMAIN = f"{ACCOUNT}.onaliyun.com"


def bind(clients, user_name: str, serial: str, seed: str):
    clients.ram.bind_mfadevice(ram.BindMFADeviceRequest(
        user_name=user_name, serial_number=serial, authentication_code_1=code(seed, -1), authentication_code_2=code(seed)))


def test_a_device_is_made_bound_listed_and_removed(root, user):
    name = unique("phone")
    device = root.ram.create_virtual_mfadevice(
        ram.CreateVirtualMFADeviceRequest(virtual_mfadevice_name=name)).body.virtual_mfadevice
    seed, serial = device.base_32string_seed, device.serial_number
    assert serial == f"acs:ram::{ACCOUNT}:mfa/{name}"
    assert base64.b64decode(device.qrcode_png).startswith(b"\x89PNG") and len(base64.b32decode(seed)) == 20
    wrong = ims.BindMFADeviceRequest(
        user_principal_name=f"{user.name}@{DOMAIN}", serial_number=serial, authentication_code_1="000000",
        authentication_code_2="000001")
    assert code_of(root.ims.bind_mfadevice, wrong) == "CheckAuthenticationCodeFail"
    wrong.authentication_code_1 = "12345"
    assert code_of(root.ims.bind_mfadevice, wrong) == "InvalidParameter.AuthenticationCode.Format"
    bind(root, user.name, serial, seed)
    info = root.ims.get_user_mfainfo(ims.GetUserMFAInfoRequest(user_principal_name=f"{user.name}@{DOMAIN}")).body
    assert (info.is_mfaenable, info.mfadevice.serial_number, info.mfadevice.type) == (True, serial, "VMFA")
    listed = root.ram.list_virtual_mfadevices().body.virtual_mfadevices.virtual_mfadevice
    found, = [d for d in listed if d.serial_number == serial]
    assert found.user.user_name == user.name and found.activate_date
    delete = ram.DeleteVirtualMFADeviceRequest(serial_number=serial)
    assert code_of(root.ram.delete_virtual_mfadevice, delete) == "DeleteConflict.VirtualMFADevice.User"
    freed = root.ram.unbind_mfadevice(ram.UnbindMFADeviceRequest(user_name=user.name)).body.mfadevice
    assert freed.serial_number == serial
    root.ram.delete_virtual_mfadevice(delete)
    assert code_of(root.ram.delete_virtual_mfadevice, delete) == "EntityNotExist.VirtualMFADevice"
    assert root.ims.get_account_mfainfo().body.is_mfaenable is False


def test_devices_are_listed_page_by_page(root):
    made = {root.ims.create_virtual_mfadevice(ims.CreateVirtualMFADeviceRequest(
        virtual_mfadevice_name=unique("paged"))).body.virtual_mfadevice.serial_number for _ in range(3)}
    seen, marker = [], None
    while True:
        page = root.ims.list_virtual_mfadevices(ims.ListVirtualMFADevicesRequest(max_items=2, marker=marker)).body
        seen += [d.serial_number for d in page.virtual_mfadevices.virtual_mfadevice]
        marker = page.marker
        assert page.is_truncated == bool(marker)
        if not marker:
            break
    assert made <= set(seen) and len(seen) == len(set(seen))
    assert code_of(root.ims.list_virtual_mfadevices, ims.ListVirtualMFADevicesRequest(max_items=101)) == (
        "InvalidParameter")


def test_a_user_looks_after_its_own_device_and_a_policy_can_ask_for_it(root, server, user):
    made = user.clients.ram.create_virtual_mfadevice(
        ram.CreateVirtualMFADeviceRequest(virtual_mfadevice_name=user.name)).body.virtual_mfadevice
    seed = made.base_32string_seed
    other = ram.CreateVirtualMFADeviceRequest(virtual_mfadevice_name=unique("other"))
    assert code_of(user.clients.ram.create_virtual_mfadevice, other) == "NoPermission"
    bind(user.clients, user.name, made.serial_number, seed)
    assert code_of(user.clients.ram.unbind_mfadevice, ram.UnbindMFADeviceRequest(user_name=user.name)) == "NoPermission"
    user.grant(policy(allow("ram:ListUsers", Condition={"Bool": {"acs:MFAPresent": "true"}})))
    assert code_of(user.clients.ram.list_users, ram.ListUsersRequest()) == "NoPermission"
    root.ram.create_login_profile(ram.CreateLoginProfileRequest(user_name=user.name, password=PASSWORD))

    browser = Browser(server.endpoint)
    step = browser.logon(f"{user.name}@{DOMAIN}", PASSWORD)[1]
    assert step["Step"] == "AuthenticationCode"
    # The code that bound the device is spent.
    spent = browser.post("logon/mfa", Ticket=step["Ticket"], AuthenticationCode=code(seed, -1))[1]
    assert spent["Code"] == "AuthenticationCodeFailed"
    wait_for_next_code()
    fresh = code(seed)
    status, done = browser.post("logon/mfa", Ticket=step["Ticket"], AuthenticationCode=fresh)
    assert (status, done["Session"]["MFAPresent"]) == (200, True), done
    assert browser.ram("ListUsers")[0] == 200
    replay = Browser(server.endpoint).logon(f"{user.name}@{DOMAIN}", PASSWORD, AuthenticationCode=fresh)[1]
    assert replay["Code"] == "AuthenticationCodeFailed"
    assert browser.ram("UnbindMFADevice", UserName=user.name)[0] == 200


def test_who_must_have_a_device_sets_it_up_at_logon(root, server, user):
    root.ram.create_login_profile(ram.CreateLoginProfileRequest(
        user_name=user.name, password=PASSWORD, mfabind_required=True))
    browser = Browser(server.endpoint)
    step = browser.logon(user.name, PASSWORD)[1]
    assert step["Step"] == "BindMFADevice"
    seed = step["VirtualMFADevice"]["Base32StringSeed"]
    status, done = browser.post("logon/mfa", Ticket=step["Ticket"], AuthenticationCode1=code(seed, -1),
                                AuthenticationCode2=code(seed))
    assert (status, done["Step"], done["Session"]["MFAPresent"]) == (200, "Done", True), done
    root.ims.disable_virtual_mfa(ims.DisableVirtualMFARequest(user_principal_name=f"{user.name}@{DOMAIN}"))
    assert code_of(root.ram.get_user_mfainfo, ram.GetUserMFAInfoRequest(user_name=user.name)) == (
        "EntityNotExist.User.MFADevice")

"""Login profiles and settings through the SDKs, and the console's logon over plain HTTP, on a server of their own."""

import signal
import time

import pytest
from alibabacloud_ims20190815 import models as ims
from alibabacloud_ram20150501 import models as ram

from conftest import ACCOUNT, Server, User, code_of, policy, allow, deny, unique
from console import Browser

PASSWORD = "plum-orbit-7"
DOMAIN = f"{ACCOUNT}.onaliyun.com"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Settings of the account are changed here: not on the server of the other tests."""
    server = Server(tmp_path_factory.mktemp("logon"))
    server.start()
    yield server
    assert server.stop() == 0, server.log.read_text()[-4000:]


@pytest.fixture(scope="module")
def root(server):
    return server.root()


def with_password(user: User, password: str = PASSWORD, **more) -> str:
    user.root.ram.create_login_profile(ram.CreateLoginProfileRequest(
        user_name=user.name, password=password, **more))
    return f"{user.name}@{DOMAIN}"


def test_a_login_profile_is_made_read_changed_and_removed_by_both_sdks(root, user):
    name = f"{user.name}@{DOMAIN}"
    assert code_of(root.ram.get_login_profile, ram.GetLoginProfileRequest(user_name=user.name)) == (
        "EntityNotExist.User.LoginProfile")
    made = root.ims.create_login_profile(ims.CreateLoginProfileRequest(
        user_principal_name=name, password=PASSWORD, password_reset_required=True)).body.login_profile
    assert (made.user_principal_name, made.status, made.password_status) == (name, "Active", "InitialValid")
    assert (made.password_reset_required, made.mfabind_required) == (True, False)
    again = ram.CreateLoginProfileRequest(user_name=user.name, password=PASSWORD)
    assert code_of(root.ram.create_login_profile, again) == "EntityAlreadyExists.User.LoginProfile"
    root.ram.update_login_profile(ram.UpdateLoginProfileRequest(
        user_name=user.name, password_reset_required=False, mfabind_required=True))
    seen = root.ram.get_login_profile(ram.GetLoginProfileRequest(user_name=user.name)).body.login_profile
    assert (seen.password_reset_required, seen.mfabind_required) == (False, True)
    changed = root.ims.update_login_profile(ims.UpdateLoginProfileRequest(
        user_principal_name=name, status="Inactive")).body.login_profile
    assert (changed.status, changed.mfabind_required) == ("Inactive", True)
    assert code_of(root.ram.delete_user, ram.DeleteUserRequest(user_name=user.name)) == "DeleteConflict.User.AccessKey"
    root.ims.delete_login_profile(ims.DeleteLoginProfileRequest(user_principal_name=name))
    assert code_of(root.ims.get_login_profile, ims.GetLoginProfileRequest(user_principal_name=name)) == (
        "EntityNotExist.User.LoginProfile")


def test_login_profiles_are_under_the_policies_of_both_spellings(root, user, other_user):
    request = ims.CreateLoginProfileRequest(user_principal_name=f"{other_user.name}@{DOMAIN}", password=PASSWORD)
    assert code_of(user.clients.ims.create_login_profile, request) == "NoPermission"
    user.grant(policy(allow("ims:CreateLoginProfile", f"acs:ims:*:*:user/{other_user.name}")))
    user.clients.ims.create_login_profile(request)
    user.grant(policy(allow("ram:*"), deny("ram:DeleteLoginProfile")))
    by_ims = ims.DeleteLoginProfileRequest(user_principal_name=f"{other_user.name}@{DOMAIN}")
    assert code_of(user.clients.ims.delete_login_profile, by_ims) == "NoPermission"
    user.clients.ram.get_login_profile(ram.GetLoginProfileRequest(user_name=other_user.name))


def test_password_policy_and_security_preference_are_the_same_in_both_sdks(root, user):
    before = root.ims.get_password_policy().body.password_policy
    assert (before.minimum_password_length, before.initial_password_age) == (8, 14)
    root.ram.set_password_policy(ram.SetPasswordPolicyRequest(
        minimum_password_length=10, require_numbers=True, max_login_attemps=5, hard_expiry=True))
    after = root.ims.get_password_policy().body.password_policy
    assert (after.minimum_password_length, after.require_numbers, after.max_login_attemps) == (10, True, 5)
    assert (after.hard_expire, after.initial_password_age) == (True, 14)
    weak = ram.CreateLoginProfileRequest(user_name=user.name, password="no-digits-here")
    assert code_of(root.ram.create_login_profile, weak) == "InvalidParameter.Password.TooWeak"
    out_of_range = ims.SetPasswordPolicyRequest(minimum_password_length=7)
    assert code_of(root.ims.set_password_policy, out_of_range) == "InvalidParameter.MinimumPasswordLength.Range"
    reset = ims.SetPasswordPolicyRequest(
        minimum_password_length=8, require_numbers=False, max_login_attemps=0, hard_expire=False)
    root.ims.set_password_policy(reset)

    root.ims.set_security_preference(ims.SetSecurityPreferenceRequest(
        verification_types=["sms"], max_idle_days_for_users=180, login_session_duration=2))
    seen = root.ims.get_security_preference().body.security_preference
    assert seen.verification_preference.verification_types == ["sms"]
    assert (seen.max_idle_days.max_idle_days_for_users, seen.max_idle_days.max_idle_days_for_access_keys) == (180, 730)
    by_ram = root.ram.get_security_preference().body.security_preference
    assert by_ram.login_profile_preference.login_session_duration == 2
    assert by_ram.mfapreference.allow_user_to_manage_mfadevices is True
    root.ram.set_security_preference(ram.SetSecurityPreferenceRequest(login_session_duration=6))
    assert code_of(user.clients.ram.get_security_preference) == "NoPermission"


def test_a_user_logs_on_calls_and_logs_out(server, user):
    name = with_password(user)
    browser = Browser(server.endpoint)
    status, body = browser.logon(name, PASSWORD)
    assert (status, body["Step"], body["Session"]["UserPrincipalName"]) == (200, "Done", name), body
    attributes = browser.set_cookies[0].split("; ")[1:]
    assert {"Path=/", "HttpOnly", "SameSite=Strict"} <= set(attributes) and "Secure" not in attributes
    assert browser.session()[1]["Session"]["UserName"] == user.name
    status, body = browser.ram("ListUsers")
    assert (status, body["Code"], body["AccessDeniedDetail"]["AuthPrincipalType"]) == (403, "NoPermission", "SubUser")
    user.grant(policy(allow("ram:ListUsers")))
    assert browser.ram("ListUsers")[0] == 200
    stolen = Browser(server.endpoint)
    stolen.cookies = dict(browser.cookies)
    assert stolen.ram("ListUsers")[1]["Code"] == "MissingCsrfToken"
    assert browser.post("logout")[0] == 200 and not browser.cookies
    stolen.csrf = browser.csrf
    assert (stolen.ram("ListUsers")[1]["Code"], stolen.session()[0]) == ("InvalidConsoleSession", 401)


def test_a_session_outlives_a_restart_and_not_its_login_profile(server, user):
    browser = Browser(server.endpoint)
    assert browser.logon(with_password(user), PASSWORD)[0] == 200
    server.stop(signal.SIGKILL)
    server.start()
    assert browser.session()[0] == 200
    user.root.ram.delete_login_profile(ram.DeleteLoginProfileRequest(user_name=user.name))
    assert browser.session()[1]["Code"] == "InvalidConsoleSession"


def test_a_password_that_must_be_reset_is_reset_at_logon(server, user):
    name = with_password(user, password_reset_required=True)
    browser = Browser(server.endpoint)
    step = browser.logon(name, PASSWORD)[1]
    assert (step["Step"], browser.cookies) == ("NewPassword", {})
    status, weak = browser.post("password", Ticket=step["Ticket"], NewPassword="short")
    assert (status, weak["Code"]) == (400, "InvalidParameter.Password.TooWeak")
    assert browser.post("password", Ticket=step["Ticket"], NewPassword="tangerine-9")[1]["Step"] == "Done"
    assert Browser(server.endpoint).logon(name, PASSWORD)[1]["Code"] == "LogonFailed"
    # From then on by the SDK, with the own key and no policy.
    change = ram.ChangePasswordRequest(old_password="tangerine-9", new_password="cucumber-11")
    user.clients.ram.change_password(change)
    assert code_of(user.clients.ram.change_password, change) == "InvalidParameter.OldPassword"
    assert Browser(server.endpoint).logon(name, "cucumber-11")[0] == 200


def test_failures_look_alike_and_lock(server, root, user):
    name = with_password(user)
    root.ram.set_password_policy(ram.SetPasswordPolicyRequest(max_login_attemps=3))
    answers = []
    for who, password in [(name, "wrong"), (f"{unique('nobody')}@{DOMAIN}", PASSWORD), (name, "wrong"), (name, "wrong"),
                          (name, PASSWORD)]:
        status, body = Browser(server.endpoint).logon(who, password)
        body.pop("RequestId")
        answers.append((status, body))
    assert answers == [answers[0]] * 5 and answers[0][1]["Code"] == "LogonFailed"
    root.ram.set_password_policy(ram.SetPasswordPolicyRequest(max_login_attemps=0))
    root.ram.update_login_profile(ram.UpdateLoginProfileRequest(user_name=user.name, password="tangerine-9"))
    assert Browser(server.endpoint).logon(name, "tangerine-9")[0] == 200


def test_an_unknown_name_takes_as_long_as_a_wrong_password(server, user):
    """Not a proof, which the count of hashes is; a guard against a way around them."""
    name = with_password(user)

    def median(who: str) -> float:
        times = []
        for _ in range(7):
            begun = time.perf_counter()
            assert Browser(server.endpoint).logon(who, "wrong")[0] == 401
            times.append(time.perf_counter() - begun)
        return sorted(times)[3]

    known, unknown = median(name), median(f"{unique('nobody')}@{DOMAIN}")
    assert 0.3 < known / unknown < 3, (known, unknown)


def test_neither_log_nor_files_hold_a_password(server, user):
    name = with_password(user, "very-unusual-orbit-7")
    Browser(server.endpoint).logon(name, "very-unusual-orbit-7")
    Browser(server.endpoint).logon("very-unusual-orbit-7", name)
    for path in [server.log, *(p for p in (server.directory / "data").rglob("*") if p.is_file())]:
        assert b"very-unusual-orbit-7" not in path.read_bytes(), path

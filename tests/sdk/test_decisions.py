"""What policies do to calls: deny over allow, at once, with a reason."""

import json

import pytest
from alibabacloud_apig20240327 import models as apig
from alibabacloud_ram20150501 import models as ram
from alibabacloud_tea_openapi.exceptions import AlibabaCloudException

from conftest import ACCOUNT, REGION, allow, code_of, deny, policy


def test_a_new_user_may_do_nothing(user):
    assert code_of(user.clients.ram.list_users, ram.ListUsersRequest()) == "NoPermission"
    assert code_of(user.clients.apig.list_gateways, apig.ListGatewaysRequest()) == "NoPermission"


def test_a_denial_says_what_is_missing(user):
    with pytest.raises(AlibabaCloudException) as raised:
        user.clients.apig.get_gateway("gw-none")
    error = raised.value
    assert error.status_code == 403
    arn = f"acs:apig:{REGION}:{ACCOUNT}:gateway/gw-none"
    assert "apig:GetGateway" in error.message and arn in error.message
    detail = error.data["AccessDeniedDetail"]
    assert detail["AuthAction"] == "apig:GetGateway"
    assert detail["AuthPrincipalType"] == "SubUser"
    assert detail["AuthPrincipalOwnerId"] == ACCOUNT
    assert detail["NoPermissionType"] == "ImplicitDeny"
    assert detail["PolicyType"] == "AccountLevelIdentityBasedPolicy"
    assert detail["EncodedDiagnosticMessage"]


def test_deny_wins_over_allow(user):
    user.attach("AdministratorAccess", "System")
    assert code_of(user.clients.ram.list_users, ram.ListUsersRequest()) == "OK"
    user.grant(policy(deny("ram:List*")))
    with pytest.raises(AlibabaCloudException) as raised:
        user.clients.ram.list_users(ram.ListUsersRequest())
    assert raised.value.data["AccessDeniedDetail"]["NoPermissionType"] == "ExplicitDeny"
    assert code_of(user.clients.ram.get_user, ram.GetUserRequest(user_name=user.name)) == "OK"


def test_a_detached_policy_refuses_the_very_next_call(user):
    for _ in range(5):
        name = user.grant(policy(allow("ram:ListUsers")))
        assert code_of(user.clients.ram.list_users, ram.ListUsersRequest()) == "OK"
        user.detach(name)
        assert code_of(user.clients.ram.list_users, ram.ListUsersRequest()) == "NoPermission"


def test_a_policy_on_one_user_covers_that_user_only(user, other_user):
    user.grant(policy(allow("ram:GetUser", f"acs:ram:*:{ACCOUNT}:user/{user.name}")))
    assert code_of(user.clients.ram.get_user, ram.GetUserRequest(user_name=user.name)) == "OK"
    assert code_of(user.clients.ram.get_user, ram.GetUserRequest(user_name=other_user.name)) == "NoPermission"


@pytest.mark.parametrize("network, expected", [("127.0.0.0/8", "OK"), ("10.0.0.0/8", "NoPermission")])
def test_the_source_address_decides(user, network, expected):
    user.grant(policy(allow("ram:ListUsers", Condition={"IpAddress": {"acs:SourceIp": [network]}})))
    assert code_of(user.clients.ram.list_users, ram.ListUsersRequest()) == expected


def test_attaching_needs_permission_on_user_and_policy(user, other_user):
    on_user = f"acs:ram:*:{ACCOUNT}:user/{other_user.name}"
    attach = ram.AttachPolicyToUserRequest(
        policy_name="AliyunMSEReadOnlyAccess", policy_type="System", user_name=other_user.name)
    user.grant(policy(allow("ram:AttachPolicyToUser", on_user)))
    assert code_of(user.clients.ram.attach_policy_to_user, attach) == "NoPermission"
    user.grant(policy(allow("ram:AttachPolicyToUser", "acs:ram:*:system:policy/AliyunMSEReadOnlyAccess")))
    assert code_of(user.clients.ram.attach_policy_to_user, attach) == "OK"
    admin = ram.AttachPolicyToUserRequest(
        policy_name="AdministratorAccess", policy_type="System", user_name=other_user.name)
    assert code_of(user.clients.ram.attach_policy_to_user, admin) == "NoPermission"


def test_secrets_are_in_no_log(server, root, user):
    secret = user.clients.access_key_secret
    code_of(user.clients.ram.list_users, ram.ListUsersRequest())
    for path in [server.log, *(p for p in (server.directory / "data").rglob("*") if p.is_file())]:
        if path.name == "root-credentials.json":
            continue
        content = path.read_bytes()
        assert secret.encode() not in content, path
        assert root.access_key_secret.encode() not in content, path

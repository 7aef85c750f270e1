"""Users, access keys and policies through the RAM and STS SDKs."""

import json

import pytest
from alibabacloud_ram20150501 import models as ram
from alibabacloud_tea_openapi.exceptions import AlibabaCloudException

from conftest import ACCOUNT, Clients, allow, code_of, deny, policy, unique


def test_root_and_users_learn_who_they_are(root, user):
    mine = root.sts.get_caller_identity().body
    assert (mine.identity_type, mine.account_id, mine.arn) == ("Account", ACCOUNT, f"acs:ram::{ACCOUNT}:root")
    theirs = user.clients.sts.get_caller_identity().body
    assert (theirs.identity_type, theirs.arn) == ("RAMUser", f"acs:ram::{ACCOUNT}:user/{user.name}")
    # Not even a Deny on everything takes that away.
    user.grant(policy(deny("*")))
    assert user.clients.sts.get_caller_identity().body.user_id == theirs.user_id


def test_a_user_lives_from_creation_to_deletion(root):
    name = unique("alice")
    made = root.ram.create_user(ram.CreateUserRequest(user_name=name, display_name="Alice", comments="a note"))
    assert made.status_code == 200 and made.body.request_id == made.headers["x-acs-request-id"]
    user_id = made.body.user.user_id
    assert code_of(root.ram.create_user, ram.CreateUserRequest(user_name=name)) == "EntityAlreadyExists.User"
    assert code_of(root.ram.create_user, ram.CreateUserRequest(user_name="no blanks")) == (
        "InvalidParameter.UserName.InvalidChars")
    root.ram.update_user(ram.UpdateUserRequest(user_name=name, new_user_name=name + "-2", new_display_name="A."))
    found = root.ram.get_user(ram.GetUserRequest(user_name=name + "-2")).body.user
    assert (found.user_id, found.display_name, found.comments) == (user_id, "A.", "a note")
    root.ram.delete_user(ram.DeleteUserRequest(user_name=name + "-2"))
    assert code_of(root.ram.get_user, ram.GetUserRequest(user_name=name + "-2")) == "EntityNotExist.User"


def test_users_are_listed_page_by_page(root):
    names = {unique("page") for _ in range(5)}
    for name in names:
        root.ram.create_user(ram.CreateUserRequest(user_name=name))
    seen, marker = [], None
    while True:
        page = root.ram.list_users(ram.ListUsersRequest(max_items=2, marker=marker)).body
        assert len(page.users.user) <= 2
        seen += [user.user_name for user in page.users.user]
        if not page.is_truncated:
            break
        marker = page.marker
    assert names <= set(seen) and len(seen) == len(set(seen))


def test_a_key_is_shown_once_disabled_and_deleted(root, user):
    assert user.clients.sts.get_caller_identity().status_code == 200
    second = root.ram.create_access_key(ram.CreateAccessKeyRequest(user_name=user.name)).body.access_key
    third = ram.CreateAccessKeyRequest(user_name=user.name)
    assert code_of(root.ram.create_access_key, third) == "LimitExceeded.User.AccessKey"
    listed = root.ram.list_access_keys(ram.ListAccessKeysRequest(user_name=user.name)).body
    assert "secret" not in json.dumps(listed.to_map()).lower()
    assert {key.access_key_id for key in listed.access_keys.access_key} == {
        user.clients.access_key_id, second.access_key_id}

    clients = Clients(root.endpoint, second.access_key_id, second.access_key_secret)
    update = ram.UpdateAccessKeyRequest(
        user_name=user.name, user_access_key_id=second.access_key_id, status="Inactive")
    root.ram.update_access_key(update)
    assert code_of(clients.sts.get_caller_identity) == "InvalidAccessKeyId.Inactive"
    root.ram.delete_access_key(ram.DeleteAccessKeyRequest(
        user_name=user.name, user_access_key_id=second.access_key_id))
    assert code_of(clients.sts.get_caller_identity) == "InvalidAccessKeyId.NotFound"


def test_a_wrong_secret_is_refused_with_the_string_to_sign(root, user):
    wrong = Clients(root.endpoint, user.clients.access_key_id, "testsecret")
    with pytest.raises(AlibabaCloudException) as raised:
        wrong.sts.get_caller_identity()
    assert raised.value.code == "SignatureDoesNotMatch"
    assert "ACS3-HMAC-SHA256" in raised.value.message


def test_policies_have_versions_of_which_one_is_in_force(root, user):
    name = unique("policy")
    first, second = policy(allow("ram:GetUser")), policy(allow("ram:ListUsers"))
    root.ram.create_policy(ram.CreatePolicyRequest(policy_name=name, policy_document=json.dumps(first)))
    user.attach(name, "Custom")
    assert code_of(user.clients.ram.list_users, ram.ListUsersRequest()) == "NoPermission"
    version = root.ram.create_policy_version(ram.CreatePolicyVersionRequest(
        policy_name=name, policy_document=json.dumps(second), set_as_default=True)).body.policy_version
    assert (version.version_id, version.is_default_version) == ("v2", True)
    assert code_of(user.clients.ram.list_users, ram.ListUsersRequest()) == "OK"
    root.ram.set_default_policy_version(ram.SetDefaultPolicyVersionRequest(policy_name=name, version_id="v1"))
    assert code_of(user.clients.ram.list_users, ram.ListUsersRequest()) == "NoPermission"
    stored = root.ram.get_policy_version(ram.GetPolicyVersionRequest(
        policy_name=name, policy_type="Custom", version_id="v2")).body.policy_version
    assert stored.policy_document == json.dumps(second), "the text comes back byte for byte"
    delete = ram.DeletePolicyRequest(policy_name=name, cascading_delete=True)
    assert code_of(root.ram.delete_policy, delete) == "DeleteConflict.Policy.User"
    user.detach(name)
    root.ram.delete_policy(delete)
    get = ram.GetPolicyRequest(policy_name=name, policy_type="Custom")
    assert code_of(root.ram.get_policy, get) == "EntityNotExist.Policy"


def test_a_malformed_policy_is_refused_with_the_place_of_each_problem(root):
    text = '{"Version":"1","Statement":[{"Effect":"allow","Action":"mse:*","Resource":"*"},{"Effect":"Deny","Resource":"*"}]}'
    with pytest.raises(AlibabaCloudException) as raised:
        root.ram.create_policy(ram.CreatePolicyRequest(policy_name=unique("bad"), policy_document=text))
    assert raised.value.code == "MalformedPolicyDocument"
    assert "Statement[0].Effect" in raised.value.message and "Statement[1]" in raised.value.message


@pytest.mark.parametrize("name", [
    "AdministratorAccess", "AliyunMSEFullAccess", "AliyunMSEReadOnlyAccess", "AliyunAPIGFullAccess",
    "AliyunAPIGReadOnlyAccess", "AliyunRAMFullAccess", "AliyunRAMReadOnlyAccess"])
def test_system_policies_are_there_and_cannot_be_changed(root, name):
    found = root.ram.get_policy(ram.GetPolicyRequest(policy_name=name, policy_type="System")).body
    assert json.loads(found.default_policy_version.policy_document)["Version"] == "1"
    version = ram.CreatePolicyVersionRequest(policy_name=name, policy_document=json.dumps(policy(deny("*"))))
    assert code_of(root.ram.create_policy_version, version) == "EntityNotExist.Policy"

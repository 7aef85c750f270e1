"""Users, keys, tags, recycle bin, domain and reports through the IMS SDK."""

import base64
import concurrent.futures
import csv
import io
import json

from alibabacloud_ims20190815 import models as ims
from alibabacloud_ram20150501 import models as ram

from conftest import ACCOUNT, Clients, allow, code_of, deny, policy, unique

DOMAIN = f"{ACCOUNT}.onaliyun.com"


def logon(name: str) -> str:
    return f"{name}@{DOMAIN}"


def create(root, name: str, **fields):
    request = ims.CreateUserRequest(user_principal_name=logon(name), display_name="shown", **fields)
    return root.ims.create_user(request).body.user


def key_of(root, name: str) -> Clients:
    key = root.ims.create_access_key(ims.CreateAccessKeyRequest(user_principal_name=logon(name))).body.access_key
    return Clients(root.endpoint, key.access_key_id, key.access_key_secret)


def test_a_user_lives_from_creation_to_the_recycle_bin_and_back(root):
    name = unique("alice")
    made = create(root, name, comments="a note", tag=[ims.CreateUserRequestTag(key="team", value="edge")])
    assert (made.user_principal_name, made.provision_type) == (logon(name), "Manual")
    assert [(t.tag_key, t.tag_value) for t in made.tags.tag] == [("team", "edge")]
    clients = key_of(root, name)
    for named in (
        ims.GetUserRequest(user_principal_name=logon(name.upper())),
        ims.GetUserRequest(user_id=made.user_id),
        ims.GetUserRequest(user_access_key_id=clients.access_key_id),
    ):
        found = root.ims.get_user(named).body.user
        assert (found.user_id, found.user_name, found.comments) == (made.user_id, name, "a note")
    assert code_of(root.ims.get_user, ims.GetUserRequest(user_principal_name=f"{name}@example.com")) == (
        "EntityNotExist.User")
    assert code_of(root.ims.get_user, ims.GetUserRequest()) == "MissingParameter"
    renamed = root.ims.update_user(ims.UpdateUserRequest(
        user_id=made.user_id, new_user_principal_name=logon(name + "-2"), new_display_name="A.")).body.user
    assert (renamed.user_principal_name, renamed.display_name) == (logon(name + "-2"), "A.")

    root.ims.delete_user(ims.DeleteUserRequest(user_id=made.user_id))
    assert code_of(clients.sts.get_caller_identity) == "InvalidAccessKeyId.NotFound"
    assert code_of(root.ram.get_user, ram.GetUserRequest(user_name=name + "-2")) == "EntityNotExist.User"
    in_bin = root.ims.get_user_in_recycle_bin(ims.GetUserInRecycleBinRequest(user_id=made.user_id)).body.user
    assert in_bin.user_principal_name == logon(name + "-2") and in_bin.recycle_date < in_bin.delete_date
    listed = root.ims.list_users_in_recycle_bin(ims.ListUsersInRecycleBinRequest(
        filter=f"UserPrincipalName eq {logon(name + '-2')}")).body
    assert [u.user_id for u in listed.users.user] == [made.user_id]

    root.ims.restore_user_from_recycle_bin(ims.RestoreUserFromRecycleBinRequest(user_id=made.user_id))
    assert code_of(clients.sts.get_caller_identity) == "InvalidAccessKeyId.Inactive"
    root.ims.update_access_key(ims.UpdateAccessKeyRequest(
        user_principal_name=logon(name + "-2"), user_access_key_id=clients.access_key_id, status="Active"))
    assert code_of(clients.sts.get_caller_identity) == "OK"
    root.ims.delete_user(ims.DeleteUserRequest(user_id=made.user_id))
    root.ims.delete_user_in_recycle_bin(ims.DeleteUserInRecycleBinRequest(user_id=made.user_id))
    restore = ims.RestoreUserFromRecycleBinRequest(user_id=made.user_id)
    assert code_of(root.ims.restore_user_from_recycle_bin, restore) == "EntityNotExist.User"


def test_users_are_listed_page_by_page_and_by_tag(root):
    team = unique("team")
    names = {unique("page") for _ in range(3)}
    for name in names:
        create(root, name, tag=[ims.CreateUserRequestTag(key=team, value="x")])
    seen, marker = [], None
    while True:
        page = root.ims.list_users(ims.ListUsersRequest(max_items=2, marker=marker)).body
        assert len(page.users.user) <= 2 and all(user.status == "active" for user in page.users.user)
        seen += [user.user_principal_name for user in page.users.user]
        if not page.is_truncated:
            break
        marker = page.marker
    assert {logon(name) for name in names} <= set(seen) and len(seen) == len(set(seen))
    tagged = root.ims.list_user_basic_infos(ims.ListUserBasicInfosRequest(
        tag=[ims.ListUserBasicInfosRequestTag(key=team)])).body
    assert {u.user_principal_name for u in tagged.user_basic_infos.user_basic_info} == {logon(n) for n in names}
    assert code_of(root.ims.list_users, ims.ListUsersRequest(max_items=1001)) == "InvalidParameter"


def test_several_users_are_made_at_once(root):
    names = [unique("many") for _ in range(12)]
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda name: create(root, name).user_principal_name, names))
    assert made == [logon(name) for name in names]
    again = ims.CreateUserRequest(user_principal_name=logon(names[0]), display_name="x")
    assert code_of(root.ims.create_user, again) == "EntityAlreadyExists.User"


def test_tags_are_set_listed_and_taken(root, user):
    name = [logon(user.name)]
    root.ims.tag_resources(ims.TagResourcesRequest(resource_type="user", resource_principal_name=name, tag=[
        ims.TagResourcesRequestTag(key="a", value="1"), ims.TagResourcesRequestTag(key="b")]))
    list_tags = ims.ListTagResourcesRequest(resource_type="user", resource_principal_name=name)
    listed = root.ims.list_tag_resources(list_tags).body.tag_resources.tag_resource
    assert [(t.tag_key, t.tag_value, t.resource_type) for t in listed] == [("a", "1", "user"), ("b", "", "user")]
    root.ims.untag_resources(ims.UntagResourcesRequest(
        resource_type="user", resource_id=[listed[0].resource_id], tag_key=["a"]))
    assert [t.tag_key for t in root.ims.list_tag_resources(list_tags).body.tag_resources.tag_resource] == ["b"]
    both = ims.TagResourcesRequest(resource_type="user", resource_principal_name=name,
                                   resource_id=[listed[0].resource_id], tag=[ims.TagResourcesRequestTag(key="c")])
    assert code_of(root.ims.tag_resources, both) == "InvalidParameter"


def test_a_key_goes_into_the_recycle_bin_dead_and_comes_back_switched_off(root):
    name = unique("keys")
    user_id = create(root, name).user_id
    clients = key_of(root, name)
    assert code_of(clients.sts.get_caller_identity) == "OK"
    used = root.ims.get_access_key_last_used(ims.GetAccessKeyLastUsedRequest(
        user_principal_name=logon(name), user_access_key_id=clients.access_key_id)).body.access_key_last_used
    assert used.service_name == "Sts" and used.last_used_date.endswith("Z")
    root.ims.delete_access_key(ims.DeleteAccessKeyRequest(
        user_principal_name=logon(name), user_access_key_id=clients.access_key_id))
    assert code_of(clients.sts.get_caller_identity) == "InvalidAccessKeyId.NotFound"
    info = root.ims.get_access_key_info_in_recycle_bin(ims.GetAccessKeyInfoInRecycleBinRequest(
        user_access_key_id=clients.access_key_id)).body.access_key
    assert (info.user_id, info.user_principal_name, info.user_recycled) == (user_id, logon(name), False)
    root.ims.restore_access_key_from_recycle_bin(ims.RestoreAccessKeyFromRecycleBinRequest(
        user_id=user_id, user_access_key_id=clients.access_key_id))
    assert code_of(clients.sts.get_caller_identity) == "InvalidAccessKeyId.Inactive"
    in_bin = ims.ListAccessKeysInRecycleBinRequest(user_id=user_id)
    assert root.ims.list_access_keys_in_recycle_bin(in_bin).body.access_keys.access_key == []


def test_a_key_is_bound_to_its_networks(root, user):
    def set_policy(status, *networks):
        statements = [{"Type": "ClassicWhiteList", "IPList": list(networks)}] if networks else []
        root.ims.set_access_key_policy(ims.SetAccessKeyPolicyRequest(
            user_principal_name=logon(user.name), user_access_key_id=user.clients.access_key_id,
            access_key_policy=json.dumps({"Status": status, "Statements": statements})))

    get = ims.GetAccessKeyPolicyRequest(
        user_principal_name=logon(user.name), user_access_key_id=user.clients.access_key_id)
    assert code_of(root.ims.get_access_key_policy, get) == "EntityNotExist.AccessKeyPolicy"
    set_policy("Active", "192.0.2.0/24")
    assert code_of(user.clients.sts.get_caller_identity) == "Forbidden.AccessKeyPolicy"
    set_policy("Active", "192.0.2.0/24", "127.0.0.1")
    assert code_of(user.clients.sts.get_caller_identity) == "OK"
    set_policy("Inactive")
    assert code_of(user.clients.sts.get_caller_identity) == "OK"
    assert json.loads(root.ims.get_access_key_policy(get).body.access_key_policy)["Status"] == "Inactive"


def test_the_domain_of_logon_names_follows_the_alias(root, user):
    assert root.ims.get_default_domain().body.default_domain_name == DOMAIN
    assert root.ram.get_account_alias().body.account_alias in (None, "")
    try:
        root.ram.set_account_alias(ram.SetAccountAliasRequest(account_alias="my-company"))
        assert root.ims.get_default_domain().body.default_domain_name == "my-company.onaliyun.com"
        named = ims.GetUserRequest(user_principal_name=f"{user.name}@my-company.onaliyun.com")
        assert root.ims.get_user(named).body.user.user_principal_name == f"{user.name}@my-company.onaliyun.com"
        again = ram.SetAccountAliasRequest(account_alias="other")
        assert code_of(root.ram.set_account_alias, again) == "EntityAlreadyExists.AccountAlias"
        root.ims.set_default_domain(ims.SetDefaultDomainRequest(default_domain_name="other.onaliyun.com"))
        assert root.ram.get_account_alias().body.account_alias == "other"
        assert code_of(root.ims.get_user, named) == "EntityNotExist.User"
    finally:
        root.ram.clear_account_alias()


def test_the_summary_and_the_credential_report_tell_of_the_account(root, user):
    summary = root.ims.get_account_summary().body.summary_map
    assert summary.users >= 1 and (summary.users_quota, summary.groups_per_user_quota) == (1000, 5)
    assert summary.access_keys_per_user_quota == 2 and summary.policy_size_quota == 6144
    assert root.ims.generate_credential_report().body.state == "COMPLETED"
    content, token = "", None
    while True:
        page = root.ims.get_credential_report(ims.GetCredentialReportRequest(max_items="2", next_token=token)).body
        content += base64.b64decode(page.content).decode()
        if page.is_truncated != "true":
            break
        token = page.next_token
    rows = list(csv.DictReader(io.StringIO(content)))
    assert rows[0]["user"] == "<root>" and rows[0]["access_key_1_exist"] == "TRUE"
    assert all(row["user"].endswith("@" + DOMAIN) for row in rows[1:])
    assert page.generated_time.endswith("Z")


def test_permission_is_checked_on_the_user_that_is_touched(root, user, other_user):
    user.grant(policy(allow("ims:GetUser", f"acs:ims:*:*:user/{user.name}"), deny("ram:DeleteUser")))
    for target, expected in ((user, "OK"), (other_user, "NoPermission")):
        for named in (
            ims.GetUserRequest(user_principal_name=logon(target.name)),
            ims.GetUserRequest(user_access_key_id=target.clients.access_key_id),
        ):
            assert code_of(user.clients.ims.get_user, named) == expected
    assert code_of(user.clients.ims.list_users_in_recycle_bin, ims.ListUsersInRecycleBinRequest()) == "NoPermission"
    assert code_of(user.clients.ims.get_account_summary) == "NoPermission"


def test_what_is_not_built_says_so(root):
    assert code_of(root.ims.list_applications) == "NotImplemented"

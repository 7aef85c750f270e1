"""Roles through the RAM SDK."""

import json

import pytest
from alibabacloud_ram20150501 import models as ram
from alibabacloud_tea_openapi.exceptions import AlibabaCloudException

from conftest import ACCOUNT, allow, code_of, policy, unique


def trust(*principals) -> str:
    return json.dumps({"Version": "1", "Statement": [
        {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"RAM": list(principals)}}]})


ANYONE = f"acs:ram::{ACCOUNT}:root"


def test_a_role_lives_from_creation_to_deletion(root):
    name = unique("Ops")
    tag = ram.CreateRoleRequestTag(key="team", value="edge")
    made = root.ram.create_role(ram.CreateRoleRequest(
        role_name=name, assume_role_policy_document=trust(ANYONE), description="for operations",
        max_session_duration=7200, tag=[tag])).body.role
    assert made.arn == f"acs:ram::{ACCOUNT}:role/{name.lower()}"
    assert (made.role_name, made.max_session_duration, made.assume_role_policy_document) == (name, 7200, trust(ANYONE))
    again = ram.CreateRoleRequest(role_name=name.upper(), assume_role_policy_document=trust(ANYONE))
    assert code_of(root.ram.create_role, again) == "EntityAlreadyExists.Role"

    found = root.ram.get_role(ram.GetRoleRequest(role_name=name.lower())).body.role
    assert (found.role_id, found.is_service_linked_role) == (made.role_id, False)
    assert found.role_principal_name == f"{name.lower()}@role.{ACCOUNT}.onaliyunservice.com"
    changed = root.ram.update_role(ram.UpdateRoleRequest(
        role_name=name, new_description="new", new_max_session_duration=3600)).body.role
    assert (changed.description, changed.max_session_duration) == ("new", 3600)

    attach = ram.AttachPolicyToRoleRequest(policy_type="System", policy_name="ReadOnlyAccess", role_name=name)
    root.ram.attach_policy_to_role(attach)
    assert code_of(root.ram.delete_role, ram.DeleteRoleRequest(role_name=name)) == "DeleteConflict.Role.Policy"
    listed = root.ram.list_policies_for_role(ram.ListPoliciesForRoleRequest(role_name=name)).body.policies.policy
    assert [p.policy_name for p in listed] == ["ReadOnlyAccess"]
    root.ram.detach_policy_from_role(ram.DetachPolicyFromRoleRequest(
        policy_type="System", policy_name="ReadOnlyAccess", role_name=name))
    root.ram.delete_role(ram.DeleteRoleRequest(role_name=name))
    assert code_of(root.ram.get_role, ram.GetRoleRequest(role_name=name)) == "EntityNotExist.Role"


def test_roles_are_listed_page_by_page_and_by_tag(root):
    key, names = unique("key"), {unique("page") for _ in range(5)}
    for name in names:
        root.ram.create_role(ram.CreateRoleRequest(role_name=name, assume_role_policy_document=trust(ANYONE)))
    root.ram.tag_resources(ram.TagResourcesRequest(
        resource_type="role", resource_names=list(names), tag=[ram.TagResourcesRequestTag(key=key, value="v")]))
    seen, marker = [], None
    while True:
        page = root.ram.list_roles(ram.ListRolesRequest(
            max_items=2, marker=marker, tag=[ram.ListRolesRequestTag(key=key)])).body
        seen += [role.role_name for role in page.roles.role]
        if not page.is_truncated:
            break
        marker = page.marker
    assert sorted(seen) == sorted(names)
    tagged = root.ram.list_tag_resources(ram.ListTagResourcesRequest(
        resource_type="role", tag=[ram.ListTagResourcesRequestTag(key=key)])).body.tag_resources
    assert {t.resource_name for t in tagged} == names


def test_a_trust_policy_names_principals_that_are_there(root, user):
    missing = f"acs:ram::{ACCOUNT}:user/{unique('ghost')}"
    with pytest.raises(AlibabaCloudException) as raised:
        root.ram.create_role(ram.CreateRoleRequest(
            role_name=unique("r"), assume_role_policy_document=trust(missing)))
    assert raised.value.code == "MalformedPolicyDocument" and missing in raised.value.message
    root.ram.create_role(ram.CreateRoleRequest(
        role_name=unique("r"), assume_role_policy_document=trust(f"acs:ram::{ACCOUNT}:user/{user.name}")))


def test_permission_on_one_role_is_not_permission_on_another(root, user):
    mine, other = unique("mine"), unique("other")
    for name in (mine, other):
        root.ram.create_role(ram.CreateRoleRequest(role_name=name, assume_role_policy_document=trust(ANYONE)))
    user.grant(policy(allow("ram:*Role", f"acs:ram:*:*:role/{mine}")))
    assert code_of(user.clients.ram.get_role, ram.GetRoleRequest(role_name=mine)) == "OK"
    assert code_of(user.clients.ram.get_role, ram.GetRoleRequest(role_name=other)) == "NoPermission"
    assert code_of(user.clients.ram.delete_role, ram.DeleteRoleRequest(role_name=other)) == "NoPermission"


def test_the_role_of_a_service_is_made_and_removed(root):
    service = "engine-service.mse.aliyuncs.com"
    template = root.ram.get_service_linked_role_template(
        ram.GetServiceLinkedRoleTemplateRequest(service_name=service)).body.service_linked_role_template
    made = root.ram.create_service_linked_role(ram.CreateServiceLinkedRoleRequest(service_name=service)).body.role
    assert (made.role_name, made.is_service_linked_role) == (template.role_name_prefix, True)
    delete = ram.DeleteRoleRequest(role_name=made.role_name)
    assert code_of(root.ram.delete_role, delete) == "InvalidParameter.RoleName.ServiceLinkedRole"
    task = root.ram.delete_service_linked_role(
        ram.DeleteServiceLinkedRoleRequest(role_name=made.role_name)).body.deletion_task_id
    assert task.startswith("task/" + service)
    assert code_of(root.ram.get_role, ram.GetRoleRequest(role_name=made.role_name)) == "EntityNotExist.Role"

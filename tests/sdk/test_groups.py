"""Groups through the RAM and IMS SDKs: what members may do, and what is in the way of deleting."""

import json

from alibabacloud_ims20190815 import models as ims
from alibabacloud_ram20150501 import models as ram

from conftest import ACCOUNT, User, allow, code_of, policy, unique


def logon(name: str) -> str:
    return f"{name}@{ACCOUNT}.onaliyun.com"


def group_with(root, rights) -> str:
    """A group with one custom policy of its own."""
    name = unique("group")
    root.ram.create_group(ram.CreateGroupRequest(group_name=name, comments="a note"))
    if rights:
        root.ram.create_policy(ram.CreatePolicyRequest(policy_name=name, policy_document=json.dumps(rights)))
        root.ram.attach_policy_to_group(ram.AttachPolicyToGroupRequest(
            policy_name=name, policy_type="Custom", group_name=name))
    return name


def test_members_have_what_the_group_has_while_they_are_in_it(root, user):
    group = group_with(root, policy(allow("ram:ListUsers")))
    assert code_of(user.clients.ram.list_users, ram.ListUsersRequest()) == "NoPermission"
    root.ram.add_user_to_group(ram.AddUserToGroupRequest(user_name=user.name, group_name=group))
    assert code_of(user.clients.ram.list_users, ram.ListUsersRequest()) == "OK"
    mine = root.ram.list_groups_for_user(ram.ListGroupsForUserRequest(user_name=user.name)).body
    assert [(g.group_name, g.comments) for g in mine.groups.group] == [(group, "a note")]
    assert mine.groups.group[0].join_date.endswith("Z") and mine.groups.group[0].group_id.startswith("g-")
    members = root.ram.list_users_for_group(ram.ListUsersForGroupRequest(group_name=group)).body
    assert [u.user_name for u in members.users.user] == [user.name] and members.is_truncated is False
    root.ram.remove_user_from_group(ram.RemoveUserFromGroupRequest(user_name=user.name, group_name=group))
    assert code_of(user.clients.ram.list_users, ram.ListUsersRequest()) == "NoPermission"


def test_a_group_lives_from_creation_to_deletion_through_both_apis(root, user):
    name = unique("dev")
    made = root.ims.create_group(ims.CreateGroupRequest(group_name=name, display_name="Developers")).body.group
    assert (made.group_name, made.display_name) == (name, "Developers")
    assert code_of(root.ram.create_group, ram.CreateGroupRequest(group_name=name.upper())) == (
        "EntityAlreadyExists.Group")
    renamed = root.ram.update_group(ram.UpdateGroupRequest(group_name=name, new_group_name=name + "-2")).body.group
    assert (renamed.group_id, renamed.group_name) == (made.group_id, name + "-2")
    found = root.ims.get_group(ims.GetGroupRequest(group_name=name + "-2")).body.group
    assert found.display_name == "Developers"

    member = ims.AddUserToGroupRequest(user_principal_name=logon(user.name), group_name=name + "-2")
    root.ims.add_user_to_group(member)
    assert code_of(root.ims.add_user_to_group, member) == "EntityAlreadyExists.User.Group"
    listed = root.ims.list_users_for_group(ims.ListUsersForGroupRequest(group_name=name + "-2")).body.users.user
    assert [u.user_principal_name for u in listed] == [logon(user.name)]
    delete = ram.DeleteGroupRequest(group_name=name + "-2")
    assert code_of(root.ram.delete_group, delete) == "DeleteConflict.Group.User"
    assert code_of(root.ram.delete_user, ram.DeleteUserRequest(user_name=user.name)) == "DeleteConflict.User.Group"
    leave = ims.RemoveUserFromGroupRequest(user_principal_name=logon(user.name), group_name=name + "-2")
    root.ims.remove_user_from_group(leave)
    assert code_of(root.ims.remove_user_from_group, leave) == "EntityNotExist.User.Group"
    root.ims.delete_group(ims.DeleteGroupRequest(group_name=name + "-2"))
    assert code_of(root.ram.get_group, ram.GetGroupRequest(group_name=name + "-2")) == "EntityNotExist.Group"


def test_a_user_is_in_five_groups_at_most(root, user):
    groups = [group_with(root, None) for _ in range(6)]
    codes = [code_of(root.ram.add_user_to_group, ram.AddUserToGroupRequest(user_name=user.name, group_name=group))
             for group in groups]
    assert codes == ["OK"] * 5 + ["LimitExceeded.User.Group"]
    for group in groups[:5]:
        root.ram.remove_user_from_group(ram.RemoveUserFromGroupRequest(user_name=user.name, group_name=group))
    for group in groups:
        root.ram.delete_group(ram.DeleteGroupRequest(group_name=group))


def test_groups_are_listed_page_by_page(root):
    names = {group_with(root, None) for _ in range(3)}
    for call, request in [(root.ram.list_groups, ram.ListGroupsRequest), (root.ims.list_groups, ims.ListGroupsRequest)]:
        seen, marker = [], None
        while True:
            page = call(request(max_items=2, marker=marker)).body
            seen += [group.group_name for group in page.groups.group]
            if not page.is_truncated:
                break
            marker = page.marker
        assert names <= set(seen) and len(seen) == len(set(seen))
    for name in names:
        root.ram.delete_group(ram.DeleteGroupRequest(group_name=name))


def test_nobody_joins_a_group_with_permission_on_one_side_alone(root):
    group = group_with(root, policy(allow("*")))
    mallory = User(root)
    join = ram.AddUserToGroupRequest(user_name=mallory.name, group_name=group)
    mallory.grant(policy(allow("ram:AddUserToGroup", f"acs:ram:*:*:user/{mallory.name}")))
    assert code_of(mallory.clients.ram.add_user_to_group, join) == "NoPermission"
    through_ims = ims.AddUserToGroupRequest(user_principal_name=logon(mallory.name), group_name=group)
    assert code_of(mallory.clients.ims.add_user_to_group, through_ims) == "NoPermission"
    mallory.grant(policy(allow("ram:AddUserToGroup", f"acs:ram:*:*:group/{group}")))
    assert code_of(mallory.clients.ram.add_user_to_group, join) == "OK"
    assert code_of(mallory.clients.ram.list_groups, ram.ListGroupsRequest()) == "OK"

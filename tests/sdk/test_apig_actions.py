"""The API Gateway document's action table, both ways: each of its 106 actions is refused to a user without a policy, and not
refused to a user whose policy names that action."""

import inspect
import json

import pytest
from alibabacloud_apig20240327 import models
from alibabacloud_apig20240327.client import Client
from alibabacloud_tea_openapi.exceptions import AlibabaCloudException

from conftest import ROOT, allow, policy

CATALOG = json.loads((ROOT / "testdata" / "catalog" / "published-actions.json").read_text())
ACTIONS = [row["action"].removeprefix("apig:") for row in CATALOG["apig"]]
METHODS = {name.replace("_", ""): name for name in dir(Client) if not name.endswith(("_with_options", "_async"))}


def call(clients, action: str) -> str:
    """Calls an operation with an empty request and made-up ids; answers the error code, or `OK`."""
    method = getattr(clients.apig, METHODS[action.lower()])
    arguments = []
    for name in inspect.signature(method).parameters:
        if name == "request":
            arguments.append(getattr(models, f"{action}Request")())
        else:
            arguments.append("none-such")
    try:
        method(*arguments)
    except AlibabaCloudException as error:
        return error.code
    return "OK"


def test_there_are_106_actions():
    assert len(ACTIONS) == len(set(ACTIONS)) == 106


def test_every_action_is_refused_to_a_user_without_a_policy(user):
    answers = {action: call(user.clients, action) for action in ACTIONS}
    assert {action: code for action, code in answers.items() if code != "NoPermission"} == {}


def test_every_action_is_open_to_a_user_whose_policy_names_it(root, user):
    # Policies are small, users hold ten: the actions are granted a part at a time.
    wrong = {}
    for start in range(0, len(ACTIONS), 36):
        some = ACTIONS[start:start + 36]
        name = user.grant(policy(allow([f"apig:{action}" for action in some])))
        answers = {action: call(user.clients, action) for action in some}
        wrong |= {action: code for action, code in answers.items() if code == "NoPermission"}
        user.detach(name)
    assert wrong == {}


def test_a_user_whose_policy_names_one_action_is_refused_all_others(user):
    user.grant(policy(allow("apig:ListGateways")))
    answers = {action: call(user.clients, action) for action in ACTIONS}
    assert [action for action, code in answers.items() if code != "NoPermission"] == ["ListGateways"]


def test_what_is_not_built_says_so_after_authorization(root):
    assert call(root, "CreateMcpServer") == "NotImplemented"

"""Questions about permissions and the account as files: by the generic SDK client, and by the command line."""

import json
import os
import pathlib
import subprocess

import pytest
from alibabacloud_ram20150501 import models as ram
from alibabacloud_tea_openapi.client import Client as OpenApi
from alibabacloud_tea_openapi.exceptions import AlibabaCloudException
from alibabacloud_tea_openapi.utils_models import Config, OpenApiRequest, Params
from darabonba.runtime import RuntimeOptions

from conftest import ACCOUNT, REGION, allow, binary, policy, unique

READ_ONLY = pathlib.Path(__file__).parent / "policies" / "mse-read-only.json"
READ_WRITE = pathlib.Path(__file__).parent / "policies" / "mse-read-write.json"


def ask(clients, action, **parameters):
    """Calls one operation of Ramgate's own API as the SDKs' generic client does."""
    config = Config(access_key_id=clients.access_key_id, access_key_secret=clients.access_key_secret,
                    protocol="http", endpoint=clients.endpoint)
    params = Params(action=action, version="2026-11-21", protocol="HTTP", method="POST", auth_type="AK", style="RPC",
                    pathname="/", req_body_type="formData", body_type="json")
    body = {name: value if isinstance(value, str) else json.dumps(value) for name, value in parameters.items()}
    return OpenApi(config).call_api(params, OpenApiRequest(body=body), RuntimeOptions())["body"]


def command(server, *words, code=0):
    """Runs `ramgate` as the account itself."""
    key = json.loads((server.directory / "data" / "root-credentials.json").read_text())
    environment = dict(os.environ, RAMGATE_ENDPOINT=server.endpoint, RAMGATE_ACCESS_KEY_ID=key["AccessKeyId"],
                       RAMGATE_ACCESS_KEY_SECRET=key["AccessKeySecret"])
    done = subprocess.run([str(binary()), *map(str, words)], env=environment, capture_output=True, text=True)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def gateway(name="gw-1"):
    return f"acs:mse:{REGION}:{ACCOUNT}:instance/{name}"


def test_a_simulation_says_what_the_call_then_does(root, user):
    name = user.grant(policy(allow("ram:GetUser", f"acs:ram:*:{ACCOUNT}:user/{user.name}")))
    answer = ask(root, "SimulatePolicies", PrincipalArn=f"acs:ram::{ACCOUNT}:user/{user.name}",
                 Actions=["ram:GetUser", "ram:DeleteUser"], Resources=[f"acs:ram::{ACCOUNT}:user/{user.name}"])
    assert [result["Outcome"] for result in answer["Results"]] == ["Allow", "ImplicitDeny"]
    assert answer["Results"][0]["Deciding"][0]["PolicyName"] == name
    user.clients.ram.get_user(ram.GetUserRequest(user_name=user.name))
    with pytest.raises(AlibabaCloudException):
        user.clients.ram.delete_user(ram.DeleteUserRequest(user_name=user.name))


def test_questions_need_a_permission_of_their_own(root, user):
    with pytest.raises(AlibabaCloudException) as refused:
        ask(user.clients, "WhoCan", Action="ram:GetUser", Resource=f"acs:ram::{ACCOUNT}:user/a")
    assert refused.value.code == "NoPermission" and "ramgate:WhoCan" in refused.value.message
    user.grant(policy(allow("ramgate:WhoCan")))
    answer = ask(user.clients, "WhoCan", Action="ram:GetUser", Resource=f"acs:ram::{ACCOUNT}:user/a")["Answer"]
    assert answer["Root"] == f"acs:ram::{ACCOUNT}:root"


def test_what_read_write_adds_to_read_only_is_proven(root):
    old = [{"PolicyDocument": READ_ONLY.read_text()}]
    new = [{"PolicyDocument": READ_WRITE.read_text()}]
    diff = ask(root, "DiffPolicies", Old=old, New=new)["Diff"]
    assert diff["Complete"] and diff["Gained"]
    for region in diff["Gained"]:
        example = region["Example"]
        asked = {"Actions": [example["Action"]], "Resources": [example["Resource"]], "Context": example["Context"]}
        decided = [ask(root, "SimulatePolicies", AddPolicies=side, **asked)["Results"][0]["Outcome"]
                   for side in (old, new)]
        assert decided[1] == "Allow" and decided[0] != "Allow", region


def test_least_privilege_is_drawn_from_what_was_done(root, user):
    user.grant(policy(allow("*")))
    user.clients.ram.list_users(ram.ListUsersRequest())
    proposal = ask(root, "SuggestPolicy", PrincipalArn=f"acs:ram::{ACCOUNT}:user/{user.name}")["Proposal"]
    document = json.loads(proposal["Policies"][0]["Document"])
    assert document["Statement"][0]["Action"] in ("ram:ListUsers", ["ram:ListUsers"])
    assert len(document["Statement"]) == 1


def test_an_account_is_exported_changed_and_imported(server, root, tmp_path):
    group, who, name = unique("group"), unique("user"), unique("policy")
    root.ram.create_user(ram.CreateUserRequest(user_name=who))
    folder = tmp_path / "account"
    command(server, "account", "export", folder, "--format", "json")
    manifest = json.loads((folder / "manifest.json").read_text())
    assert any(entry["UserName"] == who for entry in manifest["Users"])
    assert "AccessKeySecret" not in (folder / "manifest.json").read_text()

    (folder / "policies").mkdir(exist_ok=True)
    (folder / "policies" / f"{name}.json").write_text(json.dumps(policy(allow("ram:ListUsers"))))
    manifest.setdefault("Policies", []).append({"PolicyName": name, "Document": f"policies/{name}.json"})
    manifest.setdefault("Groups", []).append(
        {"GroupName": group, "Policies": [{"PolicyType": "Custom", "PolicyName": name}]})
    next(entry for entry in manifest["Users"] if entry["UserName"] == who)["Groups"] = [group]
    (folder / "manifest.json").write_text(json.dumps(manifest))

    planned = command(server, "account", "import", folder, "--dry-run", code=1)
    assert f"make the group `{group}`" in planned
    command(server, "account", "import", folder)
    command(server, "account", "import", folder, "--dry-run")
    groups = root.ram.list_groups_for_user(ram.ListGroupsForUserRequest(user_name=who)).body.groups.group
    assert [entry.group_name for entry in groups] == [group]


def test_policies_are_compared_on_the_command_line():
    done = subprocess.run([str(binary()), "policy", "diff", str(READ_ONLY), str(READ_ONLY)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    done = subprocess.run([str(binary()), "policy", "diff", str(READ_ONLY), str(READ_WRITE)], capture_output=True, text=True)
    assert done.returncode != 0 and "mse:" in done.stdout

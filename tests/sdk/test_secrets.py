"""No secret that the API ever showed is found in anything that the server keeps or says."""

import json
import urllib.error
import urllib.request

from alibabacloud_ram20150501 import models as ram
from alibabacloud_sts20150401 import models as sts

from conftest import ACCOUNT, Clients, Server, allow, code_of, policy, unique


def test_secrets_are_in_no_log_no_audit_record_and_no_table(tmp_path):
    server = Server(tmp_path)
    server.start()
    root = server.root()
    name, role, password = unique("user"), unique("role"), f"Testpassword-{unique('x')}!9A"
    root.ram.create_user(ram.CreateUserRequest(user_name=name))
    key = root.ram.create_access_key(ram.CreateAccessKeyRequest(user_name=name)).body.access_key
    device = root.ram.create_virtual_mfadevice(
        ram.CreateVirtualMFADeviceRequest(virtual_mfadevice_name=unique("mfa"))).body.virtual_mfadevice
    root.ram.create_login_profile(ram.CreateLoginProfileRequest(user_name=name, password=password))
    trust = {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                                            "Principal": {"RAM": f"acs:ram::{ACCOUNT}:root"}}]}
    root.ram.create_role(ram.CreateRoleRequest(role_name=role, assume_role_policy_document=json.dumps(trust)))
    document = policy(allow("sts:AssumeRole"))
    root.ram.create_policy(ram.CreatePolicyRequest(policy_name=name, policy_document=json.dumps(document)))
    root.ram.attach_policy_to_user(ram.AttachPolicyToUserRequest(policy_name=name, policy_type="Custom", user_name=name))

    user = Clients(server.endpoint, key.access_key_id, key.access_key_secret)
    session = user.sts.assume_role(sts.AssumeRoleRequest(
        role_arn=f"acs:ram::{ACCOUNT}:role/{role}", role_session_name="grep")).body.credentials
    temporary = Clients(server.endpoint, session.access_key_id, session.access_key_secret, session.security_token)
    assert temporary.sts.get_caller_identity().body.identity_type == "AssumedRoleUser"
    # Failures with secrets in them: a wrong signature repeats what was signed, a broken token is answered with an error.
    forged = Clients(server.endpoint, key.access_key_id, "testsecret-wrong")
    assert code_of(forged.ram.create_login_profile,
                   ram.CreateLoginProfileRequest(user_name=name, password=password)) == "SignatureDoesNotMatch"
    broken = Clients(server.endpoint, session.access_key_id, session.access_key_secret, session.security_token[:-4])
    assert code_of(broken.sts.get_caller_identity) != "OK"
    logon = urllib.request.Request(
        f"http://{server.endpoint}/console/api/logon", method="POST",
        data=json.dumps({"LoginName": f"{name}@{ACCOUNT}.onaliyun.com", "Password": password}).encode(),
        headers={"content-type": "application/json", "origin": f"http://{server.endpoint}"})
    cookie = ""
    try:
        with urllib.request.urlopen(logon, timeout=20) as answer:
            cookie = (answer.headers.get("set-cookie") or "").split(";")[0].split("=", 1)[-1]
            step = json.loads(answer.read())
            token = step["Session"]["CsrfToken"]
    except urllib.error.HTTPError as error:
        raise AssertionError(error.read()) from error
    assert server.stop() == 0

    secrets = [key.access_key_secret, device.base_32string_seed, password, session.access_key_secret,
               session.security_token, cookie, token]
    assert all(len(secret) > 5 for secret in secrets if secret) and len([s for s in secrets if s]) >= 6, secrets
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and path.name != "root-credentials.json"]
    assert any(path.name == "audit.db" for path in kept) and any(path.name == "log.jsonl" for path in kept)
    for path in kept:
        content = path.read_bytes()
        for secret in filter(None, secrets):
            assert secret.encode() not in content, f"{path.name} holds a secret"
            assert secret.encode("utf-16-le") not in content

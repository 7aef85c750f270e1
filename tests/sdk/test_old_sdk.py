"""The older Python core: signature version 1, RPC and ROA, as scripts of years ago use it."""

import json

import pytest
from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.request import CommonRequest

from conftest import REGION, unique
from gateways import create_gateway


def rpc(clients, version, action, **parameters):
    client = AcsClient(clients.access_key_id, clients.access_key_secret, REGION)
    request = CommonRequest(domain=clients.endpoint, version=version, action_name=action)
    request.set_protocol_type("http")
    request.set_method("POST")
    for name, value in parameters.items():
        request.add_query_param(name, value)
    return json.loads(client.do_action_with_exception(request))


def roa(clients, path, method="GET", body=None):
    client = AcsClient(clients.access_key_id, clients.access_key_secret, REGION)
    request = CommonRequest(domain=clients.endpoint, version="2024-03-27", uri_pattern=path)
    request.set_protocol_type("http")
    request.set_method(method)
    request.set_accept_format("JSON")
    if body is not None:
        request.set_content(json.dumps(body).encode())
        request.add_header("Content-Type", "application/json")
    return json.loads(client.do_action_with_exception(request))


def test_rpc_calls_of_the_older_core_work(root, user):
    assert rpc(root, "2015-04-01", "GetCallerIdentity")["IdentityType"] == "Account"
    name = unique("old")
    made = rpc(root, "2015-05-01", "CreateUser", UserName=name, Comments="a b+c*d/e~f")
    assert made["User"]["UserName"] == name
    assert rpc(root, "2015-05-01", "GetUser", UserName=name)["User"]["Comments"] == "a b+c*d/e~f"


def test_roa_calls_of_the_older_core_work(root):
    gateway = create_gateway(root)
    assert roa(root, f"/v1/gateways/{gateway}")["data"]["gatewayId"] == gateway
    made = roa(root, "/v1/environments", "POST", {"gatewayId": gateway, "name": "test", "alias": "Test \u00fc"})
    assert roa(root, f"/v1/environments/{made['data']['environmentId']}")["data"]["alias"] == "Test \u00fc"


def test_errors_of_the_older_core_keep_their_code(root, user):
    with pytest.raises(ServerException) as raised:
        rpc(user.clients, "2015-05-01", "ListUsers")
    assert (raised.value.get_http_status(), raised.value.get_error_code()) == (403, "NoPermission")
    with pytest.raises(ServerException) as raised:
        roa(root, "/v1/gateways/gw-none")
    assert (raised.value.get_http_status(), raised.value.get_error_code()) == (404, "NotFound.GatewayNotFound")
    with pytest.raises(ServerException) as raised:
        rpc(root, "2015-05-01", "NoSuchOperation")
    assert raised.value.get_error_code() == "InvalidAction.NotFound"

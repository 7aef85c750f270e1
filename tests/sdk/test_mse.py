"""MSE cloud-native gateways: the life of one through the official SDK, and both example policies of the product's page on
permissions, verbatim but for the gateway's id: what each user can and cannot do."""

import fnmatch
import json

import pytest
from alibabacloud_mse20190531 import models as mse
from alibabacloud_tea_openapi.client import Client as OpenApi
from alibabacloud_tea_openapi.exceptions import AlibabaCloudException
from alibabacloud_tea_openapi.utils_models import Config, OpenApiRequest, Params
from darabonba.runtime import RuntimeOptions

from conftest import POLICIES, ROOT, code_of, unique

PUBLISHED = json.loads((ROOT / "testdata" / "catalog" / "published-actions.json").read_text())
MASKED = "gw-8090caa2a3ab447a8bc5fdf3********"


def rpc(clients, action: str, version: str = "2019-05-31", **query) -> str:
    """Calls an operation by name, with the generic client: some have no method in the SDK. Answers the code, or `OK`."""
    client = OpenApi(Config(
        access_key_id=clients.access_key_id, access_key_secret=clients.access_key_secret, protocol="http",
        endpoint=clients.endpoint, read_timeout=20000))
    params = Params(action=action, version=version, protocol="HTTP", pathname="/", method="POST", auth_type="AK",
                    style="RPC", req_body_type="formData", body_type="json")
    try:
        client.call_api(params, OpenApiRequest(query=query), RuntimeOptions())
    except AlibabaCloudException as error:
        return error.code
    return "OK"


def add_gateway(clients, name=None) -> str:
    request = mse.AddGatewayRequest(
        name=name or unique("mse"), region="cn-hangzhou", vpc="vpc-test", spec="MSE_GTW_2_4_200_c", replica=1,
        zone_info=[mse.AddGatewayRequestZoneInfo(zone_id="cn-hangzhou-a", v_switch_id="vsw-test")])
    return clients.mse.add_gateway(request).body.data.gateway_unique_id


def service_number(clients, gateway: str, address: str) -> int:
    name = unique("svc")
    clients.mse.import_services(mse.ImportServicesRequest(
        gateway_unique_id=gateway, source_type="VIP",
        service_list=[mse.ImportServicesRequestServiceList(name=name, ips=[address], service_protocol="HTTP")]))
    listed = clients.mse.list_gateway_service(mse.ListGatewayServiceRequest(
        filter_params=mse.ListGatewayServiceRequestFilterParams(gateway_unique_id=gateway), page_size=100))
    return next(item.id for item in listed.body.data.result if item.name == name)


def add_route(clients, gateway: str, service: int, path: str, **options) -> int:
    predicates = mse.AddGatewayRouteRequestPredicates(
        path_predicates=mse.AddGatewayRouteRequestPredicatesPathPredicates(path=path, type="PRE"))
    return clients.mse.add_gateway_route(mse.AddGatewayRouteRequest(
        gateway_unique_id=gateway, name=unique("route"), domain_id_list_json="[0]", destination_type="Single",
        predicates=predicates, services=[mse.AddGatewayRouteRequestServices(service_id=service, percent=100)],
        **options)).body.data


def entry_of(root, gateway: str):
    from gateways import Entry
    return Entry(root, gateway)


@pytest.fixture(scope="module")
def gateway(root):
    return add_gateway(root)


@pytest.fixture(scope="module")
def other_gateway(root):
    return add_gateway(root)


def test_a_gateway_lives_from_creation_to_deletion(root, origins):
    gateway = add_gateway(root, "living")
    body = root.mse.get_gateway(mse.GetGatewayRequest(gateway_unique_id=gateway)).body
    assert (body.success, body.code, body.data.name, body.data.status) == (True, 200, "living", 2)
    service = service_number(root, gateway, origins[0][1])
    route = add_route(root, gateway, service, "/v1/")
    entry = entry_of(root, gateway)
    detail = mse.GetGatewayRouteDetailRequest(gateway_unique_id=gateway, route_id=route)
    assert root.mse.get_gateway_route_detail(detail).body.data.status == 0
    assert entry.get("/v1/x")[0] == 404, "added, not published"
    root.mse.apply_gateway_route(mse.ApplyGatewayRouteRequest(gateway_unique_id=gateway, route_id=str(route)))
    assert root.mse.get_gateway_route_detail(detail).body.data.status == 3
    assert entry.get("/v1/x")[1]["path"] == "/v1/x"
    root.mse.offline_gateway_route(mse.OfflineGatewayRouteRequest(gateway_unique_id=gateway, route_id=route))
    assert entry.get("/v1/x")[0] == 404
    root.mse.apply_gateway_route(mse.ApplyGatewayRouteRequest(gateway_unique_id=gateway, route_id=str(route)))
    root.mse.delete_gateway(mse.DeleteGatewayRequest(gateway_unique_id=gateway))
    assert code_of(root.mse.get_gateway, mse.GetGatewayRequest(gateway_unique_id=gateway)) == "NotFound"
    with pytest.raises(OSError):
        entry.get("/v1/x")


def test_gateways_are_seen_through_both_apis(root, gateway):
    assert root.apig.get_gateway(gateway).body.data.gateway_id == gateway
    from gateways import create_gateway
    made = create_gateway(root)
    assert root.mse.get_gateway(mse.GetGatewayRequest(gateway_unique_id=made)).body.data.gateway_unique_id == made
    names = [g.gateway_unique_id for g in root.mse.list_gateway(
        mse.ListGatewayRequest(page_number=1, page_size=100)).body.data.result]
    assert {gateway, made} <= set(names)


def allowed_by(policy: dict, action: str, resource: str) -> bool:
    """What the page says of a policy, in the fewest words: no statement of either example denies."""
    listed = lambda value: value if isinstance(value, list) else [value]
    return any(
        any(fnmatch.fnmatchcase(action.lower(), pattern.lower()) for pattern in listed(statement["Action"]))
        and any(fnmatch.fnmatchcase(resource, pattern) for pattern in listed(statement["Resource"]))
        for statement in policy["Statement"])


def example(name: str, gateway: str) -> tuple[str, dict]:
    text = (POLICIES / name).read_text()
    assert MASKED in text
    text = text.replace(MASKED, gateway)
    return text, json.loads(text)


def published(gateway: str):
    """Each published action with the resource that it is checked on for this gateway."""
    for row in PUBLISHED["mse"]:
        resource = row["arn"].replace("{region}", "cn-hangzhou").replace("{account}", "1000000000000001")
        resource = resource.replace("{gatewayId}", gateway)
        assert "{" not in resource, resource
        yield row["action"].removeprefix("mse:"), resource
    # And those that only the example policies name.
    for action in ("GatewayHealthCheckList", "GatewayQueryMonitor", "UploadWasmFile", "GatewayBlackWhiteList"):
        yield action, f"acs:mse:cn-hangzhou:1000000000000001:instance/{gateway}"
    for action in ("QueryDefaultAlertStatus", "CreateDefaultAlert", "ListGatewayZone", "ListUpgradableGatewayVersions",
                   "ListTagResources", "TagResources", "UntagResources", "ListGatewayIngressMigrateTask",
                   "GetGatewayIngressMigrateTaskDetail", "ListEventRecords", "GetEventFilterOptions", "GetEventDetail",
                   "GetGatewaySelection", "GetGatewayAlarms", "GetGatewayMigrateNamespacedServices", "GetPluginGuide",
                   "GetRegExpCheck", "GetRegExpTest", "CheckPluginLua"):
        yield action, "acs:mse:cn-hangzhou:1000000000000001:*"


@pytest.mark.parametrize("name", ["mse-read-only.json", "mse-read-write.json"])
def test_every_published_action_follows_the_example_policy(root, user, gateway, other_gateway, name):
    text, policy = example(name, gateway)
    user.grant(text)
    wrong = {}
    for target in (gateway, other_gateway):
        for action, resource in published(target):
            if action == "DeleteGateway" and target == gateway:
                continue  # It would; another test does.
            expected = allowed_by(policy, f"mse:{action}", resource)
            # Lists name the gateway in their filter.
            named = json.dumps({"GatewayUniqueId": target})
            code = rpc(user.clients, action, GatewayUniqueId=target, FilterParams=named)
            if (code != "NoPermission") != expected:
                wrong[action, resource] = (code, "allowed" if expected else "refused")
    assert wrong == {}


def test_the_read_only_user_views_one_gateway_and_changes_nothing(root, user, gateway, other_gateway, origins):
    user.grant(example("mse-read-only.json", gateway)[0])
    mine = user.clients
    service = service_number(root, gateway, origins[0][1])
    route = add_route(root, gateway, service, "/seen/")
    # "The user can view gateway configurations, routes, and services ..."
    assert mine.mse.get_gateway(mse.GetGatewayRequest(gateway_unique_id=gateway)).body.data.gateway_unique_id == gateway
    routes = mine.mse.list_gateway_route(mse.ListGatewayRouteRequest(
        filter_params=mse.ListGatewayRouteRequestFilterParams(gateway_unique_id=gateway), page_size=100)).body
    assert route in [r.id for r in routes.data.result]
    assert service in [s.id for s in mine.mse.list_gateway_service(mse.ListGatewayServiceRequest(
        filter_params=mse.ListGatewayServiceRequestFilterParams(gateway_unique_id=gateway),
        page_size=100)).body.data.result]
    assert code_of(mine.mse.list_gateway_zone, mse.ListGatewayZoneRequest()) == "OK"
    # "... but cannot make changes."
    refused = "NoPermission"
    assert code_of(add_route, mine, gateway, service, "/x") == refused
    assert code_of(mine.mse.delete_gateway_route, mse.DeleteGatewayRouteRequest(
        gateway_unique_id=gateway, route_id=route)) == refused
    assert code_of(mine.mse.delete_gateway, mse.DeleteGatewayRequest(gateway_unique_id=gateway)) == refused
    assert code_of(add_gateway, mine) == refused
    # The other gateway is not theirs to see.
    assert code_of(mine.mse.get_gateway, mse.GetGatewayRequest(gateway_unique_id=other_gateway)) == refused
    # Log service and alerts: read, not opened.
    assert rpc(mine, "ListProject", "2019-10-23") == "NotImplemented"
    assert rpc(mine, "GetProductDataCollection", "2019-10-23") == "NotImplemented"
    assert rpc(mine, "OpenProductDataCollection", "2019-10-23") == refused
    assert rpc(mine, "SearchContactGroup", "2019-08-08") == "NotImplemented"
    assert rpc(mine, "CreateDefaultAlert") == refused


def test_the_read_write_user_manages_one_gateway_and_no_other(root, user, origins):
    gateway, other = add_gateway(root), add_gateway(root)
    user.grant(example("mse-read-write.json", gateway)[0])
    mine = user.clients
    service = service_number(mine, gateway, origins[1][1])
    route = add_route(mine, gateway, service, "/mine/")
    mine.mse.apply_gateway_route(mse.ApplyGatewayRouteRequest(gateway_unique_id=gateway, route_id=str(route)))
    assert entry_of(root, gateway).get("/mine/a")[1]["name"] == "green", "traffic flows through what the user made"
    refused = "NoPermission"
    foreign = service_number(root, other, origins[0][1])
    assert code_of(add_route, mine, other, foreign, "/x") == refused
    assert code_of(mine.mse.delete_gateway, mse.DeleteGatewayRequest(gateway_unique_id=other)) == refused
    assert code_of(add_gateway, mine) == refused, "creation is not scoped to the instance"
    # What the page lists as added by read-write.
    assert rpc(mine, "CreateDefaultAlert") == "NotImplemented"
    assert rpc(mine, "OpenProductDataCollection", "2019-10-23") == "NotImplemented"
    assert rpc(mine, "TagResources", ResourceType="GATEWAY") != refused
    # A route of the other gateway is not reached by naming one's own.
    theirs = add_route(root, other, foreign, "/theirs/")
    assert code_of(mine.mse.delete_gateway_route, mse.DeleteGatewayRouteRequest(
        gateway_unique_id=gateway, route_id=theirs)) == "NotFound"
    mine.mse.delete_gateway(mse.DeleteGatewayRequest(gateway_unique_id=gateway))
    assert code_of(root.mse.get_gateway, mse.GetGatewayRequest(gateway_unique_id=gateway)) == "NotFound"


@pytest.mark.parametrize("system, reads, writes", [
    ("AliyunMSEFullAccess", True, True), ("AliyunMSEReadOnlyAccess", True, False)])
def test_system_policies_grant_what_the_page_says(user, gateway, system, reads, writes):
    user.attach(system, "System")
    allowed = lambda code: code != "NoPermission"
    assert allowed(code_of(user.clients.mse.list_gateway, mse.ListGatewayRequest())) == reads
    assert allowed(code_of(user.clients.mse.get_gateway, mse.GetGatewayRequest(gateway_unique_id=gateway))) == reads
    assert allowed(rpc(user.clients, "AddGatewayRoute", GatewayUniqueId=gateway)) == writes
    assert allowed(rpc(user.clients, "AddGateway")) == writes

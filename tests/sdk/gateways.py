"""Short ways to make what traffic needs through APIG, with any identity's clients."""

import http.client
import json
import time

from alibabacloud_apig20240327 import models as apig

from conftest import unique


def create_gateway(clients, name: str | None = None, network: str = "Internet") -> str:
    request = apig.CreateGatewayRequest(
        name=name or unique("gw"), gateway_type="API", spec="apigw.small.x1", charge_type="POSTPAY", vpc_id="vpc-test",
        network_access_config=apig.CreateGatewayRequestNetworkAccessConfig(type=network),
        zone_config=apig.CreateGatewayRequestZoneConfig(select_option="Auto"))
    gateway_id = clients.apig.create_gateway(request).body.data.gateway_id
    deadline = time.monotonic() + 10
    while clients.apig.get_gateway(gateway_id).body.data.status != "Running":
        assert time.monotonic() < deadline, "the gateway does not run"
        time.sleep(0.05)
    return gateway_id


class Entry:
    """Where a gateway takes traffic."""

    def __init__(self, clients, gateway_id: str):
        found = clients.apig.get_gateway(gateway_id).body.data
        balancer = found.load_balancers[0]
        self.host, (self.http, self.https) = balancer.address, [port.port for port in balancer.ports]
        self.environment_id = found.environments[0].environment_id

    def get(self, path: str, host: str | None = None, method: str = "GET", body=None, **headers):
        connection = http.client.HTTPConnection(self.host, self.http, timeout=10)
        try:
            connection.request(method, path, body=body, headers={"Host": host or f"{self.host}:{self.http}", **headers})
            answer = connection.getresponse()
            text = answer.read().decode()
            return answer.status, json.loads(text) if "json" in (answer.headers["content-type"] or "") else text, answer
        finally:
            connection.close()


def create_service(clients, gateway_id: str, address: str, source_type: str = "VIP") -> str:
    config = apig.CreateServiceRequestServiceConfigs(name=unique("svc"), addresses=[address])
    request = apig.CreateServiceRequest(gateway_id=gateway_id, source_type=source_type, service_configs=[config])
    return clients.apig.create_service(request).body.data.service_ids[0]


def create_api(clients, name: str | None = None) -> str:
    request = apig.CreateHttpApiRequest(name=name or unique("api"), type="Http", protocols=["HTTP", "HTTPS"])
    return clients.apig.create_http_api(request).body.data.http_api_id


def service_backend(*weighted: tuple[str, int]):
    services = [apig.CreateHttpApiRouteRequestBackendConfigServices(service_id=id, weight=w) for id, w in weighted]
    scene = "SingleService" if len(services) == 1 else "MultiServiceByRatio"
    return apig.CreateHttpApiRouteRequestBackendConfig(scene=scene, services=services)


def create_route(clients, api_id, environment_id, path, backend, kind="Prefix", domain_ids=None, **match) -> str:
    request = apig.CreateHttpApiRouteRequest(
        name=unique("route"), environment_id=environment_id, domain_ids=domain_ids, backend_config=backend,
        match=apig.HttpRouteMatch(path=apig.HttpRouteMatchPath(type=kind, value=path), **match))
    return clients.apig.create_http_api_route(api_id, request).body.data.route_id


def deploy(clients, api_id: str, route_id: str):
    clients.apig.deploy_http_api(api_id, apig.DeployHttpApiRequest(route_id=route_id))

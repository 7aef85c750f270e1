"""Traffic does what the API was told."""

import http.client
import json
import ssl
import time

import pytest
from alibabacloud_apig20240327 import models as apig
from alibabacloud_cas20200407 import models as cas

from conftest import ACCOUNT, allow, code_of, policy, unique
from gateways import Entry, create_api, create_gateway, create_route, create_service, deploy, service_backend


@pytest.fixture(scope="module")
def gateway(root):
    return create_gateway(root)


@pytest.fixture(scope="module")
def entry(root, gateway):
    return Entry(root, gateway)


@pytest.fixture(scope="module")
def services(root, gateway, origins):
    return [create_service(root, gateway, address) for _, address in origins]


def test_a_route_carries_traffic_from_its_deployment_to_its_undeployment(root, entry, services):
    api = create_api(root)
    route = create_route(root, api, entry.environment_id, "/life/", service_backend((services[0], 100)))
    assert entry.get("/life/1")[0] == 404, "not deployed yet"
    deploy(root, api, route)
    status, seen, answer = entry.get("/life/1?q=a%20b", **{"X-Test": "yes"})
    assert status == 200 and seen["name"] == "blue"
    assert (seen["method"], seen["path"], seen["headers"]["x-test"]) == ("GET", "/life/1?q=a%20b", "yes")
    assert seen["headers"]["host"] == f"{entry.host}:{entry.http}", "the client's Host is kept"
    assert seen["headers"]["x-forwarded-for"] == "127.0.0.1"
    assert seen["headers"]["x-request-id"]
    assert root.apig.get_http_api_route(api, route).body.data.deploy_status == "Deployed"
    delete = root.apig.delete_http_api_route
    assert code_of(delete, api, route) == "Conflict.RouteDeployed"
    root.apig.undeploy_http_api(api, apig.UndeployHttpApiRequest(route_id=route))
    assert entry.get("/life/1")[0] == 404
    delete(api, route)
    root.apig.delete_http_api(api, apig.DeleteHttpApiRequest())


def test_an_update_of_a_deployed_route_is_live_when_the_call_returns(root, entry, services):
    api = create_api(root)
    route = create_route(root, api, entry.environment_id, "/swap", service_backend((services[0], 100)))
    deploy(root, api, route)
    for turn in range(20):
        wanted = turn % 2
        backend = apig.UpdateHttpApiRouteRequestBackendConfig(scene="SingleService", services=[
            apig.UpdateHttpApiRouteRequestBackendConfigServices(service_id=services[wanted])])
        root.apig.update_http_api_route(api, route, apig.UpdateHttpApiRouteRequest(backend_config=backend))
        assert entry.get("/swap")[1]["name"] == ("blue", "green")[wanted]


def test_weights_share_traffic_out(root, entry, services):
    api = create_api(root)
    route = create_route(root, api, entry.environment_id, "/split",
                         service_backend((services[0], 25), (services[1], 75)))
    deploy(root, api, route)
    green = sum(entry.get("/split")[1]["name"] == "green" for _ in range(400))
    assert 240 <= green <= 350, green


def test_exact_beats_prefix_beats_expression_and_conditions_narrow(root, entry, services):
    api = create_api(root)
    blue, green = (service_backend((service, 100)) for service in services)
    where = entry.environment_id
    rules = [
        create_route(root, api, where, "/match/.*", blue, kind="Regex"),
        create_route(root, api, where, "/match/exact", green, kind="Exact"),
        create_route(root, api, where, "/match/e", blue),
        create_route(root, api, where, "/match/e", green, headers=[
            apig.HttpRouteMatchHeaders(name="X-Canary", type="Exact", value="1")]),
        create_route(root, api, where, "/match/post", green, methods=["POST"]),
    ]
    for route in rules:
        deploy(root, api, route)
    assert entry.get("/match/exact")[1]["name"] == "green"
    assert entry.get("/match/exactly")[1]["name"] == "blue"
    assert entry.get("/match/exactly", **{"X-Canary": "1"})[1]["name"] == "green"
    assert entry.get("/match/post", method="POST", body="x")[1]["name"] == "green"
    assert entry.get("/match/post")[1]["name"] == "blue", "other methods fall to the expression"


def test_a_mock_answers_without_a_service(root, entry):
    api = create_api(root)
    request = apig.CreateHttpApiRouteRequest(
        name=unique("mock"), environment_id=entry.environment_id,
        match=apig.HttpRouteMatch(path=apig.HttpRouteMatchPath(type="Exact", value="/mock")),
        backend_config=apig.CreateHttpApiRouteRequestBackendConfig(scene="Mock"),
        deploy_configs=[apig.HttpApiDeployConfig(mock=apig.HttpApiMockContract(
            enable=True, response_code=201, response_content='{"hello":"mock"}'))])
    deploy(root, api, root.apig.create_http_api_route(api, request).body.data.route_id)
    status, body, _ = entry.get("/mock")
    assert (status, body) == (201, {"hello": "mock"})


def test_domains_decide_before_paths(root, entry, services):
    api = create_api(root)
    name = f"{unique('shop')}.example.com"
    domain = root.apig.create_domain(apig.CreateDomainRequest(name=name, protocol="HTTP")).body.data.domain_id
    route = create_route(root, api, entry.environment_id, "/", service_backend((services[1], 100)), domain_ids=[domain])
    deploy(root, api, route)
    assert entry.get("/any", host=name)[1]["name"] == "green"
    assert entry.get("/any", host="other.example.com")[0] == 404
    assert code_of(root.apig.delete_domain, domain) == "Conflict.DomainInUse"


def certificate(name: str) -> tuple[str, str]:
    """A self-signed certificate and its key, in PEM."""
    import datetime

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.timezone.utc)
    made = (x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(hours=1))
            .not_valid_after(now + datetime.timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
            .sign(key, hashes.SHA256()))
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return made.public_bytes(pem).decode(), private.decode()


def tls_get(entry, name: str, chain: str, path: str = "/"):
    context = ssl.create_default_context(cadata=chain)
    connection = http.client.HTTPSConnection(entry.host, entry.https, timeout=10, context=context)
    import socket
    connection.sock = context.wrap_socket(socket.create_connection((entry.host, entry.https), 10), server_hostname=name)
    try:
        connection.request("GET", path, headers={"Host": name})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read()), connection.sock.getpeercert()
    finally:
        connection.close()


def test_https_with_an_uploaded_certificate_and_its_live_replacement(root, entry, services):
    name = f"{unique('tls')}.example.com"
    first, second = certificate(name), certificate(name)
    ids = [root.cas.upload_user_certificate(cas.UploadUserCertificateRequest(
        name=unique("cert"), cert=chain, key=key)).body.cert_id for chain, key in (first, second)]
    domain = root.apig.create_domain(apig.CreateDomainRequest(
        name=name, protocol="HTTPS", cert_identifier=f"{ids[0]}-cn-hangzhou", force_https=True)).body.data.domain_id
    api = create_api(root)
    deploy(root, api, create_route(
        root, api, entry.environment_id, "/", service_backend((services[0], 100)), domain_ids=[domain]))
    status, seen, _ = tls_get(entry, name, first[0], "/secure")
    assert (status, seen["path"], seen["headers"]["x-forwarded-proto"]) == (200, "/secure", "https")
    status, _, answer = entry.get("/plain?a=1", host=name)
    assert status in (301, 308) and answer.headers["location"].startswith(f"https://{name}")
    assert answer.headers["location"].endswith("/plain?a=1")
    root.apig.update_domain(domain, apig.UpdateDomainRequest(
        protocol="HTTPS", cert_identifier=f"{ids[1]}-cn-hangzhou", force_https=True))
    assert tls_get(entry, name, second[0])[0] == 200
    with pytest.raises(ssl.SSLError):
        tls_get(entry, name, first[0])
    listed = root.apig.list_ssl_certs(apig.ListSslCertsRequest(page_size=100)).body.data.items
    assert {c.cert_id for c in listed} >= set(ids)
    delete = cas.DeleteUserCertificateRequest(cert_id=ids[1])
    assert code_of(root.cas.delete_user_certificate, delete) != "OK", "a domain shows it"
    root.cas.delete_user_certificate(cas.DeleteUserCertificateRequest(cert_id=ids[0]))


def test_a_restricted_user_publishes_a_route_that_carries_traffic(root, user, origins):
    """The user may do everything about one HTTP API and use one gateway's services, and nothing else."""
    gateway, other = create_gateway(root), create_gateway(root)
    entry = Entry(root, gateway)
    service = create_service(root, gateway, origins[0][1])
    api, foreign = create_api(root), create_api(root)
    user.grant(policy(
        allow("apig:*", f"acs:apig:*:{ACCOUNT}:httpapi/{api}"),
        allow(["apig:GetGateway"], f"acs:apig:*:{ACCOUNT}:gateway/{gateway}")))
    mine = user.clients
    route = create_route(mine, api, entry.environment_id, "/mine", service_backend((service, 100)))
    deploy(mine, api, route)
    assert entry.get("/mine/x")[1]["path"] == "/mine/x"
    assert Entry(mine, gateway).http == entry.http
    backend = service_backend((service, 100))
    assert code_of(create_route, mine, foreign, entry.environment_id, "/x", backend) == "NoPermission"
    assert code_of(mine.apig.get_http_api_route, foreign, route) == "NoPermission"
    assert code_of(mine.apig.get_gateway, other) == "NoPermission"
    assert code_of(mine.apig.delete_gateway, gateway) == "NoPermission"
    # A route of another API is not reached through the one that is allowed.
    theirs = create_route(root, foreign, entry.environment_id, "/theirs", service_backend((service, 100)))
    assert code_of(mine.apig.delete_http_api_route, api, theirs) == "NotFound.RouteNotFound"
    assert code_of(mine.apig.deploy_http_api, api, apig.DeployHttpApiRequest(route_id=theirs)) == (
        "NotFound.RouteNotFound")
    assert entry.get("/theirs")[0] == 404


def test_a_deleted_gateway_stops_listening(root, origins):
    gateway = create_gateway(root)
    entry = Entry(root, gateway)
    service = create_service(root, gateway, origins[0][1])
    api = create_api(root)
    route = create_route(root, api, entry.environment_id, "/", service_backend((service, 100)))
    deploy(root, api, route)
    assert entry.get("/")[0] == 200
    assert code_of(root.apig.delete_gateway, gateway) == "Conflict.GatewayInUse"
    root.apig.undeploy_http_api(api, apig.UndeployHttpApiRequest(route_id=route))
    root.apig.delete_gateway(gateway)
    assert code_of(root.apig.get_gateway, gateway) == "NotFound.GatewayNotFound"
    deadline = time.monotonic() + 10
    while True:
        try:
            entry.get("/")
        except OSError:
            break
        assert time.monotonic() < deadline, "still listening"
        time.sleep(0.05)


def test_services_found_by_name_are_resolved(root, gateway, entry, origins):
    port = origins[0][1].rsplit(":", 1)[1]
    service = create_service(root, gateway, f"localhost:{port}", "DNS")
    api = create_api(root)
    deploy(root, api, create_route(root, api, entry.environment_id, "/dns", service_backend((service, 100))))
    assert entry.get("/dns")[1]["name"] == "blue"


def test_an_unreachable_service_is_a_clear_gateway_error(root, gateway, entry):
    from conftest import free_port
    service = create_service(root, gateway, f"127.0.0.1:{free_port()}")
    api = create_api(root)
    deploy(root, api, create_route(root, api, entry.environment_id, "/down", service_backend((service, 100))))
    assert entry.get("/down")[0] in (502, 503)

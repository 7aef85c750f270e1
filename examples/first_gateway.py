import json

from alibabacloud_apig20240327 import models as apig
from alibabacloud_apig20240327.client import Client as Apig
from alibabacloud_ram20150501 import models as ram
from alibabacloud_ram20150501.client import Client as Ram
from alibabacloud_tea_openapi.exceptions import ClientException
from alibabacloud_tea_openapi.utils_models import Config


def config(key_id, key_secret):
    return Config(access_key_id=key_id, access_key_secret=key_secret, protocol="http", endpoint="127.0.0.1:9080")


root = json.load(open("ramgate-data/root-credentials.json"))
root = config(root["AccessKeyId"], root["AccessKeySecret"])

# A gateway, by the account itself.
made = Apig(root).create_gateway(apig.CreateGatewayRequest(
    name="first", network_access_config=apig.CreateGatewayRequestNetworkAccessConfig(type="Internet")))
gateway_id = made.body.data.gateway_id
api_id = Apig(root).create_http_api(apig.CreateHttpApiRequest(name="hello", type="Http")).body.data.http_api_id
service_id = Apig(root).create_service(apig.CreateServiceRequest(
    gateway_id=gateway_id, source_type="VIP", service_configs=[
        apig.CreateServiceRequestServiceConfigs(name="files", addresses=["127.0.0.1:7000"])])).body.data.service_ids[0]

# A user who may work on that one HTTP API and see that one gateway, and nothing else.
Ram(root).create_user(ram.CreateUserRequest(user_name="alice"))
Ram(root).create_policy(ram.CreatePolicyRequest(policy_name="hello-only", policy_document=json.dumps({
    "Version": "1", "Statement": [
        {"Effect": "Allow", "Action": "apig:*", "Resource": f"acs:apig:*:*:httpapi/{api_id}"},
        {"Effect": "Allow", "Action": "apig:Get*", "Resource": f"acs:apig:*:*:gateway/{gateway_id}"}]})))
Ram(root).attach_policy_to_user(ram.AttachPolicyToUserRequest(
    policy_name="hello-only", policy_type="Custom", user_name="alice"))
key = Ram(root).create_access_key(ram.CreateAccessKeyRequest(user_name="alice")).body.access_key
alice = Apig(config(key.access_key_id, key.access_key_secret))

# What she may do, she does ...
gateway = alice.get_gateway(gateway_id).body.data
route_id = alice.create_http_api_route(api_id, apig.CreateHttpApiRouteRequest(
    name="everything", environment_id=gateway.environments[0].environment_id,
    match=apig.HttpRouteMatch(path=apig.HttpRouteMatchPath(type="Prefix", value="/")),
    backend_config=apig.CreateHttpApiRouteRequestBackendConfig(scene="SingleService", services=[
        apig.CreateHttpApiRouteRequestBackendConfigServices(service_id=service_id)]))).body.data.route_id
alice.deploy_http_api(api_id, apig.DeployHttpApiRequest(route_id=route_id))
entry = gateway.load_balancers[0]
print(f"traffic enters at http://{entry.address}:{entry.ports[0].port}/")

# ... and what she may not do is refused, with the reason.
try:
    alice.delete_gateway(gateway_id)
except ClientException as refused:
    print(refused.code, refused.data["Message"])

"""Temporary credentials through the STS SDK: AssumeRole, AssumeRoleWithOIDC, AssumeRoleWithSAML, and what they can do."""

import base64
import datetime
import hashlib
import http.server
import json
import threading
import time

import pytest
from alibabacloud_ims20190815 import models as ims
from alibabacloud_ims20190815.client import Client as Ims
from alibabacloud_ram20150501 import models as ram
from alibabacloud_sts20150401 import models as sts
from alibabacloud_sts20150401.client import Client as Sts
from alibabacloud_tea_openapi.exceptions import AlibabaCloudException
from alibabacloud_tea_openapi.utils_models import Config
from aliyunsdkcore.auth.credentials import StsTokenCredential
from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.request import CommonRequest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from conftest import ACCOUNT, Clients, allow, code_of, policy, unique

ANYONE = f"acs:ram::{ACCOUNT}:root"


class Role:
    """A role, with the policies given to it."""

    def __init__(self, root: Clients, principal=None, condition=None, actions="sts:AssumeRole"):
        self.root, self.name = root, unique("role")
        statement = {"Effect": "Allow", "Action": actions, "Principal": principal or {"RAM": ANYONE}}
        if condition:
            statement["Condition"] = condition
        self.trust = json.dumps({"Version": "1", "Statement": [statement]})
        self.arn = root.ram.create_role(ram.CreateRoleRequest(
            role_name=self.name, assume_role_policy_document=self.trust)).body.role.arn

    def grant(self, document):
        name = unique("policy")
        self.root.ram.create_policy(ram.CreatePolicyRequest(policy_name=name, policy_document=json.dumps(document)))
        self.root.ram.attach_policy_to_role(ram.AttachPolicyToRoleRequest(
            policy_type="Custom", policy_name=name, role_name=self.name))


@pytest.fixture
def assumer(user):
    user.grant(policy(allow(["sts:AssumeRole", "sts:SetSourceIdentity"])))
    return user


def assume(clients, role, **more):
    request = sts.AssumeRoleRequest(role_arn=role.arn, role_session_name="sdk-test", **more)
    return clients.sts.assume_role(request).body


def session(root, answer) -> Clients:
    credentials = answer.credentials
    return Clients(root.endpoint, credentials.access_key_id, credentials.access_key_secret, credentials.security_token)


def test_a_session_is_its_role_and_may_what_the_role_may(root, assumer):
    role = Role(root)
    role.grant(policy(allow("ram:ListUsers")))
    answer = assume(assumer.clients, role)
    assert answer.credentials.access_key_id.startswith("STS.")
    clients = session(root, answer)
    who = clients.sts.get_caller_identity().body
    assert (who.identity_type, who.arn) == (
        "AssumedRoleUser", f"acs:ram::{ACCOUNT}:assumed-role/{role.name.lower()}/sdk-test")
    assert who.principal_id == answer.assumed_role_user.assumed_role_id
    assert code_of(clients.ram.list_users, ram.ListUsersRequest()) == "OK"
    with pytest.raises(AlibabaCloudException) as raised:
        clients.ram.create_user(ram.CreateUserRequest(user_name=unique("x")))
    assert raised.value.code == "NoPermission"
    assert code_of(clients.ram.create_access_key, ram.CreateAccessKeyRequest()) == "NoPermission"


def test_the_old_sdk_uses_temporary_credentials_too(root, assumer):
    role = Role(root)
    credentials = assume(assumer.clients, role).credentials
    client = AcsClient(region_id="cn-hangzhou", credential=StsTokenCredential(
        credentials.access_key_id, credentials.access_key_secret, credentials.security_token))
    request = CommonRequest(domain=root.endpoint, version="2015-04-01", action_name="GetCallerIdentity")
    request.set_protocol_type("http")
    request.set_method("POST")
    assert json.loads(client.do_action_with_exception(request))["IdentityType"] == "AssumedRoleUser"


def test_permission_and_trust_are_both_needed(root, user, assumer, other_user):
    role = Role(root, {"RAM": f"acs:ram::{ACCOUNT}:user/{assumer.name}"})
    assert code_of(assume, assumer.clients, role) == "OK"
    assert code_of(assume, other_user.clients, role) == "NoPermission"
    other_user.grant(policy(allow("sts:AssumeRole", role.arn)))
    assert code_of(assume, other_user.clients, role) == "NoPermission"
    with pytest.raises(AlibabaCloudException) as raised:
        assume(root, role)
    assert "Roles may not be assumed by root accounts." in raised.value.message


def test_external_id_session_policy_and_duration(root, assumer):
    role = Role(root, condition={"StringEquals": {"sts:ExternalId": "agreed"}})
    role.grant(policy(allow("ram:*")))
    assert code_of(assume, assumer.clients, role) == "NoPermission"
    narrow = json.dumps(policy(allow("ram:ListUsers")))
    clients = session(root, assume(assumer.clients, role, external_id="agreed", policy=narrow))
    assert code_of(clients.ram.list_users, ram.ListUsersRequest()) == "OK"
    assert code_of(clients.ram.list_roles, ram.ListRolesRequest()) == "NoPermission"
    long = {"external_id": "agreed", "duration_seconds": 7200}
    assert code_of(assume, assumer.clients, role, **long) == "InvalidParameter.DurationSeconds"
    bad = {"external_id": "agreed", "policy": "{"}
    assert code_of(assume, assumer.clients, role, **bad) == "InvalidParameter.PolicyGrammar"


def test_a_source_identity_stays_through_a_chain(root, assumer):
    both = ["sts:AssumeRole", "sts:SetSourceIdentity"]
    first = Role(root, actions=both)
    first.grant(policy(allow("sts:*")))
    second = Role(root, {"RAM": first.arn}, actions=both)
    at_first = session(root, assume(assumer.clients, first, source_identity="alice"))
    answer = assume(at_first, second)
    assert answer.source_identity == "alice"
    assert session(root, answer).sts.get_caller_identity().body.arn.endswith(f"{second.name.lower()}/sdk-test")


def test_sessions_end_with_their_role(root, assumer):
    role = Role(root)
    clients = session(root, assume(assumer.clients, role))
    assert code_of(clients.sts.get_caller_identity) == "OK"
    root.ram.delete_role(ram.DeleteRoleRequest(role_name=role.name))
    assert code_of(clients.sts.get_caller_identity) == "InvalidSecurityToken"
    ghost = sts.AssumeRoleRequest(role_arn=role.arn, role_session_name="x1")
    assert code_of(assumer.clients.sts.assume_role, ghost) == "EntityNotExist.Role"


def test_a_changed_token_is_refused(root, assumer):
    credentials = assume(assumer.clients, Role(root)).credentials
    token = credentials.security_token
    forged = token[:-1] + ("A" if token[-1] != "A" else "B")
    clients = Clients(root.endpoint, credentials.access_key_id, credentials.access_key_secret, forged)
    assert code_of(clients.sts.get_caller_identity) == "InvalidSecurityToken.Malformed"
    without = Clients(root.endpoint, credentials.access_key_id, credentials.access_key_secret)
    assert code_of(without.sts.get_caller_identity) == "MissingSecurityToken"


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Issuer:
    """An OIDC issuer on a loopback address, with an RSA key."""

    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        issuer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                pages = {
                    "/.well-known/openid-configuration": {"issuer": issuer.url, "jwks_uri": issuer.url + "/jwks"},
                    "/jwks": {"keys": [issuer.jwk()]},
                }
                body = json.dumps(pages.get(self.path, {})).encode()
                self.send_response(200 if self.path in pages else 404)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def jwk(self) -> dict:
        numbers = self.key.public_key().public_numbers()
        number = lambda n: encoded(n.to_bytes((n.bit_length() + 7) // 8, "big"))
        return {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "1", "n": number(numbers.n), "e": number(numbers.e)}

    def token(self, key=None, **claims) -> str:
        now = int(time.time())
        claims = {"iss": self.url, "aud": "app", "sub": "pod:web", "iat": now, "exp": now + 300, **claims}
        signed = ".".join(encoded(json.dumps(part).encode()) for part in ({"alg": "RS256", "kid": "1"}, claims))
        return f"{signed}.{encoded((key or self.key).sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256()))}"


@pytest.fixture(scope="module")
def issuer():
    issuer = Issuer()
    yield issuer
    issuer.server.shutdown()


def test_the_bearer_of_an_oidc_token_gets_a_session(root, issuer):
    management = Ims(Config(access_key_id=root.access_key_id, access_key_secret=root.access_key_secret,
                            protocol="http", endpoint=root.endpoint))
    name = unique("idp")
    provider = management.create_oidcprovider(ims.CreateOIDCProviderRequest(
        oidcprovider_name=name, issuer_url=issuer.url, client_ids="app")).body.oidcprovider
    role = Role(root, {"Federated": provider.arn}, {"StringEquals": {"oidc:aud": "app", "oidc:sub": "pod:web"}})
    role.grant(policy(allow("ram:ListUsers")))
    nobody = Sts(Config(protocol="http", endpoint=root.endpoint))

    def with_token(token):
        return nobody.assume_role_with_oidc(sts.AssumeRoleWithOIDCRequest(
            oidcprovider_arn=provider.arn, role_arn=role.arn, oidctoken=token, role_session_name="pod-1")).body

    answer = with_token(issuer.token())
    assert (answer.oidctoken_info.subject, answer.oidctoken_info.issuer) == ("pod:web", issuer.url)
    clients = session(root, answer)
    assert code_of(clients.ram.list_users, ram.ListUsersRequest()) == "OK"
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert code_of(with_token, issuer.token(key=other)) == "AuthenticationFail.OIDCToken.Invalid"
    assert code_of(with_token, issuer.token(aud="other")) == "AuthenticationFail.OIDCToken.Invalid"
    assert code_of(with_token, issuer.token(exp=int(time.time()) - 1)) == "AuthenticationFail.OIDCToken.Expired"
    assert code_of(with_token, issuer.token(sub="pod:db")) == "AuthenticationFail.NoPermission"

    listed = management.list_oidcproviders(ims.ListOIDCProvidersRequest()).body.oidcproviders.oidcprovider
    assert name in [p.oidcprovider_name for p in listed]
    management.delete_oidcprovider(ims.DeleteOIDCProviderRequest(oidcprovider_name=name))
    assert code_of(clients.ram.list_users, ram.ListUsersRequest()) == "InvalidSecurityToken"


RECIPIENT = "https://signin.aliyun.com/saml-role/sso"
SAML = "urn:oasis:names:tc:SAML:2.0"
DSIG = "http://www.w3.org/2000/09/xmldsig#"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"


class SamlIdp:
    """A SAML identity provider with an RSA key. What it signs is written in canonical form to begin with."""

    entity = "https://idp.example.com/saml"

    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "idp.example.com")])
        now = datetime.datetime.now(datetime.timezone.utc)
        certificate = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(self.key.public_key())
                       .serial_number(1).not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1))
                       .sign(self.key, hashes.SHA256()))
        self.certificate = base64.b64encode(certificate.public_bytes(serialization.Encoding.DER)).decode()

    def metadata(self) -> str:
        return base64.b64encode(f'''<md:EntityDescriptor xmlns:md="{SAML}:metadata" entityID="{self.entity}">
<md:IDPSSODescriptor protocolSupportEnumeration="{SAML}:protocol"><md:KeyDescriptor use="signing">
<ds:KeyInfo xmlns:ds="{DSIG}"><ds:X509Data><ds:X509Certificate>{self.certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>
</md:KeyDescriptor></md:IDPSSODescriptor></md:EntityDescriptor>'''.encode()).decode()

    def response(self, role: str, provider: str, subject="alice", change=lambda xml: xml) -> str:
        time_of = lambda delta: (datetime.datetime.now(datetime.timezone.utc)
                                 + datetime.timedelta(seconds=delta)).strftime("%Y-%m-%dT%H:%M:%SZ")
        attribute = lambda name, value: (
            f'<saml:Attribute Name="https://www.aliyun.com/SAML-Role/Attributes/{name}">'
            f'<saml:AttributeValue>{value}</saml:AttributeValue></saml:Attribute>')
        identifier, end = "_" + unique("a"), time_of(300)
        head = (f'<saml:Assertion xmlns:saml="{SAML}:assertion" ID="{identifier}" IssueInstant="{time_of(0)}" Version="2.0">'
                f'<saml:Issuer>{self.entity}</saml:Issuer>')
        rest = (f'<saml:Subject><saml:NameID Format="{SAML}:nameid-format:persistent">{subject}</saml:NameID>'
                f'<saml:SubjectConfirmation Method="{SAML}:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="{end}" '
                f'Recipient="{RECIPIENT}"></saml:SubjectConfirmationData></saml:SubjectConfirmation></saml:Subject>'
                f'<saml:Conditions NotBefore="{time_of(-60)}" NotOnOrAfter="{end}"><saml:AudienceRestriction>'
                f'<saml:Audience>urn:alibaba:cloudcomputing</saml:Audience></saml:AudienceRestriction></saml:Conditions>'
                f'<saml:AttributeStatement>{attribute("Role", role + "," + provider)}'
                f'{attribute("RoleSessionName", "alice")}</saml:AttributeStatement></saml:Assertion>')
        digest = base64.b64encode(hashlib.sha256((head + rest).encode()).digest()).decode()
        empty = lambda name, algorithm: f'<ds:{name} Algorithm="{algorithm}"></ds:{name}>'
        info = (f'<ds:SignedInfo xmlns:ds="{DSIG}">{empty("CanonicalizationMethod", EXCLUSIVE)}'
                f'{empty("SignatureMethod", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256")}'
                f'<ds:Reference URI="#{identifier}"><ds:Transforms>{empty("Transform", DSIG + "enveloped-signature")}'
                f'{empty("Transform", EXCLUSIVE)}</ds:Transforms>'
                f'{empty("DigestMethod", "http://www.w3.org/2001/04/xmlenc#sha256")}'
                f'<ds:DigestValue>{digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>')
        value = base64.b64encode(self.key.sign(info.encode(), padding.PKCS1v15(), hashes.SHA256())).decode()
        signature = (f'<ds:Signature xmlns:ds="{DSIG}">{info}<ds:SignatureValue>{value}</ds:SignatureValue>'
                     f'</ds:Signature>')
        response = (f'<samlp:Response xmlns:samlp="{SAML}:protocol" ID="_r" Version="2.0"><samlp:Status>'
                    f'<samlp:StatusCode Value="{SAML}:status:Success"/></samlp:Status>{head}{signature}{rest}</samlp:Response>')
        return base64.b64encode(change(response).encode()).decode()


def test_the_bearer_of_a_saml_assertion_gets_a_session_once(root):
    idp, name = SamlIdp(), unique("corp")
    management = Ims(Config(access_key_id=root.access_key_id, access_key_secret=root.access_key_secret,
                            protocol="http", endpoint=root.endpoint))
    provider = management.create_samlprovider(ims.CreateSAMLProviderRequest(
        samlprovider_name=name, encoded_samlmetadata_document=idp.metadata())).body.samlprovider
    role = Role(root, {"Federated": provider.arn}, {"StringEquals": {"saml:recipient": RECIPIENT}})
    role.grant(policy(allow("ram:ListUsers")))
    nobody = Sts(Config(protocol="http", endpoint=root.endpoint))

    def with_response(response):
        return nobody.assume_role_with_saml(sts.AssumeRoleWithSAMLRequest(
            samlprovider_arn=provider.arn, role_arn=role.arn, samlassertion=response)).body

    good = idp.response(role.arn, provider.arn)
    answer = with_response(good)
    info = answer.samlassertion_info
    assert (info.subject, info.subject_type, info.issuer, info.recipient) == (
        "alice", "persistent", idp.entity, RECIPIENT)
    clients = session(root, answer)
    assert clients.sts.get_caller_identity().body.arn.endswith(f"/{role.name.lower()}/alice")
    assert code_of(clients.ram.list_users, ram.ListUsersRequest()) == "OK"
    assert code_of(with_response, good) == "AuthenticationFail.SAMLAssertion.Used"
    forged = idp.response(role.arn, provider.arn, change=lambda xml: xml.replace(">alice<", ">admin<"))
    assert code_of(with_response, forged) == "AuthenticationFail.SAMLAssertion.Invalid"
    assert code_of(with_response, SamlIdp().response(role.arn, provider.arn)) == "AuthenticationFail.SAMLAssertion.Invalid"
    management.delete_samlprovider(ims.DeleteSAMLProviderRequest(samlprovider_name=name))
    assert code_of(clients.ram.list_users, ram.ListUsersRequest()) == "InvalidSecurityToken"


def test_tokens_and_secrets_of_sessions_are_in_no_log(root, assumer, server):
    credentials = assume(assumer.clients, Role(root)).credentials
    session(root, type("Answer", (), {"credentials": credentials})).sts.get_caller_identity()
    for secret in (credentials.access_key_secret, credentials.security_token):
        for file in [server.log, server.directory / "stdout", *(server.directory / "data").glob("*")]:
            if file.is_file():
                assert secret.encode() not in file.read_bytes(), file

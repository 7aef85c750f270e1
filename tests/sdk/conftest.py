"""Starts the real server once and hands out official SDK clients, as customers make them."""

import http.server
import json
import os
import pathlib
import secrets
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request

import pytest
from alibabacloud_apig20240327.client import Client as Apig
from alibabacloud_cas20200407.client import Client as Cas
from alibabacloud_ims20190815.client import Client as Ims
from alibabacloud_mse20190531.client import Client as Mse
from alibabacloud_ram20150501 import models as ram
from alibabacloud_ram20150501.client import Client as Ram
from alibabacloud_sts20150401.client import Client as Sts
from alibabacloud_tea_openapi.utils_models import Config

ROOT = pathlib.Path(__file__).resolve().parents[2]
POLICIES = pathlib.Path(__file__).resolve().parent / "policies"
ACCOUNT = "1000000000000001"
REGION = "cn-hangzhou"

# Clients on this machine are never to go through a proxy.
for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"):
    os.environ.pop(name, None)


def binary() -> pathlib.Path:
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    return pathlib.Path(os.environ.get("RAMGATE_BIN", target / "debug" / "ramgate"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


class Clients:
    """One identity's clients, one for each service, all pointed at the same endpoint."""

    def __init__(self, endpoint: str, access_key_id: str, access_key_secret: str, security_token: str = None):
        self.endpoint, self.access_key_id, self.access_key_secret = endpoint, access_key_id, access_key_secret
        config = Config(
            access_key_id=access_key_id,
            access_key_secret=access_key_secret,
            security_token=security_token,
            protocol="http",
            endpoint=endpoint,
            read_timeout=20000,
            connect_timeout=5000,
        )
        self.ram, self.sts, self.mse, self.apig, self.cas = (
            Ram(config), Sts(config), Mse(config), Apig(config), Cas(config))
        self.ims = Ims(config)


class Server:
    """A running `ramgate serve`."""

    def __init__(self, directory: pathlib.Path):
        self.directory = directory
        self.endpoint = f"127.0.0.1:{free_port()}"
        self.log = directory / "log.jsonl"
        self.process = None

    def start(self):
        environment = {k: v for k, v in os.environ.items() if not k.startswith("RAMGATE_")}
        first = 20000 + secrets.randbelow(20000)
        command = [str(binary()), "serve", "--listen", self.endpoint, "--data-dir", str(self.directory / "data"),
                   "--entry-ports", f"{first}-{first + 199}", "--workers", "1",
                   "--issuer-networks", "127.0.0.0/8"]
        with self.log.open("ab") as log, (self.directory / "stdout").open("ab") as out:
            self.process = subprocess.Popen(command, env=environment, stdout=out, stderr=log)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended at once: {self.log.read_text()}")
            try:
                if get(f"http://{self.endpoint}/readyz")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.05)
        raise RuntimeError(f"the server is not ready: {self.log.read_text()}")

    def stop(self, how=signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(timeout=60)

    def root(self) -> Clients:
        key = json.loads((self.directory / "data" / "root-credentials.json").read_text())
        return Clients(self.endpoint, key["AccessKeyId"], key["AccessKeySecret"])


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("ramgate"))
    server.start()
    yield server
    assert server.stop() == 0, server.log.read_text()[-4000:]


@pytest.fixture(scope="session")
def root(server) -> Clients:
    return server.root()


def unique(prefix: str) -> str:
    return f"{prefix}-{secrets.token_hex(4)}"


class User:
    """A RAM user with a key of its own."""

    def __init__(self, root: Clients):
        self.root, self.name, self.policies = root, unique("user"), []
        root.ram.create_user(ram.CreateUserRequest(user_name=self.name))
        key = root.ram.create_access_key(ram.CreateAccessKeyRequest(user_name=self.name)).body.access_key
        self.clients = Clients(root.endpoint, key.access_key_id, key.access_key_secret)

    def grant(self, document) -> str:
        """Makes a custom policy of `document` (text, or an object to be written as JSON) and attaches it."""
        name = unique("policy")
        text = document if isinstance(document, str) else json.dumps(document)
        self.root.ram.create_policy(ram.CreatePolicyRequest(policy_name=name, policy_document=text))
        self.attach(name, "Custom")
        return name

    def attach(self, name: str, kind: str):
        self.root.ram.attach_policy_to_user(ram.AttachPolicyToUserRequest(
            policy_name=name, policy_type=kind, user_name=self.name))
        self.policies.append((name, kind))

    def detach(self, name: str, kind: str = "Custom"):
        self.root.ram.detach_policy_from_user(ram.DetachPolicyFromUserRequest(
            policy_name=name, policy_type=kind, user_name=self.name))
        self.policies.remove((name, kind))


@pytest.fixture
def user(root) -> User:
    return User(root)


@pytest.fixture
def other_user(root) -> User:
    return User(root)


def policy(*statements) -> dict:
    return {"Version": "1", "Statement": list(statements)}


def allow(action, resource="*", **condition) -> dict:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **condition}


def deny(action, resource="*", **condition) -> dict:
    return {"Effect": "Deny", "Action": action, "Resource": resource, **condition}




def code_of(call, *arguments, **options) -> str:
    """The error code that a call is answered with; `OK` where it succeeds."""
    from alibabacloud_tea_openapi.exceptions import AlibabaCloudException
    try:
        call(*arguments, **options)
    except AlibabaCloudException as error:
        return error.code
    return "OK"


class Origin(http.server.BaseHTTPRequestHandler):
    """Answers every request with what it saw, as JSON."""

    protocol_version = "HTTP/1.1"
    # Head and body are two writes; without this the second waits for an acknowledgement.
    disable_nagle_algorithm = True

    def answer(self):
        length = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(length).decode()
        seen = {"method": self.command, "path": self.path, "headers": {k.lower(): v for k, v in self.headers.items()},
                "body": body, "name": self.server.name}
        data = json.dumps(seen).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = answer

    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def origins():
    """Two services to route to: `(name, host:port)` each."""
    servers = []
    for name in ("blue", "green"):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Origin)
        server.name = name
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
    yield [(server.name, f"127.0.0.1:{server.server_address[1]}") for server in servers]
    for server in servers:
        server.shutdown()

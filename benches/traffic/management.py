"""A client of the management API as small as can be: JSON over one connection, signed with ACS3-HMAC-SHA256.

Not an SDK: what is timed through it shall be the server.
"""

import datetime
import hashlib
import hmac
import http.client
import json
import secrets
import urllib.parse


APIG, RAM = "2024-03-27", "2015-05-01"


class Refused(RuntimeError):
    """A call that was not answered with 200."""

    def __init__(self, what: str, status: int, text: bytes):
        super().__init__(f"{what}: {status} {text[:300]!r}")
        self.status = status


class Management:
    """Calls with one access key: of the API Gateway by path, of RAM by action."""

    def __init__(self, port: int, access_key_id: str, access_key_secret: str):
        self.host = f"127.0.0.1:{port}"
        self.access_key_id, self.secret = access_key_id, access_key_secret.encode()
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def call(self, method: str, path: str, body: dict | None = None) -> dict:
        """One call, without a query. Answers its `data`; fails unless the status is 200."""
        text = b"" if body is None else json.dumps(body).encode()
        return json.loads(self.send(method, path, "", text, {"x-acs-version": APIG})).get("data") or {}

    def ram(self, action: str, **parameters: str) -> dict:
        """One call of RAM; fails unless the status is 200."""
        query = urllib.parse.urlencode(sorted(parameters.items()), quote_via=urllib.parse.quote, safe="")
        return json.loads(self.send("POST", "/", query, b"", {"x-acs-version": RAM, "x-acs-action": action}))

    def send(self, method: str, path: str, query: str, body: bytes, extra: dict[str, str]) -> bytes:
        target = f"{path}?{query}" if query else path
        self.connection.request(method, target, body or None, self.signed(method, path, query, body, extra))
        answer = self.connection.getresponse()
        received = answer.read()
        if answer.status != 200:
            raise Refused(f"{method} {path} {extra.get('x-acs-action', '')}", answer.status, received)
        return received

    def signed(self, method: str, path: str, query: str, body: bytes, extra: dict[str, str]) -> dict[str, str]:
        """The headers of a call, signature included."""
        digest = hashlib.sha256(body).hexdigest()
        headers = {
            **extra,
            "content-type": "application/json; charset=utf-8",
            "host": self.host,
            "x-acs-content-sha256": digest,
            "x-acs-date": datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "x-acs-signature-nonce": secrets.token_hex(16),
        }
        names = ";".join(sorted(headers))
        lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
        canonical = f"{method}\n{path}\n{query}\n{lines}\n{names}\n{digest}"
        to_sign = "ACS3-HMAC-SHA256\n" + hashlib.sha256(canonical.encode()).hexdigest()
        signature = hmac.new(self.secret, to_sign.encode(), hashlib.sha256).hexdigest()
        headers["authorization"] = (
            f"ACS3-HMAC-SHA256 Credential={self.access_key_id},SignedHeaders={names},Signature={signature}")
        return headers

    def close(self):
        self.connection.close()

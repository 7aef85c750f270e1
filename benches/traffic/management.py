"""A client of the management API as small as can be: JSON over one connection, signed with ACS3-HMAC-SHA256.

Not an SDK: what is timed through it shall be the server.
"""

import datetime
import hashlib
import hmac
import http.client
import json
import secrets


class Management:
    """Calls of the API Gateway's version 2024-03-27 with one access key."""

    def __init__(self, port: int, access_key_id: str, access_key_secret: str):
        self.host = f"127.0.0.1:{port}"
        self.access_key_id, self.secret = access_key_id, access_key_secret.encode()
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def call(self, method: str, path: str, body: dict | None = None) -> dict:
        """One call, without a query. Answers its `data`; fails unless the status is 200."""
        text = b"" if body is None else json.dumps(body).encode()
        self.connection.request(method, path, text or None, self.signed(method, path, text))
        answer = self.connection.getresponse()
        received = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{method} {path}: {answer.status} {received[:300]!r}")
        return json.loads(received).get("data") or {}

    def signed(self, method: str, path: str, body: bytes) -> dict[str, str]:
        """The headers of a call, signature included."""
        digest = hashlib.sha256(body).hexdigest()
        headers = {
            "content-type": "application/json; charset=utf-8",
            "host": self.host,
            "x-acs-content-sha256": digest,
            "x-acs-date": datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "x-acs-signature-nonce": secrets.token_hex(16),
            "x-acs-version": "2024-03-27",
        }
        names = ";".join(sorted(headers))
        lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
        canonical = f"{method}\n{path}\n\n{lines}\n{names}\n{digest}"
        to_sign = "ACS3-HMAC-SHA256\n" + hashlib.sha256(canonical.encode()).hexdigest()
        signature = hmac.new(self.secret, to_sign.encode(), hashlib.sha256).hexdigest()
        headers["authorization"] = (
            f"ACS3-HMAC-SHA256 Credential={self.access_key_id},SignedHeaders={names},Signature={signature}")
        return headers

    def close(self):
        self.connection.close()

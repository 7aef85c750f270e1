"""A client of the console's logon service: cookies, the session's token, and one-time codes by RFC 6238."""

import base64
import hashlib
import hmac
import http.client
import http.cookies
import json
import struct
import time
import urllib.parse


def code(seed: str, steps: int = 0) -> str:
    """The code of a base32 seed, so many steps of 30 seconds from now."""
    key = base64.b32decode(seed + "=" * (-len(seed) % 8))
    mac = hmac.new(key, struct.pack(">Q", int(time.time()) // 30 + steps), hashlib.sha1).digest()
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def wait_for_next_code():
    """Waits until a code comes that was not given yet."""
    time.sleep(30.5 - time.time() % 30)


class Browser:
    def __init__(self, endpoint: str):
        self.endpoint, self.cookies, self.csrf, self.set_cookies = endpoint, {}, None, []

    def send(self, method: str, target: str, headers: dict, body: str = "") -> tuple[int, dict]:
        connection = http.client.HTTPConnection(self.endpoint, timeout=30)
        headers = dict(headers)
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if self.csrf:
            headers["x-ramgate-csrf"] = self.csrf
        connection.request(method, target, body, headers)
        answer = connection.getresponse()
        content = json.loads(answer.read() or "{}")
        self.set_cookies = answer.headers.get_all("set-cookie") or []
        for text in self.set_cookies:
            for name, morsel in http.cookies.SimpleCookie(text).items():
                if morsel.value:
                    self.cookies[name] = morsel.value
                else:
                    self.cookies.pop(name, None)
        connection.close()
        self.csrf = content.get("Session", {}).get("CsrfToken", self.csrf)
        return answer.status, content

    def post(self, endpoint: str, **body) -> tuple[int, dict]:
        return self.send("POST", f"/console/api/{endpoint}", {"Content-Type": "application/json"}, json.dumps(body))

    def logon(self, name: str, password: str, **more) -> tuple[int, dict]:
        return self.post("logon", LoginName=name, Password=password, **more)

    def session(self) -> tuple[int, dict]:
        return self.send("GET", "/console/api/session", {})

    def ram(self, action: str, **parameters) -> tuple[int, dict]:
        headers = {"x-acs-version": "2015-05-01", "x-acs-action": action}
        return self.send("POST", "/?" + urllib.parse.urlencode(parameters), headers)

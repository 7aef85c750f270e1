"""Load: wrk over HTTP/1.1 (plain and TLS), h2load over HTTP/2; and the check that a proxy does what it is measured for."""

import pathlib
import re
import socket
import ssl

from processes import Settings, run
from proxies import MOST_WITH_TLS, TOLD, Place, sample

PROTOCOLS = ("HTTP/1.1", "TLS", "HTTP/2")
# The host of the HTTP/2 load: h2load keeps one host for all its requests.
H2_HOST = 5


def wrk_script(file: pathlib.Path, requests: list[tuple[str, str]]) -> pathlib.Path:
    """A script for wrk that sends these (host, path) in turn."""
    # Formatting needs wrk's own state, so it happens in `init`.
    formatted = "\n".join(f'  all[{i}] = wrk.format("GET", "{path}", {{["Host"] = "{host}"}})'
                          for i, (host, path) in enumerate(requests))
    file.write_text(f"""local all, n = {{}}, 0
function init(args)
{formatted}
end
function request()
  n = (n + 1) % {len(requests)}
  return all[n]
end
""")
    return file


def wrk(url: str, seconds: float, script: pathlib.Path | None) -> dict:
    """64 connections, keep-alive."""
    lua = ["-s", script] if script else []
    said = run(["wrk", "-t1", "-c64", f"-d{max(1, round(seconds))}s", *lua, url], Settings.cores.load, seconds + 30)
    return read_wrk(said)


def read_wrk(said: str) -> dict:
    """Requests, requests a second, and those that failed."""
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    errors = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", said)
    failed = [int(n) for found in (refused, errors) if found for n in found.groups()]
    return {"requests": int(re.search(r"(\d+) requests in", said)[1]),
            "rps": float(re.search(r"Requests/sec:\s*([0-9.]+)", said)[1]),
            "failed": sum(failed)}


def h2load(port: int, host: str, paths: list[str], how: list, directory: pathlib.Path) -> dict:
    """HTTP/2 over TLS: requests, requests a second, and those that failed or were not answered with 2xx."""
    file = directory / "h2-requests.txt"
    file.write_text("".join(f"https://{host}{path}\n" for path in paths))
    said = run(["h2load", "-t1", *how, f"--connect-to=127.0.0.1:{port}", "-i", file], Settings.cores.load, 60)
    if "Application protocol: h2" not in said:
        raise RuntimeError(f"no HTTP/2: {said.strip()[-300:]}")
    done, failed = re.search(r"(\d+) done, \d+ succeeded, (\d+) failed", said).groups()
    good = int(re.search(r"status codes: (\d+) 2xx", said)[1])
    return {"requests": int(done), "rps": float(re.search(r"finished in [^,]*, ([0-9.]+) req/s", said)[1]),
            "failed": max(int(failed), int(done) - good)}


class Load:
    """The requests for one instance of a proxy."""

    def __init__(self, place: Place, scale: int, tells: bool = True):
        self.place, self.scale, self.tells = place, scale, tells
        self.script = wrk_script(place.directory / "requests.lua", sample(scale)) if scale else None
        self.h2_paths = [f"/p{i}/items/{i}?q={i}" for i in range(10)] if scale else ["/hello"]

    def run(self, protocol: str, seconds: float) -> dict:
        if protocol == "HTTP/1.1":
            return wrk(f"http://127.0.0.1:{self.place.http}/hello", seconds, self.script)
        if protocol == "TLS":
            return wrk(f"https://127.0.0.1:{self.place.https}/hello", seconds, self.script)
        how = ["-c10", "-m10", f"-D{max(1, round(seconds))}"]
        return h2load(self.place.https, f"h{H2_HOST}.bench.test", self.h2_paths, how, self.place.directory)

    def check(self):
        """Fails where the proxy does not do what is measured."""
        ports = [(self.place.http, False)]
        if self.scale <= MOST_WITH_TLS:
            ports.append((self.place.https, True))
        for port, tls in ports:
            self.check_port(port, tls)
        if self.scale <= MOST_WITH_TLS:
            self.check_h2()

    def check_port(self, port: int, tls: bool):
        status, text = get(port, "h0.bench.test", "/p0/hello", tls)
        expect(status == 200 and len(text) == 1024, f"the page: status {status}, {len(text)} bytes")
        requests = sample(self.scale) if self.scale else [("any.bench.test", "/any/items/1?q=1")]
        for host, path in (requests[0], requests[len(requests) // 2], requests[-1]):
            path = path.replace("/items", "/echo")
            status, text = get(port, host, path, tls)
            expect(status == 200 and text.startswith(f"GET {path} "), f"the path upstream: status {status}, {text[:200]!r}")
            expect(f"\nhost: {host}\n" in text.lower(), f"the host upstream: {text[:200]!r}")
            told = [name for name in TOLD if f"\n{name}: " in text.lower()]
            expect(told == list(TOLD if self.tells else ()), f"what the upstream is told: {told}")
        if self.scale:
            host, path = requests[0]
            for what, answer in (("host", get(port, "none.bench.test", path, tls)), ("path", get(port, host, "/none/x", tls)),
                                 ("longer prefix", get(port, host, "/p0x/y", tls))):
                expect(answer[0] == 404, f"an unknown {what}: status {answer[0]}")

    def check_h2(self):
        once = ["-c1", "-m1", f"-n{len(self.h2_paths)}"]
        host, port, directory = f"h{H2_HOST}.bench.test", self.place.https, self.place.directory
        answered = h2load(port, host, self.h2_paths, once, directory)
        expect(answered["failed"] == 0, f"HTTP/2: {answered}")
        if self.scale:
            for h, path in ((host, "/none/x"), ("none.bench.test", self.h2_paths[0])):
                answered = h2load(port, h, [path], ["-c1", "-m1", "-n1"], directory)
                expect(answered["failed"] == 1, f"HTTP/2, an unknown host or path: {answered}")


def expect(holds: bool, otherwise: str):
    if not holds:
        raise RuntimeError(otherwise)


def connect(port: int, tls: bool, timeout: float = 5) -> socket.socket:
    raw = socket.create_connection(("127.0.0.1", port), timeout)
    raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if not tls:
        return raw
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    return context.wrap_socket(raw)


def get(port: int, host: str, path: str, tls: bool = False) -> tuple[int, str]:
    """One request on a connection of its own: (status, body)."""
    with connect(port, tls) as stream:
        stream.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        received = b""
        while part := stream.recv(65536):
            received += part
    head, _, body = received.decode("latin1").partition("\r\n\r\n")
    return int(head.split(" ", 2)[1]), body

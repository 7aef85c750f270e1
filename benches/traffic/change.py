#!/usr/bin/env python3
"""What one change of a route costs while traffic flows: how soon it is live, and what it does to the traffic.

With 100, 10,000 and 100,000 routes in place, routes are made and deployed, and a live route gets another backend, through
the management API; every change is asked for on the traffic side from the moment its answer is there. See ../README.md.
"""

import argparse
import json
import math
import signal
import socket
import statistics
import time
import urllib.error
import urllib.request

import load
import processes
import proxies
import report
from management import Management
from processes import Process, Settings
from proxies import OTHER_UPSTREAM, UPSTREAM, WORK, Place, sample

BLUE, GREEN = "blue", "green"
# A route that is neither made nor changed here, and carries the streams.
STREAM_HOST, STREAM_PATH, STREAMS, TICKS_PER_SECOND = "h1.bench.test", "/p1/stream", 4, 10


class Server:
    """`ramgate serve` on a data directory."""

    def __init__(self, place: Place):
        self.place = place
        self.process = Process(proxies.serve(place), Settings.cores.proxy, place.directory / "log")
        # What the start takes: from just before exec to the first 200 on /readyz.
        self.start_seconds = self.wait_ready()

    def wait_ready(self) -> float:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            if self.process.has_ended():
                raise RuntimeError(f"the server ended: {self.process.last_words()}")
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.place.management}/readyz", timeout=5) as answer:
                    if answer.status == 200:
                        return time.monotonic() - self.process.started
            except (urllib.error.URLError, OSError):
                pass
            time.sleep(0.002)
        self.process.stop()
        raise RuntimeError("the server is not ready after 120 s")

    def management(self) -> Management:
        key = json.loads((self.place.directory / "data" / "root-credentials.json").read_text())
        return Management(self.place.management, key["AccessKeyId"], key["AccessKeySecret"])


class Entry:
    """Asks the gateway: on one kept connection and on new ones, in turn."""

    def __init__(self, port: int):
        self.port = port
        self.kept: socket.socket | None = None

    def ask(self, host: str, path: str, fresh: bool) -> tuple[int, bytes]:
        """(status, body); the body is that of an answer with Content-Length."""
        if fresh:
            with load.connect(self.port, False) as stream:
                return exchange(stream, host, path)
        if self.kept is None:
            self.kept = load.connect(self.port, False)
        return exchange(self.kept, host, path)

    def until(self, is_live, host: str, path: str, fresh: bool, seconds: float = 10) -> int:
        """Asks until the answer is the wanted one; how often it took."""
        deadline = time.monotonic() + seconds
        asked = 0
        while time.monotonic() < deadline:
            asked += 1
            if is_live(*self.ask(host, path, fresh)):
                return asked
            time.sleep(0.0002)
        raise RuntimeError(f"{host}{path}: not live after {seconds:.0f} s")

    def close(self):
        if self.kept:
            self.kept.close()


def exchange(stream: socket.socket, host: str, path: str) -> tuple[int, bytes]:
    stream.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    received = b""
    while b"\r\n\r\n" not in received:
        part = stream.recv(65536)
        if not part:
            raise RuntimeError("the connection was closed")
        received += part
    head, _, body = received.partition(b"\r\n\r\n")
    fields = dict(line.lower().split(b":", 1) for line in head.split(b"\r\n")[1:])
    length = int(fields[b"content-length"])
    while len(body) < length:
        part = stream.recv(65536)
        if not part:
            raise RuntimeError("the connection was closed within an answer")
        body += part
    return int(head.split(b" ", 2)[1]), body


class Streams:
    """Answers that never end, opened before the changes. They pile up unread in the socket: a few bytes a second."""

    def __init__(self, port: int):
        self.opened = time.monotonic()
        self.sockets = [load.connect(port, False) for _ in range(STREAMS)]
        for stream in self.sockets:
            stream.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
            stream.sendall(f"GET {STREAM_PATH} HTTP/1.1\r\nHost: {STREAM_HOST}\r\n\r\n".encode())

    def cut(self) -> int:
        """How many have ended, or brought too little."""
        wanted = (time.monotonic() - self.opened) * TICKS_PER_SECOND * 0.8
        n = 0
        for stream in self.sockets:
            stream.setblocking(False)
            received, ended = b"", False
            try:
                while not ended:
                    part = stream.recv(65536)
                    received += part
                    ended = not part
            except BlockingIOError:
                pass
            except OSError:
                ended = True
            stream.close()
            n += ended or received.count(b"tick") < wanted or not received.startswith(b"HTTP/1.1 200")
        return n


class Background:
    """Light traffic over all routes while they are changed: 16 connections, each waiting 20 ms between requests."""

    def __init__(self, place: Place, scale: int):
        script = load.wrk_script(place.directory / "background.lua", sample(scale))
        script.write_text(script.read_text() + "function delay() return 20 end\n")
        self.log = place.directory / "background.log"
        self.process = Process(["wrk", "-t1", "-c16", "-d3600s", "-s", script, f"http://127.0.0.1:{place.http}/"],
                               Settings.cores.load, self.log)

    def end(self) -> dict:
        """Requests made, and those that failed."""
        self.process.stop(signal.SIGINT)
        return load.read_wrk(self.log.read_text())


def cpu_per_request(server: Server, script) -> float:
    """Microseconds under full load, the median of three seconds."""
    url, values = f"http://127.0.0.1:{server.place.http}/", []
    for _ in range(3):
        before = sum(server.process.cpu())
        done = load.wrk(url, 1, script)
        load.expect(done["failed"] == 0, f"under full load: {done}")
        values.append(1e6 * (sum(server.process.cpu()) - before) / done["requests"])
    return statistics.median(values)


def milliseconds(since: float) -> float:
    return (time.monotonic() - since) * 1e3


def make_routes(api: Management, ids: dict, domain_id: str, host: str, entry: Entry, times: int) -> dict[str, list[float]]:
    """Makes and deploys routes on a host that has routes; asks for each until it answers."""
    took: dict[str, list[float]] = {"create": [], "deploy": [], "live": [], "asked": []}
    for i in range(times):
        body = {
            "name": f"new-{i}", "environmentId": ids["environment"], "domainIds": [domain_id],
            "match": {"path": {"type": "Prefix", "value": f"/new{i}/"}},
            "backendConfig": {"scene": "SingleService", "services": [{"serviceId": ids["service"]}]}}
        load.expect(entry.ask(host, f"/new{i}/x", False)[0] == 404, "the path is taken")
        at = time.monotonic()
        route_id = api.call("POST", f"/v1/http-apis/{ids['api']}/routes", body)["routeId"]
        took["create"].append(milliseconds(at))
        at = time.monotonic()
        api.call("POST", f"/v1/http-apis/{ids['api']}/deploy", {"routeId": route_id})
        took["deploy"].append(milliseconds(at))
        at = time.monotonic()
        asked = entry.until(lambda status, _: status == 200, host, f"/new{i}/x", i % 2 == 0)
        took["live"].append(milliseconds(at))
        took["asked"].append(asked)
    return took


def change_backend(api: Management, ids: dict, other: str, host: str, entry: Entry, times: int) -> dict[str, list[float]]:
    """Sends a live route's traffic to the other service and back; asks until the new one answers."""
    took: dict[str, list[float]] = {"update": [], "live": [], "asked": []}
    path = f"/v1/http-apis/{ids['api']}/routes/{ids['route']}"
    for i in range(times):
        service, name = ((other, GREEN), (ids["service"], BLUE))[i % 2]
        at = time.monotonic()
        api.call("PUT", path, {"backendConfig": {"scene": "SingleService", "services": [{"serviceId": service}]}})
        took["update"].append(milliseconds(at))
        at = time.monotonic()
        # Pairs, so that both services are asked for on kept and on new connections.
        asked = entry.until(lambda _, body: body.startswith(name.encode()), host, "/p0/x", i // 2 % 2 == 0)
        took["live"].append(milliseconds(at))
        took["asked"].append(asked)
    return took


def measure(i: int, scale: int, times: int) -> dict:
    place = Place.number(i, f"change-{scale}")
    report.progress(f"{scale:,} routes: writing the data directory")
    ids = proxies.seed(place, scale)
    ids["route"] = "hr-bench" + "0" * 15
    report.progress(f"{scale:,} routes: starting")
    server = Server(place)
    running = [server.process]
    try:
        result: dict = {"routes": scale, "first_start_s": server.start_seconds, "start_rss_mb": server.process.memory()[0]}
        full_load = load.wrk_script(place.directory / "requests.lua", sample(scale))
        result["cpu_us"] = cpu_per_request(server, full_load)
        api, entry, host = server.management(), Entry(place.http), "h0.bench.test"
        domain_id = api.call("POST", "/v1/domains", {"name": host, "protocol": "HTTP"})["domainId"]
        other = api.call("POST", "/v1/services", {
            "gatewayId": ids["gateway"], "sourceType": "VIP",
            "serviceConfigs": [{"name": GREEN, "addresses": [f"127.0.0.1:{OTHER_UPSTREAM}"]}]})["serviceIds"][0]
        background, streams = Background(place, scale), Streams(place.http)
        running.append(background.process)
        report.progress(f"{scale:,} routes: making and deploying {times}")
        result["make"] = make_routes(api, ids, domain_id, host, entry, times)
        report.progress(f"{scale:,} routes: changing a backend {times} times")
        result["update"] = change_backend(api, ids, other, host, entry, times)
        result["streams_cut"] = streams.cut()
        result["background"] = background.end()
        api.close()
        entry.close()
        result["cpu_us_after"] = cpu_per_request(server, full_load)
        result["rss_mb"], result["pss_mb"] = server.process.memory()
        report.progress(f"{scale:,} routes: kill -9, and again")
        server.process.stop(signal.SIGKILL)
        server = Server(place)
        running.append(server.process)
        result["start_s"] = server.start_seconds
        result["restart_rss_mb"] = server.process.memory()[0]
        status, _ = load.get(place.http, host, f"/new{times - 1}/x")
        load.expect(status == 200, f"the last route made answers {status} after kill -9")
        return result
    finally:
        for process in running:
            process.stop()


def percentile(values: list[float], share: float) -> float:
    """The smallest value that at least this share of all does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(round(share * len(ordered), 6)) - 1)]


def three(values: list[float]) -> list[str]:
    return [report.number(figure) for figure in (percentile(values, 0.5), percentile(values, 0.99), max(values))]


def print_tables(results: list[dict], times: int):
    head = ["ms", "p50", "p99", "max"]
    for title, part, names in (
            ("a new route", "make", (("create", "CreateHttpApiRoute, the call"), ("deploy", "DeployHttpApi, the call"),
                                     ("live", "from its answer to the first 200"))),
            ("another backend for a live route", "update", (("update", "UpdateHttpApiRoute, the call"),
                                                            ("live", "from its answer to the first from the new backend")))):
        print(f"\n{title}, {times} times")
        rows = [[f"{result['routes']:,} routes: {text}", *three(result[part][name])]
                for name, text in names for result in results]
        report.table(head, rows)
    print("\nthe process")
    report.table(
        ["", "start s", "after kill -9", "RSS MB at start", "RSS MB at end", "CPU µs/request", "after the changes", "requests meanwhile",
         "failed", "streams cut", "asked again"],
        [[f"{r['routes']:,} routes", report.number(r["first_start_s"]), report.number(r["start_s"]),
          report.number(r["start_rss_mb"], 1), report.number(r["rss_mb"], 1), report.number(r["cpu_us"]),
          report.number(r["cpu_us_after"]), f"{r['background']['requests']:,}", str(r["background"]["failed"]),
          f"{r['streams_cut']} of {STREAMS}", str(int(sum(n - 1 for n in r["make"]["asked"] + r["update"]["asked"])))]
         for r in results])
    print()


def bars(results: list[dict], sizes: list[int]) -> report.Bars:
    found = report.Bars()
    by_size = {result["routes"]: result for result in results}
    for size in sizes:
        result, where = by_size.get(size), f"{size:,} routes"
        for part, text in (("make", "a deployed route answers"), ("update", "a changed backend answers")):
            p99 = percentile(result[part]["live"], 0.99) if result else None
            found.add(f"<= 10 ms at p99 until {text}, {where}", p99, 10, " ms")
        found.add(f"no request failed meanwhile, {where}", result and result["background"]["failed"], 0, "", 0)
        found.add(f"no stream was cut, {where}", result and result["streams_cut"], 0, "", 0)
    largest = by_size.get(100_000)
    if 100_000 in sizes:
        found.add("<= 2 s from exec to ready after kill -9, 100,000 routes", largest and largest["start_s"], 2, " s")
        found.add("<= 300 MB at 100,000 routes, changes and load included", largest and largest["rss_mb"], 300, " MB", 0)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--routes", default="100,10000,100000", help="numbers of routes in place")
    parser.add_argument("--times", type=int, default=200, help="changes of each kind")
    parser.add_argument("--limit", type=int, default=420, help="seconds after which the run is stopped")
    parser.add_argument("--gate", action="store_true", help="fail when a bar is missed")
    options = parser.parse_args()
    sizes = [int(n) for n in options.routes.split(",")]
    report.end_in_time(options.limit)
    WORK.mkdir(parents=True, exist_ok=True)
    # A change's way is short against the turns that other work on the machine gets: what is timed goes first, and so does
    # this program, which asks for it.
    Settings.real_time = True
    processes.settle(Settings.cores.load)
    results, upstreams = [], []
    try:
        upstreams.append(proxies.upstream(UPSTREAM, BLUE))
        upstreams.append(proxies.upstream(OTHER_UPSTREAM, GREEN))
        for i, size in enumerate(sizes):
            try:
                results.append(measure(i, size, options.times))
            except Exception as error:  # One size must not end the run; its bars say that they were not measured.
                report.progress(f"{size:,} routes: FAILED: {error}")
    finally:
        for process in upstreams:
            process.stop()
    print(f"changes of routes under traffic, one worker, everything of Ramgate on one core; {processes.machine()}")
    print_tables(results, options.times)
    found = bars(results, sizes)
    found.print()
    report.save(WORK / "change.json", {"machine": processes.machine(), "sizes": results, "bars": found.rows})
    raise SystemExit(1 if options.gate and found.missed() else 0)


if __name__ == "__main__":
    main()

"""The proxies that are measured: how each is told to do the same, and how it is started.

A scale is the number of routes: 0 forwards everything to one upstream; any other number matches host and path prefix, and
answers 404 where none matches.
"""

import dataclasses
import json
import os
import pathlib
import subprocess

from processes import Process, Settings, run

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORK = pathlib.Path(os.environ.get("BENCH_WORK", ROOT / ".work" / "bench"))
FIRST_PORT = int(os.environ.get("BENCH_PORT", "17900"))
UPSTREAM, OTHER_UPSTREAM = FIRST_PORT, FIRST_PORT + 1
# Hosts and prefixes per host.
LAYOUT = {100: (10, 10), 10_000: (100, 100), 100_000: (1000, 100)}
MOST_WITH_TLS = 100


def program(name: str) -> pathlib.Path:
    """A program of this project, built in release."""
    home = ROOT if name == "ramgate" else ROOT / "benches" / "traffic"
    return pathlib.Path(os.environ.get("CARGO_TARGET_DIR", home / "target")) / "release" / name


def routes(scale: int) -> list[tuple[str, str, str]]:
    """(host, prefix, name) of every route."""
    hosts, prefixes = LAYOUT[scale]
    return [(f"h{h}.bench.test", f"/p{p}", f"r{h}-{p}") for h in range(hosts) for p in range(prefixes)]


def sample(scale: int, n: int = 100) -> list[tuple[str, str]]:
    """(host, path) of n requests spread over all routes: hosts and prefixes from front to back."""
    rows = routes(scale)
    step = len(rows) // n
    # The offset varies, so that early, middle and late prefixes of a host are asked for.
    picked = [rows[i * step + (i * 37) % step] for i in range(n)]
    return [(host, f"{prefix}/items/{i}?q={i}") for i, (host, prefix, _) in enumerate(picked)]


def certificate() -> tuple[pathlib.Path, pathlib.Path]:
    """(certificate, key) in PEM, made once: ECDSA P-256, self-signed."""
    cert, key = WORK / "cert.pem", WORK / "key.pem"
    if not (cert.exists() and key.exists()):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "3650",
             "-subj", "/CN=bench.test", "-addext", "subjectAltName=DNS:bench.test,DNS:*.bench.test", "-keyout", key, "-out", cert],
            check=True, capture_output=True)
    return cert, key


def upstream(port: int, name: str) -> Process:
    """The static upstream; its pages begin with the name."""
    process = Process([program("upstream"), port, name], Settings.cores.upstream, WORK / f"upstream-{name}.log")
    try:
        process.wait_port(port)
    except BaseException:
        process.stop()
        raise
    return process


@dataclasses.dataclass
class Place:
    """Where an instance of a proxy keeps its files and listens."""

    directory: pathlib.Path
    http: int
    https: int
    management: int

    @classmethod
    def number(cls, i: int, name: str) -> "Place":
        directory = WORK / "run" / name
        subprocess.run(["rm", "-rf", directory], check=True)
        directory.mkdir(parents=True)
        first = FIRST_PORT + 10 + 3 * i
        return cls(directory, first, first + 1, first + 2)


def bare(place: Place, scale: int) -> list | None:
    """hyper and nothing else."""
    if scale:
        return None
    return [program("bare"), f"127.0.0.1:{UPSTREAM}", place.http, place.https, *certificate()]


def lean_nginx(place: Place, scale: int) -> list | None:
    """nginx that tells the upstream nothing about the client, nor names requests: less than the others do."""
    return nginx(place, scale, tells=False) if scale <= MOST_WITH_TLS else None


def nginx(place: Place, scale: int, tells: bool = True) -> list:
    cert, key = certificate()
    forward = 'proxy_pass http://up; proxy_set_header Host $http_host; proxy_set_header Connection "";'
    if tells:
        told = {"X-Forwarded-For": "$remote_addr", "X-Forwarded-Proto": "$scheme", "X-Forwarded-Host": "$http_host",
                "X-Request-ID": "$request_id"}
        forward += "".join(f" proxy_set_header {name} {value};" for name, value in told.items())

    def listen(options: str = "") -> str:
        text = f"listen 127.0.0.1:{place.http} {options};"
        # nginx makes a TLS context for each server; where TLS is not measured, its memory shall not count against it.
        return text + f" listen 127.0.0.1:{place.https} ssl http2 {options};" if scale <= MOST_WITH_TLS else text

    lines = ["worker_processes 1; daemon off; error_log stderr crit;", f"pid {place.directory}/nginx.pid;",
             "events { worker_connections 8192; }", "http {", "access_log off; server_tokens off;",
             f"ssl_certificate {cert}; ssl_certificate_key {key}; ssl_protocols TLSv1.3;"]
    lines += [f"{kind}_temp_path {place.directory}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")]
    lines += ["keepalive_requests 1000000000; keepalive_timeout 75s; proxy_http_version 1.1;",
              "server_names_hash_max_size 262144; server_names_hash_bucket_size 128;",
              f"upstream up {{ server 127.0.0.1:{UPSTREAM}; keepalive 256; keepalive_requests 1000000000; }}"]
    if scale == 0:
        lines.append(f"server {{ {listen('backlog=4096')} location / {{ {forward} }} }}")
    else:
        lines.append(f"server {{ {listen('default_server backlog=4096')} return 404; }}")
        by_host: dict[str, list[str]] = {}
        for host, prefix, _ in routes(scale):
            by_host.setdefault(host, []).append(prefix)
        for host, prefixes in by_host.items():
            lines.append(f"server {{ {listen()} server_name {host}; location / {{ return 404; }}")
            lines += [f"location {prefix}/ {{ {forward} }}" for prefix in prefixes]
            lines.append("}")
    lines.append("}")
    config = place.directory / "nginx.conf"
    config.write_text("\n".join(lines) + "\n")
    return ["nginx", "-p", place.directory, "-c", config]


def haproxy(place: Place, scale: int) -> list:
    cert, key = certificate()
    pair = place.directory / "pair.pem"
    pair.write_text(cert.read_text() + key.read_text())
    lines = ["global", "  nbthread 1", "  maxconn 8192",
             "defaults", "  mode http", "  timeout connect 5s", "  timeout client 60s", "  timeout server 60s",
             "  timeout http-keep-alive 60s", "  http-reuse always",
             "frontend all", f"  bind 127.0.0.1:{place.http} backlog 4096",
             f"  bind 127.0.0.1:{place.https} ssl crt {pair} ssl-min-ver TLSv1.3 alpn h2,http/1.1 backlog 4096"]
    if scale:
        table = place.directory / "routes.map"
        table.write_text("".join(f"{host}{prefix}/ {name}\n" for host, prefix, name in routes(scale)))
        lines += [f"  http-request set-var(txn.route) base,map_beg({table})",
                  "  http-request return status 404 unless { var(txn.route) -m found }"]
    told = {"X-Forwarded-For": "%[src]", "X-Forwarded-Proto": "%[ssl_fc,iif(https,http)]",
            "X-Forwarded-Host": "%[req.hdr(host)]", "X-Request-ID": "%[uuid]"}
    lines += [f"  http-request set-header {name} {value}" for name, value in told.items()]
    lines += ["  default_backend up", "backend up", f"  server s 127.0.0.1:{UPSTREAM} pool-max-conn 512"]
    config = place.directory / "haproxy.cfg"
    config.write_text("\n".join(lines) + "\n")
    return ["haproxy", "-db", "-f", config]


def seed(place: Place, scale: int) -> dict:
    """Writes a data directory with the routes into `data`. Answers the ids of what it made."""
    listed = ""
    if scale:
        listed = place.directory / "routes.txt"
        listed.write_text("".join(f"{host} {prefix} {name}\n" for host, prefix, name in routes(scale)))
    data = place.directory / "data"
    data.mkdir()
    written = run([program("seed"), data, place.http, place.https, f"127.0.0.1:{UPSTREAM}", *certificate(), listed],
                  Settings.cores.load, 180)
    return json.loads(written)


def serve(place: Place) -> list:
    """`ramgate serve` on a seeded data directory: one worker, no access log, like the others."""
    return [program("ramgate"), "serve", "--data-dir", place.directory / "data", "--listen", f"127.0.0.1:{place.management}",
            "--entry-ports", f"{place.http}-{place.https}", "--workers", 1, "--access-log", "off", "--log", "warn"]


def ramgate(place: Place, scale: int) -> list:
    seed(place, scale)
    return serve(place)


# What every proxy tells the upstream, except for those that are here to be a floor.
TOLD = ("x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-request-id")
TELL_NOTHING = ("bare", "lean nginx")
PROXIES = {"bare": bare, "lean nginx": lean_nginx, "nginx": nginx, "haproxy": haproxy, "ramgate": ramgate}


def start(name: str, place: Place, scale: int) -> Process | None:
    """Starts a proxy and waits until it listens; nothing where it cannot do this."""
    command = PROXIES[name](place, scale)
    if command is None:
        return None
    process = Process(command, Settings.cores.proxy, place.directory / "log")
    try:
        process.wait_port(place.http)
        if scale <= MOST_WITH_TLS:
            process.wait_port(place.https)
    except BaseException:
        process.stop()
        raise
    return process

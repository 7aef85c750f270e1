#!/usr/bin/env python3
"""Processor time per call of the management API: signature, decision, handler, audit record, answer. See ../README.md."""

import argparse
import json
import statistics

import load
import processes
import proxies
import report
from change import Server
from management import Management, Refused
from processes import Settings
from proxies import UPSTREAM, WORK, Place

# Statements of the user's policies beside the two that decide: access to other gateways and services, some with conditions.
STATEMENTS = 20
READS, DENIED, WRITES = "allowed, reads (GetHttpApiRoute)", "denied (DeleteHttpApiRoute)", "allowed, writes (UpdateHttpApiRoute)"


def policy(api_id: str) -> str:
    """May read routes of one API, and must not remove them."""
    resource = f"acs:apig:*:*:httpapi/{api_id}*"
    others = [{"Effect": "Allow", "Action": [f"mse:{verb}Gateway*", f"log:{verb}*"], "Resource": f"acs:mse:*:*:gateways/gw-other{i}",
               **({"Condition": {"IpAddress": {"acs:SourceIp": "10.0.0.0/8"}}} if i % 5 == 0 else {})}
              for i, verb in zip(range(STATEMENTS), ("Get", "List", "Update", "Query") * STATEMENTS)]
    own = [{"Effect": "Allow", "Action": ["apig:Get*", "apig:List*", "apig:UpdateHttpApiRoute"], "Resource": resource},
           {"Effect": "Deny", "Action": "apig:DeleteHttpApiRoute", "Resource": resource}]
    return json.dumps({"Version": "1", "Statement": others + own})


def user(server: Server, api_id: str) -> Management:
    """Makes a RAM user with that policy; its calls."""
    root = server.management()
    root.ram("CreateUser", UserName="bench")
    root.ram("CreatePolicy", PolicyName="Bench", PolicyDocument=policy(api_id))
    root.ram("AttachPolicyToUser", PolicyType="Custom", PolicyName="Bench", UserName="bench")
    key = root.ram("CreateAccessKey", UserName="bench")["AccessKey"]
    root.close()
    return Management(server.place.management, key["AccessKeyId"], key["AccessKeySecret"])


def cpu_per_call(server: Server, call, times: int) -> list[float]:
    """Microseconds, of five parts of `times` calls one after the other. What runs in the background counts, too."""
    for _ in range(times // 10):
        call()
    values = []
    for _ in range(5):
        before = sum(server.process.cpu())
        for _ in range(times // 5):
            call()
        values.append(1e6 * (sum(server.process.cpu()) - before) / (times // 5))
    return values


def refused(call) -> None:
    """A call that must be answered with 403."""
    try:
        call()
    except Refused as error:
        load.expect(error.status == 403, str(error))
        return
    raise RuntimeError("a call that is denied was carried out")


def measure(scale: int, times: int) -> dict[str, list[float]]:
    place = Place.number(0, f"calls-{scale}")
    report.progress(f"{scale:,} routes: writing the data directory, starting")
    ids = proxies.seed(place, scale)
    server = Server(place)
    try:
        api = user(server, ids["api"])
        path = f"/v1/http-apis/{ids['api']}/routes/hr-bench" + "0" * 15
        change = {"backendConfig": {"scene": "SingleService", "services": [{"serviceId": ids["service"]}]}}
        kinds = {
            READS: lambda: api.call("GET", path),
            DENIED: lambda: refused(lambda: api.call("DELETE", path)),
            WRITES: lambda: api.call("PUT", path, change),
        }
        found = {}
        for kind, call in kinds.items():
            report.progress(f"{scale:,} routes: {kind}")
            found[kind] = cpu_per_call(server, call, times)
        api.close()
        return found
    finally:
        server.process.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--routes", type=int, default=10_000, help="number of routes in place")
    parser.add_argument("--times", type=int, default=5000, help="calls of each kind")
    parser.add_argument("--limit", type=int, default=180, help="seconds after which the run is stopped")
    parser.add_argument("--gate", action="store_true", help="fail when a bar is missed")
    options = parser.parse_args()
    report.end_in_time(options.limit)
    WORK.mkdir(parents=True, exist_ok=True)
    upstream = proxies.upstream(UPSTREAM, "hello")
    try:
        found = measure(options.routes, options.times)
    finally:
        upstream.stop()
    print(f"processor time per management call, signed with ACS3-HMAC-SHA256, one connection, {options.routes:,} routes in place,")
    print(f"a RAM user with {STATEMENTS + 2} statements, audit record included; {processes.machine()}\n")
    report.table(["", "CPU µs", "range"],
                 [[kind, report.number(statistics.median(values), 0), f"{min(values):,.0f}-{max(values):,.0f}"]
                  for kind, values in found.items()])
    print()
    bars = report.Bars()
    # What every call takes. A write also commits to the store and changes the state of both planes.
    for kind in (READS, DENIED):
        bars.add(f"<= 300 µs CPU, {kind}", statistics.median(found[kind]), 300, " µs", 0)
    bars.print()
    report.save(WORK / "calls.json", {"machine": processes.machine(), "calls": found, "bars": bars.rows})
    raise SystemExit(1 if options.gate and bars.missed() else 0)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Processor time per proxied request: Ramgate beside nginx, HAProxy and a bare hyper proxy, one worker each.

Every instance (a proxy with a number of routes) is started once and checked; then all take turns, round by round, so that
what else the machine does falls on all alike. See ../README.md.
"""

import argparse
import statistics
import time

import processes
import proxies
import report
from load import PROTOCOLS, Load
from processes import Cores, Process, Settings
from proxies import MOST_WITH_TLS, TELL_NOTHING, WORK, Place


class Instance:
    """A running proxy with its routes, and what was measured of it: by protocol, one figure per round."""

    def __init__(self, name: str, scale: int, place: Place, process: Process):
        self.name, self.scale, self.place, self.process = name, scale, place, process
        self.load = Load(place, scale, name not in TELL_NOTHING)
        self.rounds: dict[str, list[dict | None]] = {}

    def speaks(self, protocol: str) -> bool:
        return protocol == "HTTP/1.1" or self.scale <= MOST_WITH_TLS

    def measure(self, protocol: str, seconds: float, upstream: Process) -> dict:
        others, mine, own = processes.machine_seconds(), sum(upstream.cpu()) + children_seconds(), self.process.cpu()
        started = time.monotonic()
        result = self.load.run(protocol, seconds)
        took = time.monotonic() - started
        user, system = (after - before for after, before in zip(self.process.cpu(), own))
        others = processes.machine_seconds() - others
        mine = sum(upstream.cpu()) + children_seconds() - mine + user + system
        result["cpu_us"] = 1e6 * (user + system) / result["requests"]
        result["user_us"], result["system_us"] = 1e6 * user / result["requests"], 1e6 * system / result["requests"]
        result["used"] = (user + system) / took
        result["others"] = max(0.0, others - mine) / took
        result["rss_mb"], result["pss_mb"] = self.process.memory()
        return result

    def median(self, protocol: str, what: str) -> float | None:
        values = [row[what] for row in self.rounds.get(protocol, []) if row]
        return statistics.median(values) if values else None


def children_seconds() -> float:
    """Processor time of the load generators that ended."""
    import resource
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def ratio(mine: Instance | None, other: Instance | None, protocol: str) -> float | None:
    """The median over rounds of the ratio of both within a round."""
    if mine is None or other is None:
        return None
    pairs = zip(mine.rounds.get(protocol, []), other.rounds.get(protocol, []))
    ratios = [a["cpu_us"] / b["cpu_us"] for a, b in pairs if a and b]
    return statistics.median(ratios) if ratios else None


def start(scales: list[int], names: list[str], left_out: dict) -> list[Instance]:
    instances = []
    for i, (scale, name) in enumerate((scale, name) for scale in scales for name in names):
        label = f"{name}, {routes_text(scale)}"
        place = Place.number(i, f"{name.replace(' ', '-')}-{scale}")
        report.progress(f"starting {label}")
        process = None
        try:
            process = proxies.start(name, place, scale)
            if process is None:
                continue
            instance = Instance(name, scale, place, process)
            instance.load.check()
        except Exception as error:  # One that cannot do a case is left out of it and named.
            report.progress(f"LEFT OUT: {label}: {error}")
            left_out[label] = str(error)
            if process:
                process.stop()
            continue
        except BaseException:
            stop(instances)
            if process:
                process.stop()
            raise
        instances.append(instance)
    return instances


def stop(instances: list[Instance]):
    for instance in instances:
        instance.process.stop()


def measure(instances: list[Instance], upstream: Process, protocols: list[str], options) -> None:
    for protocol in protocols:
        speaking = [instance for instance in instances if instance.speaks(protocol)]
        for turn in range(options.rounds):
            first = turn * 3 % len(speaking) if speaking else 0
            for instance in speaking[first:] + speaking[:first]:
                label = f"{protocol}, round {turn + 1}, {instance.name}, {routes_text(instance.scale)}"
                try:
                    instance.load.run(protocol, options.warm)
                    row = instance.measure(protocol, options.seconds, upstream)
                    report.progress(f"{label}: {row['cpu_us']:.2f} µs, {row['failed']} failed, others {row['others']:.2f}")
                    if row["failed"]:
                        report.progress(f"{label}: {row['failed']} requests failed: the round does not count")
                        row = None
                except Exception as error:  # One failure must not end the run; the round is empty for this one.
                    report.progress(f"{label}: {error}")
                    row = None
                instance.rounds.setdefault(protocol, []).append(row)


def routes_text(scale: int) -> str:
    return f"{scale:,} routes" if scale else "plain"


def print_tables(instances: list[Instance], protocols: list[str]):
    find = {(instance.name, instance.scale): instance for instance in instances}
    for protocol in protocols:
        rows = []
        for instance in sorted((i for i in instances if i.rounds.get(protocol)), key=lambda i: i.scale):
            values = [row["cpu_us"] for row in instance.rounds[protocol] if row]
            if not values:
                rows.append([f"{routes_text(instance.scale)}, {instance.name}", "failed"] + [""] * 10)
                continue
            median = lambda what, digits=2: report.number(instance.median(protocol, what), digits)  # noqa: E731
            rows.append([
                f"{routes_text(instance.scale)}, {instance.name}", median("cpu_us"), f"{min(values):.2f}-{max(values):.2f}",
                median("user_us"), median("system_us"),
                report.number(ratio(instance, find.get(("nginx", instance.scale)), protocol)),
                report.number(ratio(instance, find.get(("bare", 0)), protocol)),
                median("used"), median("others"), median("rps", 0), median("rss_mb", 1), median("pss_mb", 1)])
        print(f"\n{protocol}")
        report.table(["", "CPU µs", "range", "user", "system", "x nginx", "x bare", "used", "others", "req/s", "RSS MB", "PSS MB"],
                     rows)
    print()


def bars(instances: list[Instance], protocols: list[str], scales: list[int]) -> report.Bars:
    found = report.Bars()
    find = {(instance.name, instance.scale): instance for instance in instances}
    for protocol in protocols:
        if 0 in scales:
            figure = ratio(find.get(("ramgate", 0)), find.get(("bare", 0)), protocol)
            found.add(f"<= 1.15 x bare hyper, plain, {protocol}", figure, 1.15)
        for scale in scales:
            if scale and (protocol == "HTTP/1.1" or scale <= MOST_WITH_TLS) and ("nginx", scale) in find:
                figure = ratio(find.get(("ramgate", scale)), find.get(("nginx", scale)), protocol)
                found.add(f"<= 1.00 x nginx, {routes_text(scale)}, {protocol}", figure, 1.0)
    for scale in scales:
        if scale > 100 and 100 in scales and "HTTP/1.1" in protocols:
            figure = ratio(find.get(("ramgate", scale)), find.get(("ramgate", 100)), "HTTP/1.1")
            # Flat, but for the cache: more routes lie in more memory.
            found.add(f"<= 1.10 x its own CPU at 100 routes, {routes_text(scale)}", figure, 1.1)
    mine, theirs = find.get(("ramgate", 10_000)), find.get(("nginx", 10_000))
    if mine and theirs:
        figure = (mine.median("HTTP/1.1", "pss_mb") or 0) / (theirs.median("HTTP/1.1", "pss_mb") or 1)
        found.add("<= 1.00 x nginx's memory (PSS) at 10,000 routes", figure or None, 1.0)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2, help="of each measurement")
    parser.add_argument("--warm", type=float, default=1, help="seconds of load before each measurement")
    parser.add_argument("--routes", default="0,100,10000,100000", help="numbers of routes; 0 is plain forwarding")
    parser.add_argument("--proxies", default="bare,lean nginx,nginx,haproxy,ramgate")
    parser.add_argument("--protocols", default=",".join(PROTOCOLS))
    parser.add_argument("--placement", choices=["together", "apart"], default="apart" if len(processes.ALLOWED) > 2 else "together",
                        help="all on one core, or the proxy on one of its own; apart where there are three cores")
    parser.add_argument("--limit", type=int, default=900, help="seconds after which the run is stopped")
    parser.add_argument("--gate", action="store_true", help="fail when a bar is missed")
    options = parser.parse_args()
    scales, names = [int(n) for n in options.routes.split(",")], options.proxies.split(",")
    protocols = options.protocols.split(",")
    Settings.cores = Cores.together() if options.placement == "together" else Cores.apart()
    report.end_in_time(options.limit)
    WORK.mkdir(parents=True, exist_ok=True)
    left_out: dict[str, str] = {}
    instances: list[Instance] = []
    upstream = proxies.upstream(proxies.UPSTREAM, "hello")
    try:
        instances = start(scales, names, left_out)
        measure(instances, upstream, protocols, options)
    finally:
        stop(instances)
        upstream.stop()
    print(f"processor time per proxied request, one worker each, 1 KiB answers; {processes.machine()}")
    print(f"medians of {options.rounds} rounds of {options.seconds:g} s; ratios are taken within a round")
    print({"together": "proxy, load and upstream share one core: the proxy always finds all the work that waits for it",
           "apart": "the proxy has a core of its own"}[options.placement])
    print_tables(instances, protocols)
    for label, why in left_out.items():
        print(f"left out: {label}: {why}")
    found = bars(instances, protocols, scales)
    found.print()
    report.save(WORK / "traffic.json", {
        "machine": processes.machine(), "options": vars(options), "left_out": left_out,
        "instances": [{"proxy": i.name, "routes": i.scale, "rounds": i.rounds} for i in instances],
        "bars": found.rows})
    raise SystemExit(1 if options.gate and found.missed() else 0)


if __name__ == "__main__":
    main()

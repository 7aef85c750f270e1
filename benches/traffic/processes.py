"""Starts, pins and stops the processes of a run, and counts the processor time and memory they use. Linux only."""

import dataclasses
import os
import pathlib
import signal
import socket
import subprocess
import time

TICKS = os.sysconf("SC_CLK_TCK")
ALLOWED = sorted(os.sched_getaffinity(0))


@dataclasses.dataclass
class Cores:
    """Where things run."""

    proxy: int
    load: int
    upstream: int

    @classmethod
    def apart(cls) -> "Cores":
        """The proxy alone; load and upstream on the next core, or on one each where there are three."""
        return cls(*(ALLOWED[min(i, len(ALLOWED) - 1)] for i in range(3)))

    @classmethod
    def together(cls) -> "Cores":
        """Everything on one core: nobody is woken across cores, and the proxy always finds all the work that waits for it."""
        return cls(ALLOWED[0], ALLOWED[0], ALLOWED[0])


class Settings:
    """What the processes of this run have in common."""

    cores = Cores.apart()
    # Measured processes go before others on a busy machine, where this may be asked for: more weight, or always first.
    real_time = False


POLITE = os.environ.get("BENCH_POLITE", "0") != "0"
NICE = -10


class Process:
    """A program pinned to one core, in a session of its own, with its output in a file."""

    def __init__(self, command: list, core: int, log: pathlib.Path, environment: dict | None = None):
        self.log = log
        self.started = time.monotonic()
        with log.open("ab") as out:
            self.child = subprocess.Popen(
                [str(word) for word in command], stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                env={**clean_environment(), **(environment or {})}, start_new_session=True,
                preexec_fn=lambda: settle(core))
        self.pid = self.child.pid

    def tree(self) -> list[int]:
        """This process and those it started."""
        found, todo = [self.pid], [self.pid]
        while todo:
            pid = todo.pop()
            for children in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
                try:
                    pids = [int(word) for word in children.read_text().split()]
                except OSError:
                    continue
                found += pids
                todo += pids
        return found

    def cpu(self) -> tuple[float, float]:
        """Seconds of processor time, (user, system), threads and child processes included."""
        user = system = 0
        for pid in self.tree():
            try:
                fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
            except OSError:
                continue
            # utime, stime, and those of children that ended: fields 14 to 17 of proc(5).
            user += int(fields[11]) + int(fields[13])
            system += int(fields[12]) + int(fields[14])
        return user / TICKS, system / TICKS

    def memory(self) -> tuple[float, float]:
        """(RSS, PSS) of the process tree in MB (10^6 bytes). PSS counts pages that several processes share once."""
        total = {"Rss:": 0, "Pss:": 0}
        for pid in self.tree():
            try:
                lines = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            except OSError:
                continue
            for name, value, *_ in (line.split() for line in lines[1:]):
                if name in total:
                    total[name] += int(value)
        return total["Rss:"] * 1024 / 1e6, total["Pss:"] * 1024 / 1e6

    def has_ended(self) -> bool:
        return self.child.poll() is not None

    def wait_port(self, port: int, seconds: float = 60):
        """Returns once somebody listens on the port."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.has_ended():
                raise RuntimeError(f"ended with {self.child.returncode}: {self.last_words()}")
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            except OSError:
                time.sleep(0.02)
        raise RuntimeError(f"nothing listens on port {port} after {seconds:.0f} s")

    def last_words(self) -> str:
        return self.log.read_text(errors="replace").strip()[-300:]

    def stop(self, how: signal.Signals = signal.SIGTERM):
        """Ends the process and what it started; by force after eight seconds."""
        if self.has_ended():
            return
        pids = self.tree()
        self.child.send_signal(how)
        try:
            self.child.wait(8)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()
        for pid in pids[1:]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass


def settle(core: int):
    """Runs in the child: its core and its priority."""
    os.sched_setaffinity(0, {core})
    if POLITE or os.geteuid() != 0:
        return
    try:
        if Settings.real_time:
            os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
            return
        os.setpriority(os.PRIO_PROCESS, 0, NICE)
        # Where the kernel groups processes by session, a priority counts only inside of its group; the group needs it, too.
        with open("/proc/self/autogroup", "w") as group:
            group.write(str(NICE))
    except OSError:
        pass


def clean_environment() -> dict:
    """This environment without settings of Ramgate and of HTTP proxies."""
    return {k: v for k, v in os.environ.items() if not k.startswith("RAMGATE_") and not k.lower().endswith("_proxy")}


def run(command: list, core: int, seconds: float) -> str:
    """Runs a program to its end and answers what it wrote."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=seconds,
                          env=clean_environment(), start_new_session=True, preexec_fn=lambda: settle(core))
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {(done.stderr or done.stdout).strip()[-300:]}")
    return done.stdout + done.stderr


def machine_seconds() -> float:
    """Processor seconds of the whole machine so far, without idling and waiting for disks."""
    with open("/proc/stat") as stat:
        ticks = [int(word) for word in stat.readline().split()[1:9]]
    return (sum(ticks) - ticks[3] - ticks[4]) / TICKS


def machine() -> str:
    """The machine in one line."""
    models = [line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")]
    return f"{models[0] if models else os.uname().machine}, {len(ALLOWED)} cores, Linux {os.uname().release}"

"""What both benchmarks print at their end: tables, and the project's bars with what was measured."""

import json
import pathlib
import signal
import sys


class Bars:
    """The bars of the project, each met or missed."""

    def __init__(self):
        self.rows: list[tuple[bool | None, str, str]] = []

    def add(self, what: str, measured: float | None, most: float, unit: str = "", digits: int = 2):
        """`measured` is None where the measurement failed: that is not a bar met."""
        if measured is None:
            self.rows.append((None, what, "not measured"))
        else:
            self.rows.append((measured <= most, what, f"{measured:.{digits}f}{unit}"))

    def print(self):
        print("bars")
        for met, what, figure in self.rows:
            print(f"{'met' if met else 'MISSED' if met is False else 'UNKNOWN':<9}{what}: {figure}")

    def missed(self) -> bool:
        return not all(met for met, _, _ in self.rows)


def table(head: list[str], rows: list[list[str]]):
    """Columns as wide as they need to be; the first is text, the others are numbers."""
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    for row in [head, *rows]:
        cells = [cell.ljust(width) if i == 0 else cell.rjust(width) for i, (cell, width) in enumerate(zip(row, widths))]
        print("  ".join(cells).rstrip())


def number(value: float | None, digits: int = 2) -> str:
    return "-" if value is None else f"{value:,.{digits}f}"


def progress(text: str):
    print(text, file=sys.stderr, flush=True)


def end_in_time(seconds: int):
    """Ends the program, cleaning up, when told to or when its time is up."""
    def end(number, _frame):
        progress(f"stopping: {'the time is up' if number == signal.SIGALRM else 'asked to'}")
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGALRM, end)
    signal.alarm(seconds)


def save(file: pathlib.Path, value):
    file.write_text(json.dumps(value, indent=1) + "\n")

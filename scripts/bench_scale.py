"""`make bench-scale`: what an item costs in each output, and what a million would, by the growth that was measured.

Each output is made from nothing, once for a small and once for a large project; time and memory are those of all its
processes. The figures for a million are extrapolated: time by the exponent between the two projects, memory by a
straight line through both. docs/scale.md says what follows from them.
"""

import argparse
import math
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import bench_project
from bench import peak
from bench_sheet import write_items

MILLION = 1_000_000
ENTRIES, ITEMS_AN_ENTRY = 30, 3
"""What a week of the log's projects has."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds and MB that a number of items took."""

    items: int
    seconds: float
    memory: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("outputs", nargs="*", metavar="OUTPUT", choices=[*OUTPUTS, []], help=", ".join(OUTPUTS))
    order = parser.parse_args(arguments)
    print("| output | items | seconds | MB | ms an item | growth | hours of a million | GB of a million |")
    print("|:--|--:|--:|--:|--:|--:|--:|--:|")
    for name in order.outputs or OUTPUTS:
        write, command, *sizes = OUTPUTS[name]
        small, large = (_cost(items, write, command) for items in sizes)
        print(row(name, small, large), flush=True)
    return 0


def row(name: str, small: Cost, large: Cost) -> str:
    """Return a line of the table: the large project, and what follows from both."""
    exponent = growth(small, large)
    cells = (
        *(name, f"{large.items:,}", f"{large.seconds:.1f}", f"{large.memory:.0f}"),
        *(f"{1000 * large.seconds / large.items:.2f}", f"{exponent:.2f}"),
        f"{large.seconds * (MILLION / large.items) ** exponent / 3600:.2f}",
        f"{(large.memory + memory_an_item(small, large) * (MILLION - large.items)) / 1000:.1f}",
    )
    return f"| {' | '.join(cells)} |"


def growth(small: Cost, large: Cost) -> float:
    """Return the exponent with which time grows with items: 1 is linear."""
    return math.log(large.seconds / small.seconds) / math.log(large.items / small.items)


def memory_an_item(small: Cost, large: Cost) -> float:
    """Return how many MB an item more takes."""
    return (large.memory - small.memory) / (large.items - small.items)


def _cost(items: int, write: Callable[[Path, int], None], command: Sequence[str]) -> Cost:
    with tempfile.TemporaryDirectory(prefix="hitoe-bench-") as name:
        write(Path(name), items)
        started = time.perf_counter()
        memory = peak([sys.executable, "-m", "hitoe", *command, "-C", name])
        return Cost(items, time.perf_counter() - started, memory)


def _write_weeks(folder: Path, items: int) -> None:
    bench_project.write_weeks(folder, items // (ENTRIES * ITEMS_AN_ENTRY), ENTRIES)


OUTPUTS: dict[str, tuple[Callable[[Path, int], None], Sequence[str], int, int]] = {
    "deck": (write_items, ("build", "deck"), 8_000, 40_000),
    "log": (_write_weeks, ("build", "log"), 4_680, 23_400),
    "check": (write_items, ("check",), 8_000, 40_000),
    "sheet": (write_items, ("build", "sheet"), 400, 2_000),
}

if __name__ == "__main__":
    sys.exit(main())

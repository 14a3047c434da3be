"""`make bench`, the log: how long hitoe takes for years of weeks, and after one week was changed.

Whole processes, run in turn; the figures are medians. Exits 1 if a bound is broken.
"""

import argparse
import math
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import bench_project
from bench import seconds

WEEKS_A_YEAR = 52
EDIT_BOUND = 0.2
"""A build after one week was changed, in times of a cold one; for the most years."""
GROWTH_BOUND = 1.05
"""The exponent of a cold build's time over the number of weeks, from the fewest years to the most."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Median seconds of each run for a number of years."""

    years: int
    cold: float
    no_op: float
    edited: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, nargs="+", default=[1, 10])
    parser.add_argument("--entries", type=int, default=30, help="entries a week, of three items each")
    parser.add_argument("--rounds", type=int, default=3)
    order = parser.parse_args(arguments)
    print("   years    cold   no-op  edited  edited/cold")
    measured = []
    for years in sorted(order.years):
        one = measure(years * WEEKS_A_YEAR, order.entries, order.rounds)
        measured.append(Figures(years, *one))
        print(f"{years:8}{one[0]:7.2f}s{one[1]:7.2f}s{one[2]:7.2f}s{one[2] / one[0]:13.3f}", flush=True)
    broken = list(_broken(measured))
    print("\n".join(broken) or "all bounds hold")
    return 1 if broken else 0


def measure(weeks: int, entries: int, rounds: int) -> tuple[float, float, float]:
    """Return the median seconds of a cold build, of one with nothing to do, and of one after a week was changed."""
    with tempfile.TemporaryDirectory(prefix="hitoe-bench-") as name:
        folder = Path(name)
        bench_project.write_weeks(folder, weeks, entries)
        hitoe = [sys.executable, "-m", "hitoe", "build", "log", "-C", str(folder)]
        runs = []
        for number in range(rounds):
            shutil.rmtree(folder / "build", ignore_errors=True)
            cold, no_op = seconds(hitoe), seconds(hitoe)
            bench_project.edit(folder, number)
            runs.append((cold, no_op, seconds(hitoe)))
    cold, no_op, edited = (median(column) for column in zip(*runs, strict=True))
    return cold, no_op, edited


def _broken(measured: Sequence[Figures]) -> Iterator[str]:
    first, last = measured[0], measured[-1]
    if last.edited > EDIT_BOUND * last.cold:
        yield f"{last.years} years: one changed week takes more than {EDIT_BOUND} of cold"
    if last.years > first.years:
        exponent = math.log(last.cold / first.cold) / math.log(last.years / first.years)
        print(f"growth exponent of the cold build: {exponent:.2f}")
        if exponent > GROWTH_BOUND:
            yield f"the growth exponent is above {GROWTH_BOUND}"


if __name__ == "__main__":
    sys.exit(main())

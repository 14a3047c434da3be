"""`make bench`: how long hitoe takes for a deck, beside the least script that makes one from the same files.

Whole processes, run in turn, so that a busy machine slows all alike; the figures are medians. Exits 1 if a bound is
broken. The project is made anew in a temporary folder, outside git.
"""

import argparse
import math
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import bench_project

COLD_BOUND = 2.5
"""A build without anything remembered, in times of the floor; for BIG notes and more."""
WORDS_BOUND = 3.0
"""The same for WORDS words, each with a reading and a second card."""
EDIT_BOUND = 0.7
"""A build after one note was edited, in times of a cold one; for BIG notes and more."""
NO_OP_BOUND = 0.2
"""Seconds of a build that has nothing to do."""
GROWTH_BOUND = 1.05
"""The exponent of a cold build's time over the number of notes, from the fewest to the most."""
MEMORY_BOUND = 600
"""Megabytes of a cold build of HUGE notes, summed over its processes; see `peak`."""
BIG, HUGE, WORDS = 10_000, 50_000, 8_000
HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Figures:
    """Median seconds of each run for a number of notes, and the cold build's peak memory in MB."""

    notes: int
    floor: float
    cold: float
    no_op: float
    edited: float
    memory: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--items", type=int, nargs="+", default=[1_000, BIG, HUGE], help="numbers of notes, multiples of 50"
    )
    parser.add_argument("--words", type=int, default=WORDS, help="number of words, a multiple of 50; 0: leave them out")
    parser.add_argument("--rounds", type=int, default=3)
    order = parser.parse_args(arguments)
    measured = []
    print("   notes   floor    cold   no-op  edited   cold/floor  edited/cold   peak MB")
    for notes in sorted(order.items):
        figures = measure(notes, order.rounds, bench_project.write)
        measured.append(figures)
        print(_line(figures), flush=True)
    if len(measured) > 1:
        print(f"growth exponent of the cold build: {exponent(measured):.2f}")
    broken = list(_broken(measured))
    if order.words:
        words = measure(order.words, order.rounds, bench_project.write_words)
        print(f"{_line(words)}   words", flush=True)
        broken += _broken_by_words(words)
    print("\n".join(broken) or "all bounds hold")
    return 1 if broken else 0


def measure(notes: int, rounds: int, write: Callable[[Path, int], None]) -> Figures:
    """Return the figures of a project that `write` makes, of `rounds` runs."""
    with tempfile.TemporaryDirectory(prefix="hitoe-bench-") as name:
        folder = Path(name)
        write(folder, notes)
        hitoe = [sys.executable, "-m", "hitoe", "build", "deck", "-C", str(folder)]
        floor = [sys.executable, str(HERE / "bench_floor.py"), str(folder), str(folder / "floor.apkg")]
        runs: list[tuple[float, float, float, float]] = []
        memory = 0.0
        # The first round fills the caches of the machine and of Python, and measures memory.
        for number in range(rounds + 1):
            shutil.rmtree(folder / "build", ignore_errors=True)
            (folder / "content" / "ledger.json").unlink(missing_ok=True)
            if number == 0:
                memory = peak(hitoe)
                continue
            bare, cold, no_op = (seconds(command) for command in (floor, hitoe, hitoe))
            bench_project.edit(folder, number)
            runs.append((bare, cold, no_op, seconds(hitoe)))
        bare, cold, no_op, edited = (median(column) for column in zip(*runs, strict=True))
        return Figures(notes, bare, cold, no_op, edited, memory)


def seconds(command: Sequence[str], folder: Path | None = None) -> float:
    """Return how long a command takes, in `folder` if that is given; ends the benchmark if it fails."""
    started = time.perf_counter()
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=folder)
    taken = time.perf_counter() - started
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")
    return taken


def peak(command: Sequence[str], folder: Path | None = None, *, largest: bool = False) -> float:
    """Return the peak memory of a command in MB, or of the largest of its processes.

    Where /proc tells it, that is the highest sum over its processes, looked at every 20 ms, of their proportional set
    sizes (Pss), in which a page that two share counts a half for each, or the greatest of all its processes' resident
    sizes; elsewhere the largest process's own peak.
    """
    kind, together = ("Rss:", max) if largest else ("Pss:", sum)
    sums = [0]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
    watching = threading.Event()

    def watch() -> None:
        while not watching.wait(0.02):
            sums.append(together([0, *_sizes(process.pid, kind)]))

    watcher = threading.Thread(target=watch)
    watcher.start()
    _, status, usage = os.wait4(process.pid, 0)
    watching.set()
    watcher.join()
    if status:
        raise subprocess.CalledProcessError(status, command)
    own = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return (max(sums) * 1024 or own) / 1e6


def _sizes(process: int, kind: str) -> Iterator[int]:
    """Yield the sizes of a process and of its children in kB."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith(kind):
                yield int(line.split()[1])
    except OSError:
        return
    for child in children:
        yield from _sizes(int(child), kind)


def _line(one: Figures) -> str:
    seconds = "".join(f"{value:7.2f}s" for value in (one.floor, one.cold, one.no_op, one.edited))
    return f"{one.notes:8,}{seconds}{one.cold / one.floor:12.2f}{one.edited / one.cold:13.2f}{one.memory:10.0f}"


def exponent(measured: Sequence[Figures]) -> float:
    """Return how the cold build's time grows from the first number of notes to the last: 1 is linear."""
    first, last = measured[0], measured[-1]
    return math.log(last.cold / first.cold) / math.log(last.notes / first.notes)


def _broken(measured: Sequence[Figures]) -> Iterator[str]:
    for one in measured:
        if one.notes >= BIG and one.cold > COLD_BOUND * one.floor:
            yield f"{one.notes:,} notes: cold takes more than {COLD_BOUND} times the floor"
        if one.notes >= BIG and one.edited > EDIT_BOUND * one.cold:
            yield f"{one.notes:,} notes: one edited note takes more than {EDIT_BOUND} of cold"
        if one.no_op > NO_OP_BOUND:
            yield f"{one.notes:,} notes: doing nothing takes more than {NO_OP_BOUND} s"
        if one.notes <= HUGE and one.memory > MEMORY_BOUND:
            yield f"{one.notes:,} notes: more than {MEMORY_BOUND} MB"
    if len(measured) > 1 and measured[-1].notes > measured[0].notes and exponent(measured) > GROWTH_BOUND:
        yield f"the growth exponent is above {GROWTH_BOUND}"


def _broken_by_words(one: Figures) -> Iterator[str]:
    if one.cold > WORDS_BOUND * one.floor:
        yield f"{one.notes:,} words: cold takes more than {WORDS_BOUND} times the floor"


if __name__ == "__main__":
    sys.exit(main())

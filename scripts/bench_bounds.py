"""`make bench-bounds`: whether the time of `hitoe check` grows with the notes alone, and how long mistakes take.

Each sample of `bench_samples` and `bench_faults` is checked at several sizes, each time in a process of its own that
has loaded hitoe before; processor seconds are measured, so that a busy machine disturbs little. Exits 1 if a bound is
broken.
"""

import argparse
import io
import math
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from bench_faults import FAULTS
from bench_samples import KINDS, SVG, Sample

GROWTH_BOUND = 1.1
"""The exponent of the time over the number of elements, between the two largest sizes."""
FAULTS_BOUND = 1.0
"""Seconds for each 100 kB of a file with mistakes."""
START = 0.3
"""Seconds that any check may take, however small: libraries are loaded when they are needed."""
LIMIT = 60
DECK = "format: 1\nkey: bench\ntitle: 計測用\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="parts of the names of the samples to run; all if not given")
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 1_000, 2_000, 4_000])
    order = parser.parse_args(arguments)
    broken: list[str] = []
    for samples in (KINDS, FAULTS):
        for name, sample in samples.items():
            if not order.names or any(part in name for part in order.names):
                broken += _broken(name, sample, order.sizes, faulty=samples is FAULTS)
    print("\n".join(broken) or "all bounds hold")
    return 1 if broken else 0


def write(folder: Path, text: str) -> None:
    """Write the project with one topic file into a folder."""
    content = folder / "content"
    (content / "images").mkdir(parents=True)
    (content / "deck.yaml").write_text(DECK, "utf-8")
    (content / "images" / "p.svg").write_text(SVG, "utf-8")
    (content / "t.yaml").write_text(text, "utf-8")


def seconds(text: str) -> float:
    """Return the processor seconds that a check of a topic file takes here; more than LIMIT end the process."""
    from hitoe.cli import main as hitoe

    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
    with tempfile.TemporaryDirectory(prefix="hitoe-bench-") as name:
        write(Path(name), text)
        started = time.process_time()
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            hitoe(["check", "-C", name])
        return time.process_time() - started


def _broken(name: str, sample: Sample, sizes: Sequence[int], *, faulty: bool) -> Iterator[str]:
    texts = {size: sample(size) for size in sizes}
    taken: dict[int, float] = {}
    for size, text in texts.items():
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
            process.submit(seconds, KINDS["facts"](1)).result()  # loads what all need
            taken[size] = process.submit(seconds, text).result()
    kilobytes = len(texts[sizes[-1]].encode()) / 1000
    growth = exponent(taken)
    print(
        f"{name:32}{''.join(f'{each:8.2f}' for each in taken.values())} s {kilobytes:6.0f} kB {growth:6.2f}", flush=True
    )
    if growth > GROWTH_BOUND and taken[sizes[-1]] > START:
        yield f"{name}: the growth exponent is above {GROWTH_BOUND}"
    if faulty and taken[sizes[-1]] > START + FAULTS_BOUND * kilobytes / 100:
        yield f"{name}: more than {FAULTS_BOUND} s for each 100 kB"


def exponent(taken: Mapping[int, float]) -> float:
    """Return the exponent with which the time grows from the second largest size to the largest."""
    (size, before), (largest, after) = sorted(taken.items())[-2:]
    return math.log(after / before) / math.log(largest / size)


if __name__ == "__main__":
    sys.exit(main())

"""Gets builds into trouble often, and prints what was tried and what went wrong."""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from trouble.building import Count
from trouble.kills import kills
from trouble.ledgers import ledgers
from trouble.machine import clock, full_disk, pairs

TROUBLES: dict[str, tuple[Callable[[Path, int, int], Count], int]] = {
    "kills": (kills, 200),
    "full_disk": (full_disk, 20),
    "pairs": (pairs, 20),
    "clock": (clock, 30),
    "ledgers": (ledgers, 1000),
}


def main() -> int:
    """Return 1 if anything went wrong."""
    parser = argparse.ArgumentParser(prog="trouble", description=__doc__)
    parser.add_argument("only", nargs="*", choices=[*TROUBLES, []])
    parser.add_argument("--times", type=int, help="how often, for all of them")
    parser.add_argument("--seed", type=int, default=1)
    parsed = parser.parse_args()
    wrong = 0
    for name in parsed.only or TROUBLES:
        make, times = TROUBLES[name]
        start = time.monotonic()
        with tempfile.TemporaryDirectory(prefix=f"{name}-") as folder:
            count = make(Path(folder), parsed.times or times, parsed.seed)
        wrong += len(count.wrong)
        print(f"{name}: {count}, in {time.monotonic() - start:.0f} s", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

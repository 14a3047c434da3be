"""Builds decks on the workers of a Dask cluster that all see this folder. Run as: cluster.py SCHEDULER decks/*.

Needs `pip install distributed`; `dask scheduler` and `dask worker SCHEDULER --nthreads 1 --nworkers 4` start a cluster.
A scheduler called `here` is this machine alone. Exits 1 if a deck cannot be built.
"""

import subprocess
import sys

from distributed import Client, as_completed


def build(deck: str) -> str:
    """Build a deck; returns what hitoe has to say if it fails, else nothing."""
    done = subprocess.run(["hitoe", "build", "-C", deck], check=False, capture_output=True, text=True)
    return done.stderr if done.returncode else ""


def main(scheduler: str, decks: list[str]) -> int:
    """Build all decks. Returns the exit status."""
    with Client(threads_per_worker=1) if scheduler == "here" else Client(scheduler) as client:
        troubles = [message for _, message in as_completed(client.map(build, decks, pure=False), with_results=True)]
    print("".join(troubles), end="", file=sys.stderr)
    return 1 if any(troubles) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))

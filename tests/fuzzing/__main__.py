"""Fuzzes all targets for some minutes, each in a process of its own, and prints executions, time and findings."""

import argparse
import hashlib
import json
import mmap
import os
import pickle
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from random import Random

from fuzzing import caches, learners, notes, pictures
from fuzzing.execution import Finding, Session, smallest
from fuzzing.mutations import MOST
from fuzzing.target import Target

TARGETS = {make.__name__: make for part in (notes, caches, pictures, learners) for make in part.TARGETS}
TURN = 20
"""Seconds that a target has at a time, for each of its shares."""
BUSY, IDLE = 90, 600
"""Seconds, of the processor and of the clock, without an end of one execution after which it counts as endless."""
ADDRESSES = 6 << 30
"""Bytes of memory that a process may ask for."""


def main() -> int:
    """Fuzz, and return 1 if anything was found."""
    parser = argparse.ArgumentParser(prog="fuzzing", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--target", action="append", choices=TARGETS, help="only this one (default: all in turn)")
    parser.add_argument(
        "--found", type=Path, default=Path("build/fuzzing"), help="findings and what was learned are kept here"
    )
    parsed = parser.parse_args()
    start, turn, total, all_found = time.monotonic(), 0, dict[str, tuple[int, float]](), dict[str, float]()
    names = parsed.target or Random(parsed.seed).sample(list(TARGETS), len(TARGETS))
    parsed.found.mkdir(parents=True, exist_ok=True)
    while (left := parsed.minutes * 60 - (time.monotonic() - start)) > 0:
        name = names[turn % len(names)]
        began = time.monotonic()
        executions, found = one_turn(name, parsed.seed + turn, min(left, 600), parsed.found)
        for signature in found:
            all_found.setdefault(f"{name}: {signature}", time.monotonic() - start)
        before, seconds = total.get(name, (0, 0.0))
        total[name] = before + executions, seconds + time.monotonic() - began
        turn += 1
        print(
            f"{time.monotonic() - start:7.0f} s {name:12} {executions:7} executions {len(found)} findings", flush=True
        )
    minutes = (time.monotonic() - start) / 60
    print(f"seed {parsed.seed}, {sum(one for one, _ in total.values()):,} executions in {minutes:.0f} minutes")
    for name, (executions, seconds) in total.items():
        print(f"  {name:12} {executions:9,} in {seconds / 60:5.1f} min")
    last = max(all_found.values(), default=0)
    print(f"{len(all_found)} findings; the last {(time.monotonic() - start - last) / 60:.0f} minutes without a new one")
    for signature in all_found:
        print(f"  {signature}")
    return 1 if all_found else 0


def one_turn(name: str, seed: int, most: float, kept: Path) -> tuple[int, list[str]]:
    """Run a target in a process of its own; returns executions and the signatures of findings, which are written."""
    shared = mmap.mmap(-1, MOST + 16)
    folder = Path(tempfile.mkdtemp(prefix="fuzzing-"))
    child = os.fork()
    if child == 0:
        status = 1
        try:
            _work(name, seed, most, kept, folder, shared)
            status = 0
        except BaseException:
            traceback.print_exc()
            raise
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
    ended, status, serial, since, used = 0, 0, -1, time.monotonic(), 0.0
    while not ended:
        time.sleep(0.2)
        ended, status = os.waitpid(child, os.WNOHANG)
        if (now := int.from_bytes(shared[:8], "big")) != serial:
            serial, since, used = now, time.monotonic(), _used(child)
        elif not ended and (time.monotonic() - since > IDLE or _used(child) - used > BUSY):
            os.kill(child, signal.SIGKILL)
            since, used = time.monotonic(), _used(child)
    found = json.loads((folder / "signatures").read_text()) if (folder / "signatures").exists() else []
    if status:
        raw = shared[16 : 16 + int.from_bytes(shared[8:16], "big")]
        signature = f"the process ended with {status}"
        written(Finding(name, signature, raw, f"{signature}, execution {serial} of seed {seed}\n"), kept, "")
        found.append(signature)
    shutil.rmtree(folder, ignore_errors=True)
    return serial, found


def _used(process: int) -> float:
    """Return the seconds of the processor that a process has used; where that is not known, none."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except OSError:
        return 0.0


def _work(name: str, seed: int, most: float, kept: Path, folder: Path, shared: mmap.mmap) -> None:
    """Run a target until its time is over."""
    os.environ["GIT_CEILING_DIRECTORIES"] = str(folder)
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    own = folder / "own"
    own.mkdir()
    target: Target = TARGETS[name](own)
    learned = kept / f"{target.name}.pool"
    session = Session(target, Random(seed), _keeper(shared))
    session.pool += pickle.loads(learned.read_bytes()) if learned.exists() else []
    for raw in list(session.pool):
        session.execute(raw)
    session.pool = session.pool[: len(target.seeds)] + session.pool[len(target.seeds) :][-300:]
    end = time.monotonic() + min(most, TURN * target.share)
    told: set[str] = set()
    while time.monotonic() < end:
        session.generate(20)
        for _ in range(60):
            if time.monotonic() < end:
                session.execute(session.mutate())
        for signature in session.findings.keys() - told:
            told.add(signature)
            small = smallest(target, session.findings[signature])
            written(small, kept, target.ending)
            (folder / "signatures").write_text(json.dumps(sorted(told)))
    learned.write_bytes(pickle.dumps([raw for raw in session.pool[len(target.seeds) :] if len(raw) < 30_000][-300:]))


def _keeper(shared: mmap.mmap) -> Callable[[bytes], None]:
    """Return a function that stores each input, and how many there were, where another process can read them."""

    def keep(raw: bytes) -> None:
        shared[:8] = (int.from_bytes(shared[:8], "big") + 1).to_bytes(8, "big")
        shared[8:16] = min(len(raw), MOST).to_bytes(8, "big")
        shared[16 : 16 + min(len(raw), MOST)] = raw[:MOST]

    return keep


def written(found: Finding, kept: Path, ending: str) -> None:
    """Write a finding: its input, and beside it what it led to."""
    name = f"{found.target}-{hashlib.blake2b(found.signature.encode(), digest_size=4).hexdigest()}"
    (kept / f"{name}{ending or '.input'}").write_bytes(found.raw)
    (kept / f"{name}.txt").write_text(f"{found.signature}\n\n{found.told}", "utf-8", "backslashreplace")


if __name__ == "__main__":
    sys.exit(main())

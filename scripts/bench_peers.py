"""`make bench-peers`, the deck: hitoe beside other programs that make Anki decks, with the same notes.

Whole processes; the figures are medians. Exits 1 if a bound is broken. What takes longer than LONG is run once.
Programs that cannot be installed are left out, and named. docs/performance.md says what the figures mean.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import bench_peer_environments as environments
import bench_peer_formats as formats
import bench_project
from bench import BIG, HUGE, Figures, exponent, measure, peak, seconds
from bench_peer_formats import PEERS, Peer

FASTER_BOUND = 2.0
"""How many times as long as a cold build of hitoe the best rival takes, at BIG notes."""
GROWTH_BOUND = 1.05
"""The exponent of a cold build's time over the number of notes, from the fewest to the most."""
LONG = 10
"""Seconds after which a run is not repeated."""


@dataclass(frozen=True, slots=True)
class Run:
    """Median seconds of a program that is no part of hitoe, and its peak memory in MB."""

    seconds: float
    memory: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured for a number of notes: hitoe with its floor, and each other program by its name."""

    hitoe: Figures
    peers: dict[str, Run]

    def best_rival(self) -> str | None:
        """Return the name of the fastest program that makes a package of YAML."""
        rivals = [peer.name for peer in PEERS if peer.is_rival and peer.name in self.peers]
        return min(rivals, key=lambda name: self.peers[name].seconds, default=None)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark. Returns the exit status."""
    names = [peer.name for peer in PEERS]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=int, nargs="+", default=[1_000, BIG, HUGE], help="multiples of 50")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", nargs="*", default=names, choices=names, metavar="NAME", help=", ".join(names))
    order = parser.parse_args(arguments)
    installed = dict(_installed([peer for peer in PEERS if peer.name in order.peers]))
    measured = []
    print("\n|  notes | program | seconds | times hitoe, cold | peak MB |\n|--:|:--|--:|--:|--:|")
    for notes in sorted(order.notes):
        one = Measured(measure(notes, order.rounds, bench_project.write), {})
        print("\n".join(_rows_of_hitoe(one.hitoe)), flush=True)
        for peer, commands in installed.items():
            one.peers[peer.name] = _run(peer, commands, notes, order.rounds)
            print(_row(one.hitoe, peer.name, one.peers[peer.name]), flush=True)
        measured.append(one)
    if len(measured) > 1:
        print(f"\ngrowth exponent of the cold build: {exponent([one.hitoe for one in measured]):.2f}")
    found = list(broken(measured))
    print("\n" + ("\n".join(found) or "all bounds hold"))
    return 1 if found else 0


def _installed(peers: Sequence[Peer]) -> Iterator[tuple[Peer, Path]]:
    for peer in peers:
        try:
            commands = environments.folder_of_commands(peer.package, peer.python)
        except environments.NotInstalledError as error:
            print(f"left out: {error}")
            continue
        print(f"{peer.name}: {environments.version(peer.package)}")
        yield peer, commands


def _run(peer: Peer, commands: Path, notes: int, rounds: int) -> Run:
    """Run a program with the notes of a project; ends the benchmark if they do not arrive in what it makes."""
    with tempfile.TemporaryDirectory(prefix="hitoe-bench-") as name:
        project, folder = Path(name, "project"), Path(name, "peer")
        bench_project.write(project, notes)
        folder.mkdir()
        peer.write(folder, formats.of_project(project))
        command = [str(commands / peer.command[0]), *peer.command[1:]]
        started = time.perf_counter()
        memory = peak(command, folder)
        taken = time.perf_counter() - started
        arrived = peer.count(folder)
        if arrived != notes:
            sys.exit(f"{peer.name} makes {arrived:,} of {notes:,} notes")
        times = [taken] if taken > LONG else [seconds(command, folder) for _ in range(rounds)]
        return Run(median(times), memory)


def _rows_of_hitoe(one: Figures) -> Iterator[str]:
    yield _row(one, "hitoe, cold", Run(one.cold, one.memory))
    for name, taken in (("one edit", one.edited), ("nothing to do", one.no_op)):
        yield _row(one, f"hitoe, {name}", Run(taken, 0))
    yield _row(one, "the floor", Run(one.floor, 0))


def _row(hitoe: Figures, name: str, run: Run) -> str:
    memory = f"{run.memory:.0f}" if run.memory else ""
    return f"| {hitoe.notes:,} | {name} | {run.seconds:.2f} | {run.seconds / hitoe.cold:.2f} | {memory} |"


def broken(measured: Sequence[Measured]) -> Iterator[str]:
    """Yield a sentence for each bound that is broken, and for each that cannot be looked at."""
    for one in measured:
        if one.hitoe.notes != BIG:
            continue
        name = one.best_rival()
        if name is None:
            yield "no program that makes packages of YAML is installed, so the bounds beside it are not looked at"
            continue
        rival = one.peers[name]
        if rival.seconds < FASTER_BOUND * one.hitoe.cold:
            times = rival.seconds / one.hitoe.cold
            yield f"{BIG:,} notes: hitoe is {times:.2f} times as fast as {name}, not {FASTER_BOUND}"
        if one.hitoe.memory > rival.memory:
            yield f"{BIG:,} notes: hitoe takes {one.hitoe.memory:.0f} MB, {name} {rival.memory:.0f}"
    if len(measured) > 1 and (growth := exponent([one.hitoe for one in measured])) > GROWTH_BOUND:
        yield f"the growth exponent is {growth:.2f}, above {GROWTH_BOUND}"


if __name__ == "__main__":
    sys.exit(main())

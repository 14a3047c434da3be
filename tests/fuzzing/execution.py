"""Runs a target on inputs: within a time and a memory, with what was found kept."""

import gc
import re
import resource
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from fuzzing.mutations import MOST, mutated
from fuzzing.target import Target, TooSlowError, signature

SECONDS, PER = 2.0, 100_000
"""Seconds of the processor that each of so many bytes may take; and that any input may."""
MEMORY = 600_000
"""Kilobytes that one input may add to the most that the process ever had."""
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|[0-9]+")


@dataclass(frozen=True)
class Finding:
    """An input with another outcome than success or a sentence."""

    target: str
    signature: str
    raw: bytes
    told: str


@dataclass
class Session:
    """A target that is run on one input after the other; `keep` is called with each input before it is run."""

    target: Target
    random: Random
    keep: Callable[[bytes], None] = lambda _: None
    executions: int = 0
    findings: dict[str, Finding] = field(default_factory=dict)
    pool: list[bytes] = field(default_factory=list)
    heard: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.pool += self.target.seeds

    def execute(self, raw: bytes) -> Finding | None:
        """Run the target on an input; returns what was found, once for each signature."""
        self.keep(raw)
        self.executions += 1
        if self.executions % 50 == 0:
            gc.collect()
        found, said = outcome(self.target, raw)
        if found is None:
            new = {QUOTED.sub("…", sentence.partition(": ")[2] or sentence) for sentence in said} - self.heard
            if new:
                self.heard |= new
                self.pool.append(raw)
            return None
        known = self.findings.get(found.signature)
        if known is None or len(raw) < len(known.raw):
            self.findings[found.signature] = found
        return found if known is None else None

    def mutate(self) -> bytes:
        """Return an input that is made of those that led to something new."""
        raw = self.random.choice(self.pool[-40:] if self.random.random() < 0.3 else self.pool)
        return mutated(raw, self.random, self.pool, self.target.ways)

    def generate(self, examples: int) -> None:
        """Run the target on inputs that Hypothesis makes."""
        if self.target.strategy is None:
            return

        @seed(self.random.randrange(2**32))
        @settings(
            max_examples=examples,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(self.target.strategy)
        def run(raw: bytes) -> None:
            self.execute(raw[:MOST])

        run()


def outcome(target: Target, raw: bytes) -> tuple[Finding | None, list[str]]:
    """Return what is wrong with the outcome of an input, None if nothing is, and the sentences that it led to."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        with limited(target.factor * SECONDS * (1 + len(raw) / PER)):
            said = [*target.run(raw)]
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        return Finding(target.name, signature(error), raw, "".join(traceback.format_exception(error))), []
    if (more := resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) > MEMORY:
        return Finding(target.name, "Memory", raw, f"{more} kB more"), []
    return None, said


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise TooSlowError in whatever takes more seconds of the processor."""

    def end(*_: Any) -> None:
        raise TooSlowError(f"more than {seconds:.1f} s")

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def smallest(target: Target, found: Finding, seconds: float = 20) -> Finding:
    """Return the same finding with less input: parts are left out as long as the outcome stays."""
    end = time.process_time() + seconds
    raw, size = found.raw, max(1, len(found.raw) // 2)
    while size and time.process_time() < end:
        at, shorter = 0, False
        while at < len(raw) and time.process_time() < end:
            less = raw[:at] + raw[at + size :]
            again, _ = outcome(target, less)
            if again and again.signature == found.signature:
                raw, found, shorter = less, again, True
            else:
                at += size
        size = size // 2 if not shorter or size > 1 else 0
    return found

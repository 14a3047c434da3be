"""Whether the sources of the notes are still where the notes say."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

from hitoe.links.visiting import Answer, Manners, visited
from hitoe.model.project import Project
from hitoe.problems import Position, Problem

__all__ = ["Manners", "dead", "doubtful", "places", "visit"]

DAY = 24 * 60 * 60
GONE = (404, 410)
SOUND = range(200, 300)
PASSING = (0, 408, 425, 429, *range(500, 600))
"""Answers that may be others in a moment: they are not kept. 0 stands for none."""

Answers = dict[str, Answer]
"""By address, without what follows '#'; an address that was not asked in time has none."""


def places(project: Project) -> dict[str, Position]:
    """Return the addresses of all sources of entries that are not retired, each with the first place it stands at."""
    found: dict[str, Position] = {}
    for placed in project.entries():
        for number, source in enumerate(() if placed.entry.retired else placed.entry.sources):
            address = urldefrag(source.url).url
            found.setdefault(address, project.at(placed.file, *placed.loc, "sources", number, "url"))
    return found


def visit(
    addresses: list[str], cache: Path, now: int, manners: Manners, done: Callable[[], None] = lambda: None
) -> tuple[Answers, int]:
    """Ask for each address, and return the answers and how many of them were kept from the last day.

    `cache` is the file in which answers are kept; `now` is in seconds since 1970. `done` is called after each answer.
    """
    kept = {address: row for address, row in _read(cache).items() if 0 <= now - row["at"] < DAY}
    answers = {address: _answer(kept[address]) for address in addresses if address in kept}
    known = len(answers)
    for address, answer in visited([each for each in addresses if each not in answers], manners):
        answers[address] = answer
        done()
        if answer.status not in PASSING:
            kept[address] = {**asdict(answer), "at": now}
    _write(cache, kept)
    return answers, known


def dead(places_: dict[str, Position], answers: Answers) -> Iterator[Problem]:
    """Yield a problem for each source that is gone."""
    for address, at in places_.items():
        answer = answers.get(address)
        if answer and answer.status in GONE:
            yield Problem(at, f"{address} is gone ({answer.status}): find where it went, or name another source")


def doubtful(places_: dict[str, Position], answers: Answers) -> Iterator[Problem]:
    """Yield what the author should know of sources that are not gone: they moved, or could not be seen."""
    for address, at in places_.items():
        answer = answers.get(address)
        if answer is None or answer.status in GONE:
            continue
        if answer.status == 0:
            yield Problem(at, f"{address} does not answer ({answer.why}): try again later, or look at it in a browser")
        elif answer.status not in SOUND:
            yield Problem(at, f"{address} answers {answer.status}: look at it in a browser")
        elif answer.moved:
            yield Problem(at, f"{address} has moved: write {answer.moved}")


def _answer(row: dict[str, Any]) -> Answer:
    return Answer(status=row["status"], moved=row["moved"], why=row["why"])


def _read(cache: Path) -> dict[str, Any]:
    """Return what was kept; nothing if that is missing or damaged."""
    with suppress(OSError, ValueError):
        rows = json.loads(cache.read_text("utf-8"))
        whole = {"status", "moved", "why", "at"}
        if isinstance(rows, dict):
            return {each: row for each, row in rows.items() if isinstance(row, dict) and whole <= row.keys()}
    return {}


def _write(cache: Path, kept: dict[str, Any]) -> None:
    cache.parent.mkdir(parents=True, exist_ok=True)
    part = cache.with_name(f"{cache.name}.{os.getpid()}")
    part.write_text(json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    part.replace(cache)

"""Checks over the network whether the web pages that the notes name as sources still exist."""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from urllib.parse import urldefrag

from hitoe import writing
from hitoe.links.http_client import PageStatus, RequestLimits, request_all
from hitoe.messages import say
from hitoe.model.project import Project
from hitoe.problems import Position, Problem

__all__ = ["RequestLimits", "findings", "request", "source_addresses"]

DAY = 24 * 60 * 60
GONE = (404, 410)
OK = range(200, 300)
TEMPORARY = (0, 408, 425, 429, *range(500, 600))
"""Statuses that may differ a moment later, so they are not cached; 0 is no response."""

Statuses = dict[str, PageStatus]
"""By address, without its fragment; an address for which the time did not suffice has none."""


def source_addresses(project: Project) -> dict[str, Position]:
    """Return the address of each source of the entries that are not retired, with its first position."""
    found: dict[str, Position] = {}
    for placed in project.entries():
        for number, source in enumerate(() if placed.entry.retired else placed.entry.sources):
            if source.url is None:
                continue
            address = urldefrag(source.url).url
            found.setdefault(address, project.at(placed.file, *placed.loc, "sources", number, "url"))
    return found


def request(
    addresses: list[str], cache: Path, now: int, limits: RequestLimits, done: Callable[[], None] = lambda: None
) -> tuple[Statuses, int]:
    """Return the status of each address, and how many of them come from requests of the last 24 hours.

    `cache` is the file of cached statuses; `now` is in seconds since 1970; `done` is called after each response.
    """
    try:
        cached = {address: PageStatus(**row) for address, row in json.loads(cache.read_bytes()).items()}
        recent = {address: page for address, page in cached.items() if 0 <= now - page.at < DAY}
    # No file, or one that is damaged or from another version.
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        recent = {}
    statuses = {address: recent[address] for address in addresses if address in recent}
    known = len(statuses)
    for address, status in request_all([each for each in addresses if each not in statuses], limits):
        statuses[address] = status
        done()
        if status.status not in TEMPORARY:
            recent[address] = replace(status, at=now)
    rows = {address: asdict(page) for address, page in recent.items()}
    writing.write(cache, json.dumps(rows, ensure_ascii=False, indent=1, sort_keys=True).encode())
    return statuses, known


def findings(addresses: dict[str, Position], statuses: Statuses) -> tuple[list[Problem], list[Problem]]:
    """Return warnings of sources that moved or may be gone, and a problem for each source that no longer exists."""
    warnings: list[Problem] = []
    problems: list[Problem] = []
    for address, at in addresses.items():
        if (page := statuses.get(address)) and (message := _message(address, page)):
            (problems if page.status in GONE else warnings).append(Problem(at, message))
    return sorted(warnings), problems


def _message(address: str, page: PageStatus) -> str | None:
    """Return what is to be said of an address, None if it is there and has not moved."""
    status = page.status
    if status in GONE:
        return say(
            "{address} is gone ({status}): find where it went, or name another source", address=address, status=status
        )
    if status == 0:
        return say(
            "{address} does not answer ({error}): try again later, or look at it in a browser",
            address=address,
            error=page.error,
        )
    if status not in OK:
        return say("{address} answers {status}: look at it in a browser", address=address, status=status)
    return say("{address} has moved: write {moved}", address=address, moved=page.moved) if page.moved else None

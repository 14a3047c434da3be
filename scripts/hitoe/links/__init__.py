"""Checks over the network whether the web pages that the notes name as sources still exist."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from urllib.parse import urldefrag

from hitoe import writing
from hitoe.links.http_client import PageStatus, RequestLimits, request_all
from hitoe.messages import say
from hitoe.model.project import Project
from hitoe.problems import Position, Problem

__all__ = ["RequestLimits", "gone", "request", "source_addresses", "warnings"]

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


def gone(addresses: dict[str, Position], statuses: Statuses) -> Iterator[Problem]:
    """Yield a problem for each source that no longer exists."""
    for address, at in addresses.items():
        page = statuses.get(address)
        if page and page.status in GONE:
            yield Problem(
                at,
                say(
                    "{address} is gone ({status}): find where it went, or name another source",
                    address=address,
                    status=page.status,
                ),
            )


def warnings(addresses: dict[str, Position], statuses: Statuses) -> Iterator[Problem]:
    """Yield a warning for each source that has moved permanently, or whose existence could not be established."""
    for address, at in addresses.items():
        page = statuses.get(address)
        if page is None or page.status in GONE:
            continue
        if page.status == 0:
            yield Problem(
                at,
                say(
                    "{address} does not answer ({error}): try again later, or look at it in a browser",
                    address=address,
                    error=page.error,
                ),
            )
        elif page.status not in OK:
            yield Problem(
                at, say("{address} answers {status}: look at it in a browser", address=address, status=page.status)
            )
        elif page.moved:
            yield Problem(at, say("{address} has moved: write {moved}", address=address, moved=page.moved))

"""What checks between files need to know of a topic file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TopicOutline:
    """A topic's key and title, the keys of its entries, the oldest path of everything in it, and its sources.

    `sources` are addresses with their titles, each pair once.
    """

    topic: str
    title: str
    entries: tuple[str, ...]
    paths: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]

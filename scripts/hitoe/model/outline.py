"""What checks between files need to know of a topic file."""

from dataclasses import dataclass

from hitoe.source import Loc


@dataclass(frozen=True, slots=True)
class TopicOutline:
    """A topic's key and title, the oldest path of all in it, and address and title of each source that has both.

    `place` is what topics are sorted by. `recalled` are the paths of the items that ask for something by heart, and
    `recalls` the paths of those that choices are `of`, both as they are now. Paths and sources come with their
    locations in the file. `deck` is the name of its deck in Anki if the topic says one; `guids` are those that items
    bring with them. `renamed` has the `was` of all that has one.
    """

    topic: str
    title: str
    place: tuple[bool, int, str]
    paths: tuple[tuple[Loc, str], ...]
    sources: tuple[tuple[str, str, Loc], ...]
    recalled: tuple[str, ...] = ()
    recalls: tuple[tuple[Loc, str], ...] = ()
    deck: str = ""
    guids: tuple[tuple[Loc, str], ...] = ()
    renamed: tuple[tuple[Loc, tuple[str, ...]], ...] = ()

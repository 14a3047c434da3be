"""Old paths (`was`) that an author wrote as they were on the day of the rename, not as they were at first.

Learners know everything by its first path, so guids come from what is written alone: to follow other renames in it
would give another guid as soon as something else is shipped under the same name. Here is what such a path could mean,
for messages that say which path to write.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from hitoe.model.outline import TopicOutline
from hitoe.source import Loc

Place = tuple[str, Loc, str]
"""A file, the location of something in it that was renamed, and the path that it takes to be its first one."""


class Renames:
    """What was renamed in a deck, and the earlier paths of what it is in."""

    def __init__(self, outlines: Mapping[str, TopicOutline]) -> None:
        """Take the outlines of all topic files."""
        self._renamed = [(file, loc, was) for file, each in outlines.items() for loc, was in each.renamed]
        self._earlier: dict[str, set[str]] = {}
        names: dict[str, set[str]] = {}
        # Entries come before what is in them.
        for _, loc, was in sorted(self._renamed, key=lambda each: len(each[1])):
            match loc:
                case (_, str(entry)):
                    names[entry] = {entry, *was}
                    self._add(names[entry], was[0])
                case (_, str(entry), _, str(item)):
                    self._add({f"{name}.{item}" for name in names.get(entry, {entry})}, was[0])
                    self._add(was, was[0])

    def _add(self, names: Iterable[str], first: str) -> None:
        for name in names:
            self._earlier.setdefault(name, set()).add(first)

    def meant(self, path: str) -> set[str]:
        """Return what an old path can mean besides itself: that path with earlier names of its entry and its item."""
        item, bracket, inner = path.partition("[")
        found, new = {item}, [item]
        while new:
            name = new.pop()
            entry, dot, key = name.partition(".")
            earlier = self._earlier.get(name, set()) | {f"{each}{dot}{key}" for each in self._earlier.get(entry, ())}
            new += earlier - found
            found |= earlier
        return {each + bracket + inner for each in found} - {path}

    def meaning(self, path: str) -> Sequence[Place]:
        """Return what can have had this path at first, although its `was` begins with another one."""
        return self._by_meaning.get(path, ())

    @cached_property
    def _by_meaning(self) -> dict[str, list[Place]]:
        found: dict[str, list[Place]] = {}
        for file, loc, was in self._renamed:
            for path in {*was, *(path for each in was for path in self.meant(each))} - {was[0]}:
                found.setdefault(path, []).append((file, loc, was[0]))
        return found


def quoted(path: str) -> str:
    """Return a path as YAML takes it, in a mapping in braces too."""
    return f"'{path}'" if "[" in path else path

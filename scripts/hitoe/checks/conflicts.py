"""Checks of what must hold between topic files, for which their outlines are enough."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from hitoe.messages import say
from hitoe.model.outline import TopicOutline
from hitoe.model.renames import Renames, quoted
from hitoe.problems import Position, Problem, did_you_mean
from hitoe.source import Loc

Locate = Callable[..., Position]
"""Finds the position of a value in a file, as `Project.at` does."""


def unique(outlines: Mapping[str, TopicOutline], at: Locate) -> Iterator[Problem]:
    """Topics and entries have different keys, and no two things have the same oldest path."""
    topics: dict[str, str] = {}
    entries: dict[str, str] = {}
    paths: dict[str, tuple[str, Loc]] = {}
    doubled: list[tuple[str, tuple[str, Loc], tuple[str, Loc]]] = []
    for file, outline in outlines.items():
        if (other := topics.setdefault(outline.topic, file)) != file:
            message = say(
                "topic '{topic}' stands also in {other}: rename one", topic=outline.topic, other=at(other, "topic")
            )
            yield Problem(at(file, "topic"), message)
        for loc, path in outline.paths:
            key = str(loc[1])
            if (other := entries.setdefault(key, file)) != file:
                # What is in an entry whose key is reported has the same paths for that reason alone.
                if len(loc) == len(("entries", key)):
                    message = say(
                        "entry '{key}' stands also in {other}: rename one", key=key, other=at(other, *loc, key=True)
                    )
                    yield Problem(at(file, *loc, key=True), message)
            elif (first := paths.setdefault(path, (file, loc))) != (file, loc):
                doubled.append((path, first, (file, loc)))
    renames = Renames(outlines) if doubled else None
    for path, (file, loc), newer in doubled:
        there = at(file, *loc, key=True)
        message = say("'{path}' is also the identity of {there}: rename the newer of the two", path=path, there=there)
        if renames and (free := sorted(renames.meant(path) - paths.keys())):
            message = say(
                "'{path}' is also the identity of {there}: rename the newer of the two, or if one has `was: {later}` "
                "of a later day write its first path there, `was: {first}`",
                path=path,
                there=there,
                later=quoted(path),
                first=quoted(free[0]),
            )
        yield Problem(at(newer[0], *newer[1], key=True), message)


def guids_unique(outlines: Mapping[str, TopicOutline], at: Locate) -> Iterator[Problem]:
    """No two notes have the same guid: Anki would take them for one."""
    first: dict[str, tuple[str, Loc]] = {}
    for file, outline in outlines.items():
        for loc, guid in outline.guids:
            if (other := first.setdefault(guid, (file, loc))) != (file, loc):
                message = say(
                    "this guid is also that of {place}: take `guid:` away from the copy", place=at(other[0], *other[1])
                )
                yield Problem(at(file, *loc), message)


def recalls_known(outlines: Mapping[str, TopicOutline], at: Locate) -> Iterator[Problem]:
    """What a choice is `of` is an item that asks for something by heart, in any file."""
    known = {path for outline in outlines.values() for path in outline.recalled}
    by_entry: dict[str, list[str]] = defaultdict(list)
    for path in sorted(known):
        by_entry[path.partition(".")[0]].append(path)
    for file, outline in outlines.items():
        for loc, path in outline.recalls:
            if path not in known:
                near = by_entry.get(path.partition(".")[0])
                hint = did_you_mean(path, near) if near else say("write `item` of this entry, or `entry.item`")
                yield Problem(
                    at(file, *loc), say("no item '{path}' asks for this by heart: {hint}", path=path, hint=hint)
                )


def sources_titled_alike(sources: Iterable[tuple[str, tuple[str, str, Loc]]], at: Locate) -> Iterator[Problem]:
    """A source has one title throughout the deck; `sources` are those of outlines, each with its file."""
    first: dict[str, tuple[str, str, Loc]] = {}
    for file, (url, title, loc) in sources:
        other, other_file, other_loc = first.setdefault(url, (title, file, loc))
        if title != other:
            there = at(other_file, *other_loc, "title")
            yield Problem(
                at(file, *loc, "title"),
                say("this source is called '{other}' in {there}: give it one title", other=other, there=there),
            )

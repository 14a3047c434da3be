"""The items that choices are `of`: each asks for the same fact by heart, so that choosing is not the only way to it."""

from collections.abc import Iterator

from hitoe.kinds.choice import Choice
from hitoe.model.project import PlacedEntry
from hitoe.source import Loc


def recalled(placed: PlacedEntry) -> Iterator[str]:
    """Yield the paths, by present keys, of the items of an entry that ask for something by heart."""
    for key, item in placed.live_items.items():
        if not isinstance(item, Choice):
            yield f"{placed.key}.{key}"


def named(placed: PlacedEntry) -> Iterator[tuple[Loc, str]]:
    """Yield the location and the path of each item that a choice of an entry is `of`."""
    for key, item in placed.live_items.items():
        if isinstance(item, Choice):
            for number, name in enumerate(item.of):
                loc = (*placed.loc, "items", key, "of", number)
                yield loc, name if "." in name else f"{placed.key}.{name}"

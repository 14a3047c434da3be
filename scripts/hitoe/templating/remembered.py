"""What macros print of the parts of an item, remembered until another item is printed.

A table has a card for each of its cells, and nearly all of its rows look alike on all of them.
"""

from jinja2.runtime import Macro


class Remembered:
    """Calls macros of an item and one of its parts, and remembers what they print."""

    def __init__(self) -> None:
        """Begin with nothing remembered."""
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        self._item: object = None
        self._printed: dict[tuple[str, str | None], str] = {}

    def __call__(self, item: object, macro: Macro, part: str | None) -> str:
        """Return what a macro prints of a part of an item, named by its key."""
        if item is not self._item:
            self._item, self._printed = item, {}
        key = macro.name, part
        if key not in self._printed:
            self._printed[key] = macro(item, part)
        return self._printed[key]

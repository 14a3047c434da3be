"""Reads the words with readings that HTML has in `ruby` elements."""

from collections.abc import Callable

from hitoe.importing import anki_signs
from hitoe.messages import say

TAGS = {"ruby", "rb", "rt", "rp"}
"""Readings are in `rt`; brackets in `rp` are for programs that cannot show readings."""


class RubyReader:
    """Takes tags and characters one after the other; `readings` are those so far, as `reading:` has them.

    HTML lets authors leave out the closing tags of `rt` and `rp`.
    """

    def __init__(self, tell: Callable[[str], None]) -> None:
        self.readings: list[str] = []
        self._tell = tell
        self._base: list[str] | None = None
        self._above: list[str] | None = None
        self._is_reading = False

    def begin(self, tag: str) -> None:
        """Take an opening tag of TAGS; what stands outside of `ruby` is like other words."""
        self.end("rt")
        if tag == "ruby":
            self._base = []
        elif tag != "rb" and self._base is not None:
            self._above, self._is_reading = [], tag == "rt"

    def end(self, tag: str) -> None:
        """Take a closing tag of TAGS."""
        base, above = "".join(self._base or ()).strip(), "".join(self._above or ()).strip()
        if self._above is not None and self._is_reading:
            if base and above:
                self.readings += anki_signs.without_readings(f"{base}[{above}]", self._tell)[1]
            elif above:
                self._tell(say("reading: {whole}", whole=above))
            self._base = []
        self._above = None
        if tag == "ruby":
            self._base = None

    def shows(self, text: str) -> bool:
        """Take characters, and return whether they are on the line: a reading and its brackets are not."""
        if self._above is not None:
            self._above.append(text)
        elif self._base is not None:
            self._base.append(text)
        return self._above is None

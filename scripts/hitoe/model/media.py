"""The files that notes are printed with, named by their content."""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

NAME = re.compile(r"hitoe-[0-9a-f]{16}\.[a-z0-9]+")


class Media:
    """Names files of a content folder. Anki never overwrites a media file, so other bytes need another name."""

    def __init__(self, content: Path) -> None:
        self._content = content
        self._names: dict[str, str] = {}
        self._files: dict[str, str] = {}

    def __call__(self, file: str) -> str:
        """Return the name of a file of the content folder."""
        if file not in self._names:
            path = self._content / file
            digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
            self._names[file] = f"hitoe-{digest}{path.suffix.lower()}"
            self._files[self._names[file]] = file
        return self._names[file]

    def named_in(self, texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Return the names that occur in texts, each with its file."""
        if not self._files:
            return ()
        found = dict.fromkeys(name for text in texts for name in NAME.findall(text))
        return tuple((name, self._files[name]) for name in found if name in self._files)

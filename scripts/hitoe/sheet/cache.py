"""Results of earlier builds by the hash of all they depend on: none is out of date, deleting them costs only time."""

from pathlib import Path

from hitoe import writing
from hitoe.memo import Memo

FILE = "memo-sheet"


class Cache(Memo):
    """Results in a file of a folder, in which printing also puts its fonts."""

    def __init__(self, folder: Path, tools: str = "", *sheets: str) -> None:
        """`tools` is the hash of the program that computes the results, `sheets` are the sheets that they belong to."""
        self.folder = folder
        self._path = folder / "-".join([FILE, *sheets])
        super().__init__(tools, writing.content(self._path))

    def write(self) -> None:
        """Write the results that were used."""
        writing.write(self._path, self.content())

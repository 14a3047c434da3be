"""The pictures and sounds of a package: those that notes show are copied, under names that a text can hold."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from unicodedata import normalize
from urllib.parse import unquote
from zipfile import ZipFile

from hitoe.importing import protobuf
from hitoe.importing.losses import Losses
from hitoe.kinds.content_file import file_fault
from hitoe.messages import joined, say
from hitoe.problems import CollectionError, RefusedError, foreign
from hitoe.progress.collection_file import COMPRESSED, DAMAGED, MOST_TIMES, SMALL, TOO_LARGE, parts
from hitoe.text.marks import media_kind

FOLDERS = {"picture": "images", "sound": "audio"}
UNFIT = re.compile(r"[()<>\[\]\\/:*?\"|`\x00-\x1f]")
"""What the name of a file in a text, or on Windows, cannot have."""
ENTRIES, NAME = 1, 1
"""Fields of the messages MediaEntries and MediaEntry (proto/anki/import_export.proto)."""


Source = Callable[[str], bytes | None]
"""Returns the content of a file by its name; None if there is none."""


class MediaFiles:
    """Pictures and sounds that notes show; those that are asked for are written into `scratch`, a folder like content/.

    `content` is the content folder that they will be copied to.
    """

    def __init__(self, source: Source, content: Path, scratch: Path) -> None:
        """Take where files are read, the content folder, and where to write them first."""
        self._source, self._content, self._scratch = source, content, scratch
        self._taken: dict[str, tuple[str | None, str]] = {}
        scratch.mkdir(parents=True)

    def take(self, source: str, tell: Callable[[str], None]) -> str | None:
        """Return the path in the content folder of a file that a note names; None, with a reason told, without one."""
        name = normalize("NFC", unquote(source))
        if re.match(r"(?:https?|data|file|ftp):|//", source.strip(), re.IGNORECASE):
            tell(say("picture on the web: {source}", source=source[:80]))
            return None
        if name not in self._taken:
            self._taken[name] = self._extracted(name)
        path, fault = self._taken[name]
        if fault:
            tell(fault)
        return path

    def _extracted(self, name: str) -> tuple[str | None, str]:
        """Return the path of a file that was written now, or None and why there is none."""
        kind = media_kind(name)
        try:
            content = self._source(name)
        except CollectionError:
            return None, say("file is damaged: {name}", name=name)
        if content is None:
            return None, say("file is missing: {name}", name=name)
        if not kind:
            return None, say("file of a kind that hitoe does not know: {name}", name=name)
        path = self._free(f"{FOLDERS[kind]}/{UNFIT.sub('_', name).strip(' .')}", content)
        (self._scratch / path).parent.mkdir(exist_ok=True)
        (self._scratch / path).write_bytes(content)
        if fault := file_fault(path, self._scratch.resolve(), kind):
            (self._scratch / path).unlink()
            return None, say("file: {fault}", fault=fault)
        return path, ""

    def _free(self, path: str, content: bytes) -> str:
        """Return a path that no other file has, in small and large letters alike."""
        stem, dot, ending = path.rpartition(".")
        number = 1
        while any(_differs(folder / path, content) for folder in (self._content, self._scratch)):
            number += 1
            path = f"{stem}-{number}{dot}{ending}"
        return path


def _differs(path: Path, content: bytes) -> bool:
    return path.exists() and (not path.is_file() or path.read_bytes() != content)


class PackageFiles:
    """The media of an Anki package."""

    def __init__(self, package: ZipFile) -> None:
        """Take the package, which stays open."""
        self._package = package
        self._packed = COMPRESSED in package.namelist()
        self._members = dict(_members(package, packed=self._packed))
        self._path = Path(str(package.filename))
        self._left = max(SMALL, MOST_TIMES * self._path.stat().st_size)
        self._read: set[str] = set()

    @property
    def names(self) -> list[str]:
        """The names of all files."""
        return list(self._members)

    def tell_of_unused(self, losses: Losses) -> None:
        """Tell how many files were never asked for."""
        if unused := len(self._members.keys() - self._read):
            losses.tell_of_all(say("{unused} files of the package that no note shows were not copied", unused=unused))

    def content(self, name: str) -> bytes | None:
        """Return what a file holds, None if it is not in the package.

        Raises CollectionError if it is damaged, RefusedError if all files together are larger than those of any deck.
        """
        if name not in self._members:
            return None
        self._read.add(name)
        content = _unpacked(self._package, self._members[name], packed=self._packed)
        self._left -= len(content)
        if self._left < 0:
            raise RefusedError(joined(": ", (self._path, TOO_LARGE)))
        return content


def folder_of(file: Path) -> Source:
    """Return a source of the files in the folder of a file, and in folders there."""
    folder = file.resolve().parent

    def content(name: str) -> bytes | None:
        with suppress(OSError, RuntimeError, ValueError):  # a name too long, links in a ring, a zero character
            path = (folder / name).resolve()
            return path.read_bytes() if path.is_relative_to(folder) and path.is_file() else None
        return None

    return content


def open_package(path: Path) -> ZipFile:
    """Open a package; raises CollectionError if it is damaged."""
    with foreign(CollectionError(path, DAMAGED)):
        return ZipFile(path)


def _unpacked(package: ZipFile, member: str, *, packed: bool) -> bytes:
    path = Path(str(package.filename))
    with foreign(CollectionError(path, DAMAGED)):
        return b"".join(parts(path, package, member, compressed=packed))


def _members(package: ZipFile, *, packed: bool) -> Iterator[tuple[str, str]]:
    """Yield the names of media and of the members of the package that hold them; none if the list is damaged."""
    members, found = set(package.namelist()), dict[str, str]()
    with suppress(CollectionError), foreign(CollectionError(Path(str(package.filename)), DAMAGED)):
        listed = _unpacked(package, "media", packed=packed) if "media" in members else b""
        if packed:
            entries = (value for number, value in protobuf.fields(listed) if number == ENTRIES)
            names = (protobuf.text(entry, NAME) for entry in entries if isinstance(entry, bytes))
            found = {normalize("NFC", name): str(number) for number, name in enumerate(names)}
        else:
            found = {normalize("NFC", name): member for member, name in json.loads(listed or b"{}").items()}
    yield from ((name, member) for name, member in found.items() if member in members)

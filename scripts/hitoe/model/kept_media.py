"""The files that the fields and note types of kept notes name: they keep their names, in a folder as Anki's."""

import os
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape
from pathlib import Path
from unicodedata import normalize
from urllib.parse import unquote

from hitoe.kinds.kept_type import KeptType
from hitoe.model.project import MEDIA

NAMED = re.compile(
    r"""<(?:img|audio|video|source|object|embed)\b[^<>]*?\b(?:src|data)\s*=\s*(?:"([^">]+)"|'([^'>]+)'|([^\s"'>]+))"""
    r"""|\[sound:([^\[\]]+)\]|\burl\(\s*(?:"([^")]+)"|'([^')]+)'|([^\s"')]+))|\b_[\w.-]{1,100}\.\w+""",
    re.IGNORECASE,
)
"""A file of Anki's media in HTML or CSS; in templates also in scripts, where its name begins with `_`."""
ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//|#)", re.IGNORECASE)


def media_names(texts: Iterable[str]) -> Iterator[str]:
    """Yield the names of media files in fields, templates and CSS, each as it is called in the folder of media."""
    for text in texts:
        if "=" in text or "[" in text or "(" in text or "_" in text:
            for found in NAMED.finditer(text):
                name = next(filter(None, found.groups()), found[0])
                if not ELSEWHERE.match(name):
                    yield normalize("NFC", unescape(name) if found[4] else unquote(unescape(name)))


def of_type(type_: KeptType) -> list[str]:
    """Return the names of the media of a note type itself."""
    settings = type_.settings
    if settings is None:
        return []
    sides = [side for each in settings.templates.values() for side in (each.question, each.answer)]
    return list(dict.fromkeys(name for name in media_names([*sides, settings.css]) if "{{" not in name))


def media_folder(root: Path) -> frozenset[str]:
    """Return the names of the files in a project's folder of media; links are passed by."""
    folder = root / MEDIA
    return _listed(folder, folder.stat().st_mtime_ns if folder.is_dir() else 0)


@lru_cache(maxsize=1)
def _listed(folder: Path, changed: int) -> frozenset[str]:
    if not changed or folder.is_symlink():
        return frozenset()
    return frozenset(entry.name for entry in os.scandir(folder) if entry.is_file(follow_symlinks=False))

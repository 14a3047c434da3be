"""Looks up facts in the API models of the AWS SDK botocore: reads its data files, and never imports its code."""

import gzip
import html
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hitoe.evidence.expectations import NotFoundError, Value
from hitoe.problems import close_to

SECTIONS = ("operations", "shapes", "documentation", "metadata")
"""First parts of a path; any other is the name of a shape."""
RETRY = "_retry"
NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
TAG = re.compile(r"<[^>]*>")


class Models:
    """The API models of one release of botocore, each read when it is first needed.

    A place is `service#path`, with dots in the path; `service#` is the whole model, `_retry#…` the retry settings.
    """

    def __init__(self, folder: Path) -> None:
        self._data = folder / "botocore" / "data"
        self._read: dict[str, dict[str, Any]] = {}

    def find(self, place: str) -> Value:
        """Return the value at a place; documentation without HTML tags and with single spaces.

        Raises:
            NotFoundError: there is none.
        """
        service, separator, path = place.partition("#")
        if not separator:
            raise NotFoundError("the place is not understood: write it as service#path", last=False)
        value: Any = self._model(service, last=not path)
        parts = path.split(".") if path else []
        if parts and parts[0] not in SECTIONS and service != RETRY:
            parts.insert(0, "shapes")
        for number, part in enumerate(parts, 1):
            if not isinstance(value, dict) or part not in value:
                raise NotFoundError(
                    _not_found(part, value if isinstance(value, dict) else {}), last=number == len(parts)
                )
            value = value[part]
        if isinstance(value, dict):
            return dict.fromkeys(value)
        found: Value = value
        return _without_tags(found) if isinstance(found, str) and parts[-1] == "documentation" else found

    def _model(self, service: str, *, last: bool) -> dict[str, Any]:
        if service not in self._read:
            path = self._file(service)
            if path is None:
                known = [each.name for each in self._data.iterdir() if each.is_dir()] if self._data.is_dir() else []
                raise NotFoundError(_not_found(service, known), last=last)
            raw = path.read_bytes()
            self._read[service] = json.loads(gzip.decompress(raw) if path.suffix == ".gz" else raw)
        return self._read[service]

    def _file(self, service: str) -> Path | None:
        """Return the file of a service's newest model."""
        if service == RETRY:
            found = [self._data / f"{RETRY}.json", self._data / f"{RETRY}.json.gz"]
        elif NAME.fullmatch(service):
            dates = sorted((self._data / service).glob("*/"), reverse=True)
            found = [date / f"service-2.json{end}" for date in dates for end in ("", ".gz")]
        else:
            found = []
        return next((path for path in found if path.is_file()), None)


def _without_tags(documentation: str) -> str:
    return " ".join(html.unescape(TAG.sub("", documentation)).split())


def _not_found(part: str, known: Iterable[str]) -> str:
    return f"expected '{part}', found {close_to(part, known) or 'nothing of that name'}"

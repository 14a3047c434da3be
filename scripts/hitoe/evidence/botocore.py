"""Looks up facts in the API models of the AWS SDK botocore: reads its data files, and never imports its code."""

import gzip
import html
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hitoe.evidence.expectations import NotFoundError, Value
from hitoe.messages import say
from hitoe.problems import close_to

SECTIONS = ("operations", "shapes", "documentation", "metadata")
"""First parts of a path; any other is the name of a shape."""
RETRY = "_retry"
NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
TAG = re.compile(r"<[^>]*>")


class Models:
    """Looks up values in the API models of one release of botocore, each read when it is first needed.

    A place is `service#path`, with dots in the path; `service#` is the whole model, `_retry#…` the retry settings.
    """

    def __init__(self, folder: Path) -> None:
        self._data = folder / "botocore" / "data"
        self._read: dict[str, dict[str, Any]] = {}

    def __call__(self, place: str) -> Value:
        """Return the value at a place, or raise NotFoundError; documentation without HTML tags, with single spaces."""
        service, separator, path = place.partition("#")
        if not separator:
            raise NotFoundError(say("the place is not understood: write it as service#path"), last=False)
        value: Any = self._model(service, last=not path)
        parts = path.split(".") if path else []
        if parts and parts[0] not in SECTIONS and service != RETRY:
            parts.insert(0, "shapes")
        for number, part in enumerate(parts, 1):
            known = value if isinstance(value, dict) else {}
            if part not in known:
                raise NotFoundError(_not_found(part, known), last=number == len(parts))
            value = known[part]
        if isinstance(value, dict):
            return dict.fromkeys(value)
        if isinstance(value, str) and parts[-1] == "documentation":
            return " ".join(html.unescape(TAG.sub("", value)).split())
        found: Value = value
        return found

    def _model(self, service: str, *, last: bool) -> dict[str, Any]:
        """Return a service's newest model."""
        if service not in self._read:
            folders, name = [self._data], RETRY
            if service != RETRY:
                dates = (self._data / service).glob("*/") if NAME.fullmatch(service) else ()
                folders, name = sorted(dates, reverse=True), "service-2"
            files = (folder / f"{name}.json{end}" for folder in folders for end in ("", ".gz"))
            path = next(filter(Path.is_file, files), None)
            if path is None:
                raise NotFoundError(_not_found(service, (each.name for each in self._data.glob("*/"))), last=last)
            raw = path.read_bytes()
            self._read[service] = json.loads(gzip.decompress(raw) if path.suffix == ".gz" else raw)
        return self._read[service]


def _not_found(part: str, known: Iterable[str]) -> str:
    return say(
        "expected '{part}', found {found}", part=part, found=close_to(part, known) or say("nothing of that name")
    )

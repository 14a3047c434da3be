"""Releases of botocore of a test's own: a few lines of JSON where the real ones have megabytes."""

import copy
import gzip
import json
from pathlib import Path
from typing import Any

PARK: dict[str, Any] = {
    "metadata": {"serviceId": "Park"},
    "documentation": "<p>A park has <b>animals</b>.</p>\n <p>It is open\n until 9&nbsp;pm &amp; free.</p>",
    "operations": {"Feed": {"name": "Feed", "deprecated": True}, "Pet": {"name": "Pet", "deprecated": False}},
    "shapes": {
        "Animal": {"enum": ["lion", "seal", "park:owl"]},
        "Count": {"min": 1, "max": 100, "rate": 0.05},
        "Cage": {"members": {"animal": {"documentation": "<p>Which one.</p>"}, "size": {}}, "required": ["animal"]},
    },
}
RETRY = {"retry": {"park": {"__default__": {"base": 0.05}}}}


def changed(*ways: tuple[str, Any]) -> dict[str, Any]:
    """Return the park with other values at dot separated paths."""
    park = copy.deepcopy(PARK)
    for path, value in ways:
        *parents, last = path.split(".")
        place = park
        for part in parents:
            place = place[part]
        place[last] = value
    return park


def released(folder: Path, version: str = "1.2.3", park: Any = PARK, *, packed: bool = False) -> Path:
    """Write a release as pip would install it, and return the folder."""
    info = folder / f"botocore-{version}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: botocore\nVersion: {version}\n", "utf-8")
    data = folder / "botocore" / "data"
    for date, model in (("2010-01-01", {"shapes": {"Old": {}}}), ("2020-02-02", park)):
        place = data / "park" / date
        place.mkdir(parents=True)
        raw = json.dumps(model).encode()
        (place / f"service-2.json{'.gz' if packed else ''}").write_bytes(gzip.compress(raw) if packed else raw)
    (data / "_retry.json").write_text(json.dumps(RETRY), "utf-8")
    return folder

"""Targets of what hitoe writes and reads again: the ledger, and the files in build/, which a stranger may bring."""

import json
import pickle
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hitoe import memo, writing
from hitoe.build import collect, deck_release, files, fingerprints, pipeline
from hitoe.build.request import Request
from hitoe.links import RequestLimits, request
from hitoe.memo import Memo
from hitoe.release import release
from hitoe.release.ledger import dump, load
from hypothesis import strategies as st
from support.notes import item, written

from fuzzing.mutations import BYTES
from fuzzing.notes import NOW, example
from fuzzing.target import BrokenRuleError, Target, outcome
from fuzzing.text_mutations import YAML

LEDGER = "content/ledger.json"
NAMES = [
    "format",
    "note g",
    "deck t",
    "deck .",
    "type standard",
    "mod",
    "id",
    "ords",
    "path",
    "file",
    "hash",
    "name",
    "type",
    "retired",
]
STATE = [
    "log",
    "deck",
    "sheet",
    "project",
    "inputs",
    "files",
    "log/index.md",
    "../../victim",
    "..",
    ".cache/state.json",
]


def values(names: Sequence[str]) -> st.SearchStrategy[bytes]:
    """Return files of JSON with these names in them."""
    numbers = st.sampled_from([0, 1, -1, 2**31, 2**63, 10**30, 10**400, 1e308, float("nan"), float("inf"), 0.5])
    leaves = (
        st.none()
        | st.booleans()
        | st.integers()
        | numbers
        | st.text(st.characters(), max_size=5)
        | st.sampled_from(names)
    )
    key = st.sampled_from(names) | st.text(max_size=3)
    inner = st.recursive(
        leaves, lambda each: st.lists(each, max_size=3) | st.dictionaries(key, each, max_size=7), max_leaves=20
    )
    return inner.map(lambda value: json.dumps(value).encode())


def built(folder: Path) -> Path:
    """Return the example with its deck and log built."""
    root = example(folder)
    pipeline.build(Request(root, root / "build", ("deck", "log"), NOW))
    return root


def packed(shipment: release.Shipment) -> bytes:
    """Return the package of a shipment."""
    with TemporaryDirectory() as folder:
        database = Path(folder, "collection.anki2")
        shipment.write_database(database)
        return shipment.package(database)


def ledger(folder: Path) -> Target:
    """Return the target of the ledger: what a build makes of it, and that it is written as it was read."""
    root = built(folder)
    collected = collect.collect(root, "deck", Memo())

    def run(raw: bytes) -> Sequence[str]:
        (root / LEDGER).write_bytes(raw)

        def ship() -> None:
            ledgers = release.read_ledgers(root)
            if load(dump(ledgers[0])) != ledgers[0]:
                raise BrokenRuleError("the ledger is written otherwise than it was read")
            shipment = deck_release.shipment(collected, Memo(), ledgers, NOW)
            packed(shipment)
            load(dump(shipment.ledger))

        said = outcome(ship)
        if (root / LEDGER).read_bytes() != raw:
            raise BrokenRuleError("the ledger was changed")
        return said

    good = (root / LEDGER).read_bytes()
    lines = good.split(b"\n")
    merged = b"\n".join([*lines[:4], b"<<<<<<< HEAD", lines[4], b"=======", lines[5], b">>>>>>> x", *lines[6:]])
    seeds = [good, b"\n".join([lines[0], *lines[2:6], b"}", b""]), merged]
    return Target("ledger", ".json", seeds, run, (*YAML, *BYTES), values(NAMES), share=2)


def state(folder: Path) -> Target:
    """Return the target of the record of builds: a build is as without it, and removes nothing but outputs."""
    root = built(folder)
    out, path = root / "build", root / "build" / fingerprints.STATE_FILE
    (folder / "victim").write_text("mine")

    def everything() -> set[Path]:
        return {each for each in folder.rglob("*") if out not in each.parents}

    before = everything()

    def run(raw: bytes) -> Sequence[str]:
        path.write_bytes(raw)
        fingerprints.fresh(out, "log", "x")
        for name in ("deck", "log", "sheet"):
            files.remove(out, [each for each in fingerprints.files(out, name, root) if each.startswith((".", "/"))])
        fingerprints.record(out, {"log": {"log/index.md": ""}}, root, {"log": ""}).encode()
        if everything() != before:
            raise BrokenRuleError("something outside the output folder was removed")
        return []

    good = path.read_bytes()
    hostile = json.dumps(
        {"log": {"project": "..", "inputs": "", "files": {"../../victim": "", str(folder / "victim"): ""}}}
    )
    return Target("state", ".json", [good, hostile.encode()], run, (*YAML, *BYTES), values(STATE))


def remembered(folder: Path) -> Target:
    """Return the target of remembered results, with the checksum of whatever they are: a build is as without them."""
    root = built(folder)
    path = root / "build" / memo.FILES["deck"]

    def run(raw: bytes) -> Sequence[str]:
        path.write_bytes(writing.digest(raw).encode() + raw)
        memory = memo.read(root / "build", "deck", fingerprints.tools())
        collected = collect.collect(root, "deck", memory)
        shipment = deck_release.shipment(collected, memory, release.read_ledgers(root), NOW)
        packed(shipment)
        return []

    whole = path.read_bytes()
    index = pickle.loads(whole[int.from_bytes(whole[-memo.INDEX_START :], "big") : -memo.INDEX_START])
    key, (start, stop) = next(iter(index.items()))
    few = memo.Memo()
    few.put(key, pickle.loads(whole[start:stop]))
    good = [content[memo.CHECKSUM :] for content in (whole, few.content())]
    return Target("memo", ".pickle", good, run, BYTES, share=1, factor=2)


def link_cache(folder: Path) -> Target:
    """Return the target of what is remembered of web pages; none is asked here."""
    path = folder / "links.json"

    def run(raw: bytes) -> Sequence[str]:
        path.write_bytes(raw)
        request([], path, NOW, RequestLimits())
        return []

    good = {"https://example.com/": {"status": 200, "at": NOW, "location": None}}
    names = ["status", "at", "location", "https://example.com/"]
    return Target("links", ".json", [json.dumps(good, indent=1).encode()], run, (*YAML, *BYTES), values(names))


def heights(folder: Path) -> Target:
    """Return the target of the sheet's remembered heights, with the checksum of whatever they are.

    Inputs are JSON of results by key, which is easier to change than their pickles.
    """
    from hitoe.sheet import cache

    table = "      b: {table: 表, columns: {a: 甲}, rows: {r: {a: 値}, s: {a: 別の値}}}\n"
    root = written(folder / "project", {"t.yaml": item("fact: 問い\nis: 答え") + table})
    request_ = Request(root, root / "build", ("sheet",), NOW, topics=("t",), editions=("colour",))
    pipeline.build(request_)
    path = next(each for each in (root / "build" / ".cache").iterdir() if each.name.startswith(cache.FILE))

    def run(raw: bytes) -> Sequence[str]:
        made_up = memo.Memo()
        with suppress(ValueError, RecursionError, AttributeError):
            for key, value in json.loads(raw).items():
                made_up.put(key, value)
        path.write_bytes(made_up.content())
        (root / "build" / fingerprints.STATE_FILE).unlink(missing_ok=True)

        def build() -> Any:
            report = pipeline.build(request_)
            for error in report.failed.values():
                raise error

        return outcome(build)

    remembered_ = memo.Memo(content=path.read_bytes())
    good = json.dumps({key: remembered_.get(key) for key in remembered_._stored}).encode()
    return Target("heights", ".json", [good], run, (*YAML, *BYTES), values(["a", "b"]), share=1, factor=20)


TARGETS: Sequence[Callable[[Path], Target]] = (ledger, state, remembered, link_cache, heights)

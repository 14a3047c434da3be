"""Builds with ledgers that are damaged in ways of their own: each is told with its line and a remedy, and stays."""

import re
from collections.abc import Callable
from pathlib import Path
from random import Random

from trouble.building import LEDGER, Count, Project

TOLD = re.compile(
    r"\S*content/ledger\.json:(\d+):1: (.+); `hitoe ledger -C \S+ restore DECK\.apkg` takes it .+", re.DOTALL
)


def _row(key: str, value: str) -> Callable[[str], str]:
    return lambda text: re.sub(
        rf'("note [^{{]*\{{[^}}]*"{key}": )(\[[^\]]*\]|"[^"]*"|[^,}}]*)', rf"\g<1>{value}", text, count=1
    )


VALUES = {
    "mod": ("1e999", "-1", '"x"', "null", "true", "1.5", "9" * 5000),
    "id": ("null", "-3", "9223372036854775807", "[]"),
    "ords": ("[9]", "[-1]", '["0"]', "7", "null"),
    "path": ('""', "3", '"\\\\ud800"'),
    "hash": ("null", "{}"),
    "file": ("[]",),
}
"""What the first row of a note cannot have."""
DAMAGE: dict[str, Callable[[str], str]] = {
    **{f"{key} {value[:12]}": _row(key, value) for key, values in VALUES.items() for value in values},
    "no end": lambda text: text[: len(text) // 2],
    "no beginning": lambda text: text[len(text) // 2 :],
    "empty": lambda _: "",
    "zeros": lambda text: "\0" * len(text),
    "a list": lambda _: "[]",
    "nested": lambda _: "[" * 100_000,
    "another name": lambda text: text.replace('"note ', '"card ', 1),
    "no value": lambda text: re.sub(r'"mod": \d+, ', "", text, count=1),
    "more values": lambda text: text.replace('"mod": ', '"more": 1, "mod": ', 1),
    "no format": lambda text: re.sub(r'"format": \d+', '"format": 0', text),
    "a deck without name": lambda text: re.sub(r'"name": "[^"]*"', '"name": null', text, count=1),
    "a comma too many": lambda text: text.replace("\n, ", "\n,, ", 1),
    "a letter": lambda text: text.replace("{", "x{", 2),
    "other letters": lambda text: text.encode().decode("latin-1") + "\udcff",
}


def ledgers(folder: Path, most: int = 1000, seed: int = 1) -> Count:
    """Build with each damaged ledger."""
    count = Count()
    project = Project(folder / "project", Random(seed))
    project.build("deck")
    path = project.root / LEDGER
    text = path.read_text("utf-8")
    project.edit()
    for name, damage in list(DAMAGE.items())[:most]:
        path.write_bytes(damaged := damage(text).encode("utf-8", "surrogateescape"))
        before = project.files()
        count.tried += 1
        for command in (["build", "deck"], ["check"]):
            status, said = project.hitoe(*command)
            first, *rest = said.splitlines() or [""]
            told = TOLD.fullmatch(first)
            lines = damaged.count(b"\n") + 1
            if (
                status != 1
                or not told
                or not 1 <= int(told[1]) <= lines
                or rest != ["hitoe: 1 problem, nothing was written"]
            ):
                count.wrong.append(f"{name}: exit {status}: {said[-300:]}")
        if damaged == text.encode() or project.files() != before:
            count.wrong.append(f"{name}: the ledger or an output was changed, or nothing damaged")
    return count

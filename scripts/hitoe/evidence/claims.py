"""What the items of a project claim of outside sources."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hitoe.evidence.findings import Absent, Fault, Finder, Value, faults, named, same, shown
from hitoe.model.project import Project
from hitoe.schema import Evidence
from hitoe.source import Loc
from hitoe.text import CodeSpan, Text


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Claim:
    """One evidence; `loc` leads to its item within `file`, `number` counts the item's evidences from 0.

    `rows` are the labels of the item's rows by key, if these are compared.
    """

    file: str
    loc: Loc
    number: int
    evidence: Evidence
    rows: Mapping[str, Text] | None

    def faults(self, finder: Finder) -> Iterator[Fault]:
        """Yield what is not as expected; each `loc` leads on from the item."""
        here: Loc = ("evidence", self.number)
        expect = self.evidence.expect
        try:
            found = finder.find(self.evidence.place)
        except Absent as absent:
            if not (expect.absent and absent.last):
                yield Fault((*here, self.evidence.provider), str(absent))
            return
        for fault in faults(found, expect):
            yield Fault((*here, "expect", *fault.loc), fault.message)
        if self.rows is not None:
            yield from _rows(self.rows, found, here)


def claims(project: Project) -> Iterator[Claim]:
    """Yield the claims of all items that are not retired, in the order of the notes."""
    for placed in project.entries():
        for key, item in placed.live_items.items():
            for number, evidence in enumerate(item.evidence):
                rows = item.row_labels if evidence.rows else None
                loc = (*placed.loc, "items", key)
                yield Claim(file=placed.file, loc=loc, number=number, evidence=evidence, rows=rows)


def _rows(rows: Mapping[str, Text], found: Value, here: Loc) -> Iterator[Fault]:
    """Compare the rows of a table with the members of a list, or the keys of a mapping."""
    if not isinstance(found, list | dict):
        yield Fault((*here, "rows"), f"expected a list, found {shown(found)}")
        return
    names = {key: _names(key, label) for key, label in rows.items()}
    missing = [each for each in found if not any(same(name, each) for some in names.values() for name in some)]
    if missing:
        yield Fault((*here, "rows"), f"expected the table's rows only, found also {named(missing)}")
    for key, some in names.items():
        if not any(same(name, each) for each in found for name in some):
            yield Fault(("rows", key), f"expected row '{some[-1]}', found {shown(found)}")


def _names(key: str, label: Text) -> Sequence[str]:
    """Return what a row is called: what learners read counts, and the key only where the label is in their language."""
    codes = [node.text for node in label.walk() if isinstance(node, CodeSpan)]
    if codes:
        return codes
    return (label.plain,) if label.plain.isascii() else (label.plain, key)

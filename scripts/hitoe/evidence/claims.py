"""Collects what the items of a project claim about outside sources, and compares it with what is found there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hitoe.evidence.expectations import Find, NotFoundError, Value, described, equals, listed, mismatches
from hitoe.kinds import Mistake
from hitoe.messages import say
from hitoe.model.project import PlacedItem, Project
from hitoe.source import Loc
from hitoe.text import CodeSpan, Text
from hitoe.values.evidence import Evidence


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Claim:
    """One evidence of an item; `number` counts its evidences from 0.

    `rows` are the labels of the item's rows by key, if these are compared.
    """

    placed: PlacedItem
    number: int
    evidence: Evidence
    rows: Mapping[str, Text] | None

    def mismatches(self, find: Find) -> Iterator[Mistake]:
        """Yield where the source differs from what is expected; each `loc` is relative to the item."""
        here: Loc = ("evidence", self.number)
        expect = self.evidence.expect
        try:
            found = find(self.evidence.botocore)
        except NotFoundError as error:
            if not (expect.absent and error.last):
                yield Mistake((*here, "botocore"), str(error))
            return
        for mismatch in mismatches(found, expect):
            yield Mistake((*here, "expect", *mismatch.loc), mismatch.message)
        if self.rows is not None:
            yield from _rows(self.rows, found, here)


def claims(project: Project) -> Iterator[Claim]:
    """Yield the claims of all items that are not retired, in the order of the files."""
    for placed in project.live_items():
        for number, evidence in enumerate(placed.item.evidence):
            rows = placed.item.row_labels if evidence.rows else None
            yield Claim(placed=placed, number=number, evidence=evidence, rows=rows)


def _rows(rows: Mapping[str, Text], found: Value, here: Loc) -> Iterator[Mistake]:
    """Compare the rows of a table with the members of a list, or the keys of a mapping."""
    if not isinstance(found, list | dict):
        yield Mistake((*here, "rows"), say("expected a list, found {found}", found=described(found)))
        return
    more = list(found)
    for key, label in rows.items():
        names = _names(key, label)
        more = [each for each in more if not any(equals(name, each) for name in names)]
        if not any(equals(name, each) for name in names for each in found):
            yield Mistake(
                ("rows", key), say("expected row '{row}', found {found}", row=names[-1], found=described(found))
            )
    if more:
        yield Mistake((*here, "rows"), say("expected the table's rows only, found also {more}", more=listed(more)))


def _names(key: str, label: Text) -> Sequence[str]:
    """Return the names a row may have in the source: the code in its label, else the label, or the key if not ASCII."""
    codes = [node.text for node in label.walk() if isinstance(node, CodeSpan)]
    if codes:
        return codes
    return (label.plain,) if label.plain.isascii() else (label.plain, key)

"""What an item asks, card by card, as a learner meets it: words only, without signs of Markdown."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

from hitoe.model.project import PlacedEntry, Project
from hitoe.schema import Calc, Cloze, Code, Fact, Item, Picture, Steps, Table
from hitoe.source import Loc
from hitoe.text import Bullets, Fence, Numbers, Paragraph, Text
from hitoe.text import Cloze as Blank
from hitoe.text import Code as Span

SPAN = "\ufffc"
"""Stands in prose for a code span: a name, whose signs are no punctuation."""
OPEN = "\x1e"
"""Stands in a question for the blank that is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One card of an item.

    `asked` and `answered` lead to question and answer within the file. `question` is all that is seen before the
    answer, on one line. `lead` is the question as the author wrote it, None where something shown with it can be
    what it speaks of. `answer` is None where it is code or a number: nothing that a rule about wording can judge.
    `shown` is the sentence around a blank, and `blank` what stands in it; both None for other cards.
    `column` names the column of a table whose cell is asked.
    """

    placed: PlacedEntry
    key: str
    item: Item
    asked: Loc
    answered: Loc
    question: str
    lead: Text | None
    answer: Text | None = None
    said: str
    shown: str | None = None
    blank: str | None = None
    column: str | None = None

    @property
    def home(self) -> tuple[str, Loc]:
        """The file of the item and the way to it."""
        return self.placed.file, (*self.placed.loc, "items", self.key)


def of(project: Project) -> list[Card]:
    """Return all cards of a project that are alive, in the order of the source."""
    return [
        card
        for placed in project.entries()
        for key, item in placed.live_items.items()
        for card in CARDS[type(item)](placed, key, item)
    ]


def _card(placed: PlacedEntry, key: str, item: Item, asked: str | Loc, answered: Loc, **parts: Any) -> Card:
    """Return a card; `said` is the answer's words unless given."""
    loc = (*placed.loc, "items", key)
    way = (asked,) if isinstance(asked, str) else asked
    parts.setdefault("lead", None)
    if "said" not in parts:
        parts["said"] = parts["answer"].plain
    return Card(placed=placed, key=key, item=item, asked=(*loc, *way), answered=(*loc, *answered), **parts)


def _fact(placed: PlacedEntry, key: str, item: Fact) -> Iterator[Card]:
    asked = item.ask or item.fact
    at = "ask" if item.ask else "fact"
    yield _card(placed, key, item, at, ("is",), question=asked.plain, lead=_alone(item, asked), answer=item.answer)
    if item.reverse:
        lead = _alone(item, item.reverse)
        yield _card(placed, key, item, "reverse", ("fact",), question=item.reverse.plain, lead=lead, answer=item.fact)


def _alone(item: Item, asked: Text) -> Text | None:
    """Return a question that stands alone, None where a picture beside it may be what it speaks of."""
    return None if item.image else asked


def _code(placed: PlacedEntry, key: str, item: Code) -> Iterator[Card]:
    asked = item.ask or item.code
    at = "ask" if item.ask else "code"
    lead = _alone(item, asked)
    yield _card(placed, key, item, at, ("is",), question=asked.plain, lead=lead, said=item.answer)
    if item.reverse:  # asked below the code, of which 「この式」 may speak
        question = f"{item.reverse.plain} {item.answer}"
        yield _card(placed, key, item, "reverse", ("code",), question=question, answer=item.code)


def _calc(placed: PlacedEntry, key: str, item: Calc) -> Iterator[Card]:
    given = " ".join(f"{name}={value.value}" for name, value in item.given.items())
    question = f"{item.calc.plain} {given}"
    yield _card(placed, key, item, "calc", ("formula",), question=question, lead=item.calc, said=item.answer)


def _cloze(placed: PlacedEntry, key: str, item: Cloze) -> Iterator[Card]:
    for number in sorted({blank.number for blank in item.cloze.clozes} - set(item.retired_clozes)):
        own = [blank for blank in item.cloze.clozes if blank.number == number]
        shown = words(item.cloze, number)
        said = " / ".join(words(Text("", (Paragraph(blank.children),))) for blank in own)
        answer = Text(said, (Paragraph(own[0].children),)) if len(own) == 1 else None
        yield _card(
            placed,
            key,
            item,
            "cloze",
            ("cloze",),
            question=shown + "".join(blank.hint or "" for blank in own),
            lead=item.cloze,
            answer=answer,
            said=said,
            shown=shown,
            blank=said,
        )


def _table(placed: PlacedEntry, key: str, item: Table) -> Iterator[Card]:
    for row, line in item.live_rows.items():
        label = item.label(row)
        for name, column in item.live_columns.items():
            answer, direction = line.cells[name].answer, item.direction(row, name)
            cell: Loc = ("rows", row, name)
            title = f"{item.table.plain}: "
            if direction in ("forward", "both"):
                question = f"{title}{label.plain} / {column.title.plain}"
                yield _card(
                    placed, key, item, "table", cell, question=question, lead=item.table, answer=answer, column=name
                )
            if direction in ("reverse", "both"):
                question = f"{title}{column.title.plain} = {answer.plain}"
                yield _card(
                    placed, key, item, "table", ("rows", row, "label"), question=question, lead=item.table, answer=label
                )


def _steps(placed: PlacedEntry, key: str, item: Steps) -> Iterator[Card]:
    for name, step in item.live_steps.items():
        so_far = " ".join(before.text.plain for before in item.before(name))
        question = f"{item.steps.plain}: {so_far}"
        yield _card(
            placed, key, item, "steps", ("sequence", name), question=question, lead=item.steps, answer=step.text
        )


def _picture(placed: PlacedEntry, key: str, item: Picture) -> Iterator[Card]:
    for name, region in item.live_regions.items():
        question = f"{item.picture.plain} {item.image.file} {name}"
        yield _card(placed, key, item, "picture", ("regions", name, "label"), question=question, answer=region.label)


CARDS: Mapping[type[Item], Callable[[PlacedEntry, str, Any], Iterator[Card]]] = {
    Fact: _fact,
    Cloze: _cloze,
    Table: _table,
    Steps: _steps,
    Code: _code,
    Calc: _calc,
    Picture: _picture,
}


def words(text: Text, hidden: int | None = None) -> str:
    """Return what a reader sees of a text on one line, the blanks with the number `hidden` left open."""
    return "".join(_words(text.blocks, hidden)).strip()


def _words(nodes: Any, hidden: int | None) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Blank) and node.number == hidden:
            yield OPEN
        elif isinstance(node, Bullets | Numbers):
            for item in node.items:
                yield from _words(item, hidden)
        elif children := getattr(node, "children", None):
            yield from _words(children, hidden)
        else:
            yield getattr(node, "text", " ")


def prose(text: Text) -> str:
    """Return the words of a text in compatibility form, with one sign for each code span."""
    return normalize("NFKC", "".join(_prose(text.blocks))).strip()


def _prose(nodes: Any) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Span | Fence):
            yield SPAN
        elif isinstance(node, Bullets | Numbers):
            for item in node.items:
                yield from _prose(item)
        elif children := getattr(node, "children", None):
            yield from _prose(children)
        else:
            yield getattr(node, "text", " ")

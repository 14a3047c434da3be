"""From items to notes: which cards an item makes, and what stands on them."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hitoe import identity
from hitoe.deck.characters import composed, tag, written
from hitoe.deck.notes import FORWARD, REVERSE, Note
from hitoe.project import CONTENT, PlacedEntry, Project
from hitoe.schema import Calc, Cloze, Code, Fact, Item, Steps, Table
from hitoe.templating import Templates


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one note asks of an item: the note's own path, note type, card ords and fields; see `Note`."""

    path: str
    ords: tuple[int, ...]
    fields: dict[str, str]
    type: str = "standard"
    retired: bool = False
    retired_ords: tuple[int, ...] = ()
    apart: tuple[str, ...] = ()


Parts = Iterator[Part]

READING = re.compile(r"\s*([\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffffヶ]+)\[([^\[\]]+)\]")
"""Kanji and their reading in brackets."""

DIRECTIONS: Mapping[str, tuple[int, ...]] = {
    "forward": (FORWARD,),
    "reverse": (REVERSE,),
    "both": (FORWARD, REVERSE),
    "none": (),
}


def templates(language: str) -> Templates:
    """Return the templates that print fields."""
    return Templates("card", language, written=written, literal=written)


def notes(project: Project, print_: Templates) -> Iterator[Note]:
    """Yield a note for everything that can be asked, in the order of the source; some may have no cards."""
    for placed in project.entries():
        context = _context(placed, print_)
        for key, item in placed.entry.items.items():
            path = identity.item_path(placed, key, item)
            common, media = _common(project.root, item, print_)
            for part in PARTS[type(item)](item, path, print_):
                retired = placed.entry.retired or item.retired or part.retired
                fields = {"Id": f"{project.deck.key}/{part.path}", **context, **common, **part.fields}
                fields |= _opted(item, part) | ({"Retired": print_.word("retired_note")} if retired else {})
                yield Note(
                    guid=identity.guid(project.deck.key, part.path),
                    path=part.path,
                    file=placed.file,
                    topic=placed.topic_key,
                    type=part.type,
                    fields={name: composed(value) for name, value in fields.items()},
                    tags=_tags(placed, item, print_.word("retired") if retired else None),
                    ords=part.ords,
                    retired=retired,
                    retired_ords=part.retired_ords,
                    loc=(*placed.loc, "items", key),
                    apart=part.apart,
                    media=media,
                )


def _context(placed: PlacedEntry, print_: Templates) -> dict[str, str]:
    fields = {"Entry": print_.prose(placed.entry.title)}
    if placed.entry.sources:
        fields["Source"] = print_.call("cards/back.html.j2", "sources", placed.entry.sources)
    return fields


def _common(root: Path, item: Item, print_: Templates) -> tuple[dict[str, str], dict[str, str]]:
    fields = {name: print_.prose(text) for name, text in (("Hint", item.hint), ("Extra", item.extra)) if text}
    if item.image is None:
        return fields, {}
    path = root / CONTENT / item.image.file
    # Anki never overwrites a media file, so other bytes need another name.
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    name = f"hitoe-{digest}{path.suffix.lower()}"
    fields["Image"] = print_.call("cards/back.html.j2", "image", name, item.image.alt.plain)
    return fields, {name: item.image.file}


def _opted(item: Item, part: Part) -> dict[str, str]:
    """Return the fields that an author asks for item by item: those that switch on typing and speech, and readings."""
    sides = {"": ("Question", "Answer"), "Reverse": ("Reverse", "ReverseAnswer")}
    fields: dict[str, str] = {}
    if part.type == "cloze":
        fields |= {"Typed": "1"} if item.typed else {}
        fields |= {"Speech": "1"} if item.speak else {}
    else:
        for side, (question, answer) in sides.items():
            fields |= {f"{side}Typed": part.fields[answer]} if item.typed and answer in part.fields else {}
            fields |= {f"{side}Speech": part.fields[question]} if item.speak and question in part.fields else {}
    if item.reading:
        # Anki takes all since the last half-width space for the word under a reading.
        fields["Reading"] = written(READING.sub(r" \1[\2]", item.reading).strip())
    return fields


def _tags(placed: PlacedEntry, item: Item, retired: str | None) -> tuple[str, ...]:
    entry = placed.entry
    tags = [f"topic::{placed.topic_key}", f"kind::{item.kind}"]
    if entry.learned:
        tags.append(f"week::{entry.learned.week}")
    if entry.domain:
        tags.append(f"domain::{entry.domain}")
    tags += [tag(words) for words in (*entry.tags, *item.tags, *((retired,) if retired else ()))]
    return tuple(sorted(set(tags)))


def _fact(item: Fact, path: str, print_: Templates) -> Parts:
    fields = {
        "Question": _caller(print_, "fact")("question", item),
        "Answer": print_.prose(item.answer),
        "Reverse": print_.prose(item.reverse or item.answer),
        "ReverseAnswer": print_.prose(item.fact),
    }
    yield Part(path=path, ords=_ords(item.reverse), fields=fields)


def _code(item: Code, path: str, print_: Templates) -> Parts:
    card = _caller(print_, "code")
    fields = {
        "Question": card("question", item),
        "Answer": card("answer", item),
        "Reverse": card("reverse", item),
        "ReverseAnswer": print_.prose(item.code),
    }
    yield Part(path=path, ords=_ords(item.reverse), fields=fields)


def _ords(reverse: object) -> tuple[int, ...]:
    return (FORWARD, REVERSE) if reverse else (FORWARD,)


def _calc(item: Calc, path: str, print_: Templates) -> Parts:
    card = _caller(print_, "calc")
    fields = {"Question": card("question", item), "Answer": card("answer", item), "Whole": card("whole", item)}
    yield Part(path=path, ords=(FORWARD,), fields=fields)


def _cloze(item: Cloze, path: str, print_: Templates) -> Parts:
    numbers = {cloze.number for cloze in item.cloze.clozes}
    fields = {"Text": print_.prose(item.cloze)}
    if item.retired_clozes:
        fields["RetiredText"] = _caller(print_, "cloze")("retired", item)
    yield Part(
        path=path,
        type="cloze",
        ords=tuple(sorted(number - 1 for number in {*numbers, *item.retired_clozes})),
        fields=fields,
        retired_ords=tuple(sorted(number - 1 for number in item.retired_clozes)),
    )


def _steps(item: Steps, path: str, print_: Templates) -> Parts:
    card = _caller(print_, "steps")
    for key, step in item.sequence.items():
        fields = {
            "Title": print_.prose(item.steps),
            "Question": card("question", item, key),
            "Answer": print_.prose(step.text),
            "Whole": card("whole", item, key),
        }
        own = identity.step_path(path, item, key)
        yield Part(path=own, ords=(FORWARD,), fields=fields, retired=step.retired, apart=(path,))


def _table(item: Table, path: str, print_: Templates) -> Parts:
    card = _caller(print_, "table")
    for row, line in item.rows.items():
        title = {"Title": print_.prose(item.table)}
        yield _row(item, path, row, card, title)
        for column, head in item.columns.items():
            fields = title | {
                "Question": card("question", item, row, column),
                "Answer": print_.prose(line.cells[column].answer),
                "Reverse": card("reverse", item, row, column),
                "ReverseAnswer": print_.prose(item.label(row)),
                "Whole": card("whole", item, row, column),
            }
            yield Part(
                path=identity.cell_path(path, item, row, column),
                ords=DIRECTIONS[item.direction(row, column)],
                fields=fields,
                retired=line.retired or head.retired,
                apart=(f"{path}[{row}]", f"{path}[,{column}]"),
            )


def _row(item: Table, path: str, row: str, card: Callable[..., str], title: dict[str, str]) -> Part:
    """Return the note of a whole row; one that is not asked may have been, and is drawn without the table."""
    fields = title | {"Question": card("row_question", item, row), "Answer": card("row_answer", item, row)}
    return Part(
        path=identity.row_path(path, item, row),
        ords=(FORWARD,) if item.ask_rows else (),
        fields=fields | ({"Whole": card("whole", item, row, None)} if item.ask_rows else {}),
        retired=item.rows[row].retired,
        apart=(f"{path}[{row}]",),
    )


def _caller(print_: Templates, kind: str) -> Callable[..., str]:
    return lambda macro, *values: print_.call(f"cards/{kind}.html.j2", macro, *values)


PARTS: Mapping[type[Item], Callable[[Any, str, Templates], Parts]] = {
    Fact: _fact,
    Cloze: _cloze,
    Table: _table,
    Steps: _steps,
    Code: _code,
    Calc: _calc,
}

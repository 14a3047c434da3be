"""From items to notes: which cards an item makes, and what stands on them."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from hitoe import identity
from hitoe.deck.characters import tag, written
from hitoe.deck.notes import FORWARD, REVERSE, Note
from hitoe.project import CONTENT, PlacedEntry, Project
from hitoe.schema import Calc, Cloze, Code, Fact, Item, Steps, Table
from hitoe.templating import Templates

Parts = Iterator[tuple[str, str, tuple[int, ...], dict[str, str], bool]]
"""For each note of an item: its path, note type, card ords, fields, and whether this part retired."""

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
            for part_path, kind, ords, fields, part_retired in PARTS[type(item)](item, path, print_):
                retired = placed.entry.retired or item.retired or part_retired
                yield Note(
                    guid=identity.guid(project.deck.key, part_path),
                    path=part_path,
                    file=placed.file,
                    topic=placed.topic_key,
                    type=kind,
                    fields={"Id": f"{project.deck.key}/{part_path}", **context, **common, **fields}
                    | ({"Retired": print_.word("retired_note")} if retired else {}),
                    tags=_tags(placed, item, print_.word("retired") if retired else None),
                    ords=ords,
                    retired=retired,
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
    card = _caller(print_, "fact")
    fields = {"Question": card("question", item), "Answer": card("answer", item)}
    yield path, "standard", _ords(item.reverse), fields | _reverse(card, item), False


def _code(item: Code, path: str, print_: Templates) -> Parts:
    card = _caller(print_, "code")
    fields = {"Question": card("question", item), "Answer": card("answer", item)}
    yield path, "standard", _ords(item.reverse), fields | _reverse(card, item), False


def _reverse(card: Callable[..., str], item: Fact | Code) -> dict[str, str]:
    return {"Reverse": card("reverse", item), "ReverseAnswer": card("reverse_answer", item)}


def _ords(reverse: object) -> tuple[int, ...]:
    return (FORWARD, REVERSE) if reverse else (FORWARD,)


def _calc(item: Calc, path: str, print_: Templates) -> Parts:
    card = _caller(print_, "calc")
    fields = {"Question": card("question", item), "Answer": card("answer", item), "Whole": card("whole", item)}
    yield path, "standard", (FORWARD,), fields, False


def _cloze(item: Cloze, path: str, print_: Templates) -> Parts:
    card = _caller(print_, "cloze")
    used = {cloze.number for cloze in item.cloze.clozes}
    fields = {"Text": print_.prose(item.cloze)}
    if item.retired_clozes:
        fields["RetiredText"] = card("retired", item)
    ords = tuple(sorted(number - 1 for number in {*used, *item.retired_clozes}))
    yield path, "cloze", ords, fields, False


def _steps(item: Steps, path: str, print_: Templates) -> Parts:
    card = _caller(print_, "steps")
    for key, step in item.sequence.items():
        fields = {
            "Title": print_.prose(item.steps),
            "Question": card("question", item, key),
            "Answer": print_.prose(step.text),
            "Whole": card("whole", item, key),
        }
        yield identity.step_path(path, item, key), "standard", (FORWARD,), fields, step.retired


def _table(item: Table, path: str, print_: Templates) -> Parts:
    card = _caller(print_, "table")
    for row, line in item.rows.items():
        title = {"Title": print_.prose(item.table)}
        if item.ask_rows:
            fields = title | {
                "Question": card("row_question", item, row),
                "Answer": card("row_answer", item, row),
                "Whole": card("whole", item, row, None),
            }
            yield identity.row_path(path, item, row), "standard", (FORWARD,), fields, line.retired
        for column, head in item.columns.items():
            fields = title | {
                "Question": card("question", item, row, column),
                "Answer": print_.prose(line.cells[column].answer),
                "Reverse": card("reverse", item, row, column),
                "ReverseAnswer": print_.prose(item.label(row)),
                "Whole": card("whole", item, row, column),
            }
            ords = DIRECTIONS[item.direction(row, column)]
            retired = line.retired or head.retired
            yield identity.cell_path(path, item, row, column), "standard", ords, fields, retired


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

"""What can be asked of an item: for each kind, the notes it makes and what stands in their fields."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from hitoe.deck.notes import FORWARD, REVERSE
from hitoe.model import identity
from hitoe.schema import Calc, Cloze, Code, Fact, Item, Picture, Steps, Table
from hitoe.templating import Templates


@dataclass(frozen=True, slots=True)
class Tools:
    """What fields are made with: the templates that print them, and the content folder with the pictures.

    `unasked` says whether notes and sides that make no card are wanted: learners may have one of a deck before.
    """

    print: Templates
    content: Path
    unasked: bool


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

DIRECTIONS: Mapping[str, tuple[int, ...]] = {
    "forward": (FORWARD,),
    "reverse": (REVERSE,),
    "both": (FORWARD, REVERSE),
    "none": (),
}


def _fact(item: Fact, path: str, tools: Tools) -> Parts:
    fields = {"Question": _caller(tools, "fact")("question", item), "Answer": tools.print.prose(item.answer)}
    if item.reverse or tools.unasked:
        fields["Reverse"] = tools.print.prose(item.reverse or item.answer)
        fields["ReverseAnswer"] = tools.print.prose(item.fact)
    yield Part(path=path, ords=_ords(item.reverse), fields=fields)


def _code(item: Code, path: str, tools: Tools) -> Parts:
    card = _caller(tools, "code")
    fields = {"Question": card("question", item), "Answer": card("answer", item)}
    if item.reverse or tools.unasked:
        fields["Reverse"] = card("reverse", item)
        fields["ReverseAnswer"] = tools.print.prose(item.code)
    yield Part(path=path, ords=_ords(item.reverse), fields=fields)


def _ords(reverse: object) -> tuple[int, ...]:
    return (FORWARD, REVERSE) if reverse else (FORWARD,)


def _calc(item: Calc, path: str, tools: Tools) -> Parts:
    card = _caller(tools, "calc")
    fields = {"Question": card("question", item), "Answer": card("answer", item), "Whole": card("whole", item)}
    yield Part(path=path, ords=(FORWARD,), fields=fields)


def _cloze(item: Cloze, path: str, tools: Tools) -> Parts:
    numbers = {cloze.number for cloze in item.cloze.clozes}
    fields = {"Text": tools.print.prose(item.cloze)}
    if item.retired_clozes:
        fields["RetiredText"] = _caller(tools, "cloze")("retired", item)
    yield Part(
        path=path,
        type="cloze",
        ords=tuple(sorted(number - 1 for number in {*numbers, *item.retired_clozes})),
        fields=fields,
        retired_ords=tuple(sorted(number - 1 for number in item.retired_clozes)),
    )


def _steps(item: Steps, path: str, tools: Tools) -> Parts:
    card = _caller(tools, "steps")
    for key, step in item.sequence.items():
        fields = {
            "Title": tools.print.prose(item.steps),
            "Question": card("question", item, key),
            "Answer": tools.print.prose(step.text),
            "Whole": card("whole", item, key),
        }
        own = identity.step_path(path, item, key)
        yield Part(path=own, ords=(FORWARD,), fields=fields, retired=step.retired, apart=(path,))


def _table(item: Table, path: str, tools: Tools) -> Parts:
    card = _caller(tools, "table")
    for row, line in item.rows.items():
        title = {"Title": tools.print.prose(item.table)}
        if item.ask_rows or tools.unasked:
            yield _row(item, path, row, card, title)
        for column, head in item.columns.items():
            ords = DIRECTIONS[item.direction(row, column)]
            if not ords and not tools.unasked:
                continue
            fields = title | {
                "Question": card("question", item, row, column),
                "Answer": tools.print.prose(line.cells[column].answer),
                "Whole": card("whole", item, row, column),
            }
            if REVERSE in ords or tools.unasked:
                fields["Reverse"] = card("reverse", item, row, column)
                fields["ReverseAnswer"] = tools.print.prose(item.label(row))
            yield Part(
                path=identity.cell_path(path, item, row, column),
                ords=ords,
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


def _picture(item: Picture, path: str, tools: Tools) -> Parts:
    for key, region in item.regions.items():
        area = region.area(tools.content / item.image.file)
        # Anki's own notation; `oi` leaves the other regions uncovered, which have notes of their own.
        sides = ":".join(f"{name}={value:.4f}" for name, value in asdict(area).items())
        fields = {
            "Header": tools.print.prose(item.picture),
            "Occlusion": f"{{{{c1::image-occlusion:rect:{sides}:oi=1}}}}",
            "Back Extra": tools.print.prose(region.label),
        }
        own = identity.region_path(path, item, key)
        yield Part(path=own, type="picture", ords=(0,), fields=fields, retired=region.retired, apart=(path,))


def _caller(tools: Tools, kind: str) -> Callable[..., str]:
    return lambda macro, *values: tools.print.call(f"cards/{kind}.html.j2", macro, *values)


PARTS: Mapping[type[Item], Callable[[Any, str, Tools], Parts]] = {
    Fact: _fact,
    Cloze: _cloze,
    Table: _table,
    Steps: _steps,
    Code: _code,
    Calc: _calc,
    Picture: _picture,
}

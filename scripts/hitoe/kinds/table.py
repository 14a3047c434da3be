"""Tables: rows, columns and cells."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import accumulate, islice
from pathlib import Path
from typing import Annotated

from pydantic import Field

from hitoe.kinds.card_words import CardWords
from hitoe.kinds.item import Item, ItemPart, Mistake, Texts
from hitoe.kinds.log_note import Display, TextGrid
from hitoe.kinds.question import FORWARD, REVERSE, FieldValue, Macro, Question
from hitoe.kinds.table_cells import ORDS, RESERVED, Ask, CellQuestion, Column, Direction, Row, split
from hitoe.messages import say
from hitoe.problems import did_you_mean
from hitoe.source import Loc
from hitoe.text import Text
from hitoe.values import pattern
from hitoe.values.scalars import Flag, Key, Prose
from hitoe.values.strict import shorthand

WHOLE, BESIDE = 12, 2
"""Cards show tables of so many rows whole; of others the asked row with so many rows above and below it."""


class Table(Item):
    """A comparison, row-major; one card for each cell that is asked, both ways where `ask` says so."""

    kind = "table"
    study_place = 1
    table: Prose = Field(description=say("what is compared"))
    corner: Prose | None = Field(None, description=say("heading over the row labels"))
    columns: dict[Key, Annotated[Column, shorthand("title", Column)]] = Field(description=say("what each row says"))
    rows: dict[Key, Row] = Field(description=say("the rows, each a mapping of columns to cells"))
    ask: Ask = Field("forward", description=say("which way the cells are asked, in all columns or by column"))
    ask_rows: Flag = Field(False, description=say("also one card for each whole row"))
    question: CellQuestion | None = Field(None, description=say("how a cell is asked, with {row} and {column} in it"))

    @cached_property
    def live_columns(self) -> dict[str, Column]:
        """The columns that are not retired, by key."""
        return {key: column for key, column in self.columns.items() if not column.retired}

    @cached_property
    def live_rows(self) -> dict[str, Row]:
        """The rows that are not retired, by key."""
        return {key: row for key, row in self.rows.items() if not row.retired}

    @cached_property
    def labels(self) -> dict[str, Text]:
        """What each row is called, by key."""
        return {key: row.label or Text.of(key) for key, row in self.rows.items()}

    @property
    def row_labels(self) -> dict[str, Text]:
        """What the live rows are called, by key."""
        return {key: self.labels[key] for key in self.live_rows}

    @cached_property
    def _places(self) -> dict[str, int]:
        """How many live rows are above each row."""
        live = [key in self.live_rows for key in self.rows]
        return dict(zip(self.rows, accumulate(live, initial=0), strict=False))

    def around(self, row: str) -> tuple[tuple[str, Row], ...]:
        """Return the live rows that a card about a row shows, with their keys."""
        if len(self.live_rows) <= WHOLE:
            return self.strips
        place = self._places[row]
        return tuple(islice(self.live_rows.items(), max(0, place - BESIDE), place + BESIDE + 1))

    def asked(self, row: str, column: str) -> Text | None:
        """Return the question about a cell in the author's words, None if there are none."""
        question = self.columns[column].question or self.question
        values = {"row": self.labels[row], "column": self.columns[column].title}
        return pattern.filled(question, values) if question else None

    def direction(self, row: str, column: str) -> Direction:
        """Return how a cell is asked."""
        by_column = self.ask if isinstance(self.ask, str) else self.ask.get(column, "forward")
        return self.rows[row].cells[column].ask or by_column

    def parts(self, path: str) -> Iterator[ItemPart]:
        """Yield rows and columns, and the cells, which have the identities of both."""
        for key, row in self.rows.items():
            yield ItemPart("row", ("rows", key), row.oldest(f"{path}[{key}]"), row.was, shape="entry.table[row]")
            for column in self.columns:
                if column in row.cells:
                    yield ItemPart("cell", ("rows", key, column), self._cell_path(path, key, column))
        for key, head in self.columns.items():
            yield ItemPart("column", ("columns", key), None, head.was, shape="entry.table[,column]")

    def _cell_path(self, path: str, row: str, column: str) -> str:
        """Return the oldest path of a cell: a row's or column's old table outweighs the table's own path."""
        row_table, row_key, _ = split(self.rows[row].oldest(f"[{row}]"))
        column_table, _, column_key = split(self.columns[column].oldest(f"[,{column}]"))
        return f"{row_table or column_table or path}[{row_key},{column_key}]"

    def questions(self, path: str, *, unasked: bool = True) -> Iterator[Question]:
        """Yield a note for each row, and for each cell one that shows the table, or a part of it, on its back."""
        for key, row in self.rows.items():
            if self.ask_rows or unasked:
                fields: dict[str, FieldValue] = {
                    "Title": self.table,
                    "Question": Macro("table", "row_question", (self, key)),
                    "Answer": Macro("table", "row_answer", (self, key)),
                }
                yield Question(
                    path=row.oldest(f"{path}[{key}]"),
                    ords=(FORWARD,) if self.ask_rows else (),
                    # A whole row that is not asked can have been, but shows no table then.
                    fields=fields | ({"Whole": Macro("table", "whole", (self, key, None))} if self.ask_rows else {}),
                    retired=row.retired,
                    apart=(f"{path}[{key}]",),
                )
            for column, head in self._beside(row).items():
                ords = ORDS[self.direction(key, column)]
                if ords or unasked:
                    yield Question(
                        path=self._cell_path(path, key, column),
                        ords=ords,
                        fields=self._cell_fields(key, column, (FORWARD, REVERSE) if unasked else ords),
                        retired=row.retired or head.retired,
                        apart=(f"{path}[{key}]", f"{path}[,{column}]"),
                    )

    def _beside(self, row: Row) -> dict[str, Column]:
        """Return the columns in which a row has a cell, retired ones too."""
        return {key: column for key, column in self.columns.items() if key in row.cells}

    def _cell_fields(self, row: str, column: str, ords: tuple[int, ...]) -> dict[str, FieldValue]:
        fields: dict[str, FieldValue] = {"Title": self.table, "Whole": Macro("table", "whole", (self, row, column))}
        if FORWARD in ords:
            question = self.asked(row, column) or Macro("table", "question", (self, row, column))
            fields |= {"Question": question, "Answer": self.rows[row].cells[column].answer}
        if REVERSE in ords:
            fields |= {"Reverse": Macro("table", "reverse", (self, row, column)), "ReverseAnswer": self.labels[row]}
        return fields

    def card_words(self) -> Iterator[CardWords]:
        """Yield the words of the cells' cards, both ways where both are asked."""
        for key, row in self.live_rows.items():
            for name, column in self._beside(row).items():
                if column.retired:
                    continue
                label, title, answer = self.labels[key], column.title, row.cells[name].answer
                asked = self.asked(key, name)
                asking = asked.plain if asked else f"{label.plain} / {title.plain}"
                cards = {
                    FORWARD: (asking, name, answer, name, label.plain, None),
                    REVERSE: (f"{title.plain} = {answer.plain}", "label", label, None, "", answer),
                }
                for ord_ in ORDS[self.direction(key, name)]:
                    question, part, asked_for, asked_column, printed, cue = cards[ord_]
                    yield CardWords(
                        asked=("table",),
                        answered=("rows", key, part),
                        question=f"{self.table.plain}: {question}",
                        lead=self.table,
                        answer=asked_for,
                        column=asked_column,
                        cue=cue,
                        cue_at=("rows", key, name),
                        printed=printed,
                    )

    @property
    def grid(self) -> TextGrid:
        """The live cells, below the titles of their columns and beside the labels of their rows."""
        columns, rows = self.live_columns, self.live_rows.items()
        return TextGrid(
            (self.corner, *(column.title for column in columns.values())),
            tuple((self.labels[key], *(row.text(name) for name in columns)) for key, row in rows),
        )

    @property
    def note(self) -> Display | None:
        """The table."""
        return Display(self.table, self.grid) if self.live_rows and self.live_columns else None

    @property
    def strips(self) -> tuple[tuple[str, Row], ...]:
        """The live rows with their keys."""
        return tuple(self.live_rows.items())

    def texts(self) -> Texts:
        """Yield the title, the head, and the live rows."""
        yield ("table",), self.table
        if self.corner:
            yield ("corner",), self.corner
        for name, column in self.live_columns.items():
            yield ("columns", name, "title"), column.title
        for key, row in self.live_rows.items():
            yield ("rows", key, "label") if row.label else ("rows", key), self.labels[key]
            for name in self.live_columns:
                if text := row.text(name):
                    yield ("rows", key, name, "is"), text

    def mistakes(self, content: Path) -> Iterator[Mistake]:
        """Rows and columns go together, and a card that asks back for a row has one answer."""
        if not self.columns or not self.rows:
            key = "columns" if not self.columns else "rows"
            yield Mistake((key,), say("a table without {key}: add one at least", key=key))
        for reserved in RESERVED & set(self.columns):
            message = say("'{key}' has a meaning of its own in rows: give the column another key", key=reserved)
            yield Mistake(("columns", reserved), message, key=True)
        for key, row in self.rows.items():
            yield from self._unknown(("rows", key), row.cells)
            if not row.cells:
                yield Mistake(("rows", key), say("row '{key}' has no cell: add one at least", key=key), key=True)
        if self.question and "column" not in pattern.names(self.question):
            alike = [column for column in self.columns.values() if not column.question]
            if len(alike) > 1:
                message = say(
                    "the question names no column, so all columns are asked alike: write {column} into it, "
                    "or give each column a `question` of its own"
                )
                yield Mistake(("question",), message)
        if isinstance(self.ask, dict):
            yield from self._unknown(("ask",), self.ask)
        for column in self.columns:
            yield from self._ambiguous(column)

    def _unknown(self, loc: Loc, named: Mapping[str, object]) -> Iterator[Mistake]:
        """Yield a mistake for each name that no column has."""
        for name in named:
            if name not in self.columns:
                message = say("unknown column '{name}': {hint}", name=name, hint=did_you_mean(name, self.columns))
                yield Mistake((*loc, name), message, key=True)

    def _ambiguous(self, column: str) -> Iterator[Mistake]:
        """Yield a mistake for each cell with the text of one above it, if a card asks for the row of either."""
        first: dict[str, str] = {}
        for key, row in self.live_rows.items():
            if column not in row.cells:
                continue
            other = first.setdefault(row.cells[column].answer.plain, key)
            if other != key and any(REVERSE in ORDS[self.direction(each, column)] for each in (key, other)):
                message = say(
                    "row '{other}' says the same, so asking back for the row has two answers: "
                    "ask column '{column}' forward",
                    other=other,
                    column=column,
                )
                yield Mistake(("rows", key, column), message)

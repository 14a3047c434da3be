"""Notes as plain data that a test edits at will, written out as YAML; and what learners must see of them.

Every thing remembers its `birth`, the key under which it first stood, which no edit changes: from it, and never from
hitoe's own code, comes the path that learners' notes must keep.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SIDE_TEXTS = (("Hint", "hint"), ("Extra", "extra"))

DECK, TITLE = "histories", "履歴"


@dataclass
class Thing:
    """Something with a key: an entry, an item, a row, a column or a step. `was` holds full paths, oldest first."""

    key: str
    birth: str
    text: str
    was: list[str] = field(default_factory=list)
    retired: bool = False

    def kept(self) -> dict[str, Any]:
        """Return the keys of the format that carry a thing's identity."""
        return ({"was": self.was} if self.was else {}) | ({"retired": "true"} if self.retired else {})


@dataclass
class Cell:
    """Where a row meets a column; `ask` overrides the table's."""

    text: str
    ask: str | None = None


@dataclass
class Item(Thing):
    """An item of any kind; its `birth` is a full path. What a kind lacks stays empty."""

    kind: str = "fact"
    words: dict[str, str] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    image: str | None = None
    rows: list[Thing] = field(default_factory=list)
    columns: list[Thing] = field(default_factory=list)
    cells: dict[tuple[str, str], Cell] = field(default_factory=dict)
    ask: dict[str, str] = field(default_factory=dict)
    ask_rows: bool = False
    blanks: dict[int, str] = field(default_factory=dict)
    retired_blanks: list[int] = field(default_factory=list)
    steps: list[Thing] = field(default_factory=list)

    def direction(self, row: Thing, column: Thing) -> str:
        """Return how a cell is asked."""
        return self.cells[row.birth, column.birth].ask or self.ask.get(column.birth, "forward")


@dataclass
class Entry(Thing):
    """An entry; its `birth` is its first key."""

    items: list[Item] = field(default_factory=list)
    sources: list[tuple[str, str]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)


@dataclass
class Topic:
    """A topic file."""

    file: str
    key: str
    title: str
    entries: list[Entry] = field(default_factory=list)


@dataclass
class Notebook:
    """All topics, and the pictures by file name."""

    topics: list[Topic]
    pictures: dict[str, bytes] = field(default_factory=dict)

    def entries(self) -> list[Entry]:
        """Return all entries."""
        return [entry for topic in self.topics for entry in topic.entries]

    def items(self) -> list[Item]:
        """Return all items."""
        return [item for entry in self.entries() for item in entry.items]


@dataclass(frozen=True)
class Expected:
    """A note that must exist: the cards that it has now, those of them that are retired, and what fields must show."""

    path: str
    ords: frozenset[int]
    retired: bool
    shows: dict[str, list[str]]
    retired_ords: frozenset[int] = frozenset()


def expected(notebook: Notebook) -> Iterator[Expected]:
    """Yield every note that the notebook asks for; some ask for no card now, but may have had one."""
    for entry in notebook.entries():
        for item in entry.items:
            common = {"Entry": [entry.text], "Source": [title for title, _ in entry.sources]}
            common |= {name: [item.words[key]] for name, key in SIDE_TEXTS if key in item.words}
            for path, ords, retired, shows in PARTS[item.kind](item):
                numbers = frozenset(number - 1 for number in item.retired_blanks)
                yield Expected(path, frozenset(ords), entry.retired or item.retired or retired, common | shows, numbers)


Part = tuple[str, set[int], bool, dict[str, list[str]]]


def _asked(item: Item) -> Iterator[Part]:
    words = item.words
    question = words.get("ask", item.text)
    if item.kind == "calc":
        yield item.birth, {0}, False, {"Question": [item.text, words["value"]], "Answer": [words["value"]]}
        return
    back = [words["reverse"]] if "reverse" in words else []
    shows = {"Question": [question], "Answer": [words["is"]], "Reverse": back, "ReverseAnswer": [item.text]}
    yield item.birth, {0, 1} if back else {0}, False, shows


def _choice(item: Item) -> Iterator[Part]:
    right, wrong, why = (item.words[name] for name in ("right", "wrong", "why"))
    shows = {"Question": [item.text], "Options": [right, wrong], "Answer": [right], "Reasons": [wrong, why]}
    yield item.birth, {0}, False, shows


def _cloze(item: Item) -> Iterator[Part]:
    numbers = {number - 1 for number in (*item.blanks, *item.retired_blanks)}
    yield item.birth, numbers, False, {"Text": [item.text, *item.blanks.values()]}


def _table(item: Item) -> Iterator[Part]:
    live = [column for column in item.columns if not column.retired]
    for row in item.rows:
        said = [item.cells[row.birth, column.birth].text for column in live]
        shows = {"Title": [item.text], "Question": [row.text], "Answer": said}
        yield f"{item.birth}[{row.birth}]", {0} if item.ask_rows else set(), row.retired, shows
        for column in item.columns:
            ords = {"forward": {0}, "reverse": {1}, "both": {0, 1}, "none": set()}[item.direction(row, column)]
            cell = item.cells[row.birth, column.birth].text
            shows = {"Title": [item.text], "Question": [row.text, column.text], "Answer": [cell]}
            shows |= {"Reverse": [column.text, cell], "ReverseAnswer": [row.text]}
            yield f"{item.birth}[{row.birth},{column.birth}]", ords, row.retired or column.retired, shows


def _steps(item: Item) -> Iterator[Part]:
    for step in item.steps:
        yield f"{item.birth}[{step.birth}]", {0}, step.retired, {"Title": [item.text], "Answer": [step.text]}


PARTS = {"fact": _asked, "code": _asked, "calc": _asked, "choice": _choice, "cloze": _cloze} | {
    "table": _table,
    "steps": _steps,
}


def write(notebook: Notebook, root: Path) -> None:
    """Write the content folder anew, all but the ledger."""
    content = root / "content"
    for old in [*content.rglob("*.yaml"), *content.rglob("*.png")]:
        old.unlink()
    _write(content / "deck.yaml", {"format": "1", "key": DECK, "title": TITLE, "language": "ja"})
    for topic in filter(lambda topic: topic.entries, notebook.topics):
        entries = {entry.key: _entry(entry) for entry in topic.entries}
        _write(content / topic.file, {"topic": topic.key, "title": topic.title, "entries": entries})
    for name, picture in notebook.pictures.items():
        (content / name).write_bytes(picture)


def _write(path: Path, value: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(_lines(value, "")) + "\n", "utf-8")


def _lines(value: dict[str, Any], indent: str) -> Iterator[str]:
    """Yield block YAML in which every scalar is in double quotes; lists of scalars stand in brackets."""
    for key, part in value.items():
        if isinstance(part, dict) and part:
            yield f"{indent}{key}:"
            yield from _lines(part, indent + "  ")
        elif isinstance(part, list) and part and isinstance(part[0], dict):
            yield f"{indent}{key}:"
            for one in part:
                yield f"{indent}  - {json.dumps(one, ensure_ascii=False)}"
        else:
            yield f"{indent}{key}: {json.dumps(part, ensure_ascii=False)}"


def _entry(entry: Entry) -> dict[str, Any]:
    value: dict[str, Any] = {"title": entry.text, **entry.kept()}
    value |= {"tags": entry.tags} if entry.tags else {}
    value |= {"sources": [{"title": title, "url": url} for title, url in entry.sources]} if entry.sources else {}
    return value | ({"items": {item.key: _item(item) for item in entry.items}} if entry.items else {"points": ["空"]})


def _item(item: Item) -> dict[str, Any]:
    value: dict[str, Any] = {item.kind: _sentence(item), **item.kept()}
    value |= {"tags": item.tags} if item.tags else {}
    value |= {"image": {"file": item.image, "alt": "絵"}} if item.image else {}
    value |= {name: text for name, text in item.words.items() if name not in ("value", "right", "wrong", "why")}
    if item.kind == "choice":
        words = item.words
        value["options"] = {"a": {"right": words["right"]}, "b": {"wrong": words["wrong"], "why": words["why"]}}
    if item.kind == "calc":
        value |= {"given": {"x": {"value": item.words["value"]}}, "formula": "x", "unit": "個"}
    if item.kind == "table":
        value |= _written_table(item)
    if item.kind == "steps":
        value["sequence"] = {step.key: {"text": step.text, **step.kept()} for step in item.steps}
    return value | ({"retired_clozes": [str(number) for number in item.retired_blanks]} if item.retired_blanks else {})


def _sentence(item: Item) -> str:
    return item.text + "".join(f" と {{{{c{number}::{words}}}}}" for number, words in item.blanks.items())


def _written_table(item: Item) -> dict[str, Any]:
    rows = {}
    for row in item.rows:
        cells = {column.key: item.cells[row.birth, column.birth] for column in item.columns}
        written = {key: {"is": cell.text, "ask": cell.ask} if cell.ask else cell.text for key, cell in cells.items()}
        rows[row.key] = {"label": row.text, **row.kept(), **written}
    columns = {column.key: {"title": column.text, **column.kept()} for column in item.columns}
    ask = {column.key: item.ask[column.birth] for column in item.columns if column.birth in item.ask}
    return {"columns": columns, "rows": rows, "ask_rows": str(item.ask_rows).lower()} | ({"ask": ask} if ask else {})

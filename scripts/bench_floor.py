"""The floor of `make bench`: what the least script does that makes a deck from the same files.

It loads them with PyYAML's C parser and hands as many notes with the same words to genanki, by f-strings, without
Markdown, escapes, checks, lasting identities or a ledger. Run as: bench_floor.py PROJECT OUT.apkg
"""

import gc
import sys
from collections.abc import Iterator
from math import ceil
from pathlib import Path
from typing import Any

import genanki
import yaml

FIELDS = ("Question", "Answer", "Title", "Whole", "Hint", "Entry", "Extra", "Source", "Reverse", "Fact", "Reading")
REST = "{{Whole}}{{furigana:Reading}}{{Extra}}{{Entry}}{{Source}}"
BACK = "{{Answer}}" + REST
Fields = dict[str, str]


def main(project: Path, out: Path) -> None:
    """Build the deck of a project that bench_project made."""
    gc.disable()
    fields = [{"name": name} for name in FIELDS]
    card = {"name": "card", "qfmt": "{{Question}}", "afmt": BACK}
    basic = genanki.Model(1, "basic", fields, [card])
    both = genanki.Model(3, "both", fields, [card, {"name": "back", "qfmt": "{{Reverse}}", "afmt": "{{Fact}}" + REST}])
    cloze = genanki.Model(
        2,
        "cloze",
        fields,
        [{"name": "card", "qfmt": "{{cloze:Question}}", "afmt": "{{cloze:Question}}" + BACK}],
        model_type=genanki.Model.CLOZE,
    )
    decks = []
    for number, file in enumerate(sorted((project / "content" / "topics").glob("*.yaml"))):
        topic = yaml.load(file.read_bytes(), yaml.CSafeLoader)
        deck = genanki.Deck(10_000 + number, f"計測用::{topic['title']}")
        for path, kind, values in notes(topic["entries"]):
            row = [values.get(name, "") for name in FIELDS]
            model = cloze if kind == "cloze" else both if "Reverse" in values else basic
            deck.add_note(genanki.Note(model, row, guid=path, tags=[f"topic::{topic['topic']}", f"kind::{kind}"]))
        decks.append(deck)
    genanki.Package(decks).write_to_file(out)


def notes(entries: dict[str, Any]) -> Iterator[tuple[str, str, Fields]]:
    """Yield identity, kind and filled fields of each note that the entries of a topic make."""
    for key, entry in entries.items():
        sources = "<br>".join(f'<a href="{source["url"]}">{source["title"]}</a>' for source in entry["sources"])
        for name, item in entry["items"].items():
            common = {"Entry": entry["title"], "Source": sources}
            if "hint" in item:
                common["Hint"] = item["hint"]
            if "extra" in item:
                common["Extra"] = item["extra"]
            kind = next(iter(item))
            for part, fields in KINDS[kind](item):
                yield f"{key}.{name}{part}", kind, {**common, **fields}


def _fact(item: Any) -> Iterator[tuple[str, Fields]]:
    second = {"Reverse": item["reverse"], "Fact": item["fact"]} if "reverse" in item else {}
    reading = {"Reading": item["reading"]} if "reading" in item else {}
    yield "", {"Question": f"{item['fact']}は?", "Answer": item["is"], **second, **reading}


def _cloze(item: Any) -> Iterator[tuple[str, Fields]]:
    yield "", {"Question": item["cloze"]}


def _code(item: Any) -> Iterator[tuple[str, Fields]]:
    yield "", {"Question": f"{item['code']}は?", "Answer": f"<pre><code>{item['is']}</code></pre>"}


def _calc(item: Any) -> Iterator[tuple[str, Fields]]:
    values = {name: known["value"] for name, known in item["given"].items()}
    given = "".join(f"<li>{name}: {known['value']} {known['unit']}</li>" for name, known in item["given"].items())
    answer = f"{eval(item['formula'], {'ceil': ceil}, values)} {item['unit']}"
    whole = f"<ul>{given}</ul><p>{item['formula']} = {answer}</p>"
    yield "", {"Question": f"{item['calc']}は?<ul>{given}</ul>", "Answer": answer, "Whole": whole}


def _steps(item: Any) -> Iterator[tuple[str, Fields]]:
    lines = [f"<li>{text}</li>" for text in item["sequence"].values()]
    for i, (key, text) in enumerate(item["sequence"].items()):
        question = f"<ol>{''.join(lines[:i])}<li>{i + 1} 番目は?</li></ol>"
        whole = f"<ol>{''.join(lines)}</ol>"
        yield f"[{key}]", {"Title": item["steps"], "Question": question, "Answer": text, "Whole": whole}


def _table(item: Any) -> Iterator[tuple[str, Fields]]:
    head = "".join(f"<th>{title}</th>" for title in item["columns"].values())
    body = "".join(
        f"<tr><th>{row}</th>{''.join(f'<td>{text}</td>' for text in cells.values())}</tr>"
        for row, cells in item["rows"].items()
    )
    whole = f"<table><tr><th>{item['corner']}</th>{head}</tr>{body}</table>"
    for row, cells in item["rows"].items():
        for column, text in cells.items():
            question = f"{row} の<br>{item['columns'][column]} は?"
            yield f"[{row},{column}]", {"Title": item["table"], "Question": question, "Answer": text, "Whole": whole}


KINDS = {"fact": _fact, "cloze": _cloze, "code": _code, "calc": _calc, "steps": _steps, "table": _table}

if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

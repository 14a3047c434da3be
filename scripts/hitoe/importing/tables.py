"""Makes items of tables of text: exports of Quizlet and of Anki, and what a spreadsheet saves."""

import re
from collections.abc import Iterator
from pathlib import Path

from hitoe.importing.anki_file import CardTemplate, ForeignNote, ForeignType
from hitoe.importing.imported_project import Imported, Target, of_notes
from hitoe.importing.losses import Losses
from hitoe.importing.media_files import folder_of
from hitoe.importing.text_file import Rows, decoded, rows
from hitoe.messages import say
from hitoe.problems import RefusedError, foreign

MARKUP = re.compile(r"</?(?:b|i|u|br|div|p|span|img|ul|ol|li|sub|sup|a|code|pre)\b[^<>]*>", re.IGNORECASE)
CLOZE = re.compile(r"\{\{c[0-9]+::")
UNFIT = re.compile(r"[{}:#^/!]")
"""What the name of a field in a template cannot have."""
COLUMN, NUMBER = re.compile(r"(tags|deck|notetype|guid) column"), re.compile("[1-9][0-9]{0,5}")


def read(path: Path, target: Target) -> Imported:
    """Return what a table becomes; raises RefusedError if it cannot be read."""
    losses = Losses()
    text = decoded(path, losses)
    with foreign(RefusedError("{path}: it is no table: save it as CSV or as text with tabs", path=path)):
        table = rows(text, path.suffix.lower())
    for sentence in table.guessed:
        losses.tell_of_all(sentence)
    html = _is_html(table, losses)
    notes = list(_notes(table, html=html))
    return of_notes(path.stem, target, notes, losses, folder_of(path))


def _is_html(table: Rows, losses: Losses) -> bool:
    if "html" in table.head:
        return table.head["html"].lower() == "true"
    html = any(MARKUP.search(cell) for _, row in table.rows for cell in row)
    if html:
        losses.tell_of_all(say("the texts are taken to be HTML"))
    return html


def _notes(table: Rows, *, html: bool) -> Iterator[ForeignNote]:
    """Yield the rows as notes, by the numbers of their lines; tags, decks and the like are no fields."""
    places = {found[1]: int(place) - 1 for name, place in table.head.items()
              if (found := COLUMN.fullmatch(name)) and NUMBER.fullmatch(place)}  # fmt: skip
    names = [UNFIT.sub(" ", name).strip() for name in table.titles]
    for line, row in table.rows:
        own = {kind: row[place].strip() for kind, place in places.items() if place < len(row)}
        fields = [i for i in range(len(row)) if i not in places.values()]
        titles = tuple(names[i] if i < len(names) and names[i] else f"{i + 1}" for i in fields)
        values = {title: row[i].strip() for title, i in zip(titles, fields, strict=True)}
        yield ForeignNote(
            id=line,
            type=_type(titles, html=html, cloze=bool(fields) and bool(CLOZE.search(row[fields[0]]))),
            values=values,
            tags=tuple(f"{table.head.get('tags', '')} {own.get('tags', '')}".split()),
            deck=own.get("deck", table.head.get("deck", "")),
            ords=frozenset({0}),
        )


def _type(titles: tuple[str, ...], *, html: bool, cloze: bool) -> ForeignType:
    """Return a note type whose first field asks and whose second one answers."""
    first, second = (*titles, "", "")[:2]
    front = f"{{{{cloze:{first}}}}}" if cloze else f"{{{{{first}}}}}"
    others = "".join(f"{{{{{title}}}}}" for title in titles[2:])
    return ForeignType(
        "row", titles, (CardTemplate("card", front, f"{{{{{second}}}}}{others}"),), cloze=cloze, html=html
    )

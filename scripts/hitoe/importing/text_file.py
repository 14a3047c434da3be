"""Reads the characters of text files, whatever program wrote them, and the rows of tables with any separator."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from hitoe.importing.losses import Losses
from hitoe.messages import joined, say
from hitoe.problems import RefusedError
from hitoe.source.signs import INVISIBLE

ENCODINGS = ("utf-8-sig", "cp932")
"""Tried in order where no byte order mark says otherwise; cp932 is that of Japanese Windows."""
SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "colon": ":", "space": " "}
"""Their names in the heads of Anki's exports."""
SNIFFED = "\t;,|"
HEAD = re.compile(r"#([a-z ]+):(.*)")
"""A line at the beginning of an export of Anki's, as `#tags column:3` (rslib/src/import_export/text/csv)."""
TITLES = {
    *("front", "back", "question", "answer", "term", "definition"),
    *("表", "裏", "問題", "答え", "用語", "定義", "解答"),
}


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: its rows, each with the number of its first line; what its head says; what was guessed, in words.

    `titles` are the names of its columns, if it has such.
    """

    rows: Sequence[tuple[int, list[str]]]
    head: dict[str, str]
    titles: list[str]
    guessed: list[str]


def decoded(path: Path, losses: Losses) -> str:
    """Return the characters of a file, its line ends as on Linux; which encoding it has is told.

    Raises:
        RefusedError: the encoding is not known.
    """
    text, encoding = _decoded(path)
    losses.tell_of_all(say("the letters are taken to be {encoding}", encoding=encoding))
    return INVISIBLE.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def _decoded(path: Path) -> tuple[str, str]:
    """Return the characters of a file, and its encoding."""
    raw = path.read_bytes()
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace"), "utf-16"
    if b"\0" in raw[:200]:  # letters of two bytes, without a mark
        encoding = "utf-16-be" if raw[:1] == b"\0" else "utf-16-le"
        return raw.decode(encoding, "replace"), encoding
    for encoding in ENCODINGS:
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding), encoding
    why = say("its letters are neither UTF-8, UTF-16 nor cp932: save it as UTF-8")
    raise RefusedError(joined(": ", (path, why)))


def rows(text: str, ending: str) -> Rows:
    """Return the rows of a table; `ending` is that of the file's name, as `.csv`."""
    lines = text.split("\n")
    said = list(takewhile(bool, map(HEAD.fullmatch, lines)))  # one thing may be said twice
    head = {found[1]: found[2].strip() for found in said if found}
    body, guessed = "\n".join(lines[len(said) :]), list[str]()
    named = head.get("separator", "")
    separator = SEPARATORS.get(named.lower(), named[:1]) or _sniffed(body, ending)
    if not named:
        name = next((name for name, sign in SEPARATORS.items() if sign == separator), separator)
        guessed.append(say("the separator is taken to be the {name}", name=name))
    reader = csv.reader(io.StringIO(body), delimiter=separator, doublequote=True, strict=False)
    found_rows, before = list[tuple[int, list[str]]](), 0
    for row in reader:
        found_rows.append((len(said) + before + 1, row))
        before = reader.line_num
    found_rows = [(line, row) for line, row in found_rows if any(cell.strip() for cell in row)]
    titles = head["columns"].split(separator) if "columns" in head else []
    if found_rows and not head and {cell.strip().lower() for cell in found_rows[0][1][:2]} <= TITLES:
        titles = found_rows.pop(0)[1]
        guessed.append(say("the first line holds titles: {titles}", titles=", ".join(titles)))
    return Rows(found_rows, head, titles, guessed)


def _sniffed(body: str, ending: str) -> str:
    """Return the separator that most lines have as often as others: a table has the same columns in all of them."""
    lines = [line for line in body.split("\n")[:200] if line.strip()]
    if ending == ".tsv":
        return "\t"

    def regular(sign: str) -> tuple[float, bool]:
        counts = Counter(line.count(sign) for line in lines)
        counts.pop(0, None)
        most = max(counts.values(), default=0)
        return most / max(1, len(lines)), sign == ("," if ending == ".csv" else "\t")

    return max(SNIFFED, key=regular)

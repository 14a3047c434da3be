"""Makes items of Markdown: lines with `Q:` and `A:`, tables with two columns, headings with what is below them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hitoe.importing.imported_project import Imported, Target, of_items
from hitoe.importing.items import ItemFields, NewItem
from hitoe.importing.losses import Losses
from hitoe.importing.marks_writer import Writer
from hitoe.importing.media_files import MediaFiles, folder_of
from hitoe.importing.text_file import decoded
from hitoe.kinds.item import SWITCHES
from hitoe.messages import say
from hitoe.text import Paragraph, Plain, TextError, notations
from hitoe.text.marks import MEDIA
from hitoe.text.parse import parse
from hitoe.typography.ending_marks import ended

QUESTION = re.compile(r"(?:\*\*)?[QＱ問](?:\*\*)?[:：.](?:\*\*)?[ 　]*(.*)")
ANSWER = re.compile(r"(?:\*\*)?[AＡ答](?:\*\*)?[:：.](?:\*\*)?[ 　]*(.*)")
HEADING, FENCE = re.compile(r"#{1,6}[ \t]+(.*)"), re.compile(r"(```|~~~)")
ROW = re.compile(r"\|?(?P<left>(?:\\\||[^|])++)\|(?P<right>(?:\\\||[^|])++)\|?[ \t]*")
RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*\|[ \t]*:?-+:?[ \t]*\|?[ \t]*")
LINE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*")
"""A line between notes, which is no words of them."""
MATHS = re.compile(r"\$[^$\s][^$\\^_={]*+[\\^_={][^$]*+\$|\\\(|\\\[")


@dataclass(slots=True)
class Pair:
    """A question and its answer as they are written, and the line where it stands."""

    line: int
    question: str
    answer: str = ""


def read(path: Path, target: Target) -> Imported:
    """Return what a file of Markdown becomes; raises RefusedError if its letters cannot be read."""
    losses = Losses()
    pairs = list(_pairs(decoded(path, losses).split("\n")))
    known, media = target.known, target.media(folder_of(path))
    math = known.math or (not known.deck and any(MATHS.search(pair.question + pair.answer) for pair in pairs))
    items = [item for pair in pairs if (item := _item(pair, media, losses, math=math, bare=known.bare))]
    return of_items(path.stem, target, items, losses, math=math)


def _pairs(lines: list[str]) -> Iterator[Pair]:
    """Yield questions with their answers; words that belong to no question are the answer to none."""
    asked = any(map(QUESTION.fullmatch, lines)) and any(map(ANSWER.fullmatch, lines))
    pair: Pair | None = None
    code, table = False, False
    for number, line in enumerate(lines, 1):
        code ^= bool(FENCE.match(line))
        if not code and LINE.fullmatch(line):
            continue
        row = None if code else ROW.fullmatch(line)
        following = lines[number] if number < len(lines) else ""
        table = bool(row) and (table or bool(RULE.fullmatch(following)))
        if row and table:
            if not RULE.fullmatch(line) and not RULE.fullmatch(following):
                yield Pair(number, _cell(row["left"]), _cell(row["right"]))
        elif not code and (start := (QUESTION if asked else HEADING).fullmatch(line)):
            yield from [pair] if pair else []
            pair = Pair(number, start[1] if asked else start[1].rstrip(" \t#"))
        elif asked and not code and HEADING.fullmatch(line):
            yield from [pair] if pair else []
            pair = None
        elif pair:
            answer = ANSWER.fullmatch(line) if asked and not pair.answer.strip() else None
            pair.answer += f"{answer[1] if answer else line}\n"
        elif line.strip():
            pair = Pair(number, "", f"{line}\n")
    yield from [pair] if pair else []


def _cell(text: str) -> str:
    return text.replace("\\|", "|").strip()


def _item(pair: Pair, media: MediaFiles, losses: Losses, *, math: bool, bare: bool) -> NewItem | None:
    losses.note = say("line {line}", line=pair.line)
    question = _text(pair.question, media, losses, math=math)
    if not question:
        first, more, _ = pair.answer.strip().partition("\n")
        words = first + (" …" if more else "")
        losses.tell(say("this was not carried over, for it belongs to no question: {words}", words=words))
        return None
    answer = _text(pair.answer, media, losses, math=math)
    if not answer:
        losses.tell(say("the note was not carried over, for it has no answer: {question}", question=question))
        return None
    made: ItemFields = {"fact": question, "is": answer}
    shown = parse(question, math=math)
    if not bare and not ended(shown) and question.lower() not in SWITCHES:
        made["ask"] = question
    return NewItem(made, shown.plain)


def _text(written: str, media: MediaFiles, losses: Losses, *, math: bool) -> str:
    """Return Markdown as hitoe has it; what it cannot have is told, and stays as it is written."""

    def file(found: re.Match[str]) -> str:
        path = media.take(found["file"].strip(), losses.tell)
        return f"![{found['alt']}]({path})" if path else found["alt"]

    text = MEDIA.sub(file, written.strip())
    text = f"{text}\n" if "\n" in text else text
    try:
        if text and parse(text, math=math).clozes:
            raise TextError("a blank in a question or an answer")
    except TextError as error:
        losses.tell(say("shown as written: {error}", error=error))
        return Writer(math).write([Paragraph((Plain(" ".join(text.split())),))], losses.tell)
    for doubt in notations.told(text, math=math):
        losses.tell(doubt)
    return text

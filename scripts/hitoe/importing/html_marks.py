"""Turns the HTML of a field into the nodes of hitoe's texts."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

from hitoe.importing import anki_signs, ruby_reader, word_formats
from hitoe.importing.anki_signs import Closing, Mathematics, Opening, Sign, Sound
from hitoe.importing.block_builder import BlockBuilder
from hitoe.importing.code_reader import CodeReader
from hitoe.importing.ruby_reader import RubyReader
from hitoe.importing.word_formats import APART, CELL, CELL_BORDER, LINES, LISTS
from hitoe.importing.word_lists import WordLists
from hitoe.messages import say
from hitoe.text import Block, Formula, Inline, PictureSpan, Plain, SoundSpan
from hitoe.text.parse import parse

SILENT = {"script", "style", "title"}
VOID = {"br", "img", "hr", "input", "wbr", "meta", "link", "col", "source", "embed"}


@dataclass(frozen=True, slots=True)
class FieldContext:
    """What reading a field needs: whether formulas and clozes are known, the media, and whom to tell of losses.

    `media` returns the path in the content folder of a picture or sound, None if it cannot be carried.
    """

    math: bool
    cloze: bool
    media: Callable[[str], str | None]
    tell: Callable[[str], None]
    html: bool = True


def blocks(html: str, context: FieldContext) -> tuple[tuple[Block, ...], list[str]]:
    """Return the nodes of some HTML, or of lines of characters, and its words with readings, as `reading:` has them."""
    with_places, signs = anki_signs.with_places(html, cloze=context.cloze, tell=context.tell)
    reader = _FieldReader(signs, context)
    if context.html:
        reader.feed(anki_signs.closed(with_places))
        reader.close()
    else:
        reader.lines(with_places)
    return reader.finish(), reader.ruby.readings


class _FieldReader(HTMLParser):
    def __init__(self, signs: list[Sign], context: FieldContext) -> None:
        super().__init__(convert_charrefs=True)
        self._signs, self._context, self._tell = signs, context, context.tell
        self._built = BlockBuilder(context.tell)
        self._word_lists = WordLists(self._built)
        self._open: dict[str, list[frozenset[str]]] = {}
        self._formats: Counter[str] = Counter()
        self._code: CodeReader | None = None
        self._hidden = 0
        self.ruby = RubyReader(context.tell)

    def finish(self) -> tuple[Block, ...]:
        """Return all blocks; elements that were left open end here."""
        if self._code is not None:
            self._end_code(self._code)
        self.ruby.end("ruby")
        return self._built.finish()

    def lines(self, text: str) -> None:
        """Take characters that mean themselves."""
        for line in text.split("\n"):
            self.handle_data(line)
            self._built.line_end()

    # Elements

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in SILENT:
            self._hidden += 1
            self._tell(say("markup: {tag}", tag=tag))
        elif tag == "pre" and self._code is None and not self._built.clozes:
            self._word_lists.begin(tag, values, block=True)
            self._built.end_paragraph()
            self._code = CodeReader(self._tell)
        elif self._code is not None:
            self._code.begin(tag, values)
        else:
            self._word_lists.begin(tag, values, block=tag in APART | LISTS)
            self._begin(tag, values)
            for sentence in word_formats.lost(tag, values):
                self._tell(sentence)
            if tag == "a":  # a link within a link ends it
                self._close(tag)
            if tag not in VOID:
                formats = word_formats.of(tag, values)
                self._open.setdefault(tag, []).append(formats)
                self._formats.update(formats)

    def _begin(self, tag: str, values: Mapping[str, str]) -> None:
        if tag == "br":
            self._built.line_end()
        elif tag == "img":
            self._picture(values)
        elif tag in LISTS:
            start = values.get("start", "")
            self._built.begin_list(ordered=tag == "ol", start=int(start) if re.fullmatch("[0-9]{1,8}", start) else 1)
        elif tag == "li":
            self._built.begin_item()
        elif tag in CELL and not self._built.line_is_empty:
            self._add(Plain(CELL_BORDER))
        elif tag in APART:
            self._built.end_paragraph()
        elif tag in LINES:
            self._built.soft_line_end()
        elif tag in ruby_reader.TAGS:
            self.ruby.begin(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._hidden = max(0, self._hidden - 1)
        elif tag == "pre" and self._code is not None:
            self._end_code(self._code)
        elif self._code is not None:
            self._code.end(tag)
        else:
            self._end(tag)
            self._word_lists.end(tag)
            self._close(tag)

    def _close(self, tag: str) -> None:
        if self._open.get(tag):
            self._formats -= Counter(self._open[tag].pop())

    def _end(self, tag: str) -> None:
        if tag in LISTS:
            self._built.end_list()
        elif tag == "li":
            self._built.end_item()
        elif tag in APART or tag == "pre":
            self._built.end_paragraph()
        elif tag in LINES:
            self._built.soft_line_end()
        elif tag in ruby_reader.TAGS:
            self.ruby.end(tag)

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        at = 0
        for place in anki_signs.PLACE.finditer(data):
            self._characters(data[at : place.start()])
            self._sign(self._signs[int(place[1])])
            at = place.end()
        self._characters(data[at:])

    # What is shown

    def _characters(self, text: str) -> None:
        if self._code is not None:
            self._code.add(text)
        elif text and not self._word_lists.is_bullet(text) and self.ruby.shows(text):
            self._add(Plain(text))

    def _add(self, node: Inline) -> None:
        self._built.add(node, frozenset(self._formats))

    def _sign(self, sign: Sign) -> None:
        if self._code is not None:
            self._code.add(_source(sign))
            return
        match sign:
            case Opening():
                self._built.start_cloze(sign)
            case Closing():
                self._built.end_cloze(sign)
            case Sound(name):
                if file := self._context.media(name):
                    self._add(SoundSpan(file, ""))
            case Mathematics():
                self._add(self._formula(sign))

    def _formula(self, sign: Mathematics) -> Inline:
        tex = sign.tex.removeprefix("$").removesuffix("$").strip("$ ") if sign.old else sign.tex
        opening, close = (r"\[", r"\]") if sign.display else (r"\(", r"\)")
        if not self._context.math:
            self._tell(say("formula: {tex}: write `math: true` into deck.yaml, and import again", tex=tex))
            return Plain(f"{opening}{tex}{close}")
        try:
            (node,) = parse(f"{opening}{tex}{close}", math=True).inline or ()
            if isinstance(node, Formula):
                if sign.old:
                    self._tell(say("LaTeX: {tex}: it was a picture, and is a formula now", tex=tex))
                return node
            reason: str = say("it is no formula")
        except ValueError as error:
            reason = str(error)
        self._tell(say("formula: {tex}: {reason}", tex=tex, reason=reason))
        return Plain(f"{opening}{tex}{close}")

    def _picture(self, values: Mapping[str, str]) -> None:
        alt = " ".join(re.sub(r"[\[\]\\`*~^{}$<>_=&!]", " ", values.get("alt", "")).split())
        if file := self._context.media(values.get("src", "")):
            self._add(PictureSpan(file, alt))
        elif alt:
            self._add(Plain(alt))

    def _end_code(self, code: CodeReader) -> None:
        self._code = None
        if block := code.block(cloze=self._context.cloze):
            self._built.put(block)
        for values in code.pictures:
            self._picture(values)
        self._built.end_paragraph()


def _source(sign: Sign) -> str:
    """Return a sign as it is written in a block of code."""
    match sign:
        case Opening(number):
            return f"{{{{c{number}::"
        case Closing():
            return "}}"
        case Sound(name):
            return f"[sound:{name}]"
        case Mathematics(tex, display):
            return f"\\[{tex}\\]" if display else f"\\({tex}\\)"

"""Anki's template syntax: front and back of a card, from the templates of a note type and the fields of a note.

A face (front or back) still has Anki's marks for sounds, `[anki:play:q:0]`, and for typing, `[[type:Field]]`, as Anki
hands them to its reviewer. `tests/test_preview_rendering.py` compares the faces with the real library's.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape

from markupsafe import Markup

from hitoe.kinds.kept_type import EMPTY
from hitoe.preview import cloze_fields
from hitoe.preview.cloze_fields import TAG_OR_COMMENT, Macro

TOKEN = re.compile(r"(<!--(?:(?!<!--).)*?-->)|\{\{((?:(?!\{\{).)*?)\}\}", re.DOTALL)
RUBY = re.compile(r" ?([^ >][^ >\[]*)\[(.[^\]\n]*)\]|[^ >\[]+")
AUDIBLE = re.compile(r"\[sound:(.+?)\]|\[anki:tts ([^\]]*)\](.*?)\[/anki:tts\]", re.DOTALL)
CLOZE_CONDITION = re.compile(r"c(\d+)")
LINE_TAGS = re.compile(
    "</?(?:br|address|article|aside|blockquote|canvas|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header"
    "|hr|li|main|nav|noscript|ol|output|p|pre|section|table|tfoot|ul|video)>",
    re.IGNORECASE,
)
BLANK = "blank"
"""What Anki reads aloud in place of a cloze that is asked."""


@dataclass(frozen=True, slots=True)
class PlayedSound:
    """A file that a face plays."""

    file: str


@dataclass(frozen=True, slots=True)
class Speech:
    """Words that a face has read aloud, in a language as `ja_JP`."""

    words: str
    language: str


Audible = PlayedSound | Speech


@dataclass(frozen=True, slots=True)
class Face:
    """The HTML of one side of a card, and what is heard for its marks `[anki:play:…]`, by their number."""

    html: str
    audible: tuple[Audible, ...]


@dataclass(slots=True)
class Card:
    """A card to be rendered: the fields of its note (empty ones may be left out), its ord, and special fields."""

    fields: Mapping[str, str]
    ord: int
    macro: Macro
    special: Mapping[str, str] = field(default_factory=dict)

    def faces(self, front: str, back: str) -> tuple[Face, Face]:
        """Return front and back, from the texts of the two templates."""
        question = _heard(self._side(front, {}, question=True), "q")
        answer = self._side(back, {"FrontSide": question.html}, question=False)
        return question, _heard(answer, "a")

    def _side(self, template: str, more: Mapping[str, str], *, question: bool) -> str:
        fields = {**self.special, **self.fields, **more}
        shown, out, at = [True], [], 0
        for token in TOKEN.finditer(template):
            if shown[-1]:
                out.append(template[at : token.start()] + (token[1] or ""))
            at = token.end()
            tag = (token[2] or "").strip()
            if tag[:1] in ("#", "^"):
                shown.append(shown[-1] and self._filled(tag[1:].strip(), fields) == (tag[0] == "#"))
            elif tag.startswith("/"):
                shown.pop()
            elif tag and shown[-1]:
                out.append(self._replaced(tag, fields, question))
        return "".join([*out, template[at:]])

    def _filled(self, name: str, fields: Mapping[str, str]) -> bool:
        if name not in fields and (number := CLOZE_CONDITION.fullmatch(name)):
            return int(number[1]) == self.ord + 1
        return not EMPTY.fullmatch(fields.get(name, ""))

    def _replaced(self, tag: str, fields: Mapping[str, str], question: bool) -> str:
        *filters, name = (part.strip() for part in tag.split(":"))
        if filters[:1] == ["type"]:
            return f"[[{tag}]]"
        text = fields.get(name, "")
        for each in reversed(filters):
            text = self._filtered(each, name, text, question)
        return text

    def _filtered(self, name: str, field_name: str, text: str, question: bool) -> str:
        """Return a text after a filter; one that Anki does not know changes nothing."""
        word, _, rest = name.partition(" ")
        match word:
            case "cloze":
                return cloze_fields.revealed(text, self.ord + 1, question, self.macro)
            case "cloze-only":
                return ", ".join(cloze_fields.only(text, self.ord + 1, question))
            case "text":
                return stripped(text)
            case "hint":
                filled = text.strip()
                return self.macro("hint", f"-{field_name}-{self.ord}", field_name, Markup(text)) if filled else ""
            case "furigana" | "kanji" | "kana":
                return self._reading(word, text)
            case "tts":
                return f"[anki:tts lang={rest}]{text}[/anki:tts]"
        return text

    def _reading(self, kind: str, text: str) -> str:
        def read(found: re.Match[str]) -> str:
            base, reading = found.groups()
            if reading is None or reading.startswith("sound:") or found[0].lstrip().startswith("[sound:"):
                return found[0]
            return {"kanji": base, "kana": reading}.get(kind) or self.macro("ruby", Markup(base), Markup(reading))

        text = text.replace("&nbsp;", " ")
        end = text.rfind("]") + 1  # thousands of brackets may never be closed
        return RUBY.sub(read, text[:end]) + text[end:]


def stripped(html: str) -> str:
    """Return the text of some HTML as Anki's filter `text` does."""
    return unescape(TAG_OR_COMMENT.sub("", html)).replace("\xa0", " ")


def _spoken(html: str, side: str) -> str:
    text = stripped(LINE_TAGS.sub(" ", html))
    return text.replace("[...]", BLANK) if side == "q" else text


def _heard(html: str, side: str) -> Face:
    """Put Anki's marks in place of sounds and speech."""
    audible: list[Audible] = []

    def mark(found: re.Match[str]) -> str:
        file, arguments, words = found.groups()
        language = (arguments or "").split(" ")[0].removeprefix("lang=")
        audible.append(PlayedSound(unescape(file)) if file else Speech(_spoken(words, side), language))
        return f"[anki:play:{side}:{len(audible) - 1}]"

    return Face(AUDIBLE.sub(mark, html), tuple(audible))

"""Finds what Anki itself reads in the HTML of a field before it is shown: clozes, formulas, sounds and readings."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

from hitoe.kinds.html_text import without_comments
from hitoe.messages import say
from hitoe.source.signs import INVISIBLE
from hitoe.text.literal import HIGHEST_CLOZE
from hitoe.text.ruby import Word, words

PLACE = re.compile("\ufdd0([0-9]+)\ufdd1")
"""Stands in the HTML for a sign, by its number; Unicode has these two characters for such use inside of programs."""


def _enclosed(name: str, opening: str, close: str) -> str:
    """Return the pattern of what stands between two signs; of several openings the last, for none may be closed."""
    return rf"{opening}(?P<{name}>(?:(?!{opening}).)*?){close}"


SPECIAL = re.compile(
    "|".join(
        (
            _enclosed("sound", r"\[sound:", r"\]"),
            r"\[anki:(?P<tts>tts[^\[\]]*)\](?P<spoken>(?:(?!\[anki:tts).)*?)\[/anki:tts\]",
            _enclosed("latex", r"\[latex\]", r"\[/latex\]"),
            _enclosed("block", r"\[\$\$\]", r"\[/\$\$\]"),
            _enclosed("inline", r"\[\$\]", r"\[/\$\]"),
            _enclosed("words", r"\\\(", r"\\\)"),
            _enclosed("display", r"\\\[", r"\\\]"),
            r"<anki-mathjax(?P<alone>[^<>]*)>(?P<mathjax>(?:(?!<anki-mathjax).)*?)</anki-mathjax>",
        )
    ),
    re.DOTALL | re.IGNORECASE,
)
LINE, TAG = re.compile(r"<(?:br|/?div|/?p)\b[^>]*>", re.IGNORECASE), re.compile(r"<[A-Za-z/][^<>]*>")
CLOZE = re.compile(r"\{\{c0*(?P<number>[0-9]{1,3})::|(?P<end>\}\})|(?P<hint>::)")
DEEPEST = 8
"""Clozes in each other; more are no blanks that anybody could answer."""
READING = re.compile(r" ?(?P<base>[^ >][^ >\[]*)\[(?!sound:)(?P<reading>.[^\]\n]*)\]|[^ >\[]+")
"""Anki's filter `furigana` (rslib/src/template_filters.rs), or words without a reading."""


@dataclass(frozen=True, slots=True)
class Mathematics:
    """A formula in TeX; `old`: one that Anki makes a picture of with LaTeX, with the markup around it."""

    tex: str
    display: bool
    old: bool = False


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound or video by the name of its file."""

    name: str


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a cloze begins."""

    number: int
    hint: str | None


@dataclass(frozen=True, slots=True)
class Closing:
    """Where the innermost cloze ends."""


Sign = Mathematics | Sound | Opening | Closing


def with_places(html: str, *, cloze: bool, tell: Callable[[str], None]) -> tuple[str, list[Sign]]:
    """Return a field's HTML with places for what Anki reads in it, and the signs that belong there."""
    signs: list[Sign] = []

    def place(sign: Sign) -> str:
        signs.append(sign)
        return f"\ufdd0{len(signs) - 1}\ufdd1"

    def special(found: re.Match[str]) -> str:
        if found["sound"] is not None:
            return place(Sound(unescape(found["sound"]).strip()))
        if found["tts"] is not None:
            tell(say("speech: `{tts}`", tts=found["tts"]))
            return found["spoken"]
        return place(_formula(found))

    text = INVISIBLE.sub(" ", html.replace("\r\n", "\n").replace("\ufdd0", "").replace("\ufdd1", ""))
    text = SPECIAL.sub(special, text)
    return (_clozes(text, place, tell) if cloze and "{{c" in text else text), signs


def closed(html: str) -> str:
    """Return HTML without comments, and a tag without end as signs: Python's parser takes long on many of these."""
    shown = without_comments(html, "").replace("<!--", "&lt;!--")
    end = shown.rfind(">") + 1
    return shown[:end] + shown[end:].replace("<", "&lt;")


def _formula(found: re.Match[str]) -> Mathematics:
    old = next((found[name] for name in ("latex", "block", "inline") if found[name] is not None), None)
    if old is not None:
        return Mathematics(_tex(old), found["inline"] is None, old=True)
    inner = next(found[name] for name in ("words", "display", "mathjax") if found[name] is not None)
    return Mathematics(_tex(inner), found["display"] is not None or 'block="true"' in (found["alone"] or ""))


def _tex(html: str) -> str:
    return unescape(TAG.sub("", LINE.sub("\n", html))).replace("\xa0", " ").strip()


def plain(html: str) -> str:
    """Return the characters of some HTML, on one line."""
    return " ".join(unescape(TAG.sub("", PLACE.sub("", LINE.sub(" ", html)))).split())


@dataclass(slots=True)
class _Open:
    """A cloze whose end is being looked for: the text in it so far, and after `::` where its hint begins."""

    number: int
    text: str = ""
    hint: str | None = None


def _clozes(text: str, place: Callable[[Sign], str], tell: Callable[[str], None]) -> str:
    """Put places for clozes that are complete and have a number that Anki knows; others stay as they are written.

    Those that stand too deep in others do, too.
    """
    outer, at = [_Open(0)], 0

    def add(characters: str) -> None:
        if outer[-1].hint is None:
            outer[-1].text += characters
        else:
            outer[-1].hint += characters

    for found in CLOZE.finditer(text):
        add(text[at : found.start()])
        at = found.end()
        known = found["number"] and 1 <= int(found["number"]) <= HIGHEST_CLOZE and len(outer) <= DEEPEST
        if known and outer[-1].hint is None:
            outer.append(_Open(int(found["number"])))
        elif found["end"] and len(outer) > 1:
            whole = outer.pop()
            hint = plain(whole.hint) if whole.hint else None
            if hint and "::" in hint:  # hitoe takes only what stands after the last one for the hint
                tell(say("hint: '::' is ':' in {hint}", hint=hint))
                hint = re.sub(":+", ":", hint)
            add(f"{place(Opening(whole.number, hint or None))}{whole.text}{place(Closing())}")
        elif found["hint"] and len(outer) > 1 and outer[-1].hint is None:
            outer[-1].hint = ""
        else:
            add(found[0])
    add(text[at:])
    while len(outer) > 1:  # never closed
        left = outer.pop()
        add(f"{{{{c{left.number}::{left.text}" + ("" if left.hint is None else f"::{left.hint}"))
    return outer[0].text


def without_readings(html: str, tell: Callable[[str], None]) -> tuple[str, list[str]]:
    """Return HTML without readings in brackets, and the words with their readings as `reading:` has them."""
    found: list[str] = []

    def taken(match: re.Match[str]) -> str:
        if match["base"] is None:
            return match[0]
        base, reading = plain(match["base"]), plain(match["reading"])
        whole = f"{base}[{reading}]"
        if words(whole) == [Word(base, reading)]:
            found.append(whole)
        else:
            tell(say("reading: {whole}", whole=whole))
        return match["base"]

    html = html.replace("&nbsp;", " ")
    end = html.rfind("]") + 1  # thousands of brackets may never be closed
    return READING.sub(taken, html[:end]) + html[end:], found

"""The words of a field's HTML as a text, for paper and log: lines, blanks, and what is set lower or higher."""

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from unicodedata import normalize
from urllib.parse import unquote

from hitoe.source.signs import INVISIBLE
from hitoe.text import NOTE, Break, ClozeSpan, Inline, PictureSpan, Plain, Sub, Sup, Text

SILENT = {"script", "style", "title"}
LINES = {
    *("address", "article", "aside", "blockquote", "br", "caption", "center", "dd", "div", "dl", "dt", "figcaption"),
    *("figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "ol", "p", "pre", "section"),
    *("table", "tr", "ul"),
}
CLOZE = re.compile(r"\{\{c(\d+)(?:,\d+)*::|\}\}")
SOUND = re.compile(r"\[(?:sound|anki:play):[^\[\]]*\]")
OCCLUSION = re.compile(r"\{\{c\d+::image-occlusion:[^{}]*\}\}")
BOGUS = re.compile(r"<!\[[^>]*>?")
"""What browsers take for a comment; Python's parser fails where it is no marked section."""
COMMENT = re.compile(r"<!--(?:(?!<!--).)*?-->", re.DOTALL)
UNCLOSED = re.compile(r"<[a-zA-Z/!?]")
SPACES = re.compile(r"[ \t\r\n\f\xa0]+")


def of_html(html: str, *, cloze: bool = False, pictures: Callable[[str], bool] = lambda _name: False) -> Text | None:
    """Return the words of some HTML as one paragraph, with its blanks if it has some; None if there are none.

    Pictures for whose names `pictures` is true are shown, of others there are the words or the name.
    """
    html = INVISIBLE.sub(lambda sign: " " if sign[0] in "\u2028\u2029" else "", html)
    if "<" not in html and "&" not in html and "{{" not in html and "[" not in html:
        words = SPACES.sub(" ", html).strip()
        return Text.of(words) if words else None
    reader = _WordReader(pictures)
    reader.feed(_closed(OCCLUSION.sub("", SOUND.sub(NOTE, html))))
    reader.close()
    nodes = tuple(_trimmed(_with_blanks(reader.leaves) if cloze else reader.leaves))
    text = Text.of_nodes(nodes)
    shown = any(isinstance(node, PictureSpan) for node in text.walk())
    # `Text.media` looks only into texts that are written as Markdown has pictures.
    return Text(f"![]({text.plain})" if shown else text.plain, text.blocks) if text.plain else None


def without_comments(html: str, instead: str) -> str:
    """Return HTML with `instead` for each comment; first those that end, for Word puts what is bogus into them."""
    return BOGUS.sub(instead, COMMENT.sub(instead, html))


def _closed(html: str) -> str:
    """Return HTML without comments and without a tag that does not end: Python's parser takes long on many of these."""
    shown = without_comments(html, " ").replace("<!--", " ")
    end = shown.rfind(">") + 1
    return shown[:end] + UNCLOSED.split(shown[end:], maxsplit=1)[0]


class _WordReader(HTMLParser):
    """Collects the words of HTML, its line ends, and the names of its pictures."""

    def __init__(self, pictures: Callable[[str], bool]) -> None:
        super().__init__(convert_charrefs=True)
        self._pictures = pictures
        self.leaves: list[Inline] = []
        self._silent = 0
        self._above = ""
        self._script = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self._silent += 1
        elif tag in LINES:
            self.leaves.append(Break(True))
        elif tag in ("sub", "sup"):
            self._script = tag
        elif tag in ("rb", "rt", "rp"):
            self._begin_above(tag)
        elif tag in ("td", "th"):
            self.leaves.append(Plain(" "))
        elif tag == "img":
            named = dict(attrs)
            name, words = normalize("NFC", unquote(named.get("src") or "")), named.get("alt")
            shown = self._pictures(name)
            self.leaves.append(
                PictureSpan(f"media/{name}", words or name) if shown else Plain(words or f"[{named.get('src') or ''}]")
            )

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in LINES - {"br"}:
            self.leaves.append(Break(True))
        elif tag in ("sub", "sup"):
            self._script = ""
        elif tag in ("rt", "rp", "ruby"):
            self._begin_above("")

    def _begin_above(self, tag: str) -> None:
        """Begin a reading or its bracket, or what follows both: their closing tags may be left out."""
        self.leaves += [Plain("]")] * (self._above == "rt") + [Plain("[")] * (tag == "rt")
        self._above = tag

    def handle_data(self, data: str) -> None:
        if self._silent or self._above == "rp" or not data:
            return
        words = SPACES.sub(" ", INVISIBLE.sub("", data))
        if self._script and words.strip():
            self.leaves.append(Sub(words.strip()) if self._script == "sub" else Sup(words.strip()))
        else:
            self.leaves.append(Plain(words))


def _with_blanks(leaves: list[Inline]) -> list[Inline]:
    """Return leaves with blanks where clozes begin and end; a blank within another one is a part of it."""
    found: list[Inline] = []
    number, inner, starts = 0, list[Inline](), list[int]()
    for leaf in leaves:
        for part in _parts(leaf) if isinstance(leaf, Plain) else (leaf,):
            if isinstance(part, re.Match) and part[1]:
                number = number if starts else int(part[1][:9])
                starts.append(len(inner))
            elif isinstance(part, re.Match) and starts:
                start = starts.pop()
                inner[start:], hint = _hinted(inner[start:])
                if not starts:
                    found.append(ClozeSpan(number, tuple(inner), hint))
                    inner = []
            else:
                node = Plain(part[0]) if isinstance(part, re.Match) else part
                (inner if starts else found).append(node)
    return found + inner


def _parts(leaf: Plain) -> Iterator[Inline | re.Match[str]]:
    at = 0
    for token in CLOZE.finditer(leaf.text):
        if leaf.text[at : token.start()]:
            yield Plain(leaf.text[at : token.start()])
        yield token
        at = token.end()
    if leaf.text[at:]:
        yield Plain(leaf.text[at:])


def _hinted(inner: list[Inline]) -> tuple[list[Inline], str | None]:
    """Return what is in a blank, and its hint: what stands behind `::`."""
    for place, node in enumerate(inner):
        if isinstance(node, Plain) and "::" in node.text:
            words, _, hint = node.text.partition("::")
            return [*inner[:place], *([Plain(words)] if words else [])], hint or None
    return inner, None


def _trimmed(nodes: list[Inline]) -> Iterator[Inline]:
    """Yield nodes without spaces and line ends at the edges, and with one line end where there are several."""
    last = max((place for place, node in enumerate(nodes) if not _is_space(node)), default=-1)
    before: Inline | None = None
    pending: Inline | None = None
    for node in nodes[: last + 1]:
        if _is_space(node):
            pending = node if isinstance(node, Break) or not isinstance(pending, Break) else pending
            continue
        if before is not None and pending is not None:
            yield pending
        begins = before is None or isinstance(pending, Break)
        yield Plain(node.text.lstrip()) if isinstance(node, Plain) and begins else node
        before, pending = node, None


def _is_space(node: Inline) -> bool:
    return isinstance(node, Break) or (isinstance(node, Plain) and not node.text.strip())

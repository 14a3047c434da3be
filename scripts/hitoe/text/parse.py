"""From Markdown to nodes: CommonMark's inline code, links, escapes, lists and fences, with changes for notes.

* `**strong**` pairs wherever it stands: CommonMark's rule looks for spaces and punctuation, and fails beside 「」.
* A single `*` or `_`, HTML and entities are literal, so that `kms:*`, `<LocalPath>` and `&amp;` come through.
* `{{c1::answer::hint}}` is a cloze.
* A text on one line is always inline: lists and fences need a line end in the text.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from hitoe.text.marks import CLOZE_START, TextError
from hitoe.text.nodes import (
    Block,
    Break,
    Bullets,
    ClozeSpan,
    CodeSpan,
    Fence,
    Inline,
    Link,
    Numbers,
    Paragraph,
    Plain,
    Strong,
    Text,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SPECIAL = re.compile(r"[`*\\\[\]{}\n]")
NEAR_MISS = re.compile(r"\{\{\s*[cCｃＣ]\s*[0-9０-９,，]*\s*[:：]")
WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6]")


def parse(raw: str) -> Text:
    """Return the tree of an author's text.

    Raises:
        TextError: the text is empty, or a cloze in it is malformed.
    """
    if not raw.strip():
        raise TextError("an empty value: write the text, or leave the key out")
    if not SPECIAL.search(raw):
        return Text(raw, (Paragraph((Plain(raw.strip()),)),))
    if "\n" not in raw.strip("\n"):
        return Text(raw, (Paragraph(inline(raw.strip())),))
    return Text(raw, _blocks(_markdown().parse(raw)))


def inline(line: str) -> tuple[Inline, ...]:
    """Return the nodes of a text of one line, read by the Markdown parser."""
    return _inline(_markdown().parseInline(line)[0].children or [])


@cache
def _markdown() -> "MarkdownIt":
    """The Markdown parser; most texts do without it, and loading it takes as long as reading a hundred notes."""
    from hitoe.text.rules import markdown

    return markdown()


def near_misses(text: Text) -> list[str]:
    """Return what looks like a cloze, but is literal text: `{{c:…}}`, `{{ c1::…}}`, `{{C1::…}}`, or one in code."""
    found = []
    for node in text.walk():
        if isinstance(node, Plain) and (hit := NEAR_MISS.search(node.text)):
            found.append(node.text[hit.start() : hit.start() + 20])
        if isinstance(node, CodeSpan) and CLOZE_START.search(node.text):
            found.append(f"`{node.text}`")
    return found


def _inline(tokens: Sequence["Token"]) -> tuple[Inline, ...]:
    nodes, rest = _until(iter(tokens), None)
    assert rest is None
    return _with_breaks(nodes)


def _until(tokens: Iterator["Token"], close: str | None) -> tuple[list[Inline], "Token | None"]:
    """Collect nodes up to the token of type `close`, which is returned too."""
    nodes: list[Inline] = []
    for token in tokens:
        match token.type:
            case "text" | "text_special":
                if token.content:
                    nodes.append(Plain(token.content))
            case "code_inline":
                nodes.append(CodeSpan(token.content))
            case "softbreak" | "hardbreak":
                nodes.append(Break(True))
            case "strong_open":
                nodes.append(Strong(_with_breaks(_until(tokens, "strong_close")[0])))
            case "link_open":
                children = _with_breaks(_until(tokens, "link_close")[0])
                nodes.append(Link(children, str(token.attrs["href"])))
            case "cloze_open":
                children = _with_breaks(_until(tokens, "cloze_close")[0])
                nodes.append(ClozeSpan(token.meta["number"], children, token.meta["hint"]))
            case kind if kind == close:
                return nodes, token
            case kind:
                raise AssertionError(f"unexpected token {kind}")
    return nodes, None


def _with_breaks(nodes: list[Inline]) -> tuple[Inline, ...]:
    """Say of each line end whether it stands for a space: between two wide characters it does not."""
    joined: list[Inline] = []
    for i, node in enumerate(nodes):
        if isinstance(node, Break):
            before, after = nodes[i - 1] if i else None, nodes[i + 1] if i + 1 < len(nodes) else None
            wide = isinstance(before, Plain) and isinstance(after, Plain)
            wide = wide and bool(WIDE.match(before.text[-1]) and WIDE.match(after.text[0]))  # type: ignore[union-attr]
            joined.append(Break(not wide))
        elif isinstance(node, Plain) and joined and isinstance(joined[-1], Plain):
            joined[-1] = Plain(joined[-1].text + node.text)
        else:
            joined.append(node)
    return tuple(joined)


def _blocks(tokens: Sequence["Token"]) -> tuple[Block, ...]:
    return tuple(_block_until(iter(tokens), None))


def _block_until(tokens: Iterator["Token"], close: str | None) -> list[Block]:
    blocks: list[Block] = []
    for token in tokens:
        match token.type:
            case "inline":
                blocks.append(Paragraph(_inline(token.children or [])))
            case "fence":
                blocks.append(Fence(token.content.rstrip("\n"), token.info.strip()))
            case "bullet_list_open":
                blocks.append(Bullets(_items(tokens, "bullet_list_close")))
            case "ordered_list_open":
                blocks.append(Numbers(_items(tokens, "ordered_list_close"), int(token.attrs.get("start", 1))))
            case kind if kind == close:
                return blocks
            case _:
                pass
    return blocks


def _items(tokens: Iterator["Token"], close: str) -> tuple[tuple[Block, ...], ...]:
    items: list[tuple[Block, ...]] = []
    for token in tokens:
        if token.type == close:
            break
        items.append(tuple(_block_until(tokens, "list_item_close")))
    return tuple(items)

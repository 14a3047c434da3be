"""Makes nodes from the tokens of the Markdown parser."""

from collections.abc import Iterator
from itertools import takewhile

from markdown_it.token import Token

from hitoe import text
from hitoe.text import formula_marks
from hitoe.text.marks import is_wide
from hitoe.text.rules import markdown

PARSER = markdown()


def inline(line: str, math: bool = False) -> tuple[text.Inline, ...]:
    """Return the nodes of a text of one line; raises TextError if a cloze or a formula is malformed."""
    return _inlines(iter(PARSER.inline.parse(line, PARSER, {"math": math}, [])))


def blocks(lines: str, math: bool) -> tuple[text.Block, ...]:
    """Return the nodes of a text of several lines; raises TextError if a cloze or a formula is malformed."""
    return _blocks(iter(PARSER.parse(lines, {"math": math})))


def _blocks(tokens: Iterator[Token], close: str = "") -> tuple[text.Block, ...]:
    """Return the blocks up to the token of type `close`."""
    found: list[text.Block] = []
    for token in takewhile(lambda token: token.type != close, tokens):
        match token.type:
            case "inline":
                found.append(text.Paragraph(_inlines(iter(token.children or []))))
            case "fence":
                found.append(text.Fence(token.content.rstrip("\n"), token.info.strip()))
            case "bullet_list_open":
                found.append(text.Bullets(_items(tokens, "bullet_list_close")))
            case "ordered_list_open":
                found.append(text.Numbers(_items(tokens, "ordered_list_close"), int(token.attrs.get("start", 1))))
    return tuple(found)


def _items(tokens: Iterator[Token], close: str) -> tuple[tuple[text.Block, ...], ...]:
    return tuple(_blocks(tokens, "list_item_close") for _ in takewhile(lambda token: token.type != close, tokens))


def _inlines(tokens: Iterator[Token], close: str = "") -> tuple[text.Inline, ...]:
    """Return the nodes up to the token of type `close`."""
    nodes: list[text.Inline] = []
    for token in tokens:
        if token.type == close:
            break
        node = _inline(token, tokens)
        if not isinstance(node, text.Plain):
            nodes.append(node)
        elif nodes and isinstance(nodes[-1], text.Plain):
            nodes[-1] = text.Plain(nodes[-1].text + node.text)
        elif node.text:
            nodes.append(node)
    for i in range(1, len(nodes) - 1):
        if isinstance(nodes[i], text.Break):
            match nodes[i - 1], nodes[i + 1]:
                case text.Plain(before), text.Plain(after):
                    nodes[i] = text.Break(not (is_wide(before[-1]) and is_wide(after[0])))
    return tuple(nodes)


def _inline(token: Token, following: Iterator[Token]) -> text.Inline:
    match token.type:
        case "text" | "text_special":
            return text.Plain(token.content)
        case "code_inline":
            return text.CodeSpan(token.content)
        case "softbreak" | "hardbreak":
            return text.Break(True)
        case "sub":
            return text.Sub(token.content)
        case "sup":
            return text.Sup(token.content)
        case "picture":
            return text.PictureSpan(token.meta["file"], _alt(token))
        case "sound":
            return text.SoundSpan(token.meta["file"], _alt(token))
        case "formula":
            return formula_marks.checked(token.meta["formula"])
        case "em_open":
            return text.Emphasis(_inlines(following, "em_close"))
        case "strong_open":
            return text.Strong(_inlines(following, "strong_close"))
        case "link_open":
            return text.Link(_inlines(following, "link_close"), str(token.attrs["href"]))
        case "cloze_open":
            return text.ClozeSpan(token.meta["number"], _inlines(following, "cloze_close"), token.meta["hint"])
        case kind:
            raise AssertionError(f"unexpected token {kind}")


def _alt(token: Token) -> str:
    words = text.Text.of_nodes(inline(token.meta["alt"]))
    if words.clozes:
        raise text.TextError("a cloze in the words for a picture or a sound: put all of ![…](…) into the cloze")
    return words.plain

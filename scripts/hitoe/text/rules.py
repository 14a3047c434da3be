"""The Markdown parser: CommonMark's inline code, links, escapes, lists and fences, with changes for notes.

* `**strong**` works at any place: CommonMark's rule looks for spaces and punctuation, and fails next to 「」.
* `*emphasis*`, subscripts, superscripts, pictures and sounds are what `marks.py` says.
* A single `_`, HTML and entities are literal, so that `<LocalPath>` and `&amp;` come through.
* `{{c1::answer::hint}}` is a cloze.
* Where deck.yaml says `math: true`, `$…$` and the like are formulas, see `formula_marks.py`.
"""

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import list_block as any_list
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline import link as any_link

from hitoe.text import CLOZE_START, TextError, formula_marks, marks
from hitoe.text.literal import LITERAL, closing, cloze_number, mask, masked, nested
from hitoe.text.marks import MEDIA

NAMESPACE = re.compile(r"[A-Z][A-Za-z0-9]*::[A-Z][A-Za-z0-9]*|std::\w+|\w+::\w+(?:<.+>|\(\))", re.ASCII)
SEPARATOR = re.compile(r"(?<!:)::(?!:)")
WEB = re.compile(r"\(\s*<?(?:https?://|mailto:)")
STRONG_END = re.compile(rf"{LITERAL.pattern}|(?P<end>(?<=\S)\*\*)", re.S)
LATIN = re.compile(r"[A-Za-z0-9]")
GLUED = re.compile(r"[A-Za-z0-9_)\]][A-Za-z0-9_(]")
"""What stands on both sides of the sign of a power."""
ARGUMENT = re.compile(r"[(\[{][A-Za-z0-9_]")
OTHER_LIST = re.compile(r"\+|\d+\)")


def markdown() -> MarkdownIt:
    """Return a parser that knows inline code, links, escapes, lists, fences, clozes and other marks."""
    parser = MarkdownIt("zero", {"maxNesting": 50}).enable(["escape", "backticks", "link", "newline", "list", "fence"])
    parser.disable(["balance_pairs", "fragments_join"])  # for CommonMark's emphasis; `tree` joins what is plain
    parser.block.ruler.at("list", _list, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.inline.ruler.at("link", _link)
    parser.inline.ruler.before("link", "cloze", _cloze)
    parser.inline.ruler.before("link", "strong", _strong)
    for name in ("emphasis", "script", "media"):
        parser.inline.ruler.before("link", name, getattr(marks, name))
    parser.inline.ruler.before("escape", "formula", formula_marks.formula)
    return parser


def _link(state: StateInline, silent: bool) -> bool:
    """Read `[words](https://…)`. Other brackets are literal, so that `args[0](required)` and `[](b)` come through."""
    if state.src[state.pos] != "[" or state.pos > _last_address(state.src):
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos)
    return bool(end > state.pos + 1 and WEB.match(state.src, end + 1, state.posMax) and any_link(state, silent))


@lru_cache(maxsize=1)
def _last_address(source: str) -> int:
    """Return where the last address of a link may begin, -1 for none: a text may have thousands of other brackets."""
    return source.rfind("](")


def _strong(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if not state.src.startswith("**", start):
        return False
    # Where one search has found no end, a later one finds none either; without this a text of many ** takes minutes.
    searched = state.env.setdefault("no strong", set())
    if (state.src, state.posMax) in searched or state.src[start + 2 : start + 3].isspace():
        return False
    ends = (hit.start() for hit in STRONG_END.finditer(state.src, start + 2, state.posMax) if hit["end"])
    end = next(ends, -1)
    if end < 0:
        searched.add((state.src, state.posMax))
    if end <= start + 2 or _operators(state.src, start, end):
        return False
    # In ***words*** the inner stars are those of emphasis.
    end += state.src.startswith("***", start) and state.src.startswith("***", end, state.posMax)
    if not silent:
        state.push("strong_open", "strong", 1)
        nested(state, start + 2, end)
        state.push("strong_close", "strong", -1)
    state.pos = end + 2
    return True


def _operators(source: str, start: int, end: int) -> bool:
    """Return whether two `**` are no marks: those of `src/**/a`, `x**2 + y**2`, `f(**a) or g(**b)`."""
    first, last = (source[max(0, at - 1) : at] + source[at + 2 : at + 3] for at in (start, end))
    if "//" in (first, last) or (source[start + 2] == "/" and source[end + 2 : end + 3] == "/"):
        return True
    if ARGUMENT.fullmatch(last):
        return True
    inner = source[start + 2 : end]
    return bool(GLUED.fullmatch(first)) and ("**" in inner or (bool(GLUED.fullmatch(last)) and not inner.isalpha()))


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read lists with `- `, `* ` or `1. `. Lines with `+ ` or `1) ` stay: one is a sum, the other looks otherwise."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    return not OTHER_LIST.match(line) and any_list(state, start, end, silent)


def _cloze(state: StateInline, silent: bool) -> bool:
    opening = CLOZE_START.match(state.src, state.pos, state.posMax)
    if not opening:
        return False
    start, end = opening.end(), closing(state.src, opening.end(), state.posMax)
    if end < 0:
        raise TextError("the cloze {start}… is never closed: add }}}}", start=state.src[state.pos : state.pos + 12])
    if not silent:
        number = cloze_number(opening[1])
        answer, hint = _answer_and_hint(state.src[start:end], math=state.env["math"])
        if hint and state.env["math"] and formula_marks.masked(hint) != hint:
            raise TextError("a formula in the hint '{hint}', where Anki shows it as written: write words", hint=hint)
        if hint and CLOZE_START.search(hint):
            raise TextError("a cloze in the hint '{hint}': put the hint last, right before }}}}", hint=hint)
        if not answer.strip():
            raise TextError("the cloze {{{{c{number}::…}}}} has nothing inside: write the answer", number=number)
        state.push("cloze_open", "", 1).meta = {"number": number, "hint": hint}
        nested(state, start, start + len(answer))
        state.push("cloze_close", "", -1)
    state.pos = end + 2
    return True


def _answer_and_hint(inner: str, *, math: bool) -> tuple[str, str | None]:
    """Split `answer::hint`. A name such as A::B::C is whole; `A::B` could be either, so it is an error."""
    if "::" not in inner:
        return inner, None
    shown = formula_marks.masked(inner) if math else inner
    shown = re.sub(r"\{\{.*\}\}", mask, MEDIA.sub(mask, masked(shown)))
    cuts = [m.start() for m in SEPARATOR.finditer(shown)]
    if not cuts:
        return inner, None
    if len(cuts) == 1 and NAMESPACE.fullmatch(shown.strip()):
        raise TextError(
            "'{inner}' could be a name or an answer with a hint: put a name in `…`, a space before a hint",
            inner=inner,
        )
    last = cuts[-1]
    tight = LATIN.match(shown[last - 1 : last]) and LATIN.match(shown[last + 2 : last + 3])
    if len(cuts) > 1 and tight:
        return inner, None
    return inner[:last], inner[last + 2 :].strip() or None

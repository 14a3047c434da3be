r"""Formulas in texts: `$…$` and `\(…\)` within a line, `$$…$$` and `\[…\]` on lines of their own.

The rule `dollarmath` of mdit-py-plugins takes `$0.20 から $0.25` for a formula where spaces are allowed,
`$HOME/bin:$PATH` in any case, refuses `2$x$` where digits are not, and knows no clozes. So the rule is hitoe's own, and
where a `$` could be meant either way it is text, which `check` tells. Where deck.yaml does not say `math: true` nothing
is a formula; `\(` then keeps its backslash, which CommonMark would take away.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache

from markdown_it.rules_inline import StateInline

from hitoe.messages import say
from hitoe.text import ClozeSpan, Formula, Tex, TextError
from hitoe.text.literal import SPAN, clozes, mask

SIGNS = (("$$", "$$"), ("$", "$"), (r"\(", r"\)"), (r"\[", r"\]"))
"""What opens and closes a formula."""
SIGN = re.compile(r"[\\$]")
SURE = re.compile(r"[\\^_={}<>+]")
"""Signs that prices, file names and variables of a shell seldom have."""
TEX, ESCAPED = re.compile(r"\\[A-Za-z]|[\^_={}]"), re.compile(r"\\[^A-Za-z]")
"""What shows TeX where formulas are off, and what is no TeX but an escaped sign."""
ESCAPES = re.compile("[\t\r\x85\xa0\u2028\u2029]")
NU = re.compile(r"\n(?:u|e|i|eq|eg|abla|otin|mid|leq|geq|ho|ightarrow|angle|floor|ceil|brace|vert)(?![a-z])")
"""What YAML makes of a backslash and a letter in double quotes; of `\\nu` and the like a line end and the rest."""
NAME = re.compile(r"[0-9]*[A-Za-z]{1,3}'*")
"""A formula without such a sign: `$2x$`, `$N$`."""
WORDS = re.compile(r"\\(?:text[a-z]*|mbox)\s*\{[^{}]*\}")
WIDE = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uac00", "\ud7a3"))
"""The first and the last letters of Japanese, Chinese and Korean. To compile a pattern of them takes 2 ms."""
OPEN_END = re.compile(r"[=+\-*/:,;<>.]$")
CODE = re.compile(rf"{SPAN.pattern}|\\\$", re.S)
PAIR = re.compile(r"\$\$?[^$]+\$|\\\(.{1,2000}?\\\)|\\\[.{1,2000}?\\\]", re.S)
"""What looks like a formula. Longer ones would make a text of unclosed brackets take minutes."""


def formula(state: StateInline, silent: bool) -> bool:
    """Read a formula, or where formulas are off the backslashes of one."""
    if state.src[state.pos] not in "$\\":
        return False
    kept = state.env.setdefault("kept backslashes", set())
    if (state.src, state.pos) in kept:
        return _kept(state, silent)
    found = _found(state.src, state.pos, state.posMax)
    if found is None:
        return False
    start, stop, close, display = found
    tex = re.sub(r"\s+", " ", state.src[start:stop]).strip()
    if not state.env["math"]:
        if close.startswith("$") or not is_tex(tex):
            return False
        kept.add((state.src, stop))
        return _kept(state, silent)
    _refuse_escapes(state.src[start:stop], close)
    if not silent:
        state.push("formula", "math", 0).meta = {"formula": Formula(tuple(_nodes(tex)), display)}
    state.pos = stop + len(close)
    return True


def _refuse_escapes(tex: str, close: str) -> None:
    r"""Raise TextError if YAML has read a command as an escape of its own, as `\theta` and `\nu` in double quotes."""
    lines = tex.startswith("\n") and tex.rstrip(" ").endswith("\n")
    if ESCAPES.search(tex) or ("\n" in tex and (close in ("$", r"\)") or (NU.search(tex) and not lines))):
        reason = say("in double quotes \\t, \\n and \\r are signs of YAML")
        shown = say("the formula '{tex}' holds a tab or a line end", tex=repr(tex)[1:-1])
        raise TextError("{shown}: put its text into '…' or after |, for {reason}", shown=shown, reason=reason)


def _kept(state: StateInline, silent: bool) -> bool:
    """Show a backslash and the sign after it."""
    if not silent:
        state.pending += state.src[state.pos : state.pos + 2]
    state.pos += 2
    return True


def is_tex(tex: str) -> bool:
    """Whether what stands between escaped brackets is TeX, and not a text in which signs are escaped."""
    return bool(TEX.search(ESCAPED.sub("", tex))) and not re.search(r"\\[(\[]|\{\{c", tex)


def doubts(raw: str, *, math: bool) -> list[str]:
    """Return what looks like a formula in a text as it was written, and is none; without `math`, what surely is one."""
    source = CODE.sub(mask, raw)
    found, at = [], 0
    while hit := PAIR.search(source, at):
        formula_here = _found(source, hit.start(), len(source))
        if formula_here and not math:
            start, stop, close, _ = formula_here
            link = close == r"\]" and source.startswith("(", stop + 2) and not is_tex(raw[start:stop])
            sure = not link and (not close.startswith("$") or TEX.search(raw[start:stop]))
            found += [raw[hit.start() : stop + len(close)]] if sure else []
        elif not formula_here and math:
            found.append(hit[0])
        at = formula_here[1] + len(formula_here[2]) if formula_here else hit.start() + 1
    return found


def _found(source: str, at: int, end: int) -> tuple[int, int, str, bool] | None:
    """Return where the TeX of a formula opened here starts and stops, what closes it, and if it stands alone."""
    for opening, close in SIGNS:
        if not source.startswith(opening, at):
            continue
        start = at + len(opening)
        stop = _stops(source, close)[start]
        tex = source[start:stop]
        if stop < 0 or stop + len(close) > end or not tex.strip():
            return None
        if opening == "$" and not _is_formula(tex, source[stop + 1 : min(stop + 2, end)]):
            return None
        return start, stop, close, opening in ("$$", r"\[")
    return None


@lru_cache(maxsize=len(SIGNS))
def _stops(source: str, close: str) -> list[int]:
    """Return for each place where a formula could start where its TeX stops, -1 where it is not closed.

    A backslash makes the next sign a part of it. Thousands of formulas may never be closed.
    """
    stops = [-1] * (len(source) + 2)
    for at in reversed(range(len(source))):
        stops[at] = at if source.startswith(close, at) else stops[at + (2 if source[at] == "\\" else 1)]
    return stops


def _is_formula(tex: str, following: str) -> bool:
    """Whether what stands between two `$` is a formula, given the character after it."""
    with suppress(TextError):
        tex = Formula(tuple(_nodes(tex)), display=False).source or tex
    letter = following.isascii() and following.isalpha()
    spaced = tex[0] in " \u3000" or (tex[0] == "\n" and not NU.match(tex)) or tex[-1].isspace()
    wide = any(first <= sign <= last for sign in WORDS.sub("", tex) for first, last in WIDE)
    if spaced or following.isdigit() or wide:
        return False
    if tex[0].isdigit() or tex[0].isupper():
        return bool(SURE.search(tex) or NAME.fullmatch(tex)) and not letter
    return not (letter and (OPEN_END.search(tex) or not (SURE.search(tex) or NAME.fullmatch(tex))))


def _nodes(tex: str) -> Iterator[Tex | ClozeSpan]:
    """Yield the parts of a formula."""
    for number, words in clozes(tex, tex):
        answer, _, hint = words.partition("::") if number else (words, "", "")
        if not answer.strip() and number:
            raise TextError("the cloze {{{{c{number}::…}}}} has nothing inside: write the answer", number=number)
        yield ClozeSpan(number, (Tex(answer),), hint.strip() or None) if number else Tex(answer)


def masked(text: str) -> str:
    """Return a text in which formulas are replaced by as many zero characters."""
    at = done = 0
    parts = []
    while sign := SIGN.search(text, at):
        at = sign.start()
        if found := _found(text, at, len(text)):
            end = found[1] + len(found[2])
            parts += [text[done:at], "\0" * (end - at)]
            at = done = end
        else:
            at += 2 if text[at] == "\\" else 1
    return "".join([*parts, text[done:]])


def checked(found: Formula) -> Formula:
    """Return a formula; raises TextError if it cannot be printed everywhere."""
    from hitoe import formulas

    try:
        for tex in dict.fromkeys((found.source, found.marked)):
            formulas.check(tex, found.display)
    except formulas.TexError as error:
        raise TextError(str(error)) from None
    return found

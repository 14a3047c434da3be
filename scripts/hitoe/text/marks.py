"""Rules for `*emphasis*`, `H~2~O`, `x^2^`, and pictures and sounds.

CommonMark's rule for `*` shows the stars next to 「」 and hides those of `a*b*c`. The plugins for `~` and `^` take any
words without a space for a subscript: `1~2個、3~4個` would lose its tildes. So these marks have rules of their own.
"""

import re
from collections.abc import Iterator
from typing import Literal
from unicodedata import category

from markdown_it.rules_inline import StateInline

from hitoe.text import CLOZE_START, PICTURES, SOUNDS
from hitoe.text.literal import LITERAL, closing, nested

WIDE = (("\u2e80", "\u9fff"), ("\uac00", "\ud7a3"), ("\uf900", "\ufaff"), ("\uff00", "\uff60"), ("\uffe0", "\uffe6"))
"""The first and the last of the characters of Chinese, Japanese and Korean. To compile a pattern of them takes 2 ms."""
STARS = re.compile(rf"{LITERAL.pattern}|(?P<cloze>{CLOZE_START.pattern})|(?P<stars>\*+)", re.S)
INNER_FIRST, INNER_LAST = "`\\$", "`$!?！？。．.…%％°′″+-−~^"
"""ASCII and Japanese signs that emphasised words may begin and end with, besides letters, digits and brackets."""
OUTER = re.compile(r"[A-Za-z0-9/\\_@$]")
"""What no star of an emphasis stands next to: names and paths have stars there."""
GREEK = re.compile(r"(?<![^\W\d_])[Α-Ωα-ω]$")
"""A Greek letter that is no part of a word: `Δ*G*` is a change of G."""
LETTER = "[A-Za-zÀ-ÖØ-öø-ɏ0-9Α-Ωα-ω+\\-−()]"
SCRIPT = re.compile(rf"([~^])(?=[^~^]{{1,12}}\1)({LETTER}+(?:[/.,]{LETTER}+)*)\1(?!\1)")
PARTED = re.compile(r"[/.,]")
BASE = re.compile(r"[A-Za-z0-9Α-Ωα-ω)\]*]")
"""What a subscript or superscript with a slash, a period or a comma stands behind."""
BLANK = re.compile(rf"{CLOZE_START.pattern}$")
OPERATION = re.compile(r"[\w)][+\-−][\w(]")
# Without a limit a text of thousands of pictures whose words are never closed would take minutes.
MEDIA = re.compile(
    r"!\[(?P<alt>(?:\\.|[^\\\[\]\n]|\[[^\[\]\n]*\]){,500})\]"
    r"\([ \t]*<?(?P<file>(?:[^()<>\n]|\([^()<>\n]*\))*?)>?[ \t]*\)"
)


def emphasis(state: StateInline, silent: bool) -> bool:
    """Read `*words*`."""
    start, found = state.pos, state.env.setdefault("no emphasis", set())
    if state.src[start] != "*" or not _opens(state) or (state.src, state.posMax) in found:
        return False
    end = next((at for at in _stars(state) if _closes(state, at)), -1)
    if end < 0:  # a later search finds none either
        found.add((state.src, state.posMax))
        return False
    if not silent:
        state.push("em_open", "em", 1)
        nested(state, start + 1, end)
        state.push("em_close", "em", -1)
    state.pos = end + 1
    return True


def script(state: StateInline, silent: bool) -> bool:
    """Read `~2~` and `^2^`."""
    hit = SCRIPT.match(state.src, state.pos, state.posMax)
    if not hit:
        return False
    left, right = before(state, state.pos), after(state, hit.end())
    blank = not left and not right and BLANK.search(state.src, 0, state.pos)
    if not blank and not is_script(hit, left, right):
        return False
    if not silent:
        state.push("sub" if hit[1] == "~" else "sup", "", 0).content = hit[2]
    state.pos = hit.end()
    return True


def is_script(hit: re.Match[str], left: str, right: str) -> bool:
    """Return whether a match of SCRIPT between two characters, empty at an end of the text, is no range and no path."""
    sign, inner = hit[1], hit[2]
    if sign in (left, right) or (sign == "~" and right == "/" and not inner.isdigit()):
        return False
    if right.isdigit() and (left.isdigit() or sign == "^" or not BASE.match(left or "(")):
        return False
    if (sign == "~" and left.isdigit() and inner[0].isdigit()) or (OPERATION.search(inner) and right.isalnum()):
        return False
    if PARTED.search(inner):
        return bool(BASE.match(left)) and not right.isalnum()
    touched = bool(left) and not left.isspace() and category(left) not in ("Ps", "Pi")
    return touched or (right.isascii() and right.isalnum()) or (right == "~" and inner[0].isdigit())


def media(state: StateInline, silent: bool) -> bool:
    """Read `![words](images/a.png)` and `![words](audio/a.mp3)`. Addresses and files of other kinds are literal."""
    hit = MEDIA.match(state.src, state.pos, state.posMax)
    if not hit or not (kind := media_kind(hit["file"])):
        return False
    if not silent:
        state.push(kind, "", 0).meta = {"file": hit["file"].strip(), "alt": hit["alt"]}
    state.pos = hit.end()
    return True


def media_kind(file: str) -> Literal["picture", "sound", ""]:
    """Return `picture` or `sound` for a file's name by its ending; empty for others, and for web addresses."""
    name = file.strip().lower()
    if re.match(r"[a-z]+:", name):
        return ""
    return "picture" if name.endswith(PICTURES) else "sound" if name.endswith(SOUNDS) else ""


def before(state: StateInline, at: int) -> str:
    """Return the character before a place, empty where the text, or what encloses it, begins."""
    return state.src[at - 1] if at > state.env.get("start", 0) else ""


def after(state: StateInline, at: int) -> str:
    """Return the character at a place, empty where the text, or what encloses it, ends."""
    return state.src[at] if at < state.posMax else ""


def _opens(state: StateInline) -> bool:
    outer, inner = before(state, state.pos), after(state, state.pos + 1)
    if outer in (":", ".") or not inner or (outer == "*" and not _after_strong(state)):
        return False
    if not _outside(outer) and not GREEK.search(state.src[max(0, state.pos - 2) : state.pos]):
        return False
    if inner in "\"'":
        return not outer or outer.isspace()
    picture = state.src.startswith("![", state.pos + 1)
    return picture or inner in INNER_FIRST or _of_words(inner) or category(inner) in ("Ps", "Pi")


def _after_strong(state: StateInline) -> bool:
    return bool(re.search(r"(?<!\*)\*\*$", state.src[max(0, state.pos - 3) : state.pos]))


def _closes(state: StateInline, at: int) -> bool:
    inner, outer, next_ = state.src[at - 1], after(state, at + 1), after(state, at + 2)
    if not _outside(outer) or (outer in (":", ".") and next_ and not next_.isspace()):
        return False
    if inner in "\"'":
        return outer not in ('"', "'") or not outer
    return inner in INNER_LAST + "*" or _of_words(inner) or category(inner) in ("Pe", "Pf")


def _of_words(sign: str) -> bool:
    """Return whether a character is a letter, a digit, a sign or a joiner, or punctuation of another script."""
    kind = category(sign)
    return kind[0] in "LNM" or kind == "Cf" or "\u0370" <= sign <= "\u1fff" or (kind[0] == "S" and not sign.isascii())


def _outside(sign: str) -> bool:
    """Return whether a star of an emphasis can have a character outside: no letter, but of scripts without spaces."""
    if not sign or OUTER.match(sign):
        return not sign
    return not sign.isalnum() or category(sign) == "Lo" or is_wide(sign)


def is_wide(sign: str) -> bool:
    """Return whether a character is one of those between which no spaces are written."""
    return any(first <= sign <= last for first, last in WIDE)


def _stars(state: StateInline) -> Iterator[int]:
    """Yield the places of single stars after `state.pos`, outside of code, clozes and strong words."""
    strong, at = False, state.pos + 1
    while hit := STARS.search(state.src, at, state.posMax):
        at = hit.end()
        if hit["cloze"]:
            end = closing(state.src, at, state.posMax)
            if end < 0:
                return
            at = end + 2
        elif hit["stars"]:
            count = len(hit["stars"])
            strong ^= count in (2, 3)
            if count in (1, 3) and not strong:
                yield at - 1

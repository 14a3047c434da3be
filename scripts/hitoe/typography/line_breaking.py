"""Where a line may break: Japanese between phrases, a number not before its unit, a name in code only if it is long.

WeasyPrint knows no `word-break: auto-phrase`; so the characters of a phrase are glued with WORD JOINER, which is
neither printed nor found in the text of the PDF. This module alone knows BudouX and Pyphen.
"""

import re
from collections.abc import Callable
from functools import cache, partial
from itertools import pairwise

from markupsafe import Markup, escape

from hitoe.typography import fonts
from hitoe.typography.scripts import HIRAGANA, KANJI, KATAKANA
from hitoe.values.language import Language

GLUE, BREAK, HARD_SPACE, SOFT_HYPHEN = "\u2060", "\u200b", "\xa0", "\xad"
LONGEST, FOREIGN = 9, 16
"""Characters of a phrase, and of a foreign word, that is kept whole: were longer ones, lines would be too ragged."""
COUNTERS = "個件回秒分時日週月年人台本枚倍円桁文字行"
WIDE = (
    r"[^\x00-\x7f\xa0\u0300-\u036f\u0590-\u1cff\u1dc0-\u1dff\u2000-\u206f\u20d0-\u20ff\u3099\u309a"
    r"\ua8e0-\uabff\ufe00-\ufe2f\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]"
)
"""A character beside which GLUE may stand: no mark or part of a sign, and none whose form depends on its neighbours."""
LETTERS = r"\xa1-\u02ff\u0370-\u058f\u1d00-\u1dbf\u1e00-\u1fff\u2070-\u209f\u2190-\u23ff"
"""Letters and signs between which no line breaks: Latin, Greek, Cyrillic, Armenian, ₂ and ², arrows, mathematics."""
PARTABLE = re.compile(rf"(?![{LETTERS}]){WIDE}")
"""A character before and after which a line may break, such as those of Japanese."""
PARTICLES = "はがをにでとものやへか"
UNIT = re.compile(
    rf"(?<=[§¶]) (?=\d)|(?<=\d) (?=\d{{3}}(?!\d)|{WIDE}|[A-Za-z%/]{{1,4}}(?![A-Za-z]))|^ (?=[{COUNTERS}])"
)
LENT = re.compile(rf"(?<=[A-Za-z\d)]) (?=[{PARTICLES}])|^ (?=(?:[kKMGT]i?B|ms|s|%|[A-Z]{{3}})(?![A-Za-z]))")
"""A space before a particle; or where a text begins, after coloured words, before what may be their unit."""
NUMBER = re.compile(rf"(?<=\d)(?={WIDE})|(?<=[〜～])(?=\d)|(?<=[A-Za-z])(?=[{PARTICLES}])")
WITHIN = re.compile(rf"(?<={WIDE})(?={WIDE})")
FOREIGN_WORD = re.compile(f"[{KATAKANA}]+")
KANA = re.compile(f"[{KANJI}]?[{HIRAGANA}]+")
PARTS = re.compile(f"[{KATAKANA}]+[{HIRAGANA}]*|[^{KATAKANA}]+")
"""A foreign word with the particle after it, or what is between two."""
TAIL = re.compile(rf"(?<={WIDE})(?={WIDE}$)")
RUN = re.compile(rf"{WIDE}+")
COMPOUND = re.compile(rf"(?<![{KANJI}{GLUE}])[{KANJI}](?:{GLUE}?[{KANJI}]){{1,5}}(?!{GLUE}?[{KANJI}])")
FOLLOWER = re.compile(rf"[はがをにでとものやへだっさし、。，．」』）)・:：{COUNTERS}]")
HYPHEN = re.compile(r"(?<=[-/])(?=\w)|(?<=-)(?=-)")
WORD = re.compile(rf"(?:(?!{PARTABLE.pattern})\S)+")
"""A word of a script with spaces."""
MONO, WIDEST = 0.575, 2.0
"""The width of a character of code, and what no character is wider than, in em."""
LONG, NARROW = 22.0, 11.6
"""Words that fit into a line of a column, and parts of longer ones that stay whole, in em; other words may break."""
WHOLE = 20.8
"""Code without a joint that fits into a line of a worksheet's answers after a number, in em: it stays whole there."""
PARTED = re.compile(rf"[^\W\d_]+(?:{BREAK}[^\W\d_]+)+")
"""A word of letters that may break."""
SIGN = r"!-/:-@\[-`{-~"
LETTER = r"(?![\u0600-\u109f\u1780-\u17ff])\w"
BETWEEN = re.compile(rf"(?<=(?!f){LETTER})(?<=\w\w)(?={LETTER}\w)|(?<=[{SIGN}])(?=[\w{SIGN}])")
MIDDLE = re.compile(rf"(?<=(?!f){LETTER})(?<=\w\w\w)(?={LETTER}\w\w)|(?<=[{SIGN}])(?=[\w{SIGN}]{{3}})")
"""Between two letters and two others, or after a sign of ASCII; MIDDLE is between three and three.

Not where letters may share a glyph, as in ff, fi and fl, for then they could not be copied from the PDF.
"""
GAP = re.compile(rf"(?<=\S)(?= [{SIGN}])")
"""Before a space in code and a sign of ASCII: before some of these Unicode lets no line end, as in `cd /usr`."""
PATH = re.compile(r"(?<=\S)(?= [/.]\w)")
"""The same in prose, where no line ends before the marks of French."""
JOINT = re.compile(r"(?<=[^\s-][-./=&?_])(?=[\w\"'({[])|(?<=[\w:]:)(?=\w)")


@cache
def prose(language: Language) -> Callable[[str], str]:
    """Return how to write plain characters of a language, as HTML."""
    return partial(_plain, _japanese if language.primary == "ja" else partial(_hyphenated, language.tag))


@cache
def _plain(glue: Callable[[str], str], text: str) -> str:
    # The author's own soft hyphens are left out on paper.
    return Markup(str(_html(glue(text.replace(SOFT_HYPHEN, "")))).replace(SOFT_HYPHEN, "&shy;"))


def _html(text: str) -> str:
    # Where a text ends with a space, WeasyPrint may break the line at the text's first space.
    return Markup(escape(text + (BREAK if text.endswith(" ") else "")))


@cache
def code(text: str, fit: float = LONG, whole: float = NARROW) -> str:
    """Write characters of code as HTML; words of more than `fit` em may break, at joints if their parts fit."""
    return Markup(escape(_names(str(text), fit, whole, mono)))


def narrow(text: str) -> str:
    """Write characters of code as HTML, for the narrow columns of the worksheet's answers."""
    return code(text, NARROW, WHOLE)


def mono(_sign: str) -> float:
    """Return how wide a character of code is, in em."""
    return MONO


def broken(text: str, longest: float, advance: Callable[[str], float] = fonts.advance) -> str:
    """Write characters as HTML; words of more than `longest` em may break, at joints if their parts fit."""
    return _html(_names(str(text), longest, longest, advance))


def anywhere(text: str, longest: float = NARROW, advance: Callable[[str], float] = fonts.advance) -> str:
    """Write characters as `broken` does; if the first is a letter, a line may end before it, whatever it follows."""
    return Markup(BREAK if str(text)[:1].isalpha() else "") + broken(text, longest, advance)


def anywhere_in_code(text: str) -> str:
    """Write characters of code as `anywhere` does."""
    return anywhere(text, advance=mono)


def parted(text: str, longest: float, advance: Callable[[str], float] = fonts.advance) -> str:
    """Return characters in which words of more than `longest` em may break, at joints if their parts fit.

    A few letters more than there is room for are no part of their own.
    """
    return WORD.sub(
        lambda word: word[0] if _fits(word[0], longest, advance) else _parted(word[0], longest, advance, MIDDLE), text
    )


def unglued(text: str) -> str:
    """Return a text as its author wrote it."""
    return text.replace(GLUE, "").replace(BREAK, "").replace(HARD_SPACE, " ")


def runs(text: str) -> list[str]:
    """Return the parts of a plain text that a line break does not cut; words are whole, however long they are."""
    before, after = f"(?<!{GLUE})(?={PARTABLE.pattern})", f"(?<={PARTABLE.pattern})(?!{GLUE})"
    return re.split(f" |{before}|{after}", _japanese(text).replace(BREAK, ""))


def _hyphenated(tag: str, text: str) -> str:
    """Return a western text; words that may break do so where their language divides them, with a hyphen."""
    return PARTED.sub(lambda word: _divided(tag, word[0].replace(BREAK, "")) or word[0], _western(text))


def _divided(tag: str, word: str) -> str:
    """Return a word that may break where its language divides it, and within longer parts; empty if that is nowhere."""
    positions = _dictionary(tag)(word)
    parts = [word[begin:end] for begin, end in pairwise([0, *positions, len(word)] if positions else [])]
    return SOFT_HYPHEN.join(part if len(part) <= LONGEST else BETWEEN.sub(BREAK, part) for part in parts)


@cache
def _dictionary(tag: str) -> Callable[[str], list[int]]:
    """Return a function that says where a language divides a word, nowhere if that is not known.

    Where letters would change, as in asz-szony for asszony, a word is not divided.
    """
    import pyphen

    if (name := pyphen.language_fallback(tag)) is None:
        return lambda word: []
    positions = pyphen.Pyphen(lang=name).positions
    return lambda word: [int(at) for at in positions(word) if not at.data]


def _western(text: str) -> str:
    return UNIT.sub(HARD_SPACE, _names(text))


def _japanese(text: str) -> str:
    text = LENT.sub(HARD_SPACE, _western(text))
    if text.isascii():
        return text
    # Text after coloured words mostly goes on with a particle or a unit, which belongs to the word before.
    lead = GLUE if FOLLOWER.match(text) else ""
    glued = NUMBER.sub(GLUE, "".join(RUN.sub(lambda run: _run(run[0]), phrase) for phrase in _parser()(text)))
    # BudouX takes 暗号 for two words: a short compound is whole in any case.
    return lead + COMPOUND.sub(lambda word: WITHIN.sub(GLUE, word[0]), glued)


def _run(run: str) -> str:
    """Glue the Japanese characters of a phrase; of a long one those of its foreign words, of what is between, its end.

    Of what is too long even so, neither a foreign word nor the end of a Japanese one is broken.
    """
    if len(run) <= LONGEST:
        return _glued(run)
    parts = [
        _glued(part)
        if len(part) <= LONGEST
        else KANA.sub(lambda kana: _glued(kana[0]), FOREIGN_WORD.sub(lambda word: _glued(word[0], FOREIGN), part))
        for part in PARTS.findall(run)
    ]
    return TAIL.sub(GLUE, "".join(parts))


def _glued(run: str, longest: int = LONGEST) -> str:
    return WITHIN.sub(GLUE, run) if len(run) <= longest else run


def _names(text: str, fit: float = LONG, whole: float = NARROW, advance: Callable[[str], float] = fonts.advance) -> str:
    """Keep words with hyphens and slashes whole, such as options, unless they are too long for a line."""

    def written(word: str) -> str:
        return HYPHEN.sub(GLUE, word) if _fits(word, fit, advance) else _parted(word, whole, advance)

    return WORD.sub(lambda word: written(word[0]), (GAP if advance is mono else PATH).sub(BREAK, text))


def _parted(word: str, whole: float, advance: Callable[[str], float], between: re.Pattern[str] = BETWEEN) -> str:
    """Return a word that may break at joints, and within parts that are wider than `whole` em."""
    parts = JOINT.sub(BREAK, word).split(BREAK)
    return BREAK.join(part if _fits(part, whole, advance) else between.sub(BREAK, part) for part in parts)


def _fits(part: str, room: float, advance: Callable[[str], float]) -> bool:
    return WIDEST * len(part) <= room or sum(map(advance, part)) <= room


@cache
def _parser() -> Callable[[str], list[str]]:
    import budoux

    parse: Callable[[str], list[str]] = budoux.load_default_japanese_parser().parse
    return parse

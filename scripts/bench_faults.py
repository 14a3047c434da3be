"""Topic files of any size for `make bench-bounds`: one of each kind of mistake."""

from collections.abc import Mapping

from bench_samples import FIGURE, HEAD, PICTURE, Sample, lines, of_items, of_parts, wide

GOOD = "      g@: {fact: 問い@, is: 答え@}\n"
"""What stands before mistakes that stand late in a file."""


def late(line: str, most: int = 20) -> Sample:
    """Return a file of good items with mistakes in the last lines, of which no more than 20 are told."""
    return lambda size: HEAD + lines(GOOD, size) + lines(line + "\n", most)


FAULTS: Mapping[str, Sample] = {
    "late: ': ' in braces": late("      j@: {fact: a: b, is: b}"),
    "late: indentation": late("      j@:\n        fact: a\n         is: b"),
    "late: quotes": late("      j@: {fact: 'It's', is: b}"),
    "late: tab": late("      j@:\n\t  fact: a\n        is: b"),
    "late: alias": late("      j@:\n        fact: **a** b\n        is: c"),
    "late: open bracket": late("      j@: {fact: a, is: b"),
    "late: no colon": late("      j@:\n        fact a\n        is: b"),
    "late: Japanese colon": late("      j@:\n        fact：a\n        is: b"),
    "late: dash": late("      j@:\n        choice: a\n        of:\n          -b\n          - c"),
    "late: unclosed quote": late('      j@: {fact: "a, is: b}', 1),
    "late: anchor": late("      j@: {fact: &x a, is: b}"),
    "': ' in braces": of_items("      j@: {fact: a: b@, is: b}"),
    "'?' in braces": of_items("      j@: {fact: a@?, is: b?}"),
    "' #' in texts": of_items("      j@:\n        fact: a # b\n        is: c"),
    "aliases": of_items("      j@:\n        fact: *a\n        is: b"),
    "anchors": of_items("      j@:\n        fact: &a b\n        is: b"),
    "control characters": of_items("      j@: {fact: a\x07, is: b}"),
    "controls as escapes": of_items('      j@: {fact: "a\\x07", is: b}'),
    "keys twice": of_items("      j: {fact: a, is: b}"),
    "keys twice in items": of_items("      j@: {fact: a, is: b, is: c}"),
    "unknown keys": of_items("      j@: {fact: a, is: b, hnt: c, exrta: d}"),
    "unknown keys in one item": of_parts("      x:\n        fact: a\n        is: b\n", "        k@: a\n"),
    "unknown cells": lambda size: (
        HEAD
        + "      x:\n        table: 表\n        columns: {a: 列}\n        rows:\n"
        + lines("          r@: {a: 甲, b: 乙}\n", size)
    ),
    "unknown cells of many columns": lambda size: wide(size).replace("            c", "            d"),
    "missing keys": of_items("      j@: {fact: a}"),
    "misspelt needed keys": of_items("      j@: {fact: a, iss: b}"),
    "no kind": of_items("      j@: {hint: a}"),
    "two kinds": of_items("      j@: {fact: a, is: b, cloze: c}"),
    "empty values": of_items("      j@:\n        fact: a\n        is:"),
    "a comment for a value": of_items("      j@:\n        fact: a\n        is: #b"),
    "texts for mappings": of_items("      j@: a"),
    "lists for mappings": of_items("      - {fact: a, is: b}"),
    "mappings for texts": of_items("      j@: {fact: {a: b}, is: c}"),
    "mappings for lists": of_items("      j@: {fact: a, is: b, tags: {a: b}}"),
    "texts for numbers": of_items("      j@: {calc: a, given: {a: {value: x}}, formula: a}"),
    "words not known": of_items("      j@: {fact: a, is: b, tier: cor}"),
    "dates": of_items("      j@: {fact: a, is: b, checked: 2020-13-45}"),
    "keys with spaces": of_items("      'j @': {fact: a, is: b}"),
    "misplaced keys": of_items("      j@:\n        fact: a\n      is: b"),
    "colons of Japanese": of_items("      j@: {fact：a, is: b}"),
    "colons of Japanese in block": of_items("      j@:\n        fact：a\n        is: b"),
    "clozes never closed": of_items("      j@: {cloze: '{{c1::a'}"),
    "blanks never closed": of_parts("      x:\n        cloze: '", "{{c1::a ", "'"),
    "stars": of_parts("      x:\n        fact: 'a'\n        is: '", "**a *b ", "'"),
    "brackets": of_parts("      x:\n        fact: 'a'\n        is: '", "[", "'"),
    "backticks": of_parts("      x:\n        fact: 'a'\n        is: '", "` `` ", "'"),
    "tildes": of_parts("      x:\n        fact: 'a'\n        is: '", "~a^b ", "'"),
    "pictures not there": of_items("      j@: {fact: a, is: '![b](images/x@.png)'}"),
    "choices of unknown items": of_items(
        "      j@: {choice: 'a@?', of: kk@, options: {a: {right: 甲}, b: {wrong: 乙, why: 丙}}}"
    ),
    "was of another shape": of_items("      j@: {fact: a, is: b, was: x.y.z}"),
    "was twice": of_items("      j@: {fact: a, is: b, was: e.x}"),
    "cloze numbers with gaps": of_items("      j@: {cloze: '{{c1::a}} {{c3::b}}'}"),
    "markup": of_items("      j@: {fact: a<br>b@, is: <b>c</b>}"),
    "characters no font has": of_items("      j@: {fact: a\U0001f0a1@, is: \ue000}"),
    "characters Anki changes": of_items("      j@: {fact: a\uf900@, is: ガ}"),
    "allow nothing needs": of_items("      j@: {fact: a@, is: b, allow: {yes-no: x}}"),
    "readings without a place": of_items("      j@: {fact: 語@, is: b, reading: '外[ほか]'}"),
    "figures too wide": of_items(
        "      j@: {fact: a, is: b, figure: {title: a, alt: b, total: 9, bar: {a: {label: "
        + "W" * 90
        + ", value: 9}}}}"
    ),
    "arrows to nowhere": lambda size: (
        HEAD + FIGURE + "          flow:\n" + lines("            n@: {label: 箱, to: x@}\n", size)
    ),
    "arrows in a circle": lambda size: (
        HEAD
        + FIGURE
        + "          flow:\n"
        + lines("            n@: {label: 箱, to: m@}\n            m@: {label: 箱, to: n@}\n", size // 2)
    ),
    "events out of order": lambda size: (
        HEAD + FIGURE + "          timeline:\n" + lines("            t@: {label: 時, from: 5, to: 1}\n", size)
    ),
    "columns not there": lambda size: (
        HEAD
        + "      x:\n        table: 表\n        columns: {a: 列}\n        rows: {r: {a: 甲}}\n        ask:\n"
        + lines("          c@: both\n", size)
    ),
    "sources equal": lambda size: (
        HEAD.replace("    items:\n", "    sources:\n") + "      - https://example.com/1\n" * size + "    points: [x]\n"
    ),
    "entries that say nothing": lambda size: "topic: t\ntitle: 題\nentries:\n" + lines("  e@: {title: a}\n", size),
    "unknown domains": lambda size: (
        "topic: t\ntitle: 題\nentries:\n" + lines("  e@: {title: a, domain: d@, points: [x]}\n", size)
    ),
    "regions beyond the picture": of_parts(
        PICTURE, "          r@: {label: 部@, left: 99, top: 1, width: 9, height: 1}\n"
    ),
    "elements not there": of_parts(PICTURE, "          r@: {label: 部@, element: x@}\n"),
    "an option named twice": of_parts(
        "      x:\n        choice: 'a?'\n        options:\n", "          o@: {wrong: a, why: b}\n"
    ),
    "rows that say nothing": of_parts(
        "      x:\n        table: 表\n        columns: {a: 列}\n        rows:\n",
        "          r@: {}\n",
    ),
    "one line of brackets": of_parts("      x: {fact: a, is: b}\n      y: ", "[a, ", ""),
    "deep": lambda size: HEAD + "      x: " + "{a: " * (size // 4) + "b" + "}" * (size // 4) + "\n",
}
"""Files with mistakes of each kind, by its name: of as many mistakes, or of as many good items and 20 late mistakes."""

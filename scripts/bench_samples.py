"""Topic files of any size for `make bench-bounds`: one of each kind of content."""

from collections.abc import Callable, Mapping

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 1000"><rect width="9" height="9"/></svg>'
"""The picture that `images/p.svg` is."""
HEAD = "topic: t\ntitle: 題\nentries:\n  e:\n    title: 見出し\n    items:\n"

Sample = Callable[[int], str]
"""Returns a topic file with a number of elements."""


def lines(line: str, size: int) -> str:
    """Return lines, in which a number from 0 stands in place of @."""
    return "".join(line.replace("@", str(i)) for i in range(size))


def of_items(line: str) -> Sample:
    """Return a file of items; @ in a line is the item's number."""
    return lambda size: HEAD + lines(line + "\n", size)


def of_parts(begin: str, part: str, end: str = "") -> Sample:
    """Return a file of one item of many parts."""
    return lambda size: HEAD + begin + lines(part, size) + end + "\n"


def _tall(size: int) -> str:
    rows = lines("          r@: {a: 甲@, b: 乙@, c: 丙@}\n", size)
    return HEAD + "      x:\n        table: 表\n        columns: {a: 列, b: 行, c: 欄}\n        rows:\n" + rows


def wide(size: int) -> str:
    """Return a file of one table of many columns."""
    columns = lines("          c@: 列@\n", size)
    cells = lines("            c@: 値@\n", size)
    return HEAD + f"      x:\n        table: 表\n        columns:\n{columns}        rows:\n          r:\n{cells}"


def _entries(size: int) -> str:
    entry = "  e@:\n    title: 見出し@\n    items:\n      x: {fact: 問い@, is: 答え@}\n"
    return "topic: t\ntitle: 題\nentries:\n" + lines(entry, size)


def _blanks(size: int) -> str:
    blanks = (f"{{{{c{1 + i % 500}::語{i}}}}} と " for i in range(max(size, 500)))
    return HEAD + f"      x:\n        cloze: '{''.join(blanks)}'\n"


FIGURE = "      x:\n        fact: 問い\n        is: 答え\n        figure:\n          title: 図\n          alt: 図\n"
PICTURE = "      x:\n        picture: 名前は?\n        image: {file: images/p.svg, alt: 図}\n        regions:\n"

KINDS: Mapping[str, Sample] = {
    "entries": _entries,
    "facts": of_items("      i@: {fact: 問い@, is: 答え@, reverse: 逆は@}"),
    "facts, equal": of_items("      i@: {fact: 問い, is: 答え}"),
    "facts, each warned of": of_items("      i@: {fact: その問い@, is: できる}"),
    "facts with reading": of_items("      i@: {fact: 語@, is: 意味@, reading: '語[ご]'}"),
    "clozes": of_items("      i@: {cloze: '文@は {{c1::答え@}} と {{c2::もう1つ@}} '}"),
    "blanks of a cloze": _blanks,
    "rows of a table": _tall,
    "columns of a table": wide,
    "steps": of_parts("      x:\n        steps: 手順\n        sequence:\n", "          s@: 手@\n"),
    "lines of code": of_parts("      x:\n        code: 式\n        language: text\n        is: |\n", "          行@\n"),
    "codes": of_items("      i@: {code: 式@, language: text, is: 'a@ = 1'}"),
    "calculations": of_items("      i@: {calc: 式@, given: {a: {value: @}}, formula: a + 1}"),
    "values of a calculation": lambda size: (
        HEAD
        + "      x:\n        calc: 和\n        given:\n"
        + lines("          v@: {value: @}\n", size)
        + "        formula: "
        + lines("v@ + ", size).removesuffix(" + ")
        + "\n"
    ),
    "choices": of_items("      i@: {choice: '問い@?', of: f, options: {a: {right: 甲@}, b: {wrong: 乙@, why: 理由}}}"),
    "regions of a picture": of_parts(PICTURE, "          r@: {label: 部@, left: 1, top: 1, width: 1, height: 1}\n"),
    "words of a text": of_parts(
        "      x:\n        fact: 問い\n        is: 答え\n        extra: '", "**語@** `c@` ", "'"
    ),
    "points": lambda size: HEAD.replace("    items:\n", "    points:\n") + lines("      - 点@\n", size),
    "sources": lambda size: (
        HEAD.replace("    items:\n", "    sources:\n")
        + lines("      - {title: 本@, url: 'https://example.com/@'}\n", size)
        + "    points: [x]\n"
    ),
    "corrections": lambda size: (
        HEAD.replace("    items:\n", "    corrections:\n") + lines("      c@: {said: 誤@, correct: 正@}\n", size)
    ),
    "figure: groups": of_parts(FIGURE + "          groups:\n", "            g@: {label: 群@, frames: [1]}\n"),
    "figure: frames of a group": of_parts(
        FIGURE + "          groups:\n            g: {label: 群, frames: [", "1, ", "]}"
    ),
    "figure: phases": of_parts(
        FIGURE + "          states: {a: {label: 甲}}\n          phases:\n",
        "            p@: {label: 相@, units: {a: 1}}\n",
    ),
    "figure: timeline": of_parts(FIGURE + "          timeline:\n", "            t@: {label: 時@, from: @, to: @.5}\n"),
    "figure: events": of_parts(
        FIGURE + "          timeline: {a: {label: 甲, from: 0, to: 9}}\n          events:\n",
        "            t@: {label: 時@, at: @}\n",
    ),
    "figure: measures": of_parts(
        FIGURE + "          timeline: {a: {label: 甲, from: 0, to: 9}}\n          measures:\n",
        "            t@: {label: 時@, from: @, to: @.5}\n",
    ),
    "figure: bar": of_parts(
        FIGURE + "          total: 1000000\n          bar:\n", "            b@: {label: 部@, value: 1}\n"
    ),
    "figure: flow, many small ones": lambda size: (
        HEAD
        + FIGURE
        + "          flow:\n"
        + lines(
            "            n@: {label: 箱@, to: m@}\n            m@: {label: 箱, to: l@}\n            l@: 箱\n", size // 3
        )
    ),
    "figure: flow, a fan": lambda size: (
        HEAD
        + FIGURE
        + "          flow:\n            a: {label: 甲, to: ["
        + lines("n@, ", size)
        + "]}\n"
        + lines("            n@: 箱@\n", size)
    ),
    "figure: flow, pairs": lambda size: (
        HEAD
        + FIGURE
        + "          flow:\n"
        + lines("            n@: {label: 箱@, to: m@}\n", size // 2)
        + lines("            m@: 箱@\n", size // 2)
    ),
    "figure: words of a label": of_parts(
        FIGURE + "          total: 10\n          bar:\n            b: {value: 1, label: '", "語 ", "'}"
    ),
    "figure: letters of a label": of_parts(
        FIGURE + "          total: 10\n          bar:\n            b: {value: 1, label: '", "語", "'}"
    ),
}
"""Content of each kind by its name, of as many elements as are asked for; some of it is more than any card holds."""

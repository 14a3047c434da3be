r"""Formulas in posts in Markdown: `$…$` for CommonMark's readers of mathematics, `[tex:…]` for Hatena Blog.

Hatena Blog reads `[tex:…]` after Markdown, so what Markdown would take is escaped: `_`, `*`, a backslash before a sign,
and twice the brackets, at which `[tex:…]` would end. A `^` stands before braces, where no Markdown reads it.
"""

import re

from hitoe.text import Formula

ABSOLUTE = re.compile(r"\\\||\|")
BARS = {r"\|": r"\Vert ", "|": r"\vert "}
HATENA = re.compile(r"\\\\|\\[^A-Za-z]|[\[\]_*<>]|\^(?=[^{\\])\s*(?P<raised>.)")
INSTEAD = {"[": r"\\[", "]": r"\\]", "_": r"\_", "*": r"\ast ", "<": r"\lt ", ">": r"\gt "}


def commonmark(formula: Formula, cell: bool) -> str:
    """Return a formula between dollar signs, on one line; in a `cell` of a table without bars."""
    sign = "$$" if formula.display else "$"
    return f"{sign}{_one_line(formula, cell)}{sign}"


def hatena(formula: Formula, cell: bool) -> str:
    """Return a formula in Hatena Blog's notation; in a `cell` of a table without bars."""
    style = r"\displaystyle " if formula.display else ""
    return f"[tex:{style}{HATENA.sub(_escaped, _one_line(formula, cell))}]"


def _one_line(formula: Formula, cell: bool) -> str:
    return ABSOLUTE.sub(lambda bar: BARS[bar[0]], formula.source) if cell else formula.source


def _escaped(match: re.Match[str]) -> str:
    found = match[0]
    if found.startswith("^"):
        return f"^{{{match['raised']}}}"
    if found.startswith("\\"):
        return "\\" + found.replace("\\", "\\\\")[1:] if found != "\\\\" else "\\\\\\\\"
    return INSTEAD[found]

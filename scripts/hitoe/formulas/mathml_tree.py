"""Formulas as MathML, made by latex2mathml and put in order, so that browsers and ziamath print the same."""

from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from functools import lru_cache
from html import unescape
from itertools import pairwise
from unicodedata import category, lookup, name
from xml.etree.ElementTree import Element

from hitoe.formulas.grammar import LIMITS, canonical
from hitoe.formulas.tex_commands import BRACES
from hitoe.formulas.token_reader import TexError

LEARNED = "learned"
"""How the `mathcolor` of what is to be learned begins; a number follows."""
LARGE = frozenset("∑∏∐⋃⋂⨆⋁⋀⨁⨂⨀⨄")
ORDINARY = frozenset("∞∂∇∅∠∡∢∀∃∄∁⊤⊥¬√♯")
"""Signs that stand for a thing and not between two; others of mathematics are operators."""
SIGNS, CLOSING = frozenset("+−±∓"), frozenset(")]}|‖⟩⌋⌉!′…⋯∞∅⊤⊥")
"""Signs that stand before a number where they follow an operator, unless it is a bracket or stands for a thing."""
LIMIT_NAMES = frozenset(("lim", "lim\u2006sup", "lim\u2006inf", "max", "min", "sup", "inf", "det", "gcd", "Pr"))
BELOW = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
BESIDE = {below: beside for beside, below in BELOW.items()}
SCRIPTS = frozenset((*BELOW, *BESIDE))
PARTS = {tag: 3 if tag in ("msubsup", "munderover") else 2 for tag in SCRIPTS}
"""How many parts an element with scripts has: what the scripts belong to, and each of them."""
TRUE_BRACES = str.maketrans(BRACES, "{}")
STYLES = {
    "bold": "BOLD",
    "bold-italic": "BOLD ITALIC",
    "double-struck": "DOUBLE-STRUCK",
    "fraktur": "FRAKTUR",
    "script": "SCRIPT",
    "sans-serif": "SANS-SERIF",
    "monospace": "MONOSPACE",
}
"""What Unicode calls letters of a `mathvariant`, of which browsers know only `normal`."""
NARROWER = {"negativethinmathspace": "-0.167em"}


def mathml(tex: str, display: bool) -> Element:
    """Return the MathML of a formula, to be changed at will.

    Raises:
        TexError: it cannot be read.
    """
    return deepcopy(_mathml(tex, display))


def check(tex: str, display: bool) -> None:
    """Raise TexError if a formula cannot be read."""
    _mathml(tex, display)


@lru_cache(maxsize=4096)
def _mathml(tex: str, display: bool) -> Element:
    from latex2mathml.converter import Converter

    written = canonical(tex)
    try:
        root = Converter(display="block" if display else "inline").convert_to_element(written)
    except Exception as error:  # its errors have no common class, and no words
        raise TexError(
            "{tex} cannot be read ({name}): write it in another way", tex=tex, name=type(error).__name__
        ) from None
    for element in root.iter():
        element.text = unescape(element.text).translate(TRUE_BRACES) if element.text else None
        if element.text and "\\" in element.text and element.tag != "mtext" and element.text != "\\":
            raise TexError("'{text}' is not known in formulas: write it in another way", text=element.text)
        if element.tag in ("mi", "mn") and element.get("mathvariant", "normal") != "normal":
            style = element.attrib.pop("mathvariant")
            element.text = "".join(styled(sign, style) for sign in element.text or "")
        if element.get("width") in NARROWER:
            element.set("width", NARROWER[element.get("width", "")])
    del root.attrib["xmlns"]
    for element in [each for each in root.iter() if each.tag in PARTS]:
        _join_base(element, tex)
    _order(root, display)
    return root


def styled(sign: str, style: str) -> str:
    """Return the letter or digit of a `mathvariant`; the same sign where Unicode has none."""
    words = name(sign, "").removeprefix("LATIN ").removeprefix("GREEK ").replace("LETTER ", "")
    form = STYLES.get(style, "")
    for known in (f"MATHEMATICAL {form} {words}", f"{form} {words}", f"BLACK-LETTER {words}"):
        with suppress(KeyError):
            return lookup(known)
    return sign


def base(element: Element) -> Element:
    """Return what the scripts of an element belong to; the element itself if it has none."""
    return base(element[0]) if (element.tag in SCRIPTS or (element.tag == "mrow" and len(element) == 1)) else element


def is_name(element: Element) -> bool:
    """Return whether an element is the name of a function."""
    return element.tag == "mi" and element.text is not None and len(element.text) > 1


def _join_base(element: Element, tex: str) -> None:
    """Make one part of what scripts belong to: latex2mathml leaves a matrix and its two brackets three parts."""
    surplus = len(element) - PARTS[element.tag]
    if surplus < 0:
        raise TexError("{tex} cannot be read ({name}): write it in another way", tex=tex, name=element.tag)
    if surplus:
        whole = Element("mrow")
        whole.extend(element[: surplus + 1])
        element[: surplus + 1] = [whole]


def _order(element: Element, display: bool) -> None:
    """Put scripts below and above where TeX does, and make names of functions identifiers and large signs operators."""
    if element.tag in SCRIPTS:
        owner = base(element)
        text = owner.text or ""
        if element.tag in BESIDE and text in LARGE and not display:
            owner.set("movablelimits", "false")  # the author wrote \limits
        elif (text.endswith(LIMITS) and len(text) > 1) or text in LARGE or text in LIMIT_NAMES:
            element.tag = BELOW.get(element.tag, element.tag) if display else BESIDE.get(element.tag, element.tag)
            owner.set("movablelimits", "false")
    if element.tag == "mo" and element.text and len(element.text) > 1 and element.text.strip(LIMITS)[:1].isalpha():
        element.tag = "mi"
        element.text = element.text.removesuffix(LIMITS)
        for name in ("movablelimits", "stretchy"):
            element.attrib.pop(name, None)
    elif element.tag == "mi" and element.text and category(element.text[0]) == "Sm" and element.text not in ORDINARY:
        element.tag = "mo"
    for before, child in pairwise(element):
        if child.text in SIGNS and before.tag == "mo" and before.text not in CLOSING:
            child.set("form", "prefix")
    for number, child in enumerate(element):
        _order(child, _displayed(element, child, number, display))


def _displayed(parent: Element, child: Element, number: int, display: bool) -> bool:
    """Return whether a child is in display style."""
    if style := child.get("displaystyle"):
        return style == "true"
    scripts = parent.tag in SCRIPTS and number > 0
    return display and not scripts and parent.tag not in ("mfrac", "mtable", "mroot")


def after(element: Element) -> Iterator[tuple[Element, int, Element]]:
    """Yield each element that another one follows, with its parent and its place, from the last to the first."""
    for parent in list(element.iter()):
        if parent.tag in ("mrow", "mtd", "mstyle", "math", "msqrt"):
            for place in reversed(range(len(parent) - 1)):
                yield parent, place, parent[place]

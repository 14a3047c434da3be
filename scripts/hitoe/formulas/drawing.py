"""Formulas on paper, drawn by ziamath in STIX Two Math, and in the sheet's font what that lacks, kanji for instance."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from typing import Any
from xml.etree.ElementTree import Element

from hitoe import resources
from hitoe.formulas import mathml_tree as tree

SIZE = 24.0
"""The size of the letters in the units of the drawing."""
MARGIN = 0.1
"""Around a drawing, in em; the line below an answer is in it."""
LARGER = 1.1
"""How much larger the letters of formulas are than those around them, which look larger in the same size."""
AROUND = "0.222em"
"""The space around signs that ziamath has no space for."""
EM = re.compile(r"(-?[0-9.]+)em")
LENGTHS = {"lspace", "rspace", "width", "minsize", "maxsize", "columnspacing", "rowspacing"}
"""Attributes in em, which ziamath takes for a third longer than the letters' size."""
STRETCHING = {"^": "\u0302", "~": "\u0303"}
"""Accents as ziamath stretches them."""
LITTLE = (None, "verythinmathspace")
NUMBER = re.compile(r"-?[0-9.]+")
HOLDERS = ("mtr", "mover", "munder", "munderover")
"""What ziamath cannot draw with nothing in a part of it."""
PAD = 1.0
"""How far a band stands out of what it covers, in the units of the drawing."""
GETA = "〓"
"""Stands for what no font has."""
PROSE = "NotoSansJP-subset-Medium.ttf"


@dataclass(frozen=True, slots=True)
class Band:
    """The ground of what is to be learned, in the units of the drawing."""

    x: float
    y: float
    width: float
    height: float

    @property
    def foot(self) -> float:
        """Where the line below it is."""
        return self.y + self.height - 1


@dataclass(frozen=True, slots=True)
class DrawnFormula:
    """A formula as outlines. `view` is the box of the drawing in its units: left, top, width, height.

    `width`, `height`, and `depth`, which is how far it reaches below the baseline, are in em of the text around it.
    `outline` and `learned` are paths of SVG: what is to be learned within the formula is apart, and has `bands`.
    """

    view: tuple[float, float, float, float]
    width: float
    height: float
    depth: float
    outline: str
    learned: str
    bands: tuple[Band, ...]

    @property
    def foot(self) -> float:
        """Where the line below it is."""
        return self.view[1] + self.view[3] - 1


@lru_cache(maxsize=4096)
def drawing(tex: str, display: bool) -> DrawnFormula:
    """Return the drawing of a formula, in which GETA stands for signs that no font has.

    Raises:
        TexError: it cannot be read.
    """
    from ziamath.config import config
    from ziamath.zmath import Math, loadedfonts

    config.svg2 = False  # whole outlines instead of references, for which WeasyPrint warns
    loadedfonts.setdefault("hitoe", _font())
    node = Math(_prepared(tree.mathml(tex, display)), size=SIZE, font="hitoe").node
    svg = Element("svg")
    node.draw(0, 0, svg)
    box, margin = node.bbox, MARGIN * SIZE
    left, top = box.xmin - margin, -box.ymax - margin
    width, height = box.xmax - box.xmin + 2 * margin, box.ymax - box.ymin + 2 * margin
    by_colour = groupby(svg, key=lambda shape: shape.get("fill", ""))
    runs = [(colour.startswith(tree.LEARNED), list(map(_path, shapes))) for colour, shapes in by_colour]
    return DrawnFormula(
        view=(round(left, 3), round(top, 3), round(width, 3), round(height, 3)),
        width=round(LARGER * width / SIZE, 4),
        height=round(LARGER * height / SIZE, 4),
        depth=round(LARGER * (margin - box.ymin) / SIZE, 4),
        outline=" ".join(path for learned, paths in runs if not learned for path in paths),
        learned=" ".join(path for learned, paths in runs if learned for path in paths),
        bands=tuple(_band(paths) for learned, paths in runs if learned),
    )


def lacking(tex: str, display: bool) -> list[str]:
    """Return the signs of a formula that no font has, each once."""
    signs = "".join(tree.mathml(tex, display).itertext())
    return [sign for sign in dict.fromkeys(signs) if _font().lacks(sign)]


def _prepared(root: Element) -> Element:
    """Return MathML changed for ziamath."""
    from ziamath.operators import get_params

    for element in root.iter():
        for child in [each for each in element if each.tag == "mtext"]:
            _divide(element, child)
    for element in list(root.iter()):
        for child in element if element.tag in HOLDERS else ():
            if child.tag in ("mrow", "mtd") and not len(child):
                child.append(Element("mspace", width="0em"))
    for element in root.iter():
        if element.tag == "mtable":
            element.set("columnspacing", "0em 0.1em" if "displaystyle" in element.attrib else "0.8em")
        elif element.tag == "mo" and element.text in tree.LARGE:
            element.set("largeop", "true")
        elif element.tag == "mover" and element[1].text in STRETCHING and element[1].get("stretchy") != "false":
            element[1].text = STRETCHING[element[1].text]
    for _, place, sign in tree.after(root):
        if place and sign.tag == "mo" and sign.text and get_params(sign.text, "infix").get("lspace") in LITTLE:
            sign.attrib |= {"lspace": AROUND, "rspace": AROUND}
    for element in root.iter():
        for attribute in LENGTHS & element.attrib.keys():
            element.set(
                attribute, EM.sub(lambda length: f"{0.75 * float(length[1]):.4f}em", element.get(attribute, ""))
            )
    return root


def _divide(parent: Element, words: Element) -> None:
    """Make one element for each font of some words, for ziamath kerns between characters of two fonts."""
    text = (words.text or "").replace("-", "\u2010")  # ziamath draws a rule for a hyphen
    runs = ["".join(run) for _, run in groupby(text, key=lambda sign: _font().has(sign))]
    words.text = runs[0] if runs else ""
    for number, run in enumerate(runs[1:], list(parent).index(words) + 1):
        more = Element("mtext", words.attrib)
        more.text = run
        parent.insert(number, more)


def _path(shape: Element) -> str:
    """Return the outline of a glyph or a rule, with absolute coordinates."""
    if shape.tag == "g":  # a bracket of several parts
        return " ".join(map(_path, shape))
    if shape.tag == "path":
        return str(shape.get("d")).strip()
    x, y, width, height = (float(shape.get(side, "")) for side in ("x", "y", "width", "height"))
    right, bottom = round(x + width, 3), round(y + height, 3)
    return f"M {x:g} {y:g} L {right:g} {y:g} L {right:g} {bottom:g} L {x:g} {bottom:g} Z"


def _band(paths: list[str]) -> Band:
    numbers = [float(number) for path in paths for number in NUMBER.findall(path)]
    left, right, top, bottom = min(numbers[::2]), max(numbers[::2]), min(numbers[1::2]), max(numbers[1::2])
    return Band(*(round(each, 3) for each in (left - PAD, top - PAD, right - left + 2 * PAD, bottom - top + 2 * PAD)))


@cache
def _font() -> Any:
    """Return the font of formulas."""
    from ziafont.font import Font
    from ziamath.mathfont import MathFont
    from ziamath.styles import MathVariant, styledchr
    from ziamath.zmath import fontname

    class FormulaFont(MathFont):
        """STIX Two Math, with the signs of the sheet's font that it lacks."""

        prose = Font(resources.folder() / "fonts" / PROSE)

        def has(self, sign: str) -> bool:
            return bool(self.glyphindex(sign))

        def findglyph(self, char: str, variant: MathVariant) -> Any:
            if self.has(styledchr(char, variant)):
                return super().findglyph(char, variant)
            for font in (self, self.prose):
                if font.glyphindex(char):
                    return font.glyph(char)
            return self.prose.glyph(GETA)

        def lacks(self, char: str) -> bool:
            return not (self.has(char) or self.prose.glyphindex(char) or char.isspace())

    return FormulaFont(fontname, SIZE)

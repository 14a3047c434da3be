"""Formulas in the log's pages: MathML for browsers."""

from functools import lru_cache
from xml.etree.ElementTree import Element, tostring

from hitoe.formulas import mathml_tree as tree

THIN = "0.167em"
"""The space that TeX puts around names of functions."""
BARS = ("|", "‖")
LOOKS = {"bold": "font-weight: bold", "italic": "font-style: italic"}


@lru_cache(maxsize=4096)
def markup(tex: str, display: bool) -> str:
    """Return a formula as MathML; raises TexError if it cannot be read."""
    root = tree.mathml(tex, display)
    root.set("alttext", tex)
    for element in root.iter():
        if align := element.attrib.pop("columnalign", ""):
            element.set("style", f"text-align: {align}")
        if element.tag == "mo" and element.text in BARS and "fence" not in element.attrib:
            element.attrib |= {"lspace": "0", "rspace": "0"}  # browsers take it for a sign between two
        if element.tag == "mtext" and (look := LOOKS.get(element.attrib.pop("mathvariant", ""))):
            element.set("style", look)
    for parent, place, element in tree.after(root):
        names = [tree.is_name(tree.base(each)) for each in (element, parent[place + 1])]
        if any(names) and not _closes(element, parent[place + 1]):
            parent.insert(place + 1, Element("mspace", {"width": THIN}))
    return tostring(root, encoding="unicode")


def _closes(before: Element, after: Element) -> bool:
    """Return whether a sign stands between two elements, or a space, so that none is added."""
    return "mo" in (before.tag, after.tag) or "mspace" in (before.tag, after.tag)

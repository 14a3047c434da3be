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
        two = element, parent[place + 1]
        apart = any(each.tag in ("mo", "mspace") for each in two)  # by a sign or a space
        if not apart and any(tree.is_name(tree.base(each)) for each in two):
            parent.insert(place + 1, Element("mspace", {"width": THIN}))
    return tostring(root, encoding="unicode")

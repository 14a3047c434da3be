"""Styles of single elements as classes: WeasyPrint reads a style of its own for each element, a class but once."""

from typing import Any

PREFIX = "own-"
"""Begins the names of these classes."""


def share(root: Any) -> None:
    """Put a class in place of the styles of the elements in the tree of a sheet; those that are alike share it."""
    names: dict[str, str] = {}
    [head], [body] = ([element for element in root if element.tag == tag] for tag in ("head", "body"))
    for element in body.iter():
        style = element.attrib.pop("style", None)
        if style is not None:
            name = names.setdefault(style, f"{PREFIX}{len(names)}")
            element.set("class", f"{element.get('class', '')} {name}".lstrip())
    if names:
        sheet = head.makeelement("style", {})
        sheet.text = "".join(f".{name}{{{_important(style)}}}" for style, name in names.items())
        head.append(sheet)


def _important(style: str) -> str:
    """Return declarations that win over those of all other rules, as an element's own do."""
    return ";".join(f"{each.strip()}!important" for each in style.split(";") if each.strip())

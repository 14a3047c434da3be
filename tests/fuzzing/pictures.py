"""Targets of pictures: drawings with their regions, and files of pixels. What `check` lets through must print."""

import re
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import quoteattr

from hitoe.kinds import picture_file, picture_regions
from hitoe.problems import PrintError
from hitoe.sheet.pdf.weasyprint import printer
from hypothesis import strategies as st
from PIL import Image

from fuzzing.mutations import BYTES
from fuzzing.notes import EXAMPLE
from fuzzing.target import BrokenRuleError, Target
from fuzzing.text_mutations import YAML

SVG = "http://www.w3.org/2000/svg"
HEAD = f'<svg xmlns="{SVG}" viewBox="0 0 9 9"'
ID = re.compile(rb"""\bid=["']([^"']{1,40})["']""")
NUMBERS = [
    "0",
    "1",
    "-1",
    "9",
    "100",
    "1e3",
    "1e400",
    "nan",
    "inf",
    "1%",
    "1em",
    "x",
    "",
    " ",
    "1,1",
    "9" * 400,
    "0.0001",
    "1e-320",
    "-0",
]
TAGS = [
    "g",
    "rect",
    "circle",
    "ellipse",
    "use",
    "text",
    "path",
    "image",
    "style",
    "defs",
    "symbol",
    "svg",
    "linearGradient",
    "pattern",
    "mask",
    "clipPath",
    "filter",
    "marker",
    "tspan",
    "a",
    "title",
    "script",
    "foreignObject",
    "polygon",
    "line",
]
NAMES = [
    "x",
    "y",
    "width",
    "height",
    "r",
    "cx",
    "cy",
    "rx",
    "ry",
    "viewBox",
    "transform",
    "id",
    "href",
    "xlink:href",
    "d",
    "points",
    "fill",
    "style",
    "clip-path",
    "mask",
    "filter",
    "marker-end",
    "stroke-dasharray",
    "font-size",
    "offset",
    "preserveAspectRatio",
]
SOME = [
    "#a",
    "#b",
    "#c",
    "url(#a)",
    "url(#b)",
    "a",
    "b",
    "M0 0L9 9z",
    "M0 0A",
    "M" + "9" * 999,
    "0 0 9 9",
    "nan nan nan nan",
    "0 0 0 0",
    "0 0 1e400 9",
    "scale(1e9)",
    "rotate(nan)",
    "matrix(1)",
    "matrix(0 0 0 0 0 0)",
    "red",
    "data:image/png;base64,xx",
    "data:image/svg+xml,<svg/>",
    "file:///etc/passwd",
    "http://127.0.0.1:9/x",
    "fill:url(http://127.0.0.1:9/x)",
    "@import 'x'",
    "1 2 3",
    "xMidYMid slice",
    "none",
    "currentColor",
    "#",
]


def drawings() -> st.SearchStrategy[bytes]:
    """Return drawings of any elements in each other, with any attributes."""
    value = st.sampled_from(NUMBERS) | st.sampled_from(SOME) | st.sampled_from(SOME) | st.text(max_size=5)
    attributes = st.dictionaries(st.sampled_from(NAMES), value, max_size=5)

    def element(tag: str, named: dict[str, str], inside: list[str]) -> str:
        return (
            f"<{tag} {' '.join(f'{name}={quoteattr(text)}' for name, text in named.items())}>{''.join(inside)}</{tag}>"
        )

    leaf = st.builds(element, st.sampled_from(TAGS), attributes, st.just(list[str]()) | st.just(["x"]))
    inner = st.recursive(
        leaf,
        lambda each: st.builds(element, st.sampled_from(TAGS), attributes, st.lists(each, max_size=4)),
        max_leaves=12,
    )
    head = f'<svg xmlns="{SVG}" xmlns:xlink="http://www.w3.org/1999/xlink"'
    whole = st.builds(
        lambda box, parts: f"{head} viewBox={quoteattr(box)}>{''.join(parts)}</svg>",
        st.just("0 0 9 9") | value,
        st.lists(inner, max_size=4),
    )
    return whole.map(lambda text: text.encode("utf-8", "surrogatepass"))


def _printed(content: Path, cache: Path, name: str) -> None:
    """Print a picture alone, as the sheet prints it."""
    press = printer(content, cache)
    html = f'<html lang="ja"><title>x</title><body><img src="{name}" alt="x"></body></html>'
    press.printed(press.laid_out(html))


def svg(folder: Path) -> Target:
    """Return the target of drawings: regions are found or refused, and what has no fault is printed."""
    path = folder / "content" / "a.svg"
    path.parent.mkdir(parents=True)

    def run(raw: bytes) -> Sequence[str]:
        path.write_bytes(raw)
        said = []
        for name in [*dict.fromkeys(ID.findall(raw))][:5]:
            try:
                area = picture_regions.of_element(path, name.decode("utf-8", "replace"))
                if not (
                    -1e-5 <= area.left <= 1
                    and -1e-5 <= area.top <= 1
                    and 0 < area.width <= 1.1
                    and 0 < area.height <= 1.1
                ):
                    raise BrokenRuleError(f"a region outside of the picture: {area}")
            except picture_regions.AreaError as error:
                said.append(str(error))
        picture_file.words(path)
        if fault := picture_file.fault(path):
            return [*said, fault]
        try:
            _printed(path.parent, folder / "cache", "a.svg")
        except PrintError as error:
            said.append(f"only told when it is printed: {str(error).splitlines()[0]}")
        return said

    use = f'{HEAD}><g id="a"><rect id="b" width="3"/></g><use href="#a"/><text>字</text></svg>'
    pattern = '<defs><pattern id="p"><path d="M0 0L9 9"/></pattern></defs>'
    style = f'{HEAD}><style>rect {{fill: url(#p)}}</style>{pattern}<rect id="b" width="3" height="3"/></svg>'
    entity = f'<!DOCTYPE svg [<!ENTITY a "b"><!ENTITY x SYSTEM "/etc/passwd">]>{HEAD}><text>&a;</text></svg>'
    seeds = [
        (EXAMPLE / "content" / "images" / "states.svg").read_bytes(),
        use.encode(),
        style.encode(),
        entity.encode(),
    ]
    return Target("svg", ".svg", seeds, run, (*YAML, *BYTES, *BYTES), drawings(), share=3, factor=3)


def raster(folder: Path) -> Target:
    """Return the target of pictures of pixels, whatever their names say."""
    path = folder / "content" / "a.png"
    path.parent.mkdir(parents=True)

    def run(raw: bytes) -> Sequence[str]:
        path.write_bytes(raw)
        if fault := picture_file.fault(path):
            return [fault]
        picture_file.printable(path)
        try:
            _printed(path.parent, folder / "cache", "a.png")
        except PrintError as error:
            return [f"only told when it is printed: {str(error).splitlines()[0]}"]
        return []

    seeds = [(EXAMPLE / "content" / "images" / "flag.png").read_bytes()[:20_000]]
    for mode, kind in (
        ("RGB", "PNG"),
        ("P", "GIF"),
        ("L", "JPEG"),
        ("CMYK", "JPEG"),
        ("I;16", "PNG"),
        ("RGBA", "WEBP"),
        ("RGB", "BMP"),
        ("RGB", "TIFF"),
        ("1", "PNG"),
    ):
        file = BytesIO()
        Image.new(mode, (9, 7)).save(file, kind)
        seeds.append(file.getvalue())
    return Target("raster", ".png", seeds, run, BYTES, share=1, factor=3)


TARGETS: Sequence[Callable[[Path], Target]] = (svg, raster)

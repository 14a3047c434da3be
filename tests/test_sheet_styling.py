"""Styles become classes, and nothing looks otherwise."""

from pathlib import Path
from typing import Any

from hitoe.sheet import styling
from hitoe.sheet.measuring import boxes
from hitoe.sheet.printer import Printer

HTML = """<!doctype html><html style="font-size: 8pt; --code: 7pt"><head><title>t</title></head><body class="measuring">
<p class="title" style="margin-top: 3mm; min-height:9mm;">a</p><p style="min-height:9mm">b</p><table class="compare">
<tr style="height:12mm"><td style="width: 20mm">c</td></tr>
<tr style="height:12mm"><td>d</td></tr></table></body></html>"""


def places(printer: Printer, prepare: Any) -> list[tuple[str, float, float, float, float]]:
    [page] = printer.laid_out(HTML, prepare).pages
    return [
        (type(box).__name__, box.position_x, box.position_y, box.width, box.height)
        for box in boxes(page._page_box)
        if box.element is not None
    ]


def test_everything_stands_where_it_stood(tmp_path: Path) -> None:
    printer = Printer(tmp_path, tmp_path)
    assert places(printer, styling.share) == places(printer, None)


def test_styles_that_are_alike_share_a_class(tmp_path: Path) -> None:
    root = Printer(tmp_path, tmp_path).tree(HTML)
    styling.share(root)
    styled = [element.tag for element in root.iter() if element.get("style") is not None]
    assert styled == ["html"]
    rows = [element.get("class") for element in root.iter("tr")]
    assert rows == ["own-2", "own-2"]
    assert root.find("head").find("style").text.startswith(".own-0{margin-top: 3mm!important;min-height:9mm!important}")


def test_where_nothing_has_a_style_nothing_is_added(tmp_path: Path) -> None:
    root = Printer(tmp_path, tmp_path).tree("<!doctype html><title>t</title><p class=a>a</p>")
    styling.share(root)
    assert root.find("head").find("style") is None
    assert [element.get("class") for element in root.iter("p")] == ["a"]

"""Pictures of which parts are asked: the numbers beside their names stand in the picture, on paper and in the log."""

import re
from pathlib import Path

import pypdfium2
import pytest
from hitoe import checks
from hitoe.model.project import Project
from support.logs import log_files
from support.notes import item, written
from support.study_sheet import whole_sheet

BAND = (0x00, 0xA9, 0x9D)
SHAPES = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">
<rect id="one" x="10" y="10" width="20" height="20" fill="#c81e28"/>
<circle id="two" cx="80" cy="25" r="15" fill="#283cb4"/>
</svg>"""
PICTURE = """
picture: 二つの形の名前は?
image: {file: shapes.svg, alt: 二つの形}
regions:
  square: {label: 正方形, element: one}
  old: {label: 古い形, left: 40, top: 0, width: 5, height: 5, retired: true}
  circle: {label: 円, element: two}
"""
CENTRES = {"①": (0.2, 0.4), "②": (0.8, 0.5)}
"""Where each number stands, in parts of the picture's width and height."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    entry = item(PICTURE).replace("    items:", "    learned: 2020-W30\n    items:")
    return checks.trusted(written(tmp_path_factory.mktemp("project"), {"t.yaml": entry, "shapes.svg": SHAPES}))


@pytest.fixture(scope="module")
def files(project: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return whole_sheet(project, tmp_path_factory.mktemp("cache"))


def places(page: pypdfium2.PdfPage, mark: str) -> list[tuple[float, float]]:
    """Return the middles of a mark on a page, in pt from the lower left."""
    text = page.get_textpage()
    boxes = [text.get_charbox(n) for n in range(text.count_chars()) if text.get_text_range(n, 1) == mark]
    return [((left + right) / 2, (low + high) / 2) for left, low, right, high in boxes]


@pytest.mark.parametrize("end", ["sheet", "sheet-red", "sheet-mask", "worksheet"])
def test_numbers_stand_beside_the_names_and_in_the_parts(files: dict[str, bytes], end: str) -> None:
    page = pypdfium2.PdfDocument(files[f"own-{end}.pdf"])[0]
    found = {mark: sorted(places(page, mark), key=lambda at: -at[1]) for mark in CENTRES}
    assert [len(at) for at in found.values()] == [2, 2]
    (one_name, one), (two_name, two) = found.values()
    assert one_name[0] < two_name[0]
    assert abs(one_name[1] - two_name[1]) < 2
    # The picture is twice as wide as high: from one number to the other it is 0.6 of its width across.
    if end != "worksheet":
        width = (two[0] - one[0]) / 0.6
        assert one[1] - two[1] == pytest.approx(0.1 * width / 2, abs=0.5)
    text = page.get_textpage().get_text_range()
    assert "古い形" not in text
    assert "③" not in text


@pytest.mark.parametrize(("end", "covered"), [("sheet", False), ("sheet-red", False), ("sheet-mask", True)])
def test_bands_cover_the_parts_in_the_mask_edition_only(files: dict[str, bytes], end: str, covered: bool) -> None:
    page = pypdfium2.PdfDocument(files[f"own-{end}.pdf"])[0]
    shown = page.render(scale=4).to_pil().convert("RGB")
    colours = {"①": (0xC8, 0x1E, 0x28), "②": (0x28, 0x3C, 0xB4)}
    for mark, colour in colours.items():
        x, y = places(page, mark)[-1] if places(page, mark)[-1][1] < places(page, mark)[0][1] else places(page, mark)[0]
        beside = shown.getpixel((round((x + 7) * 4), round(shown.height - y * 4)))
        assert beside == (BAND if covered else colour)


def test_the_log_shows_the_picture_with_its_numbers(project: Project) -> None:
    files = log_files(project)
    page = files["2020-W30.html"]
    assert '<img src="data:image/svg+xml;base64,' in page
    assert page.index("①&nbsp;正方形") < page.index("②&nbsp;円") < page.index('<span class="spot">①</span>')
    assert page.count('<span class="spot">') == 2
    assert 'style="left: 10.0%; top: 20.0%; width: 20.0%; height: 40.0%"' in page
    for name in ("2020-W30.md", "2020-W30.commonmark.md"):
        assert re.search(r"1\. 正方形\n2\. 円\n\n!\[二つの形\]\(media/hitoe-[0-9a-f]{16}\.svg\)\n", files[name])


def test_a_picture_in_the_log_stands_beside_its_item(tmp_path: Path) -> None:
    image = "image: {file: shapes.svg, alt: 事実の絵}"
    others = f"      b: {{steps: 手順の題, sequence: {{x: 一, y: 二}}}}\n      c: {{fact: 問い, is: 答え, {image}}}\n"
    entry = item(PICTURE.strip()).replace("    items:", "    learned: 2020-W30\n    items:") + others
    files = log_files(checks.trusted(written(tmp_path, {"t.yaml": entry, "shapes.svg": SHAPES})))
    for name in ("2020-W30.html", "2020-W30.md", "2020-W30.commonmark.md"):
        at = [files[name].index(words) for words in ("答え", "事実の絵", "二つの形の名前は", "正方形", "手順の題")]
        assert at == sorted(at), name
        assert at[3] < files[name].rindex("二つの形") < at[4], name

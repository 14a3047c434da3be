"""The PDF for those who do not see it: its structure, its language, and words for all that is drawn."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pytest


@pytest.fixture(scope="module")
def files(example_sheets: dict[str, bytes]) -> dict[str, bytes]:
    return example_sheets


@pytest.fixture(params=["example-sheet.pdf", "example-sheet-red.pdf", "example-sheet-mask.pdf", "example-digest.pdf"])
def pdf(request: pytest.FixtureRequest, files: dict[str, bytes]) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(files[request.param]))


def tags(tag: Any) -> Iterator[Any]:
    """Yield a tag and all within it, in reading order."""
    yield tag
    kids = tag.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from tags(kid)


def kinds(pdf: pikepdf.Pdf) -> list[str]:
    return [str(tag.S) for tag in tags(pdf.Root.StructTreeRoot.K[0])]


def test_a_reader_is_told_title_and_language(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.Root.Lang) == "ja"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert pdf.open_metadata()["pdfuaid:part"] == "1"
    assert str(pdf.docinfo["/Title"]).startswith("雑学ノート")


def test_one_title_comes_before_those_of_blocks(pdf: pikepdf.Pdf) -> None:
    heads = [kind for kind in kinds(pdf) if kind in ("/H1", "/H2", "/H3")]
    assert heads[0] == "/H1"
    assert set(heads[1:]) == {"/H2"}


def test_what_is_printed_has_a_tag_or_is_an_artifact(pdf: pikepdf.Pdf) -> None:
    reached = {tag.objgen for tag in tags(pdf.Root.StructTreeRoot.K[0])}
    nums = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    marked = {int(number): list(found) for number, found in zip(nums[::2], nums[1::2], strict=True) if is_list(found)}
    for page in pdf.pages:
        tags_of = marked[int(page.obj.StructParents)]
        numbers: list[int | None] = []
        for step in pikepdf.parse_content_stream(page):
            match str(step.operator):
                case "BDC":
                    number = int(step.operands[1]["/MCID"])
                    assert tags_of[number].objgen in reached
                    numbers.append(number)
                case "BMC":
                    assert str(step.operands[0]) == "/Artifact"
                    numbers.append(None)
                case "EMC":
                    numbers.pop()
                case "Tj" | "TJ":
                    assert numbers
                    assert None not in numbers


def is_list(value: Any) -> bool:
    return isinstance(value, pikepdf.Array)


def test_figures_are_told_in_words(pdf: pikepdf.Pdf) -> None:
    figures = [tag for tag in tags(pdf.Root.StructTreeRoot.K[0]) if str(tag.S) == "/Figure"]
    assert all(str(figure.Alt).strip() for figure in figures)


def test_tables_have_heads_and_cells(files: dict[str, bytes]) -> None:
    found = kinds(pikepdf.open(BytesIO(files["example-sheet.pdf"])))
    assert found.count("/Table") > 3
    assert found.count("/TH") > 20
    assert found.count("/TD") > 20
    assert found.count("/Figure") > 3


def test_every_font_is_embedded_and_its_letters_can_be_copied(pdf: pikepdf.Pdf) -> None:
    fonts = {font.objgen: font for page in pdf.pages for font in page.Resources.Font.values()}
    assert fonts
    for font in fonts.values():
        texts = font.ToUnicode.read_bytes().partition(b"endcodespacerange")[2]
        assert len(re.findall(rb"<[0-9A-Fa-f]+>\s*<[0-9A-Fa-f]+>", texts)) > 0
        assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_bookmarks_lead_from_topics_to_entries(files: dict[str, bytes]) -> None:
    with pikepdf.open(BytesIO(files["example-sheet-red.pdf"])).open_outline() as outline:
        assert [each.title for each in outline.root] == ["日本の地理", "記法", "料理の科学"]
        assert [len(each.children) for each in outline.root] == [3, 4, 3]

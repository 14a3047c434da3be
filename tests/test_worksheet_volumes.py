"""A worksheet that is too large to be laid out at once: in volumes, it is the same worksheet on a few more pages."""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hitoe import checks, sheet
from hitoe.model.project import Project
from hitoe.sheet.pdf.weasyprint import Printer
from hitoe.sheet.worksheet import division
from hitoe.sheet.worksheet.division import Piece, volumes
from markupsafe import Markup
from support.projects import example_copy
from support.study_sheet import whole_sheet

SMALL = 15_000
HEAD = re.compile(r"版\s[0-9a-f]+\s+(\d+)\s/\s(\d+)")


def printed(project: Project, cache: Path) -> bytes:
    return sheet.editions(project, cache, wanted=["worksheet"]).files["example-worksheet.pdf"]


@pytest.fixture(scope="module")
def whole(example_sheets: dict[str, bytes]) -> bytes:
    return example_sheets["example-worksheet.pdf"]


@pytest.fixture(scope="module")
def divided(example_project: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[bytes]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(division, "LIMIT", SMALL)
        (pdf,) = whole_sheet(example_project, tmp_path_factory.mktemp("cache"), ["worksheet"]).values()
        yield pdf


def texts(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def bookmarks(pdf: pikepdf.Pdf) -> list[tuple[str, list[str]]]:
    with pdf.open_outline() as outline:
        return [(topic.title, [entry.title for entry in topic.children]) for topic in outline.root]


def tags(tag: Any) -> Iterator[Any]:
    """Yield a tag and all within it, in reading order."""
    yield tag
    kids = tag.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from tags(kid)


def test_pages_are_numbered_through_all_volumes(whole: bytes, divided: bytes) -> None:
    for pdf in (whole, divided):
        pages = texts(pdf)
        numbers = [HEAD.search(page) for page in pages]
        assert [found and found.groups() for found in numbers] == [
            (str(number), str(len(pages))) for number in range(1, len(pages) + 1)
        ]


def test_the_rest_of_the_pages_is_the_same(whole: bytes, divided: bytes) -> None:
    """Heads come last in the text of a page."""
    lines = [[page.splitlines() for page in texts(pdf)] for pdf in (whole, divided)]
    titles = [{HEAD.sub("", own[-1]) for own in pages} for pages in lines]
    assert titles[0] == titles[1]
    letters = [re.sub(r"\s", "", "".join(line for own in pages for line in own[:-1])) for pages in lines]
    assert sorted(letters[0]) == sorted(letters[1])
    assert len(lines[1]) > len(lines[0])


def test_bookmarks_and_tags_are_those_of_the_whole(whole: bytes, divided: bytes) -> None:
    first, second = (pikepdf.open(BytesIO(pdf)) for pdf in (whole, divided))
    assert second.check_pdf_syntax() == []
    assert bookmarks(second) == bookmarks(first)
    assert str(second.docinfo["/Title"]) == str(first.docinfo["/Title"])
    kinds = [
        [kind for tag in tags(pdf.Root.StructTreeRoot.K[0]) if (kind := str(tag.S)) in ("/H1", "/H2", "/TH", "/TD")]
        for pdf in (first, second)
    ]
    assert kinds[0] == kinds[1]


def test_bookmarks_lead_to_the_pages_of_their_volumes(divided: bytes) -> None:
    pages = [re.sub(r"\s", "", page) for page in texts(divided)]
    found = [(mark.get_title(), mark.get_dest().get_index()) for mark in pypdfium2.PdfDocument(divided).get_toc()]
    assert [title for title, page in found if re.sub(r"\s", "", title) not in pages[page]] == []
    assert all(before[1] <= after[1] for before, after in pairwise(found))


def test_an_edit_counts_the_pages_of_its_volumes_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    laid_out = Printer.laid_out

    def counted(self: Printer, html: str) -> Any:
        made.append(html)
        return laid_out(self, html)

    monkeypatch.setattr(division, "LIMIT", 4_000)
    monkeypatch.setattr(Printer, "laid_out", counted)
    root = example_copy(tmp_path / "p")
    for other in ("kiho", "ryori"):
        (root / f"content/topics/{other}.yaml").unlink()
    first = printed(checks.trusted(root), tmp_path / "cache")
    cold = len(made)
    made.clear()
    assert printed(checks.trusted(root), tmp_path / "cache") == first
    unchanged = len(made)
    made.clear()
    topic = root / "content/topics/chiri.yaml"
    topic.write_text(topic.read_text("utf-8").replace("is: 14,125", "is: 14,126"), "utf-8")
    printed(checks.trusted(root), tmp_path / "cache")
    # Volumes with the answer: as the letters that a blank stands for, and in the key.
    assert len(made) == unchanged + 2 < cold


def piece(size: int, topic: str, *, key: bool = False) -> Piece:
    return Piece(Markup("x" * size), topic, opens=False, key=key)


@pytest.mark.parametrize(
    ("sizes", "wanted"),
    [
        ([("a", 3), ("a", 3), ("b", 4)], [3]),
        ([("a", 3), ("a", 3), ("b", 3), ("b", 3)], [2, 2]),
        ([("a", 3), ("b", 4), ("b", 4), ("b", 4)], [2, 2]),
        ([("a", 3), ("a", 3), ("a", 3), ("a", 3), ("b", 3)], [3, 2]),
        ([("a", 30), ("b", 30)], [1, 1]),
        ([], [0]),
    ],
)
def test_a_volume_ends_before_a_topic_that_does_not_fit(
    sizes: list[tuple[str, int]], wanted: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(division, "LIMIT", 10)
    assert [len(each) for each in volumes([piece(size, topic) for topic, size in sizes])] == wanted


def test_answers_are_a_part_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(division, "LIMIT", 10)
    pieces = [piece(3, "a"), piece(3, "a"), piece(1, "a", key=True), piece(1, "a", key=True)]
    assert volumes(pieces) == [pieces[:2], pieces[2:]]


def test_the_outlines_of_formulas_count_for_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(division, "LIMIT", 200)
    formula = Piece(Markup('<svg><path d="' + "M 1 2 " * 50 + '"/></svg>'), "a", opens=False, key=False)
    assert volumes([formula, formula]) == [[formula, formula]]

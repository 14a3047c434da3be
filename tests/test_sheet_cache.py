"""What is kept from build to build saves time and changes nothing: not a byte, whatever was kept or became of it."""

import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hitoe import checks, sheet
from hitoe.cli import main
from hitoe.memo import Memo
from hitoe.model.project import Project
from hitoe.sheet import cache as cache_module
from hitoe.sheet import calibration
from hitoe.sheet.cache import Cache
from hitoe.sheet.pdf.join import joined
from hitoe.sheet.pdf.weasyprint import Printer
from PIL import Image
from support.notes import written
from support.projects import EXAMPLE, edit

SHORT = """\
topic: short
title: 短い話
entries:
  flag:
    title: 旗
    items:
      p: {fact: 旗, is: 赤い丸, image: {file: images/flag.png, alt: 旗}}
  code:
    title: 式
    sources: [{title: 出典, url: "https://example.com/code"}]
    items:
      c: {code: 印字, is: print(1)}
      d: {fact: "`print`", is: "**`write`**"}
"""
LONG = """\
topic: long
title: 長い話
entries:
  long:
    title: 長い表
    sources: [{title: 出典, url: "https://example.com/long"}]
    items:
      t:
        table: 表
        columns: {a: 甲, b: 乙}
        rows:
"""
ROW = "          r{n}: {{label: 行{n}番, a: 値{n}番, b: 別の値{n}番}}\n"
DECK = "format: 1\nkey: example\ntitle: 題\nsheet: {paper: A5}\n"


def tables(folder: Path, rows: int = 36) -> Path:
    """Write a project with a picture, code, and a table that takes pages."""
    long = LONG + "".join(ROW.format(n=n) for n in range(rows))
    written(folder, {"deck.yaml": DECK, "topics/long.yaml": long, "topics/short.yaml": SHORT})
    shutil.copytree(EXAMPLE / "content" / "images", folder / "content" / "images")
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return tables(tmp_path / "project", rows=8)


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., tuple[dict[str, bytes], int]]:
    """Return a function that prints the study sheet, and tells how many pages and columns were laid out for that."""
    made: list[Any] = []
    laid_out = Printer.laid_out

    def counted(self: Printer, html: str) -> Any:
        document = laid_out(self, html)
        made.extend(document.pages)
        return document

    monkeypatch.setattr(Printer, "laid_out", counted)

    def print_(root: Path, cache: Path = tmp_path / "cache") -> tuple[dict[str, bytes], int]:
        made.clear()
        files = sheet.editions(checks.trusted(root), cache, wanted=["colour"]).files
        return files, len(made)

    return print_


def test_an_edit_is_printed_as_if_nothing_had_been_kept(
    project: Path, printed: Callable[..., tuple[dict[str, bytes], int]], tmp_path: Path
) -> None:
    first, whole = printed(project)
    again, nothing = printed(project)
    assert again == first
    edit(project, "long.yaml", "別の値3番", "別の数3番")
    edited, some = printed(project)
    assert edited != first
    assert nothing < some < whole
    cold, _ = printed(project, tmp_path / "empty")
    assert edited == cold
    edit(project, "long.yaml", "別の数3番", "別の値3番")
    assert printed(project)[0] == first


def test_the_calibration_page_is_printed_again_unless_it_is_there(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    print_, pages = calibration.printed, list[bytes]()

    def printed(html: str, printer: Printer) -> bytes:
        pages.append(print_(html, printer))
        return pages[-1]

    def built() -> bytes:
        assert main(["build", "sheet", "--edition", "red", "-C", str(project)]) == 0
        return page.read_bytes()

    monkeypatch.setattr(calibration, "printed", printed)
    page = project / "build" / sheet.CALIBRATION
    assert [built()] == pages
    edit(project, "long.yaml", "別の値3番", "別の数3番")
    assert [built()] == pages
    for other in (page.unlink, lambda: page.write_bytes(b"%PDF of a stranger")):
        other()
        assert [built(), *pages[1:]] == pages
    assert len(pages) == 3
    (project / "content/deck.yaml").write_text(f"{DECK}language: en\n", "utf-8")
    assert built() == pages[3] != pages[0]


@pytest.mark.slow
def test_half_of_what_was_kept_makes_the_same(
    project: Path, printed: Callable[..., tuple[dict[str, bytes], int]], tmp_path: Path
) -> None:
    first, _ = printed(project)
    file = tmp_path / "cache" / cache_module.FILE
    whole = Memo(content=file.read_bytes())
    half = Memo()
    for key in list(whole._stored)[::2]:
        half.put(key, whole.get(key))
    file.write_bytes(half.content())
    assert printed(project)[0] == first


@pytest.mark.parametrize("damage", ["cut", "bit", "empty", "other"])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, damage: str) -> None:
    kept = Cache(tmp_path, "tools")
    kept.put("a", [1, "x", 0.1])
    kept.write()
    file = tmp_path / cache_module.FILE
    whole = file.read_bytes()
    assert Cache(tmp_path, "tools").get("a") == [1, "x", 0.1]
    spoilt = {"cut": whole[:-3], "bit": whole[:-1] + bytes([whole[-1] ^ 1]), "empty": b"", "other": b"\xff" * 200}
    file.write_bytes(spoilt[damage])
    assert Cache(tmp_path, "tools").get("a") is None


def test_what_no_build_asks_for_is_dropped(tmp_path: Path) -> None:
    kept = Cache(tmp_path, "")
    kept.put("a", 1)
    kept.put("b", 2)
    kept.write()
    later = Cache(tmp_path, "")
    assert later.get("a") == 1
    later.write()
    assert Cache(tmp_path, "").get("b") is None


def test_keys_are_of_all_that_is_printed_and_of_what_prints_it(tmp_path: Path) -> None:
    keys = {
        Cache(tmp_path, "1").key("a", "b"),
        Cache(tmp_path, "2").key("a", "b"),
        Cache(tmp_path, "1").key("ab"),
        Cache(tmp_path, "1").key("a", b"c"),
    }
    assert len(keys) == 4


def test_a_new_picture_under_an_old_name_is_printed(
    project: Path, printed: Callable[..., tuple[dict[str, bytes], int]], tmp_path: Path
) -> None:
    """As one that is printed for the first time: the new one has another shape, so its block is measured anew."""
    printed(project)
    first, nothing = printed(project)
    Image.new("RGB", (60, 200), "#0a0").save(project / "content/images/flag.png")
    again, measured = printed(project)
    assert again != first
    assert measured > nothing
    assert again == printed(project, tmp_path / "empty")[0]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    project: Project = checks.trusted(tables(tmp_path_factory.mktemp("joined") / "project"))
    return sheet.editions(project, project.root / "build/.cache", wanted=["colour", "red", "mask"]).files


class TestASoundPdf:
    @pytest.fixture(params=["example-sheet.pdf", "example-sheet-red.pdf", "example-sheet-mask.pdf"])
    def pdf(self, request: pytest.FixtureRequest, files: dict[str, bytes]) -> pikepdf.Pdf:
        return pikepdf.open(BytesIO(files[request.param]))

    def test_fonts_are_there_once(self, pdf: pikepdf.Pdf) -> None:
        assert len(pdf.pages) > 1
        embedded = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/FontFile2" in each]
        assert len(embedded) == 5
        assert len({str(each.FontName) for each in embedded}) == 5

    def test_every_mark_has_its_tag_and_every_tag_its_place(self, pdf: pikepdf.Pdf) -> None:
        root = pdf.Root.StructTreeRoot
        numbers = list(root.ParentTree.Nums)
        assert numbers[::2] == list(range(len(numbers) // 2))
        for index, page in enumerate(pdf.pages):
            assert page.StructParents == index
            marks = [
                int(instruction.operands[1]["/MCID"])
                for instruction in pikepdf.parse_content_stream(page)
                if str(instruction.operator) == "BDC" and "/MCID" in instruction.operands[1]
            ]
            # What stands in the margin is an artifact, which has a number but no tag.
            tags = {number: tag for number, tag in enumerate(numbers[2 * index + 1]) if tag is not None}
            assert sorted(marks) == list(tags)
            assert all(tag.Pg.objgen == page.obj.objgen for tag in tags.values())
        assert all(part.P.objgen == root.K[0].objgen for part in root.K[0].K)

    def test_links_are_tagged_and_lead_where_they_say(self, pdf: pikepdf.Pdf) -> None:
        numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
        assert {str(note.A.URI) for note in notes} >= {"https://example.com/long"}
        assert [int(note.StructParent) for note in notes] == [*range(len(pdf.pages), len(pdf.pages) + len(notes))]
        for note in notes:
            tag = numbers[2 * int(note.StructParent) + 1]
            assert str(tag.S) == "/Link"
            assert any(getattr(kid, "Obj", None) == note for kid in tag.K if isinstance(kid, pikepdf.Dictionary))

    def test_heads_of_tables_have_names_of_their_own(self, pdf: pikepdf.Pdf) -> None:
        cells = [
            each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/ID" in each and "/S" in each
        ]
        names = [str(cell.ID) for cell in cells]
        assert len(set(names)) == len(names) > 36
        told = {
            str(name)
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and "/A" in each and "/Headers" in each.A
            for name in each.A.Headers
        }
        assert told <= set(names)

    def test_pages_are_numbered_and_the_last_bookmark_is_on_the_last_pages(self, pdf: pikepdf.Pdf) -> None:
        with pdf.open_outline() as outline:
            last = outline.root[-1]
        assert isinstance(last.destination, pikepdf.Array)
        aim = last.destination[0].objgen
        page = next(i for i, page in enumerate(pdf.pages) if page.obj.objgen == aim)
        assert page > 0
        assert str(pdf.Root.Lang) == "ja"

    def test_its_syntax_is_sound(self, pdf: pikepdf.Pdf) -> None:
        assert pdf.check_pdf_syntax() == []


def test_a_sheet_in_volumes_is_one_pdf(
    files: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Texts, tags, links and bookmarks are those of a sheet that was laid out at once."""
    monkeypatch.setattr("hitoe.sheet.build.VOLUME", 1)
    folder = tables(tmp_path / "project")
    made = sheet.editions(checks.trusted(folder), tmp_path / "cache", wanted=["red"]).files["example-sheet-red.pdf"]
    whole, volumes = (pikepdf.open(BytesIO(pdf)) for pdf in (files["example-sheet-red.pdf"], made))
    assert len(volumes.pages) == len(whole.pages) > 1
    assert volumes.check_pdf_syntax() == []
    read = [
        [page.get_textpage().get_text_range().replace("\xa0", " ") for page in pypdfium2.PdfDocument(pdf)]
        for pdf in (files["example-sheet-red.pdf"], made)
    ]
    assert read[0] == read[1]
    assert bookmarks(volumes) == bookmarks(whole)
    assert [str(tag.S) for tag in tags(volumes)] == [str(tag.S) for tag in tags(whole)]
    reached = {tag.objgen for tag in tags(volumes)}
    numbers = list(volumes.Root.StructTreeRoot.ParentTree.Nums)
    assert len({*map(int, numbers[::2])}) == len(numbers) // 2
    found = {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}
    for page in volumes.pages:
        assert {tag.objgen for tag in found[int(page.obj.StructParents)] if tag is not None} <= reached
        for note in page.get("/Annots", []):
            kids = found[int(note.StructParent)].K
            assert any(getattr(kid, "Obj", None) == note for kid in kids if isinstance(kid, pikepdf.Dictionary))
    twice = pikepdf.open(BytesIO(joined([made, made])))
    names = [str(tag.ID) for tag in tags(twice) if "/ID" in tag]
    assert len(set(names)) == len(names) > 36
    told = {str(name) for tag in tags(twice) if "/A" in tag and "/Headers" in tag.A for name in tag.A.Headers}
    assert told <= set(names)


def tags(pdf: pikepdf.Pdf) -> list[Any]:
    """Return all tags in reading order."""

    def within(tag: Any) -> Any:
        yield tag
        kids = tag.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from within(kid)

    return list(within(pdf.Root.StructTreeRoot.K[0]))


def bookmarks(pdf: pikepdf.Pdf) -> list[tuple[str, int, list[tuple[str, int]]]]:
    """Return the title and the page of each topic and its entries."""
    with pdf.open_outline() as outline:
        return [
            (topic.title, page_of(topic), [(entry.title, page_of(entry)) for entry in topic.children])
            for topic in outline.root
        ]


def page_of(item: Any) -> int:
    return pikepdf.Page(item.destination[0]).index

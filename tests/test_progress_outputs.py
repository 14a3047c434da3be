"""A learner's progress in the week's post and on the page of weak points; without a collection, no word of it."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random

import pikepdf
import pypdfium2 as pdfium
import pytest
from anki.collection import Collection
from hitoe import sheet
from hitoe.cli import main
from hitoe.model.project import Project
from hitoe.progress.results import ExpectedRecall, GroupStats, PeriodStats, Progress, ReviewStats, WeakItem
from hitoe.schema import Week
from markdown_it import MarkdownIt
from support.anki_engine import collection, import_deck
from support.logs import log_files
from support.projects import build, edit, example_copy
from support.studying import study

WEEK, LATER = Week(2020, 30), Week(2020, 53)
FIGURES = ReviewStats(reviews=45, milliseconds=900_000, passed=31, failed=5, lapses=4, leeches=2)
QUIET = ReviewStats(reviews=1, milliseconds=1000, passed=0, failed=0, lapses=0, leeches=0)
PERIOD = PeriodStats(
    whole=FIGURES,
    topics=(GroupStats("kiho", "記法|*強*", FIGURES),),
    domains=(GroupStats("ryori", "料理の科学", FIGURES), GroupStats(None, None, QUIET)),
)
PROGRESS = Progress(
    weeks={WEEK: PERIOD, LATER: replace(PERIOD, whole=QUIET, domains=())},
    total=PERIOD,
    exam=date(2021, 3, 1),
    expected=(ExpectedRecall(None, None, 9, 7, 84.4), ExpectedRecall("ryori", "料理の科学", 9, 7, 84.4)),
    weak=(),
)


def weak(*paths: str) -> list[WeakItem]:
    """Return items, the first failed most often."""
    parts = [path.split(".") for path in paths]
    return [
        WeakItem(file="f", entry=entry, item=item, failed=90 - number, counted=95, lapses=0)
        for number, (entry, item) in enumerate(parts)
    ]


@pytest.mark.parametrize("form", [".md", ".commonmark.md"])
def test_a_post_tells_of_its_week(example_project: Project, form: str) -> None:
    post = log_files(example_project, PROGRESS)[f"{WEEK}{form}"]
    told = post[post.index("## ふり返り(Anki)") :]
    assert "45 回答え、15 分かかった。" in told
    assert "36 回のうち 31 回思い出し、定着率は 86.1%。" in told
    assert "忘れたのは 4 回。" in told
    assert "リーチになったものは 2 件。" in told
    assert "| 料理の科学 | 45 | 15 | 86.1% | 4 | 2 |" in told
    assert "| 分野なし | 1 | 0 | – | 0 | 0 |" in told
    html = MarkdownIt("commonmark").enable("table").render(told)
    assert html.count("<table>") == 2
    assert "記法|*強*" in re.sub("<[^>]*>", "", html)
    assert "試験日" not in told


def test_the_page_tells_of_its_week(example_project: Project) -> None:
    page = log_files(example_project, PROGRESS)[f"{WEEK}.html"]
    assert "定着率は 86.1%。" in page
    assert '<th scope="row">料理の科学</th><td>45</td><td>15</td><td>86.1%</td><td>4</td><td>2</td>' in page
    assert '<th scope="row">分野なし</th><td>1</td>' in page


@pytest.mark.parametrize("form", [".md", ".commonmark.md", ".html"])
def test_only_the_last_week_looks_ahead_to_the_exam(example_project: Project, form: str) -> None:
    posts = log_files(example_project, PROGRESS)
    last = posts[f"{LATER}{form}"]
    assert "試験日(2021年3月1日)に思い出せる見込み" in last
    assert last.count("84.4%") == 2
    assert "リーチになった" not in last
    assert "ふり返り" not in posts[f"2020-W52{form}"]
    nothing = log_files(example_project, replace(PROGRESS, expected=()))
    assert "試験日" not in nothing[f"{LATER}{form}"]


def test_a_post_without_a_collection_says_nothing_of_it(example_project: Project) -> None:
    assert "ふり返り" not in "".join(log_files(example_project).values())


def text(pdf: bytes) -> str:
    """Return the words of a PDF without white space."""
    document = pdfium.PdfDocument(pdf)
    found = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return "".join(found.split())


def test_weak_points_stand_in_order_on_one_page(example_project: Project, tmp_path: Path) -> None:
    points = weak("boiling.freezing-point", "nihon-ichi.records", "gone.item", "umami.discoverer")
    pdf = sheet.weak_points(example_project, points, tmp_path)["example-weak.pdf"]
    assert len(pikepdf.open(BytesIO(pdf)).pages) == 1
    words = text(pdf)
    found = [words.index(answer) for answer in ("0℃", "富士山", "池田菊苗")]
    assert found == sorted(found)
    assert "2日本一の自然復習95回のうち89回忘れた" in words
    assert "忘れた4項目のうち、回数の多い3項目" in words


def test_what_finds_no_room_is_left_out(example_project: Project, tmp_path: Path) -> None:
    paths = [
        f"{placed.key}.{key}"
        for placed in example_project.entries()
        for key, item in placed.live_items.items()
        if item.tier == "core"
    ]
    pdf = sheet.weak_points(example_project, weak(*paths), tmp_path)["example-weak.pdf"]
    assert len(pikepdf.open(BytesIO(pdf)).pages) == 1
    words = text(pdf)
    shown = next(count for count in range(1, 91) if f"のうち、回数の多い{count}項目" in words)
    assert 15 < shown < len(paths)


def test_weak_points_are_the_same_bytes_again(example_project: Project, tmp_path: Path) -> None:
    points = weak("boiling.freezing-point", "umami.discoverer")
    one, other = (sheet.weak_points(example_project, points, tmp_path / name) for name in "ab")
    assert one == other


def test_without_weak_points_there_is_no_page(example_project: Project, tmp_path: Path) -> None:
    assert sheet.weak_points(example_project, [], tmp_path) == {}


@pytest.fixture
def learning(tmp_path: Path) -> Iterator[tuple[Path, Callable[[], Path]]]:
    """Return a project, and a function that studies on and returns the collection."""
    project = example_copy(tmp_path / "project")
    random, folder = Random(3), tmp_path / "home"
    with collection(folder) as col:
        import_deck(col, build(project))

    def on() -> Path:
        col = Collection(str(folder / "collection.anki2"))
        study(col, random, 4)
        day = col.sched.day_cutoff
        col.close()
        for file in (project / "content" / "topics").glob("*.yaml"):
            week = Week.of(date.fromtimestamp(day - 86400))
            file.write_text(file.read_text("utf-8").replace("2020-W30", str(week)), "utf-8")
        return folder / "collection.anki2"

    yield project, on
    shutil.rmtree(folder)


def told(project: Path) -> str:
    return "".join(path.read_text("utf-8") for path in sorted((project / "build" / "log").glob("*.md")))


def test_the_log_follows_the_collection(
    learning: tuple[Path, Callable[[], Path]], capsys: pytest.CaptureFixture[str]
) -> None:
    project, on = learning
    order = ["build", "deck", "log", "-C", str(project)]
    with_progress = [*order, "--progress", str(on())]
    assert main(with_progress) == 0
    first = told(project)
    assert "回答え、" in first
    capsys.readouterr()
    assert main(with_progress) == 0
    assert capsys.readouterr().out == ""
    on()
    assert main(with_progress) == 0
    out = capsys.readouterr().out
    assert "log" in out
    assert "apkg" not in out, "the deck does not depend on who learns it"
    assert told(project) != first
    assert main(order) == 0
    assert "回答え、" not in told(project)


def test_a_build_with_an_unusable_collection_writes_nothing(
    learning: tuple[Path, Callable[[], Path]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project, _ = learning
    edit(project, "chiri.yaml", "北海道は、面積では", "北海道は面積では")
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    capsys.readouterr()
    none = tmp_path / "none.anki2"
    assert main(["build", "deck", "log", "-C", str(project), "--progress", str(none)]) == 1
    err = capsys.readouterr().err
    assert err.startswith(f"hitoe: {none}: there is no such file: ")
    assert err.count("\n") == 1
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


def test_no_copy_of_a_collection_is_left_behind(learning: tuple[Path, Callable[[], Path]]) -> None:
    project, on = learning
    assert main(["build", "log", "-C", str(project), "--progress", str(on())]) == 0
    assert list((project / "build").rglob("*collection*")) == []

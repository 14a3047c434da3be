"""Small projects of many subjects: all outputs are built without a warning, and the real Anki shows every card.

`make test` prints the sheets of three of them: with pictures, with words of their own, and with formulas.
"""

import re
import shutil
import tempfile
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest
from hitoe.cli import main
from support import anki_engine as engine

GALLERY = Path(__file__).resolve().parent / "gallery"
PROJECTS = sorted(path.name for path in GALLERY.iterdir() if (path / "content/deck.yaml").is_file())
PRINTED = ("anatomy", "capitals", "chemistry")
NAMED = re.compile(r'(?<=src=")[^"]+|(?<=src=)[^"\s>]+|(?<=\[sound:)[^\]]+')
"""The files that a card loads."""
FOOTER = re.compile("<footer>.*?</footer>", re.DOTALL)
"""Where the back of a card says which entry it is of."""
REMINDER = "hitoe: commit content/ledger.json with the deck you import\n"


@pytest.fixture(scope="module", params=PROJECTS)
def root(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of a project of which nothing was built."""
    copy = tmp_path_factory.mktemp("gallery") / str(request.param)
    shutil.copytree(GALLERY / copy.name / "content", copy / "content", ignore=shutil.ignore_patterns("ledger.json"))
    return copy


def test_cards_and_posts_of_the_gallery(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "-C", str(root)]) == 0
    assert main(["build", "deck", "log", "-C", str(root)]) == 0
    assert capsys.readouterr().err in ("", REMINDER)
    cards_have_two_sides_and_their_media(root)
    posts_have_their_media(root / "build" / "log")


@pytest.mark.parametrize(
    "root",
    [pytest.param(name, marks=[] if name in PRINTED else [pytest.mark.slow]) for name in PROJECTS],
    indirect=True,
)
def test_sheets_of_the_gallery(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "sheet", "-C", str(root)]) == 0
    assert capsys.readouterr().err == ""
    sheets_print_every_sign(root)


def cards_have_two_sides_and_their_media(root: Path) -> None:
    (package,) = (root / "build").glob("*.apkg")
    with tempfile.TemporaryDirectory() as folder, engine.collection(Path(folder)) as col:
        log = engine.import_deck(col, package)
        assert log.new
        assert not log.conflicting
        assert len(engine.sides(col)) == col.card_count()
        for question, answer in engine.sides(col).values():
            files = NAMED.findall(question + answer)
            assert engine.seen(question) or files, question
            words, asked = (Counter(engine.seen(side).split()) for side in (FOOTER.sub("", answer), question))
            assert words - asked or NAMED.findall(answer), answer
            assert all((Path(col.media.dir()) / file).is_file() for file in files), files


def sheets_print_every_sign(root: Path) -> None:
    sheets = sorted((root / "build").glob("*.pdf"))
    assert len(sheets) >= 4
    for sheet in sheets:
        with pypdfium2.PdfDocument(sheet) as document:
            texts = [page.get_textpage().get_text_range() for page in document]
        assert texts
        assert all(text.strip() and "〓" not in text for text in texts), sheet.name


def posts_have_their_media(log: Path) -> None:
    assert list(log.glob("*.md"))
    pages = sorted(log.glob("*.html"))
    assert pages
    for page in pages:
        for file in NAMED.findall(page.read_text("utf-8")):
            assert file.startswith("data:") or (page.parent / file).is_file(), file

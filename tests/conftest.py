"""What the tests share: the example project, and goldens that can be rewritten."""

import gc
import os
import pickle
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hitoe import checks, resources, sheet, workers, writing
from hitoe.model.project import Project
from hitoe.sheet import calibration
from hitoe.sheet.pdf.weasyprint import Printer
from hypothesis import Phase, settings

# Messages are in English, whatever language the machine speaks.
for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
    os.environ.pop(name, None)

# Thousands of tests are objects that stay until the end, and `hitoe.cli.main` stops the collector anyway.
gc.disable()

# Anki's collections and the ledger wait for the disk at each change: in memory that takes no time.
MEMORY, ENOUGH = Path("/dev/shm"), 2_000_000_000
if "TMPDIR" not in os.environ and os.access(MEMORY, os.W_OK):
    room = os.statvfs(MEMORY)
    if room.f_bavail * room.f_frsize > ENOUGH and not room.f_flag & os.ST_NOEXEC:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)

# pytest-xdist keeps all processors busy. Workers are tried where a test starts hitoe in a process of its own, and in
# tests/test_workers.py and tests/test_memo.py.
workers.MOST = 1

TESTS = Path(__file__).resolve().parent
EXAMPLE = TESTS / "example"
# How long an example takes depends on what else the machine does.
settings.register_profile("any-machine", deadline=None)
settings.load_profile("any-machine")
# For scripts/mutate.py: the same examples in every run, and none sought that is smaller.
settings.register_profile(
    "mutants", deadline=None, derandomize=True, database=None, phases=(Phase.explicit, Phase.generate)
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="rewrite the expected outputs in tests/golden/")


def pytest_collection_finish() -> None:
    """Let the collector, which pytest runs five times in the end, leave out the tests and all modules."""
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _calibration_pages() -> Iterator[None]:
    """Print each calibration page once: with a tenth of a second it would be much of most small sheets."""
    printed = calibration.printed

    pages: dict[tuple[str, str, Path], bytes] = {}

    def remembered(html: str, printer: Printer) -> bytes:
        key = html, printer.versions, resources.folder()
        if key not in pages:
            pages[key] = printed(html, printer)
        return pages[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(calibration, "printed", remembered)
        yield


@pytest.fixture(scope="session")
def example_project() -> Project:
    """Return tests/example, read and checked."""
    return checks.trusted(EXAMPLE)


@pytest.fixture(scope="session")
def sheets_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder for what is kept when `example_sheets` are printed, which pytest-xdist's workers share."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "sheets"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def example_sheets(example_project: Project, sheets_cache: Path) -> dict[str, bytes]:
    """Return all sheets of tests/example by file name, printed by the first worker that needs them."""
    kept = sheets_cache / "example"
    if not kept.is_file():
        writing.write(kept, pickle.dumps(sheet.editions(example_project, sheets_cache).files))
    files: dict[str, bytes] = pickle.loads(kept.read_bytes())
    return files


@pytest.fixture
def capsys(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> pytest.CaptureFixture[str]:
    """Return pytest's own, which leaves the folder of a temporary project out of what is printed."""
    folder = re.compile(rf"{re.escape(str(tmp_path_factory.getbasetemp()))}/\S*?(?=(?:content|build)/)")
    whole = capsys.readouterr

    def shortened() -> Any:
        said = whole()
        return type(said)(folder.sub("", said.out), folder.sub("", said.err))

    monkeypatch.setattr(capsys, "readouterr", shortened)
    return capsys


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return a function that compares a text with a file below tests/golden/, or with --golden writes the file."""

    def compare(name: str, text: str) -> None:
        path = TESTS / "golden" / name
        if request.config.getoption("--golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
            return
        assert path.is_file(), f"no golden {path}: run `make golden` and read it"
        assert text == path.read_bytes().decode(), f"{name} changed: if it should, run `make golden` and read the diff"

    return compare

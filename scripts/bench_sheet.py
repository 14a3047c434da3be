"""`make bench`, the sheet: how long hitoe takes to print, beside WeasyPrint's own command printing the same HTML.

Whole processes, one run each. Exits 1 if a bound is broken. Each bound has a name, by which it can be asked for alone.
"""

import argparse
import math
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import bench_project
from bench import peak, seconds
from hitoe import checks, resources
from hitoe.sheet.pdf.inks import INKS
from hitoe.sheet.pdf.weasyprint import STYLES

ROOT = Path(__file__).resolve().parent.parent
STUDY_BOUND = 1.6
"""The study sheet of the real content in colour, red and mask, in times of one plain run of WeasyPrint."""
EDITIONS_BOUND = 2.0
"""All editions of the real content, in times of one plain run; the same after one answer was changed."""
PACKING_BOUND = 1.25
"""The colour edition of MANY items, or of WORDS words with their readings, fitted and packed, in times of one
plain run of WeasyPrint, which does neither."""
MANY, WORDS = 1_000, 8_000
GROWTH_BOUND, FEWEST, MOST = 1.05, 160, 5_000
"""The exponent of the colour edition's time over the number of items, from the fewest to the most."""
MEMORY_BOUND = 600
"""Megabytes of the largest process while the editions of MOST items are printed."""

PROGRAM = """\
import gc, sys
from pathlib import Path
from hitoe import checks, sheet
gc.disable()
project = checks.trusted(Path(sys.argv[1]))
for name, pdf in sheet.editions(project, Path(sys.argv[2]), wanted=sys.argv[3:]).files.items():
    Path(sys.argv[2], name).write_bytes(pdf)
"""
"""A program that prints some editions of the study sheet."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was measured for a bound, in words, and the figure that must not be above the bound."""

    words: str
    figure: float
    bound: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bounds", nargs="*", metavar="BOUND", choices=[*BOUNDS, []], help=", ".join(BOUNDS))
    order = parser.parse_args(arguments)
    broken = False
    for name in order.bounds or BOUNDS:
        with tempfile.TemporaryDirectory(prefix="hitoe-bench-") as folder:
            finding = BOUNDS[name](Path(folder))
        broken |= finding.figure > finding.bound
        verdict = "BROKEN" if finding.figure > finding.bound else "holds"
        print(f"{name}: {finding.words}: {finding.figure:.2f}, at most {finding.bound:g}: {verdict}", flush=True)
    return 1 if broken else 0


def study(folder: Path) -> Finding:
    """Time the three inks of the real content."""
    _copy_content(folder)
    plain, inks = _plain(folder), seconds(printing(folder, *INKS))
    return Finding(f"colour, red and mask {inks:.1f} s, plain {plain:.1f} s", inks / plain, STUDY_BOUND)


def editions(folder: Path) -> Finding:
    """Time all editions of the real content."""
    _copy_content(folder)
    plain, all_ = _plain(folder), seconds(building(folder))
    return Finding(f"all editions {all_:.1f} s, plain {plain:.1f} s", all_ / plain, EDITIONS_BOUND)


def edit(folder: Path) -> Finding:
    """Time all editions of the real content after a title was changed."""
    _copy_content(folder)
    plain = _plain(folder)
    seconds(building(folder))
    path = min((folder / "content").rglob("topics/*.yaml"))
    path.write_text(re.sub(r"(?m)^(    title: .*)$", r"\1。", path.read_text("utf-8"), count=1), "utf-8")
    edited = seconds(building(folder))
    return Finding(f"after an edit {edited:.1f} s, plain {plain:.1f} s", edited / plain, EDITIONS_BOUND)


def packing(folder: Path) -> Finding:
    """Time the colour edition of many items."""
    write_items(folder, MANY)
    plain, packed = _plain(folder), seconds(printing(folder, "colour"))
    return Finding(f"{MANY:,} items packed {packed:.1f} s, plain {plain:.1f} s", packed / plain, PACKING_BOUND)


def words(folder: Path) -> Finding:
    """Time the colour edition of a large vocabulary."""
    bench_project.write_words(folder, WORDS)
    plain, packed = _plain(folder), seconds(printing(folder, "colour"))
    return Finding(f"{WORDS:,} words packed {packed:.1f} s, plain {plain:.1f} s", packed / plain, PACKING_BOUND)


def growth(folder: Path) -> Finding:
    """Time the colour edition of few items and of most."""
    times = {}
    for items in (FEWEST, MOST):
        write_items(folder / str(items), items)
        times[items] = seconds(printing(folder / str(items), "colour"))
    exponent = math.log(times[MOST] / times[FEWEST]) / math.log(MOST / FEWEST)
    words = ", ".join(f"{items:,} items {time:.1f} s" for items, time in times.items())
    return Finding(f"{words}, growth exponent", exponent, GROWTH_BOUND)


def memory(folder: Path) -> Finding:
    """Measure the largest process while most items are printed."""
    write_items(folder, MOST)
    return Finding(f"{MOST:,} items, MB of the largest process", peak(building(folder), largest=True), MEMORY_BOUND)


BOUNDS: dict[str, Callable[[Path], Finding]] = {
    "study": study,
    "editions": editions,
    "edit": edit,
    "packing": packing,
    "words": words,
    "growth": growth,
    "memory": memory,
}


def write_items(folder: Path, items: int) -> None:
    """Write a project with this number of items, a multiple of ITEMS_PER_FILE."""
    bench_project.write(folder, items // bench_project.ITEMS_PER_FILE * bench_project.NOTES_PER_FILE)


def building(folder: Path) -> list[str]:
    """Return the command that builds all editions of a project."""
    return [sys.executable, "-m", "hitoe", "build", "sheet", "-C", str(folder)]


def _copy_content(folder: Path) -> None:
    """Copy the real content without the marks of the digest, which is a sheet of its own."""
    shutil.copytree(ROOT / "content", folder / "content")
    for path in (folder / "content").rglob("*.yaml"):
        path.write_text(re.sub(r"(?m)^ +key: true\n|, key: true", "", path.read_text("utf-8")), "utf-8")


def printing(folder: Path, *editions: str) -> list[str]:
    """Return the command that prints some editions of a project's study sheet, from nothing."""
    return [sys.executable, "-c", PROGRAM, str(folder), str(folder / "printed"), *editions]


def _plain(folder: Path) -> float:
    """Time WeasyPrint's own command with the HTML and styles of the colour edition, and the fonts that hitoe has."""
    return seconds(plain(folder))


def plain(folder: Path) -> list[str]:
    """Write the colour edition's HTML, styles and fonts into `folder/plain`; return the command that prints it so."""
    from hitoe.sheet.build import StudySheet
    from hitoe.sheet.cache import Cache

    content, plain = folder / "content", folder / "plain"
    shutil.copytree(content, plain)
    shutil.copytree(resources.folder() / "fonts", plain / "fonts")
    (plain / "sheet.html").write_text(StudySheet(checks.trusted(folder), Cache(folder / "cache")).html(), "utf-8")
    (plain / "style.css").write_text(
        "".join((resources.folder() / name).read_text("utf-8") for name in STYLES), "utf-8"
    )
    weasyprint = [sys.executable, "-m", "weasyprint", "--pdf-variant", "pdf/ua-1"]
    return [*weasyprint, "-s", str(plain / "style.css"), str(plain / "sheet.html"), str(folder / "plain.pdf")]


if __name__ == "__main__":
    sys.exit(main())

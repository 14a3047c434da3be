"""The printable sheet: what is learned, on as few pages as are readable.

This package alone knows WeasyPrint and BudouX.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hitoe.problems import InputError
from hitoe.project import CONTENT, Project

if TYPE_CHECKING:
    from hitoe.progress import Weak
    from hitoe.sheet.printer import Printer
    from hitoe.sheet.setting import Setting

FILES = {"colour": "-sheet", "vanish": "-sheet-red", "mask": "-sheet-mask", "worksheet": "-worksheet"}
"""What follows the deck's key in the name of an edition's file."""
CALIBRATION = "calibration.pdf"


def render(project: Project, cache: Path, tools: str = "") -> bytes:
    """Return the colour edition of a checked project as PDF, the same bytes for the same notes on one machine.

    `cache` is a folder for what is kept from build to build; `tools` is the hash of hitoe itself.
    Sets FONTCONFIG_FILE in the environment, for WeasyPrint reads it.

    Raises:
        InputError: something in the notes cannot be printed.
        PrintError: WeasyPrint complains, or something would be lost.
    """
    with _setting(project, cache, tools) as setting:
        return setting.printed(["colour"])["colour"]


def editions(
    project: Project, cache: Path, tools: str = "", done: Callable[[], None] = lambda: None
) -> dict[str, bytes]:
    """Return all editions of a checked project and the calibration page as PDFs by file name; otherwise as `render`.

    `done` is called each time a part is laid out.
    """
    with _setting(project, cache, tools, done) as setting:
        printed = setting.printed()
        files = {f"{project.deck.key}{end}.pdf": printed[edition] for edition, end in FILES.items()}
        return {**files, CALIBRATION: setting.calibration()}


def weak_points(project: Project, weak: "Sequence[Weak]", cache: Path) -> dict[str, bytes]:
    """Return the page of the items that a learner failed most often as PDF by file name; none if nothing was failed.

    Raises as `render` does.
    """
    from hitoe.sheet import weak as weak_

    with _printer(project, cache) as printer:
        pdf = weak_.page(project, weak, printer)
    return {} if pdf is None else {f"{project.deck.key}-weak.pdf": pdf}


@contextmanager
def _setting(project: Project, cache: Path, tools: str, done: Callable[[], None] = lambda: None) -> "Iterator[Setting]":
    from hitoe.sheet.kept import Kept
    from hitoe.sheet.setting import Setting

    with _printer(project, cache) as printer:
        kept = Kept(cache, f"{tools} {printer.versions}")
        yield Setting(project, printer, kept, done)
        kept.write()


@contextmanager
def _printer(project: Project, cache: Path) -> "Iterator[Printer]":
    from hitoe.sheet.glyphs import missing
    from hitoe.sheet.printer import Printer, without_collector

    if lacking := list(missing(project)):
        raise InputError(lacking)
    with without_collector():
        yield Printer(project.root / CONTENT, cache)

"""The printable sheet: what is learned, on as few pages as are readable.

This package alone knows WeasyPrint and BudouX.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hitoe.model.project import CONTENT, Project
from hitoe.problems import InputError, Problem

if TYPE_CHECKING:
    from hitoe.progress import WeakItem
    from hitoe.sheet.printer import Printer
    from hitoe.sheet.setting import Setting

CALIBRATION = "calibration.pdf"


@dataclass(frozen=True, slots=True)
class Printed:
    """PDFs by file name, and warnings of what gives answers away."""

    files: dict[str, bytes]
    warnings: Sequence[Problem]


def render(project: Project, cache: Path, tools: str = "") -> bytes:
    """Return the colour edition of a checked project as PDF, the same bytes for the same notes on one machine.

    `cache` is a folder for what is kept from build to build; `tools` is the hash of hitoe itself.
    Sets FONTCONFIG_FILE in the environment, for WeasyPrint reads it.

    Raises:
        InputError: something in the notes cannot be printed.
        PrintError: WeasyPrint complains, or something would be lost.
    """
    with _settings(project, cache, tools) as (setting, *_):
        return setting.printed(["colour"])["colour"]


def editions(
    project: Project,
    cache: Path,
    tools: str = "",
    done: Callable[[], None] = lambda: None,
    topic: str | None = None,
) -> Printed:
    """Return all editions of the sheet, the digest and the calibration page, or of the sheet of one topic.

    `done` is called each time a part is laid out; otherwise as `render`.
    """
    files: dict[str, bytes] = {}
    warnings: set[Problem] = set()
    with _settings(project, cache, tools, done, topic) as settings:
        for setting in settings:
            ends = setting.selection.files
            files |= {f"{project.deck.key}{ends[edition]}.pdf": pdf for edition, pdf in setting.printed().items()}
            warnings |= set(setting.revealed())
        if topic is None:
            files[CALIBRATION] = settings[0].calibration()
    return Printed(files, sorted(warnings))


def weak_points(project: Project, weak: "Sequence[WeakItem]", cache: Path) -> dict[str, bytes]:
    """Return the page of the items that a learner failed most often as PDF by file name; none if nothing was failed.

    Raises as `render` does.
    """
    from hitoe.sheet import weak as weak_

    with _printer(project, cache) as printer:
        pdf = weak_.page(project, weak, printer)
    return {} if pdf is None else {f"{project.deck.key}-weak.pdf": pdf}


@contextmanager
def _settings(
    project: Project,
    cache: Path,
    tools: str,
    done: Callable[[], None] = lambda: None,
    topic: str | None = None,
) -> "Iterator[list[Setting]]":
    """Set the sheets of a project; what is kept of them is written when all is done."""
    from hitoe.sheet import selections
    from hitoe.sheet.kept import Kept
    from hitoe.sheet.setting import Setting
    from hitoe.typography import page_geometry

    with _printer(project, cache) as printer:
        kept = Kept(cache, f"{tools} {printer.versions}", *([topic] if topic else []))
        chosen = selections.of(project, page_geometry.geometry(project.deck.sheet), topic)
        yield [Setting(project, printer, kept, done, selection) for selection in chosen]
        kept.write()


@contextmanager
def _printer(project: Project, cache: Path) -> "Iterator[Printer]":
    from hitoe.sheet.glyphs import missing
    from hitoe.sheet.printer import Printer, without_collector

    if lacking := list(missing(project)):
        raise InputError(lacking)
    with without_collector():
        yield Printer(project.root / CONTENT, cache)

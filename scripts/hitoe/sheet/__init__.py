"""The printable sheet: all that is learned on as few pages as are readable, in editions for paper and red sheets."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from hitoe import workers
from hitoe.messages import say
from hitoe.model.project import CONTENT, PlacedEntry, Project
from hitoe.problems import InputError, Problem, RefusedError
from hitoe.schema import Week
from hitoe.workers import Workers

if TYPE_CHECKING:
    from hitoe.progress.results import WeakItem
    from hitoe.sheet.build import StudySheet
    from hitoe.sheet.pdf.weasyprint import Printer

CALIBRATION = "calibration.pdf"
EDITIONS = ("colour", "red", "mask", "worksheet")
"""What can be asked for: the study sheet in three colours, and the worksheet."""
EXAM = "_exam"
"""Where the cache keeps what the mock exam needs: a name that no topic has."""
WORTH_WORKERS, WORTH_COPIES = 100, 10
"""Items from which on other processes save more time than their start takes; than that of copies of this one takes."""


@dataclass(frozen=True, slots=True)
class Printed:
    """PDFs by file name, warnings about places in the notes, notices, and problems for which there is no digest."""

    files: dict[str, bytes]
    warnings: Sequence[Problem] = ()
    notices: Sequence[str] = ()
    no_digest: Sequence[Problem] = ()


def editions(
    project: Project,
    cache: Path,
    tools: str = "",
    done: Callable[[], None] = lambda: None,
    only: str | Week | None = None,
    wanted: Sequence[str] = EDITIONS,
    calibrated: str | None = None,
) -> Printed:
    """Return the wanted editions of the sheet and the digest, and the calibration page unless it is there.

    `only`: the editions of the sheet of a topic, by its key, or of what was learned in a week, alone.
    The same notes give the same bytes on one machine. `cache` is a folder for what is kept from build to build, `tools`
    the hash of hitoe itself, `calibrated` that of the calibration page which is there; `done` is called each time
    something is laid out. Sets FONTCONFIG_FILE in the environment, which WeasyPrint reads.

    Raises:
        InputError: something in the notes, or a font of the project, cannot be printed.
        PrintError: WeasyPrint warns of something, or something would be lost.
    """
    project = _named(project, only)
    with _workers(project, only, cache, done) as processes, _printer(project, cache, processes) as printer:
        from hitoe.sheet import calibration, heavy_pictures, selections
        from hitoe.sheet.build import StudySheet, printed
        from hitoe.sheet.cache import Cache
        from hitoe.typography import page_geometry

        memory = Cache(cache, f"{tools} {printer.versions}", *([str(only)] if only else []))
        heavy_pictures.refuse(project, _wanted(project, only), memory)
        parts = selections.of(project, page_geometry.geometry(project.deck.sheet), only)
        sheets = [StudySheet(project, memory, processes, selection) for selection in parts]
        chosen = [edition for edition in EDITIONS if edition in wanted]
        no_digest = _too_much(sheets[1:], chosen)
        made = printed(sheets[:1] if no_digest else sheets, chosen, processes)
        files = next(made, {})
        colours = calibration.page(project, printer, memory, calibrated) if only is None else None  # while others print
        for pdfs in (*made, {CALIBRATION: colours} if colours else {}):
            files |= pdfs
        memory.write()
    return Printed(files, warnings(project), no_digest=no_digest)


def warnings(project: Project) -> Sequence[Problem]:
    """Return what is printed otherwise than the author may expect: characters that no font has, small formulas."""
    from hitoe.sheet import formula_widths, glyph_coverage

    return [*glyph_coverage.missing(project), *formula_widths.shrunk(project)]


def _too_much(digests: "Sequence[StudySheet]", chosen: Sequence[str]) -> Sequence[Problem]:
    """Return why a digest does not fit its page; nothing if it does, if there is none, or for its worksheet alone."""
    try:
        for digest in digests if set(chosen) - {"worksheet"} else ():
            digest.fitted  # noqa: B018  # raises
    except InputError as error:
        return error.problems
    return ()


def _named(project: Project, only: str | Week | None) -> Project:
    """Return a project whose title names the week that is printed: the head of a page names topics, but no week."""
    if not isinstance(only, Week):
        return project
    return replace(project, deck=project.deck.model_copy(update={"title": f"{project.deck.title} {only}"}))


def _wanted(project: Project, only: str | Week | None) -> list[PlacedEntry]:
    """Return the entries that are printed."""
    return [each for each in project.entries() if only in (None, each.topic_key, each.entry.learned)]


def _workers(project: Project, only: str | Week | None, cache: Path, done: Callable[[], None]) -> Workers:
    """Return as many processes as are worth starting."""
    worth = WORTH_COPIES if workers.are_copies() else WORTH_WORKERS
    if sum(len(placed.live_items) for placed in _wanted(project, only)) < worth:
        return Workers(1, done)
    from hitoe.sheet.pdf import weasyprint

    weasyprint.load(cache)
    return Workers(workers.MOST, done)


def weak_points(project: Project, weak: "Sequence[WeakItem]", cache: Path) -> dict[str, bytes]:
    """Return the page of the items that a learner failed most often as PDF by file name; none if nothing was failed.

    Raises as `editions` does.
    """
    from hitoe.sheet import weak as page

    with _printer(project, cache, Workers()) as printer:
        pdf = page.page(project, weak, printer)
    return {} if pdf is None else {f"{project.deck.key}-weak.pdf": pdf}


def mock_exam(project: Project, seed: int, cache: Path, tools: str = "") -> Printed:
    """Return the mock exam of a seed, a number, which draws its questions; `cache` and `tools` as for `editions`.

    Raises as `editions` does, and:
        RefusedError: deck.yaml does not say how long the exam is, or there is nothing to ask.
    """
    settings = project.deck.exam
    if settings is None:
        raise RefusedError("deck.yaml does not say how long the exam is: add `exam: {questions: 65, minutes: 130}`")
    from hitoe.sheet import exam, glyph_coverage, heavy_pictures
    from hitoe.sheet.cache import Cache
    from hitoe.sheet.exam import selection

    chosen = selection.questions(project, settings.questions, seed)
    if not chosen:
        raise RefusedError("there is nothing to ask in a mock exam: write items of kind `choice`")
    with _printer(project, cache, Workers()) as printer:
        memory = Cache(cache, f"{tools} {printer.versions}", EXAM)
        heavy_pictures.refuse(project, list({each.placed.key: each.placed for each in chosen}.values()), memory)
        pdf = exam.paper(project, settings, seed, chosen, cache)
        memory.write()
    missing = settings.questions - len(chosen)
    notice = say(
        "the mock exam lacks {missing} of {questions} questions: the notes have no more choices",
        missing=missing,
        questions=settings.questions,
    )
    files = {f"{project.deck.key}-exam-{seed}.pdf": pdf}
    return Printed(files, list(glyph_coverage.missing(project)), [notice] if missing else ())


@contextmanager
def _printer(project: Project, cache: Path, processes: Workers) -> "Iterator[Printer]":
    """Yield the printer, when it is known that the project's own fonts can be used."""
    from hitoe.sheet.pdf.weasyprint import prepare, printer, without_collector
    from hitoe.typography import own_fonts

    if unusable := own_fonts.read(project.root / CONTENT).problems:
        raise InputError(unusable)
    processes.start(prepare, project.root / CONTENT, cache)
    with without_collector():
        yield printer(project.root / CONTENT, cache)

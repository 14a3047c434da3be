"""Makes sheets and posts for the preview, in a background process, into a folder of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hitoe import writing
from hitoe.build import files, fingerprints, log_posts, pipeline
from hitoe.build.request import Request
from hitoe.build.topic_file import MARKED_LOG
from hitoe.preview import pdf_pages
from hitoe.problems import InputError, PrintError, Problem, RefusedError

PRINTED = ("sheet", "log")


@dataclass(frozen=True, slots=True)
class PrintedFile:
    """A file that was made: its name in the folder, the hash of its content, and of a PDF the pages, in points."""

    name: str
    digest: str
    pages: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of making an output: files and warnings, or what must be corrected first.

    `failed` is trouble without a place in a file.
    """

    made: Sequence[PrintedFile] = ()
    warnings: Sequence[Problem] = ()
    problems: Sequence[Problem] = ()
    failed: str = ""


def print_output(output: str, root: Path, out: Path, now: int) -> Outcome:
    """Make one of PRINTED of the project in `root` into the folder `out`; `now` is in seconds since 1970."""
    try:
        return _sheets(root, out, now) if output == "sheet" else _posts(root, out, now)
    except InputError as error:
        return Outcome(problems=error.problems)
    except (PrintError, RefusedError, OSError) as error:  # also a full disk
        return Outcome(failed=str(error))


def _sheets(root: Path, out: Path, now: int) -> Outcome:
    report = pipeline.build(Request(root, out, ("sheet",), now, ledger=False))
    for error in report.failed.values():
        raise error
    made = []
    for path in out.glob("*.pdf"):
        pdf = path.read_bytes()
        made.append(PrintedFile(path.name, writing.digest(pdf), tuple(pdf_pages.sizes(pdf))))
    return Outcome(sorted(made, key=_place), report.warnings)


def _place(file: PrintedFile) -> tuple[int, int, str]:
    """Return what sheets are sorted by: the whole sheet first, and of each its colour edition."""
    at = next((at for at, part in enumerate(("-sheet", "-digest", "-worksheet")) if part in file.name), 3)
    return at, len(file.name), file.name


def _posts(root: Path, out: Path, now: int) -> Outcome:
    request = Request(root, out, ("log",), now, ledger=False)
    output = log_posts.output(request, fingerprints.tools(), kind=MARKED_LOG)
    files.replace(out, output.files)
    files.replace(out, output.cache)
    digests = {name: writing.digest(text) for name, text in output.files.items()} | dict(output.unchanged)
    made = [PrintedFile(name.removeprefix("log/"), digest) for name, digest in sorted(digests.items())]
    return Outcome(made, output.warnings)

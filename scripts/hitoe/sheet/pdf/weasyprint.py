"""The only user of WeasyPrint: our fonts and no others, files of two folders and no network, no warning ignored.

WeasyPrint is imported when the first Printer is made, not before.
"""

import atexit
import gc
import logging
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from hitoe import native_libraries, resources, writing
from hitoe.kinds import bitmap, picture_file
from hitoe.later_imports import imported_later
from hitoe.problems import PrintError
from hitoe.sheet.pdf import fontconfig, html_signs
from hitoe.text import PICTURES
from hitoe.typography import own_fonts
from hitoe.typography.printed_signs import Signs

LONGEST = 60
"""Characters of an address that are told."""
MANY_OBJECTS = 20_000
"""Objects made since garbage was last collected, after which it is worth the time."""
STYLES = ("sheet/fonts.css", "sheet/page.css", "sheet/items.css", "sheet/other.css")
UNNEEDED = ("fontTools.subset", "fontTools.varLib.instancer")
"""Modules for systems without HarfBuzz's subset library, and for variable fonts: their import takes 0.06 s, 12 MB."""
STYLE = re.compile(r"<(style)>.*?</\1>", re.DOTALL)
VARIANT = "pdf/ua-1"
JAPANESE = re.compile('<html lang="?ja\\b')
"""A document in which the vendored fonts come before the project's."""


def printer(content: Path, cache: Path) -> "Printer":
    """Return this process's printer for a content folder: the styles are parsed once, not for each document."""
    return _printer(content, cache, *own_fonts.read(content).digests)


@lru_cache(maxsize=1)
def _printer(content: Path, cache: Path, *_fonts: str) -> "Printer":
    return Printer(content, cache)


def load(cache: Path) -> None:
    """Import WeasyPrint, and make the folder for its fonts: then processes that are copied from this one have them.

    Raises:
        PrintError: a library of the system is missing.
    """
    need_libraries()
    writing.fonts_folder(cache)


def prepare(content: Path, cache: Path) -> None:
    """Make this process's printer, so that a worker has it when it is needed."""
    printer(content, cache)


# WeasyPrint's fonts must be released before Python unloads its modules.
atexit.register(_printer.cache_clear)


def need_libraries() -> None:
    """Raise a PrintError, which says what to install, if WeasyPrint lacks a library of the system."""
    try:
        # WeasyPrint prints advice of its own.
        with redirect_stdout(StringIO()), native_libraries.known_names(), imported_later(*UNNEEDED):
            from weasyprint.text import ffi
    except OSError as error:
        name = re.search("'([^']+)'", str(error))
        raise _missing_library(name[1] if name else str(error)) from None
    if ffi.harfbuzz_subset is None:  # WeasyPrint does without it, and then takes minutes for Japanese fonts
        raise _missing_library("harfbuzz-subset")


def _missing_library(name: str) -> PrintError:
    remedy = native_libraries.remedy()
    return PrintError(
        "the sheets need a library that is not on this machine ({name}): {remedy}", name=name, remedy=remedy
    )


class Printer:
    """Lays out HTML whose addresses are relative to `content`, with the styles of the templates folder."""

    def __init__(self, content: Path, cache: Path) -> None:
        own = own_fonts.read(content)
        os.environ["FONTCONFIG_FILE"] = str(fontconfig.configure(cache, own))
        need_libraries()
        import weasyprint
        from weasyprint.text import ffi
        from weasyprint.text.fonts import FontConfiguration

        self.versions = f"Pango {ffi.pango.pango_version()} {own.digest}"
        """The versions of what decides where lines break and is no Python package: libraries, the project's fonts."""
        self._signs = Signs(own.characters)
        self._own = own.families
        self._html = weasyprint.HTML
        self._fonts = FontConfiguration()
        self._fetcher = locked_fetcher({"templates": resources.folder(), "content": content}, self._signs)
        self._folder = writing.fonts_folder(cache)
        self._style = lru_cache(self._style_for)

    def laid_out(self, html: str) -> Any:
        """Return a WeasyPrint document.

        Raises:
            PrintError: WeasyPrint warns of something.
        """
        first = not JAPANESE.search(html)
        shown = html_signs.printed(html, self._signs)
        shown = STYLE.sub(lambda style: fontconfig.with_own(style[0], self._own, first=first), shown)
        with no_warnings():
            source = self._html(string=shown, base_url="file:///content/", url_fetcher=self._fetcher)
            return source.render(font_config=self._fonts, stylesheets=[self._style(first)], pdf_variant=VARIANT)

    def _style_for(self, first: bool) -> Any:
        """Return the style sheet in which the project's own fonts are first or last."""
        from weasyprint import CSS

        faces, *others = map(resources.source, STYLES)
        styles = "".join([faces, *(fontconfig.with_own(other, self._own, first=first) for other in others)])
        with no_warnings(), _temporary_files_in(self._folder):  # where WeasyPrint keeps the fonts of a style sheet
            return CSS(string=styles, base_url="file:///templates/", url_fetcher=self._fetcher, font_config=self._fonts)

    def printed(self, document: Any, identifier: bytes | None = None) -> bytes:
        """Return a document as a tagged PDF; `identifier` is written into its trailer, nothing if there is none.

        Raises:
            PrintError: WeasyPrint warns of something.
        """
        with no_warnings():
            pdf: bytes = document.write_pdf(
                finisher=_without_empty_texts, pdf_variant=VARIANT, pdf_identifier=identifier
            )
            return pdf


def _without_empty_texts(_document: Any, pdf: Any) -> None:
    """Take empty texts out of lines of glyphs: where one has some, PDFium forgets the last space between two glyphs.

    All that follows in another font then stood half a letter to the right, over what is behind it (PDFium 8149).
    """
    for each in pdf.objects:
        if content := getattr(each, "stream", None):
            each.stream = [part.replace(b"<>", b" ") if _is_glyphs(part) else part for part in content]


def _is_glyphs(part: Any) -> bool:
    return isinstance(part, bytes) and part.endswith(b"] TJ")


def locked_fetcher(folders: Mapping[str, Path], signs: Signs | None = None) -> Any:
    """Return a fetcher of files below the folders, by addresses that do not say where these are.

    `file:///content/a.png` is the file `a.png` of the folder called `content`: the PDF names pictures by address, and
    must not depend on where the folder is. A request for anything else stops the printing.
    """
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class Locked(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url.startswith(picture_file.EMBEDDED):
                return URLFetcherResponse(url, bitmap.printable(picture_file.embedded(url)))
            parts = urlsplit(url)
            name, _, rest = unquote(parts.path).removeprefix("/").partition("/")
            if parts.scheme == "file" and not parts.netloc and name in folders:
                path = ((folder := folders[name].resolve()) / rest).resolve()
                if path.is_relative_to(folder):
                    picture = path.suffix.lower() in PICTURES
                    content = picture_file.printable(path) if picture else path.read_bytes()
                    if signs and picture and (lacking := signs.lacking(picture_file.words(path))):
                        content = html_signs.without(content, lacking)
                    return URLFetcherResponse(f"{name}:{rest}", content)
            raise FatalURLFetchingError(f"blocked: {url}")

    return Locked(allowed_protocols=("file",), allow_redirects=False)


@contextmanager
def _temporary_files_in(folder: Path) -> Iterator[None]:
    """Let new temporary files be made in a folder."""
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(folder)) from error
    finally:
        tempfile.tempdir = before


@contextmanager
def logged(level: int) -> Iterator[list[logging.LogRecord]]:
    """Yield a list to which the records of WeasyPrint's log from a level on are added."""
    logger = logging.getLogger("weasyprint")
    records: list[logging.LogRecord] = []
    handler = logging.Handler(level)
    handler.emit = records.append  # type: ignore[assignment,method-assign]
    logger.addHandler(handler)
    try:
        yield records
    finally:
        logger.removeHandler(handler)


@contextmanager
def no_warnings() -> Iterator[None]:
    """Raise a PrintError if WeasyPrint logs a warning: it goes on nonetheless, and the page is wrong."""
    from weasyprint.urls import FatalURLFetchingError

    with logged(logging.WARNING) as warnings:
        try:
            yield
        except FatalURLFetchingError as error:  # which is no Exception, and may have a font in its address
            raise PrintError(str(error)[:LONGEST]) from None
    if told := "\n".join(record.getMessage() for record in warnings):
        raise PrintError(told)


@contextmanager
def without_collector() -> Iterator[None]:
    """Switch the garbage collector off: searching all boxes of a page again and again takes a quarter of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@contextmanager
def freeing() -> Iterator[None]:
    """Free in the end what WeasyPrint leaves: its boxes refer to each other, and the collector does not run by itself.

    A function is decorated with it, so that its documents are no longer in use then.
    """
    try:
        yield
    finally:
        if gc.get_count()[0] > MANY_OBJECTS:
            gc.collect(0)  # the young objects alone: those of the last documents

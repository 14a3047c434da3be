"""WeasyPrint, shut in: our fonts and no others, files of two folders and no network, and no warning overlooked.

This module alone imports WeasyPrint, and not before a sheet is printed.
"""

import gc
import logging
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from hitoe import resources
from hitoe.problems import PrintError
from hitoe.sheet import assembly, fragments
from hitoe.sheet.fragments import Face, Fragment

Specimen = Callable[[Sequence[Face]], str]
FONTS = "fonts"
STYLES = ("sheet/fonts.css", "sheet/page.css", "sheet/items.css", "sheet/editions.css")
MISSING_LIBRARY = (
    "the HarfBuzz subset library is missing, without which WeasyPrint takes minutes: "
    "install it (Debian: apt-get install libharfbuzz-subset0; Fedora: dnf install harfbuzz; "
    "macOS: brew install harfbuzz)"
)


class Printer:
    """Lays out HTML whose addresses are relative to `content`, with the styles of the templates folder."""

    def __init__(self, content: Path, cache: Path) -> None:
        _isolate(cache)
        try:
            import weasyprint
            from weasyprint.text import ffi
            from weasyprint.text.fonts import FontConfiguration
        except OSError as error:
            raise PrintError(f"{error}: run `make`, which installs what WeasyPrint needs, or names it") from None
        if ffi.harfbuzz_subset is None:
            raise PrintError(MISSING_LIBRARY)
        self.versions = f"Pango {ffi.pango.pango_version()}"
        """Of what WeasyPrint lays out with."""
        home = resources.folder().resolve()
        self._html = weasyprint.HTML
        self._fonts = FontConfiguration()
        self._fetcher = locked_fetcher({"templates": home, "content": content})
        style = "".join((home / name).read_text("utf-8") for name in STYLES)
        with alert():
            self._style = weasyprint.CSS(
                string=style, base_url="file:///templates/", url_fetcher=self._fetcher, font_config=self._fonts
            )
        self._images: dict[str, Any] = {}

    def tree(self, html: str) -> Any:
        """Return the tree of elements of an HTML text."""
        return self._html(string=html, base_url="file:///content/", url_fetcher=self._fetcher).etree_element

    def text(self, html: str, prepare: Callable[[Any], None]) -> str:
        """Return an HTML text after its tree was changed."""
        root = self.tree(html)
        prepare(root)
        return ElementTree.tostring(root, "unicode", "html")

    def laid_out(self, html: str, prepare: Callable[[Any], None] | None = None) -> Any:
        """Return a WeasyPrint document; `prepare` may change the tree of elements before it is laid out.

        Raises:
            PrintError: WeasyPrint complains.
        """
        with alert():
            source = self._html(string=html, base_url="file:///content/", url_fetcher=self._fetcher)
            if prepare:
                prepare(source.etree_element)
            return source.render(
                font_config=self._fonts, stylesheets=[self._style], cache=self._images, pdf_variant="pdf/ua-1"
            )

    def printed(self, document: Any, identifier: bytes) -> bytes:
        """Return a document as a tagged PDF. `identifier` stands for its content.

        Raises:
            PrintError: WeasyPrint complains.
        """
        with alert():
            pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier, cache=self._images)
            return pdf

    def fragment(self, document: Any, page: Any) -> Fragment:
        """Return one of a document's pages as a part of a PDF.

        Raises:
            PrintError: WeasyPrint complains.
        """
        with alert():
            return fragments.fragment(document, page)

    def assembled(self, pages: Sequence[Fragment], specimen: Specimen, identifier: bytes) -> bytes:
        """Return pages as one tagged PDF; `specimen` returns the HTML of a page that shows some faces.

        Raises:
            PrintError: WeasyPrint complains.
        """
        with alert():
            return assembly.assembled(pages, lambda faces: self.laid_out(specimen(faces)), identifier)


def locked_fetcher(folders: Mapping[str, Path]) -> Any:
    """Return a fetcher of files below the folders, by addresses that do not say where these are.

    `file:///content/a.png` is the file `a.png` of the folder called `content`. Where a folder is shall not show in the
    PDF, in which addresses name the pictures. Whatever else is asked for ends the printing.
    """
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class Locked(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            parts = urlsplit(url)
            name, _, rest = unquote(parts.path).removeprefix("/").partition("/")
            if parts.scheme != "file" or parts.netloc or name not in folders:
                raise FatalURLFetchingError(f"blocked: {url}")
            folder = folders[name].resolve()
            path = (folder / rest).resolve()
            if not path.is_relative_to(folder):
                raise FatalURLFetchingError(f"blocked: {url}")
            return URLFetcherResponse(f"{name}:{rest}", path.read_bytes())

    return Locked(allowed_protocols=("file",), allow_redirects=False)


@contextmanager
def alert() -> Iterator[None]:
    """Raise a PrintError when WeasyPrint warns of anything: it prints nonetheless, and the page is wrong."""
    logger = logging.getLogger("weasyprint")
    complaints: list[str] = []
    ear = logging.Handler(logging.WARNING)
    ear.emit = lambda record: complaints.append(record.getMessage())  # type: ignore[method-assign]
    logger.addHandler(ear)
    try:
        yield
    finally:
        logger.removeHandler(ear)
    if complaints:
        raise PrintError("\n".join(complaints))


@contextmanager
def without_collector() -> Iterator[None]:
    """Let the garbage be: looking through the boxes of a page again and again takes a tenth of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _isolate(cache: Path) -> None:
    """Make Fontconfig, which WeasyPrint loads, see the vendored fonts only."""
    folder = cache.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    fonts = resources.folder().resolve() / FONTS
    conf = folder / "fonts.conf"
    text = (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'
        f"<fontconfig><dir>{escape(str(fonts))}</dir>"
        f"<cachedir>{escape(str(folder / 'fontconfig'))}</cachedir></fontconfig>\n"
    )
    part = conf.with_suffix(f".{os.getpid()}")
    part.write_text(text, "utf-8")
    part.replace(conf)
    os.environ["FONTCONFIG_FILE"] = str(conf)

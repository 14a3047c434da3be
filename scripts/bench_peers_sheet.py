"""`make bench-peers`, the sheet: hitoe beside programs that print the same text.

WeasyPrint and Chromium print the HTML of the colour edition, whose pages and columns hitoe has filled already; Typst
makes pages of three columns of its paragraphs, without their colours. hitoe itself starts from the notes. No bounds:
those of the sheet are in `make bench-sheet`. What is not installed is left out, and named.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from statistics import median

import bench_peer_environments as environments
import bench_project
import pypdfium2
from bench import peak, seconds
from bench_sheet import MANY, building, plain, printing, write_items

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LEAST = 0.9
"""The part of the text's characters that a PDF must hold: hyphens, headings and page numbers differ."""
PARAGRAPHS = {"div", "h1", "h2", "li", "p", "tr"}
UNSEEN = " \n\r\t\u200b\u2060\ufffe"
TYPST = """\
#set page(width: 297mm, height: 210mm, margin: 8mm, columns: 3)
#set text(font: ("Noto Sans JP", "IBM Plex Mono"), size: 7pt, lang: "ja")
#set par(spacing: 0.8em)
#for text in json("paragraphs.json") { par(text) }
"""
PRINT_TYPST = """\
import typst
typst.compile("sheet.typ", output="sheet.pdf", font_paths=["fonts"], ignore_system_fonts=True)
"""


class Paragraphs(HTMLParser):
    """Reads the texts of the paragraphs, rows and headings in the body of a sheet's HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self._texts = [""]
        self.feed(html[html.index("<body") :])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a paragraph."""
        if tag in PARAGRAPHS:
            self._texts.append("")

    def handle_data(self, data: str) -> None:
        """Add to the paragraph."""
        self._texts[-1] += data

    def texts(self) -> list[str]:
        """Return the paragraphs that have a text."""
        return [text.strip() for text in self._texts if text.strip()]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=MANY, help="number of items, a multiple of 40")
    parser.add_argument("--rounds", type=int, default=3)
    order = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="hitoe-bench-") as name:
        folder = Path(name)
        write_items(folder, order.items)
        weasyprint = plain(folder)
        text = "".join(Paragraphs((folder / "plain" / "sheet.html").read_text("utf-8")).texts())
        print(f"\n{order.items:,} items, {visible(text):,} characters\n")
        print("| program | seconds | peak MB | pages |\n|:--|--:|--:|--:|")
        printed = folder / "printed" / "bench-sheet.pdf"
        for title, command, pdf in (
            ("hitoe, colour edition", printing(folder, "colour"), printed),
            ("WeasyPrint", weasyprint, folder / "plain.pdf"),
            *_chromium(folder / "plain"),
            *_typst(folder / "plain"),
        ):
            _print_row(title, command, pdf, visible(text), order.rounds)
        _print_builds(folder, order.rounds)
    return 0


def visible(text: str) -> int:
    """Return how many characters a text has, without spaces and what only says where a line may break."""
    return sum(sign not in UNSEEN for sign in text)


def _print_row(title: str, command: Sequence[str], pdf: Path, characters: int, rounds: int) -> None:
    """Measure a program; ends the benchmark if the text does not arrive in its PDF."""
    pdf.parent.mkdir(exist_ok=True)
    memory = peak(command, pdf.parent)
    times = [seconds(command, pdf.parent) for _ in range(rounds)]
    pages, arrived = _read(pdf)
    if arrived < LEAST * characters:
        sys.exit(f"{title}: {arrived:,} of {characters:,} characters are in the PDF")
    print(f"| {title} | {median(times):.2f} | {memory:.0f} | {pages} |", flush=True)


def _read(pdf: Path) -> tuple[int, int]:
    """Return the number of a PDF's pages, and of the characters on them."""
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document), sum(visible(page.get_textpage().get_text_bounded()) for page in document)


def _print_builds(folder: Path, rounds: int) -> None:
    """Measure the build of all editions of the sheet: from nothing, after an edit, and with nothing to do."""
    build = building(folder)
    runs: list[tuple[float, float, float]] = []
    for number in range(rounds):
        shutil.rmtree(folder / "build", ignore_errors=True)
        cold = seconds(build)
        bench_project.edit(folder, number)
        runs.append((cold, seconds(build), seconds(build)))
    shutil.rmtree(folder / "build")
    memory = f"{peak(build):.0f}"
    titles = ("hitoe, all editions", "hitoe, all editions, one edit", "hitoe, all editions, nothing to do")
    for title, times in zip(titles, zip(*runs, strict=True), strict=True):
        print(f"| {title} | {median(times):.2f} | {memory if title == titles[0] else ''} | |", flush=True)


def _chromium(folder: Path) -> Iterator[tuple[str, list[str], Path]]:
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        print("left out: Chromium is not installed", file=sys.stderr)
        return
    page = (folder / "sheet.html").read_text("utf-8")
    linked = page.replace("<head>", '<head><link rel="stylesheet" href="style.css">', 1)
    (folder / "linked.html").write_text(linked, "utf-8")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    output = [f"--print-to-pdf={folder / 'chromium.pdf'}", "--no-pdf-header-footer"]
    command = [program, "--headless", *sandbox, *output, (folder / "linked.html").as_uri()]
    yield _version(program), command, folder / "chromium.pdf"


def _version(program: str) -> str:
    told = subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout
    return " ".join(told.split()[:2])


def _typst(folder: Path) -> Iterator[tuple[str, list[str], Path]]:
    try:
        commands = environments.folder_of_commands("typst")
    except environments.NotInstalledError as error:
        print(f"left out: {error}", file=sys.stderr)
        return
    texts = Paragraphs((folder / "sheet.html").read_text("utf-8")).texts()
    (folder / "paragraphs.json").write_text(json.dumps(texts, ensure_ascii=False), "utf-8")
    (folder / "sheet.typ").write_text(TYPST, "utf-8")
    yield environments.version("typst"), [str(commands / "python"), "-c", PRINT_TYPST], folder / "sheet.pdf"


if __name__ == "__main__":
    sys.exit(main())

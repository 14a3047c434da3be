"""`make pictures`: write docs/pictures/, which the READMEs show: projects of `hitoe init`, drawn by Chromium."""

import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pypdfium2
from hitoe.cli import main as hitoe
from PIL import Image, ImageChops
from playwright.sync_api import sync_playwright

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
MOST_BYTES = 120_000
FLAGS = ("--no-sandbox", "--disable-gpu", "--hide-scrollbars")
LANGUAGES = {"en": "", "ja": "-ja"}
"""Languages of the READMEs, and what the names of their pictures end with."""
CARD, CHOSEN = "a-series.sizes[a4,size]", "cornell.areas[notes]"
"""The card that is shown from both sides, and the one in the preview."""
FOOT = 0.94
"""Where the foot of a page begins, as a part of its height."""
WIDTH = 1000


def main() -> None:
    """Write all pictures of both languages."""
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for language, ending in LANGUAGES.items():
            with tempfile.TemporaryDirectory() as folder:
                project = Path(folder) / "notes"
                hitoe(["init", str(project), "--language", language])
                hitoe(["build", "-C", str(project)])
                for name, picture in drawn(chromium, project):
                    save(picture, PICTURES / f"{name}{ending}.png")
        chromium.close()


def drawn(chromium: Any, project: Path) -> Iterator[tuple[str, Image.Image]]:
    """Yield the pictures of a project with their names."""
    page = chromium.new_page(viewport={"width": 390, "height": 450}, device_scale_factor=2)
    with served(project) as address:
        rows = page.request.get(f"{address}/cards").json()["files"].values()
        cards = {row["path"]: quote(row["id"]) for file in rows for row in file}
        sides = []
        for look in ("", "&back"):
            page.goto(f"{address}/card?id={cards[CARD]}&phone{look}")
            sides.append(shot(page))
        yield "card", joined(sides)
        page.set_viewport_size({"width": 1100, "height": 640})
        page.goto(f"{address}/#{cards[CHOSEN]}")
        page.locator("figure iframe:not(.next)").first.wait_for()
        page.wait_for_timeout(1000)
        yield "preview", shot(page)
    (log,) = (project / "build" / "log").glob("*-W*.html")
    page.set_viewport_size({"width": 760, "height": 640})
    page.goto(log.as_uri())
    yield "log", shot(page)
    sheets = [next((project / "build").glob(f"*-sheet{edition}.pdf")) for edition in ("", "-red")]
    pages = [trimmed(pypdfium2.PdfDocument(sheet)[0].render(scale=2.4).to_pil()) for sheet in sheets]
    yield "sheet", joined(pages, down=True)
    page.close()


def shot(page: Any) -> Image.Image:
    """Return what the browser shows."""
    return Image.open(BytesIO(page.screenshot())).convert("RGB")


def joined(pictures: list[Image.Image], *, down: bool = False, gap: int = 24) -> Image.Image:
    """Return pictures side by side, or one below the other."""
    widths, heights = [each.width for each in pictures], [each.height for each in pictures]
    gaps = gap * (len(pictures) - 1)
    size = (max(widths), sum(heights) + gaps) if down else (sum(widths) + gaps, max(heights))
    whole, at = Image.new("RGB", size, "#d8dee4"), 0
    for each in pictures:
        whole.paste(each, (0, at) if down else (at, 0))
        at += gap + (each.height if down else each.width)
    return whole


def trimmed(picture: Image.Image, margin: int = 30) -> Image.Image:
    """Return a page without its foot and the white above it."""
    picture = picture.crop((0, 0, picture.width, int(picture.height * FOOT)))
    white = Image.new("RGB", picture.size, "white")
    _, _, _, bottom = ImageChops.difference(picture.convert("RGB"), white).getbbox() or (0, 0, 0, picture.height)
    return picture.crop((0, 0, picture.width, min(picture.height, bottom + margin)))


def save(picture: Image.Image, file: Path) -> None:
    """Write a picture with few colours, so that it is small."""
    small = picture.convert("RGB").resize((WIDTH, picture.height * WIDTH // picture.width), Image.Resampling.LANCZOS)
    small.quantize(256, dither=Image.Dither.NONE).save(file, optimize=True)
    size = file.stat().st_size
    assert size < MOST_BYTES, f"{file.name} has {size} bytes"
    print(f"docs/pictures/{file.name} {size} bytes")


@contextmanager
def served(project: Path) -> Iterator[str]:
    """Run the preview of a project, and yield its address."""
    command = [sys.executable, "-m", "hitoe", "preview", "-C", str(project), "--port", "0", "--no-open"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent)
    try:
        found = re.search(r"http://[^\s/]+", server.stdout.readline() if server.stdout else "")
        assert found, "the preview did not start"
        yield found[0]
    finally:
        server.send_signal(signal.SIGINT)
        server.wait()


if __name__ == "__main__":
    main()

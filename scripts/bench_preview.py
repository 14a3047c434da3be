"""`make bench-preview`: how long it takes from a save until the browser has painted the changed card.

A real server and the machine's Chromium. Each edit changes the question of another fact. The time ends two frames
after the card's frame was loaded, on the browser's clock. Exits 1 if a bound is broken.
"""

import argparse
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

import bench_project
from playwright.sync_api import sync_playwright

BOUNDS = {500: 300, 10_000: 1_000}
"""Milliseconds within which 95 of 100 saves arrive, by the number of items."""
HERE = Path(__file__).resolve().parent
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
SHOWN = "figure iframe:not(.next)"
MARK = """
window.painted = 0;
const painted = () => { window.painted = performance.timeOrigin + performance.now(); };
const next = () => requestAnimationFrame(() => requestAnimationFrame(painted));
document.addEventListener("load", (event) => event.target.tagName === "IFRAME" && next(), true);
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, nargs="+", default=list(BOUNDS), help="numbers of items, multiples of 50")
    parser.add_argument("--edits", type=int, default=100)
    order = parser.parse_args(arguments)
    broken = False
    for items in order.items:
        with tempfile.TemporaryDirectory() as folder:
            times = sorted(measured(Path(folder), items, order.edits))
        slow = times[max(0, int(len(times) * 0.95) - 1)]
        print(f"{items} items: median {median(times):.0f} ms, 95 of 100 within {slow:.0f} ms, all {times[-1]:.0f} ms")
        broken = broken or slow > BOUNDS.get(items, max(BOUNDS.values()))
    return int(broken)


def measured(folder: Path, items: int, edits: int) -> list[float]:
    """Return the milliseconds that each edit of a new project took."""
    bench_project.write(folder, items)
    command = [sys.executable, "-m", "hitoe", "preview", "-C", str(folder), "--port", "0", "--no-open"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=HERE)
    try:
        found = re.search(r"http://\S+", server.stdout.readline() if server.stdout else "")
        assert found, "the server did not start"
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            page = chromium.new_page()
            page.add_init_script(MARK)
            page.goto(found[0])
            page.wait_for_selector(SHOWN)
            files = sorted((folder / "content" / "topics").glob("*.yaml"))
            times = [edited(page, files[number * 7 % len(files)], number) for number in range(edits)]
            chromium.close()
    finally:
        server.send_signal(signal.SIGINT)
        server.wait()
    return times


def edited(page: Any, file: Path, number: int) -> float:
    """Change a question of a file; return the milliseconds until it was painted."""
    lines = file.read_text("utf-8").split("\n")
    facts = [at for at, line in enumerate(lines) if line.startswith("        fact: ")]
    words = f"問いその{number}"
    lines[facts[number % len(facts)]] = f"        fact: {words}"
    page.evaluate("window.painted = 0")
    start = time.time()
    file.write_text("\n".join(lines), "utf-8")
    page.frame_locator(SHOWN).get_by_text(f"{words}は?").wait_for()
    while not (painted := page.evaluate("window.painted")):
        time.sleep(0.01)
    return float(painted) - start * 1000


if __name__ == "__main__":
    sys.exit(main())

"""Kills builds at random moments, with edits between them."""

import os
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

from trouble.building import LEDGER, OUTPUTS, Count, Project, opens, rows, session, whole

MOSTLY = [*OUTPUTS[:3], *OUTPUTS[:3], *OUTPUTS]
"""Sheets take ten times as long as the others."""
LEFT = 10
"""Seconds within which worker processes must end with their parent."""


def kills(folder: Path, times: int, seed: int = 1, outputs: Sequence[list[str]] = MOSTLY) -> Count:
    """Kill builds of deck, log and sheet; after each the next build must be as a clean one."""
    random, count = Random(seed), Count()
    project = Project(folder / "project", random)
    seconds: dict[str, float] = {}
    for words in outputs:
        start = time.monotonic()
        project.build(*words)
        seconds[" ".join(words)] = time.monotonic() - start
    for _ in range(times):
        words = random.choice(outputs)
        name = " ".join(words)
        before = project.files()
        project.edit()
        process = project.start("build", *words)
        end_after(process, random.uniform(0, seconds[name]), count)
        then = project.files()
        took = time.monotonic()
        project.build(*words)
        seconds[name] = time.monotonic() - took
        after = project.files()
        count.tried += 1
        count.note(name)
        tell(count, project, words, (before, then, after), folder)
    return count


def tell(
    count: Count,
    project: Project,
    outputs: list[str],
    files: tuple[dict[str, bytes], dict[str, bytes], dict[str, bytes]],
    folder: Path,
) -> None:
    """Add what is wrong with the files before, when a build had ended early, and after the next build."""
    before, then, after = files
    what = f"edit {project.number}, {' '.join(outputs)}"
    count.wrong += [f"{what}: {name} is half a file" for name in whole(before, then, after)]
    count.wrong += [f"{what}: {name} cannot be opened" for name in then if not opens(name, then[name], folder)]
    count.wrong += [f"{what}: {part} stays" for part in project.parts()]
    for ledger in (then.get(LEDGER, b""), after.get(LEDGER, b"")):
        lost = rows(before.get(LEDGER, b"")) - rows(ledger)
        count.wrong += [f"{what}: the row {row} is lost" for row in lost]
    clean = project.clean(before.get(LEDGER, b""), outputs, folder / "clean")
    count.wrong += [
        f"{what}: {name} is not as a clean build makes it" for name in clean if clean[name] != after.get(name)
    ]


def end_after(process: subprocess.Popen[str], seconds: float, count: Count) -> None:
    """Kill a process after some seconds, if it still runs, and see that its workers end too."""
    try:
        process.wait(seconds)
        count.note("ended before")
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
        count.note("killed")
    process.communicate()
    until = time.monotonic() + LEFT
    while (left := session(process.pid)) and time.monotonic() < until:
        time.sleep(0.05)
    if left:
        count.wrong.append(f"workers outlive the build: {left}")
        for each in left:
            os.kill(each, signal.SIGKILL)

"""Builds on a disk without room, two at once, and with the clock set back."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

from trouble.building import LEDGER, Count, Project
from trouble.kills import tell

SENTENCE = ("hitoe: ", "content/", "write cache: ")
"""The last one is what fontconfig, a library of the sheet, prints itself."""
PAIRS = (
    (["deck"], ["deck"]),
    (["log"], ["deck"]),
    (["deck", "log"], ["deck", "log"]),
    (["sheet"], ["deck", "log"]),
    (["sheet"], ["sheet"]),
)
FILLED = ["deck"], ["log"], ["deck", "log"], ["deck", "log", "sheet"]
PAGE, STEPS = 4096, 5
"""Bytes by which the room on a small disk grows, and how many sizes are tried of each output."""


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """Give a folder a file system of its own whose size can be set, where that is allowed."""
    folder.mkdir(parents=True)
    command = ["mount", "-t", "tmpfs", "-o", "size=64m", "hitoe", str(folder)]
    mounted = sys.platform == "linux" and subprocess.run(command, capture_output=True, check=False).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)


def resize(folder: Path, size: int) -> None:
    """Set the size of a small disk."""
    subprocess.run(["mount", "-o", f"remount,size={size}", str(folder)], check=True)


def full_disk(folder: Path, sizes: int, seed: int = 1, filled: Sequence[list[str]] = FILLED) -> Count:
    """Build where the room ends at some sizes, or where no disk can be made, where files may not be longer."""
    random, count = Random(seed), Count()
    with small_disk(folder / "disk") as mounted:
        count.note("with a small disk" if mounted else "with a limit of files' length")
        project = Project(folder / "disk" / "project", random)
        project.build(*sorted({output for outputs in filled for output in outputs}))
        for number in range(sizes):
            outputs = filled[number % len(filled)]
            before = project.files()
            project.edit()
            step = number // len(filled) % STEPS
            status, said = _without_room(project, folder / "disk", outputs, step, mounted=mounted)
            then = project.files()
            count.tried += 1
            count.note(f"exit {status}")
            count.wrong += _untold(status, said)
            project.build(*outputs)
            tell(count, project, outputs, (before, then, project.files()), folder)
    return count


def _without_room(project: Project, disk: Path, outputs: list[str], step: int, *, mounted: bool) -> tuple[int, str]:
    """Build with room for some fifths of the longest file, and then have more room again."""
    pages = max(_sizes(project, outputs)) // STEPS // PAGE + 1
    if mounted:
        used = sum(path.stat().st_blocks * 512 for path in disk.rglob("*") if path.is_file())
        resize(disk, used + step * pages * PAGE)
        status, said = project.hitoe("build", *outputs)
        resize(disk, 1 << 26)
        return status, said
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (step * max(_sizes(project, outputs)) // STEPS, before[1]))
    try:
        return project.hitoe("build", *outputs)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def _sizes(project: Project, outputs: list[str]) -> list[int]:
    """Return the sizes of the files that a build of some outputs writes, caches too."""
    endings = {
        "deck": (".apkg", ".json", "memo-deck"),
        "log": (".md", ".html", ".xml", "memo-log"),
        "sheet": (".pdf", "sheet"),
    }
    ends = tuple(end for output in outputs for end in endings[output])
    return [path.stat().st_size for path in project.root.rglob("*") if path.is_file() and path.name.endswith(ends)]


def _untold(status: int, said: str) -> list[str]:
    """Return what is wrong with what a build without room told."""
    lines = said.splitlines()
    if "Traceback" in said or status not in (0, 1) or (status == 1 and not lines):
        return [f"exit {status}: {said[-300:]}"]
    return [f"no sentence: {line}" for line in lines if not line.startswith(SENTENCE) and "/content/" not in line]


def pairs(folder: Path, times: int, seed: int = 1, of: Sequence[tuple[list[str], list[str]]] = PAIRS) -> Count:
    """Run two builds of a project at once."""
    random, count = Random(seed), Count()
    project = Project(folder / "project", random)
    project.build(*sorted({output for pair in of for outputs in pair for output in outputs}))
    for number in range(times):
        one, other = of[number % len(of)]
        before = project.files()
        project.edit()
        first = project.start("build", *one)
        time.sleep(random.uniform(0, 0.8))
        second = project.start("build", *other)
        for process in (first, second):
            _, said = process.communicate()
            count.note(f"exit {process.returncode}")
            count.wrong += _untold(process.returncode, said)
        count.tried += 1
        then, outputs = project.files(), sorted({*one, *other})
        project.build(*outputs)
        after = project.files()
        count.wrong += [f"pair {number}: {name} changes once more" for name in after if after[name] != then.get(name)]
        tell(count, project, outputs, (before, then, after), folder)
    return count


def clock(folder: Path, times: int, seed: int = 1) -> Count:
    """Build with a clock that was set back: what changed must have a later time than learners have."""
    random, count = Random(seed), Count()
    project = Project(folder / "project", random)
    for _ in range(times):
        before = _times(project)
        project.edit()
        project.now = 1_600_000_000 + random.choice([0, 1, -86400, -(10**9), 10**6, 10**9])
        _, said = project.hitoe("build", "deck")
        after = _times(project)
        count.tried += 1
        latest = max(before.values(), default=0)
        if project.now < latest:
            count.note("set back")
            count.wrong += [] if "is ignored: the ledger is later" in said else [f"not told: {said}"]
        changed = {name for name in after if after[name] != before.get(name)}
        count.wrong += [f"{name} goes back" for name in before if after[name] < before[name]]
        count.wrong += [f"{name} is not later" for name in changed if name in before and after[name] <= latest]
        count.wrong += [] if changed else ["an edit reaches nobody"]
    return count


def _times(project: Project) -> dict[str, int]:
    path = project.root / LEDGER
    read = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return {name: row["mod"] for name, row in read.items() if name.startswith("note ")}

"""A stranger's project under strace: nothing outside of it is written, removed or opened, and nobody is called."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from support.hostile_project import FEATURES, outside, project

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not shutil.which("strace"), reason="there is no strace")]
CALL = re.compile(r"^(?:\d+ +)?(?P<name>\w+)\((?P<arguments>.*)\) += (?P<result>-?\d+|\?)")
PATH = re.compile(r'(?:(?P<folder>AT_FDCWD|\d+)<(?P<base>[^>]*)>, )?"(?P<path>(?:[^"\\]|\\.)*)"')
REMOVING = {"unlink", "unlinkat", "rmdir"}
WRITING = {
    *("creat", "mkdir", "mkdirat", "mknod", "mknodat", "symlink", "symlinkat", "link", "linkat", "truncate", "chmod"),
    *("fchmodat", "chown", "fchownat", "lchown", "utimensat", "rename", "renameat", "renameat2", *REMOVING),
}
SECONDS = 120
ALONE = {
    *(
        "link of topics",
        "link of topics to processes",
        "link of build",
        "link of pictures",
        "link of the ledger to JSON",
    ),
    *("link of posts", "link of the cache", "link of the state"),
}
"""Features of which another one has the place."""


def calls(text: str, working: Path) -> Iterator[tuple[str, str, Path]]:
    """Yield the name, arguments and each path of the system calls that succeeded."""
    for line in text.splitlines():
        found = CALL.match(line)
        if not found or found["result"].startswith("-"):
            continue
        for path in list(PATH.finditer(found["arguments"]))[: 1 if found["name"] == "execve" else None]:
            written = (
                path["path"].encode().decode("unicode_escape").encode("latin-1").decode("utf-8", "surrogateescape")
            )
            yield found["name"], found["arguments"], Path(path["base"] or working) / written


def wrong(text: str, root: Path, other: Path, temporary: Path) -> list[str]:
    """Return the calls that wrote or removed outside of two folders, opened what is outside, or called somebody."""
    told = [line for line in text.splitlines() if "connect(" in line and "AF_INET" in line]
    for name, arguments, path in calls(text, root):
        at_name = name in WRITING  # these concern the name itself, not what a link of it leads to
        real = Path(os.path.realpath(path.parent if at_name else path)) / (path.name if at_name else "")
        inside = real.is_relative_to(root) or real.is_relative_to(temporary) or real.parent == Path("/dev")
        writes = at_name or (
            name in ("open", "openat", "openat2") and re.search("O_WRONLY|O_RDWR|O_CREAT|O_TRUNC", arguments)
        )
        opens = name in ("open", "openat", "openat2", "execve")
        if (writes and not inside) or (opens and real.is_relative_to(other)):
            told.append(f"{name}({arguments[:900]})")
    return told


def traced(folder: Path, root: Path, other: Path, words: Sequence[str], seconds: int = SECONDS) -> list[str]:
    """Run hitoe under strace, see that it ends in sentences, and return what it did that it must not."""
    temporary, trace = folder / "temporary", folder / "trace"
    temporary.mkdir(exist_ok=True)
    environment = os.environ | {
        "TMPDIR": str(temporary),
        "PYTHONDONTWRITEBYTECODE": "1",
        "GIT_CEILING_DIRECTORIES": str(folder),
    }
    command = ["strace", "-f", "-y", "-qq", "-s", "5000", "-e", "trace=file,network", "-o", str(trace)]
    command += ["timeout", "--signal=INT", str(seconds), sys.executable, "-m", "hitoe", *words, "-C", str(root)]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, errors="replace", cwd=root, check=False
    )
    said = done.stdout + done.stderr
    assert done.returncode in ((0, 1) if words[0] != "preview" else (0, 1, 124, 130)), (words, said)
    assert "Traceback" not in said or words[0] == "preview", said
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", said), said
    return [f"{' '.join(words)}: {each}" for each in wrong(trace.read_text("utf-8", "replace"), root, other, temporary)]


def as_they_were(other: Path) -> dict[str, bytes]:
    """Return the user's own files."""
    return {str(path.relative_to(other)): path.read_bytes() for path in other.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", FEATURES)
def test_one_thing_of_a_stranger(tmp_path: Path, name: str) -> None:
    other = outside(tmp_path / "outside")
    root, before = project(tmp_path / "project", other, name), as_they_were(other)
    told = [line for words in (["build"], ["check"]) for line in traced(tmp_path, root, other, words)]
    if name == "link of build":  # whether it leads to a folder of hitoe's is seen by the names in it
        told = [line for line in told if "O_DIRECTORY" not in line]
    assert told == []
    assert as_they_were(other) == before


def test_all_things_of_a_stranger(tmp_path: Path) -> None:
    other = outside(tmp_path / "outside")
    root, before = (
        project(tmp_path / "project", other, *sorted(FEATURES.keys() - ALONE)),
        as_they_were(other),
    )
    commands = [
        ["build"],
        ["build", "exam"],
        ["check"],
        ["log", "--week", "2020-W30"],
        ["diff"],
        ["coverage"],
        ["schema"],
        ["where", "e.a"],
    ]
    commands += [
        ["progress", "content/deck.yaml"],
        ["ledger", "rebuild"],
        ["doctor"],
        ["preview", "--no-open", "--port", "0"],
    ]
    told = [
        line
        for words in commands
        for line in traced(tmp_path, root, other, words, 8 if words[0] == "preview" else SECONDS)
    ]
    assert told == []
    assert as_they_were(other) == before


def test_a_call_that_writes_outside_is_found(tmp_path: Path) -> None:
    other = outside(tmp_path / "outside")
    (tmp_path / "link").symlink_to(other)
    lines = [
        f'1 openat(AT_FDCWD</x>, "{tmp_path}/link/victim", O_RDONLY) = 3',
        f'1 unlinkat(AT_FDCWD</x>, "{other}/victim", 0) = 0',
        f'1 rename("{tmp_path}/project/a", "{other}/b") = 0',
        "1 connect(3<TCP>, {sa_family=AF_INET, sin_port=htons(9)}, 16) = -1",
        f'1 openat(AT_FDCWD<{other}>, "victim", O_RDONLY) = 3',
    ]
    harmless = [
        f'1 openat(AT_FDCWD</x>, "{tmp_path}/project/a", O_WRONLY|O_CREAT) = 3',
        f'1 openat(AT_FDCWD</x>, "{other}/none", O_RDONLY) = -1 ENOENT',
        f'1 unlink("{tmp_path}/project/link") = 0',
        f'1 newfstatat(AT_FDCWD</x>, "{other}/victim", 0) = 0',
    ]
    for line in lines:
        assert wrong(line, tmp_path / "project", other, tmp_path / "temporary"), line
    assert wrong("\n".join(harmless), tmp_path / "project", other, tmp_path / "temporary") == []

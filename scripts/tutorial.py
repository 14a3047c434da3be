"""Runs a tutorial word for word: `python3 tutorial.py PAGE` in an empty folder. Needs Python's standard library only.

Blocks named `console` are run, and what a command prints is compared with the lines below it; a line `…` stands for any
lines, `…` at a line's end for the rest of it. A block of YAML is saved as the file that the sentence before it names;
a sentence that names a file of YAML, old words and new words replaces these.
"""

import argparse
import os
import re
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAME = re.compile(r"`([^`\n]+)`[^`]*\Z")
EDIT = re.compile(r"`(?P<file>notes/[^`]+\.yaml)`[^`.]*`(?P<old>[^`]+)`[^`.]*`(?P<new>[^`]+)`")
CARDS = re.compile(r"\*\*(\d+)(?: cards|枚)\*\*")
LEFT_OUT = "…"


@dataclass(frozen=True)
class Save:
    """A file to be saved."""

    name: str
    text: str


@dataclass(frozen=True)
class Edit:
    """Words of a file to be replaced."""

    name: str
    old: str
    new: str


@dataclass(frozen=True)
class Command:
    """A command, and what the page says that it prints."""

    line: str
    prints: str


@dataclass(frozen=True)
class Import:
    """The deck is to be imported now, and has so many cards."""

    cards: int


Step = Save | Edit | Command | Import


def steps(page: str) -> Iterator[Step]:
    """Yield what a reader of the page does, in order."""
    end = 0
    for block in BLOCK.finditer(page):
        yield from _said(page[end : block.start()])
        if block[1] == "yaml":
            name = NAME.search(page[: block.start()])
            assert name, f"no name of a file before {block[2]}"
            yield Save(name[1], block[2])
        elif block[1] == "console":
            for command in block[2].removeprefix("$ ").split("\n$ "):
                line, _, prints = command.partition("\n")
                yield Command(line, prints)
        end = block.end()
    yield from _said(page[end:])


def _said(prose: str) -> Iterator[Edit | Import]:
    yield from (Edit(found["file"], found["old"], found["new"]) for found in EDIT.finditer(prose))
    yield from (Import(int(number)) for number in CARDS.findall(prose))


def differs(command: Command, printed: str) -> str:
    """Return the command and what it printed if the page says otherwise; empty if it does not."""
    lines = (re.escape(line).replace(LEFT_OUT, ".*") for line in command.prints.splitlines())
    pattern = "".join(r"(?:.*\n)*" if line == ".*" else rf"{line}\n" for line in lines)
    return "" if re.fullmatch(pattern, printed) else f"$ {command.line}\n{printed}"


def act(step: Save | Edit | Command, folder: Path, environment: Mapping[str, str]) -> None:
    """Do a step in a folder; raises AssertionError if a command fails or prints something else."""
    if isinstance(step, Save):
        (folder / step.name).write_text(step.text, "utf-8")
        return
    if isinstance(step, Edit):
        file = folder / step.name
        text = file.read_text("utf-8")
        assert text.count(step.old) == 1, f"{step.name} has not one '{step.old}'"
        file.write_text(text.replace(step.old, step.new), "utf-8")
        return
    done = subprocess.run(
        ["bash", "-c", step.line],
        cwd=folder,
        env={**environment, "PYTHONUNBUFFERED": "1"},  # so that sentences and files come in the order of a terminal
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    wrong = differs(step, done.stdout)
    assert not wrong, wrong
    assert done.returncode == 0, f"$ {step.line}\nexit status {done.returncode}"


def main() -> None:
    """Run the page in this folder, and print each command with its seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", type=Path)
    parser.add_argument("--until", default="\0", help="stop before this heading")
    arguments = parser.parse_args()
    page = arguments.page.read_text("utf-8").partition(arguments.until)[0]
    folder = Path.cwd()
    # The first command activates an environment, which the later ones find so.
    path = f"{folder / 'hitoe-env/bin'}{os.pathsep}{os.environ['PATH']}"
    begin = time.monotonic()
    for step in steps(page):
        if isinstance(step, Import):
            continue
        start = time.monotonic()
        act(step, folder, {**os.environ, "PATH": path})
        if isinstance(step, Command):
            print(f"{time.monotonic() - start:5.1f} s  {step.line}", flush=True)
    print(f"{time.monotonic() - begin:5.1f} s  in all")


if __name__ == "__main__":
    main()

"""A project whose builds get into trouble, and what must hold afterwards."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from zipfile import ZipFile

LEDGER = "content/ledger.json"
OUTPUTS = (["deck"], ["log"], ["deck", "log"], ["sheet"], ["deck", "sheet", "log"])
TOPIC = """topic: {topic}
title: 題 {topic}
entries:
  {topic}-one:
    title: 見出し
    learned: 2020-W30
    items:
      a: {{fact: 問い {topic}, is: 答え {number}}}
      b: {{cloze: "{{{{c1::空欄}}}} は {number} 番"}}
{more}"""


@dataclass
class Project:
    """A project of two topics, which `edit` changes; builds take their time from `now`."""

    root: Path
    random: Random
    number: int = 0
    now: int = 1_600_000_000
    items: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        (self.root / "content" / "topics").mkdir(parents=True)
        deck = "format: 1\nkey: own\ntitle: 題\nlanguage: ja\nlog: {base_url: https://example.com/}\n"
        (self.root / "content" / "deck.yaml").write_text(deck.rsplit("log:", 1)[0], "utf-8")
        self.edit()

    def edit(self) -> None:
        """Change an answer, and sometimes add an item; the time goes on."""
        self.number += 1
        self.now += 100
        if self.random.random() < 0.4:
            self.items.append(f"      n{self.number}: {{fact: 新しい問い {self.number}, is: 答え}}\n")
        for topic, more in (("one", "".join(self.items)), ("two", "")):
            text = TOPIC.format(topic=topic, number=self.number, more=more)
            (self.root / "content" / "topics" / f"{topic}.yaml").write_text(text, "utf-8")

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start hitoe in a session of its own."""
        environment = {
            **os.environ,
            "SOURCE_DATE_EPOCH": str(self.now),
            "GIT_CEILING_DIRECTORIES": str(self.root.parent),
        }
        command = [sys.executable, "-m", "hitoe", *words, "-C", str(self.root)]
        return subprocess.Popen(
            command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
        )

    def hitoe(self, *words: str) -> tuple[int, str]:
        """Run hitoe to its end; returns the exit status and what it told."""
        process = self.start(*words)
        _, said = process.communicate()
        return process.returncode, said

    def build(self, *outputs: str) -> None:
        """Build, which must succeed."""
        status, said = self.hitoe("build", *outputs)
        assert status == 0, said

    def files(self) -> dict[str, bytes]:
        """Return the ledger and all outputs, without caches."""
        found = [path for path in (self.root / "build").rglob("*") if path.is_file() and ".cache" not in path.parts]
        found += [self.root / LEDGER] if (self.root / LEDGER).exists() else []
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in found}

    def clean(self, ledger: bytes, outputs: list[str], folder: Path) -> dict[str, bytes]:
        """Return what a build of the same content and time makes where nothing was built before; `ledger` as it was."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.root / "content", folder / "content")
        (folder / LEDGER).unlink(missing_ok=True)
        if ledger:
            (folder / LEDGER).write_bytes(ledger)
        other = Project.__new__(Project)
        other.root, other.now = folder, self.now
        other.build(*outputs)
        return other.files()

    def parts(self) -> list[str]:
        """Return the part files, and the folders that a process has for a while, which lie in the project."""
        return [str(path) for pattern in (".*.part", "fonts.[0-9]*") for path in self.root.rglob(pattern)]


def whole(before: dict[str, bytes], then: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    """Return the files that are neither as before nor as after."""
    return [name for name, content in then.items() if content not in (before.get(name), after.get(name))]


def rows(ledger: bytes) -> set[str]:
    """Return the names of a ledger's rows."""
    return set(json.loads(ledger)) if ledger else set()


def opens(name: str, content: bytes, folder: Path) -> bool:
    """Whether a deck or a PDF is whole by itself."""
    if name.endswith(".apkg"):
        (folder / "opened.apkg").write_bytes(content)
        with ZipFile(folder / "opened.apkg") as package:
            return package.testzip() is None
    return not name.endswith(".pdf") or content.rstrip().endswith(b"%%EOF")


def session(leader: int) -> list[int]:
    """Return the processes of a session, where /proc has them."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader and fields[0] != "Z":
            found.append(int(path.parent.name))
    return found


@dataclass
class Count:
    """What was tried, and what went wrong."""

    tried: int = 0
    wrong: list[str] = field(default_factory=list)
    notes: dict[str, int] = field(default_factory=dict)

    def note(self, what: str) -> None:
        """Count something that happened."""
        self.notes[what] = self.notes.get(what, 0) + 1

    def __str__(self) -> str:
        notes = ", ".join(f"{number} {what}" for what, number in sorted(self.notes.items()))
        return f"{self.tried} tried ({notes}), {len(self.wrong)} wrong" + "".join(f"\n  {each}" for each in self.wrong)

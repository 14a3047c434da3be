"""Targets of the author's own files: topics, deck.yaml, words.yaml, and projects that are built out of them."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from hitoe import checks, lints
from hitoe.build import pipeline, topic_file
from hitoe.build.request import Request
from hitoe.build.topic_file import Task
from hitoe.memo import Memo
from hitoe.model import loader
from hitoe.preview.live_project import LiveProject
from hitoe.problems import InputError, Problem

from fuzzing.documents import decks, topics
from fuzzing.mutations import BYTES
from fuzzing.target import BrokenRuleError, Target, outcome, sentences
from fuzzing.text_mutations import YAML

EXAMPLE = Path(__file__).resolve().parent.parent / "example"
REAL = Path(__file__).resolve().parents[2] / "content"
NAME, COPY = "content/topics/ryori.yaml", "content/topics/z.yaml"
NOW = 1_600_000_000


def _lines(raw: bytes) -> int:
    text = raw.decode("utf-8", "replace")
    return len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")) + 1


def pieces(text: bytes, most: int = 6000) -> list[bytes]:
    """Return a topic file in parts that are topics too: its head with some of its entries each."""
    lines = text.decode().split("\n")
    starts = [at for at, line in enumerate(lines) if line.startswith("  ") and line[2:3].strip() and line.endswith(":")]
    if not starts:
        return [text]
    head, parts = lines[: starts[0]], list[bytes]()
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        part = "\n".join([*head, *lines[start:end], ""]).encode()
        parts += [part] if len(part) <= most else []
    return parts or [text]


def topic_seeds() -> list[bytes]:
    """Return topics of the example and of the real notes, in parts."""
    files = [*sorted((EXAMPLE / "content" / "topics").glob("*.yaml")), *sorted((REAL / "topics").glob("*.yaml"))]
    return [part for file in files for part in [*pieces(file.read_bytes()), file.read_bytes()[:20_000]]]


def example(folder: Path) -> Path:
    """Copy the example and return its project."""
    shutil.copytree(EXAMPLE, folder / "project", ignore=shutil.ignore_patterns("build", "ledger.json"))
    return folder / "project"


def topic(folder: Path) -> Target:
    """Return the target of one topic file in the example: what `hitoe check` and both outputs make of it."""
    root = example(folder)
    texts, _ = loader.texts(root)
    settings = topic_file.settings(texts)
    deck = checks.deck_file(root, texts).project

    def run(raw: bytes) -> Sequence[str]:
        lines = {NAME: _lines(raw)}
        result = topic_file.work_out(Task("deck", root, settings, NAME, raw))
        problems: list[Problem] = list(result.problems)
        if result.outline:
            problems += checks.between_files({NAME: result.outline}, {**texts, NAME: raw})[0]
            twice = {NAME: raw, COPY: raw}
            if alike := checks.between_files(dict.fromkeys(twice, result.outline), twice)[0]:
                sentences(alike, dict.fromkeys(twice, lines[NAME]))
        elif not problems:
            raise BrokenRuleError("the file is passed by, and nothing is told")
        if result.warnings:
            sentences(result.warnings, lines)
        if problems:
            return sentences(problems, lines)
        if topic_file.work_out(Task("log", root, settings, NAME, raw)).problems:
            raise BrokenRuleError("the log refuses what the deck takes")
        checked = checks.topic_file(deck, NAME, raw).project
        if checked and (found := lints.warnings(checked)):
            sentences(list(found), lines)
        return []

    return Target("topic", ".yaml", topic_seeds(), run, (*YAML, *YAML, *BYTES), topics(), share=6)


def settings(folder: Path) -> Target:
    """Return the target of deck.yaml, which the example's topics are then checked with."""
    root = example(folder)
    texts, _ = loader.texts(root)

    def run(raw: bytes) -> Sequence[str]:
        found = checks.deck_file(root, {"content/deck.yaml": raw})
        if not found.project and not found.problems:
            raise BrokenRuleError("the file is passed by, and nothing is told")
        lines = {"content/deck.yaml": _lines(raw)}
        if found.problems:
            return sentences(found.problems, lines)
        for output in ("deck", "log"):
            topic_file.work_out(Task(output, root, (("content/deck.yaml", raw),), NAME, texts[NAME]))
        return []

    seeds = [(EXAMPLE / "content" / "deck.yaml").read_bytes(), (REAL / "deck.yaml").read_bytes()]
    return Target("deck", ".yaml", seeds, run, (*YAML, *YAML, *BYTES), decks(), share=2)


def words(folder: Path) -> Target:
    """Return the target of words.yaml, with which the example is then built."""
    root = example(folder)
    texts, _ = loader.texts(root)
    deck = texts["content/deck.yaml"]

    def run(raw: bytes) -> Sequence[str]:
        given = {"content/deck.yaml": deck, "content/words.yaml": raw}
        found = checks.deck_file(root, given)
        if found.problems:
            return sentences(found.problems, {"content/words.yaml": _lines(raw), "content/deck.yaml": _lines(deck)})
        for output in ("deck", "log"):
            topic_file.work_out(Task(output, root, tuple(given.items()), NAME, texts[NAME]))
        return []

    seeds = [
        b'what_is: "{subject}"\n',
        b'what_is: "{subject}?"\nhint: Tip\nretired_card: gone\n# x\nlevel_label: L{level}\n',
    ]
    return Target("words", ".yaml", seeds, run, (*YAML, *YAML, *BYTES), share=1)


def project(folder: Path) -> Target:
    """Return the target of a topic that is built whole, shown by the preview, and built again."""
    root = example(folder)
    for file in (root / "content" / "topics").glob("*.yaml"):
        file.unlink()

    def run(raw: bytes) -> Sequence[str]:
        (root / NAME).write_bytes(raw)
        shutil.rmtree(root / "build", ignore_errors=True)
        live = LiveProject(root, Memo())
        live.read()
        request = Request(root, root / "build", ("deck", "log"), NOW, ledger=False)

        def build() -> None:
            report = pipeline.build(request)
            if report.failed:
                raise InputError([p for e in report.failed.values() if isinstance(e, InputError) for p in e.problems])
            if pipeline.build(request).files:
                raise BrokenRuleError("a second build changes files")

        return outcome(build, {NAME: _lines(raw), "content/deck.yaml": 1})

    return Target("project", ".yaml", topic_seeds(), run, YAML, topics(), share=3, factor=3)


def sheet(folder: Path) -> Target:
    """Return the target of a topic that is printed, in colours and as a worksheet."""
    root = example(folder)
    for file in (root / "content" / "topics").glob("*.yaml"):
        file.unlink()

    def run(raw: bytes) -> Sequence[str]:
        (root / NAME).write_bytes(raw)
        request = Request(root, root / "build", ("sheet",), NOW, editions=("colour", "worksheet"), refresh=True)

        def build() -> None:
            for error in pipeline.build(request).failed.values():
                raise error

        return outcome(build, {NAME: _lines(raw), "content/deck.yaml": 100})

    seeds = [seed for seed in topic_seeds() if len(seed) < 3000]
    return Target("sheet", ".yaml", seeds, run, YAML, topics(), share=3, factor=20)


TARGETS: Sequence[Callable[[Path], Target]] = (topic, settings, words, project, sheet)

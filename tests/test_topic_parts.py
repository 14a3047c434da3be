"""A large topic file is worked out in parts; what comes of it is what comes of the whole file."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hitoe.build import collect, topic_file, topic_parts
from hitoe.build.topic_file import Task, TopicResult
from hitoe.memo import Memo
from hitoe.model import loader
from hitoe.model.project import is_topic
from hitoe.workers import Workers
from support.notes import DECK
from support.projects import EXAMPLE

Joined = Callable[[Task], tuple[int, TopicResult]]
GALLERY = EXAMPLE.parent / "gallery"
TOPICS = [
    (root, name)
    for root in (EXAMPLE, GALLERY / "chemistry", GALLERY / "history", GALLERY / "programming")
    for name in loader.texts(root)[0]
    if is_topic(name)
]

HEAD = "topic: t\ntitle: 題\nentries:\n"


@pytest.fixture
def joined(monkeypatch: pytest.MonkeyPatch) -> Joined:
    """Works a task out in at most three parts; returns how many they were, and the result."""
    monkeypatch.setattr(topic_parts, "SIZE", 1)
    monkeypatch.setattr(topic_parts, "MOST", 3)

    def of(task: Task) -> tuple[int, TopicResult]:
        parts = topic_parts.split(task)
        return len(parts), topic_parts.joined(task, list(map(topic_file.unordered, parts)))

    return of


def entry(key: str, more: str = "", says: str = "答え") -> str:
    return f"  {key}:\n    title: 題\n{more}    items:\n      a: {{fact: 問い {key}, is: {says}}}\n"


def task(entries: str, head: str = HEAD) -> Task:
    return Task(
        "deck", Path("none"), (("content/deck.yaml", DECK.encode()),), "content/t.yaml", (head + entries).encode()
    )


def same(one: TopicResult, other: TopicResult) -> bool:
    """Whether two results differ at most in the order of warnings and pictures."""
    first, second = (
        replace(each, warnings=tuple(sorted(set(each.warnings))), pictures=tuple(sorted(each.pictures)))
        for each in (one, other)
    )
    return first == second


@pytest.mark.parametrize(("root", "name"), TOPICS, ids=lambda value: Path(value).name)
def test_parts_make_the_whole(root: Path, name: str, joined: Joined) -> None:
    texts, _ = loader.texts(root)
    whole = Task("deck", root, topic_file.settings(texts), name, texts[name])
    assert same(joined(whole)[1], topic_file.work_out(whole))


def test_entries_of_all_parts_are_learned_week_by_week(joined: Joined) -> None:
    weeks = ("2026-W40", "", "2026-W12", "2026-W40", "2026-W01", "")
    whole = task("".join(entry(f"e{n}", f"    learned: {week}\n" if week else "") for n, week in enumerate(weeks)))
    parts, result = joined(whole)
    assert parts > 1
    assert result == topic_file.work_out(whole)
    assert [note.loc[1] for note in result.notes] == ["e4", "e2", "e0", "e3", "e1", "e5"]


@pytest.mark.parametrize(
    "entries",
    [
        entry("a") + entry("b") + entry("c") + entry("a"),
        entry("a") + entry("b") + entry("c") + entry("d", "    titel: 題\n"),
        entry("a") + entry("b") + "  c:\n    title: *b\n" + entry("d"),
        entry("a", says="TODO") + entry("b") + entry("c") + entry("d", says="x&nbsp;y"),
    ],
    ids=["the same key in two parts", "a mistyped key", "an alias", "warnings"],
)
def test_what_is_wrong_is_told_as_of_the_whole_file(entries: str, joined: Joined) -> None:
    whole = task(entries)
    parts, result = joined(whole)
    assert parts > 1
    assert result.problems or result.warnings
    assert same(result, topic_file.work_out(whole))


@pytest.mark.usefixtures("joined")
def test_after_a_mistake_no_other_part_is_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    worked, unordered = list[bytes](), topic_file.unordered

    def told(part: Task) -> tuple[TopicResult, topic_file.EntryPlaces]:
        worked.append(part.text)
        return unordered(part)

    monkeypatch.setattr(topic_file, "unordered", told)
    for _ in range(2):
        whole = task(entry("a", "    titel: 題\n") + entry("b") + entry("c"))
        parts = topic_parts.split(whole)
        worked.clear()
        with Workers() as processes:
            (result,) = topic_parts.results(processes, [(whole, parts)])
        assert worked == [parts[0].text, whole.text]
        assert result.problems


@pytest.mark.parametrize(
    ("opening", "close"), [('"', '"'), ("'", "'"), ("|\n          ", ""), ("\n          ", "")], ids=repr
)
def test_a_line_that_looks_like_an_entry_may_stand_in_a_text(opening: str, close: str, joined: Joined) -> None:
    lines = "".join(f"  line{n}: とても長い文\n\n" for n in range(40))
    if not close:
        lines = lines.replace("  line", "          line").replace(": ", " ")
    text = f"  b:\n    title: 題\n    items:\n      a:\n        fact: 問い\n        is: {opening}文\n\n{lines}{close}\n"
    whole = task(entry("a") + text + entry("c"))
    result = joined(whole)[1]
    assert [note.loc[1] for note in result.notes] == ["a", "b", "c"]
    assert result == topic_file.work_out(whole)


@pytest.mark.parametrize(
    ("entries", "head"),
    [
        (entry("a") + entry("b") + entry("c") + "order: 1\n", HEAD),
        ("  {a: {title: 題, points: [文]},\n  b: {title: 題, points: [文]},\n  c: {title: 題, points: [文]}}\n", HEAD),
        ((entry("a") + entry("b") + entry("c")).replace("\n", "\r\n"), HEAD),
        (entry("a") + entry("b") + entry("c"), 'topic: t\ntitle: "\nentries:\n  x"\nentries:\n'),
        ("", HEAD),
    ],
    ids=["a key after the entries", "braces", "ends of lines of Windows", "two keys, as it seems", "no entry"],
)
def test_other_files_are_left_whole(entries: str, head: str, joined: Joined) -> None:
    whole = task(entries, head)
    parts, result = joined(whole)
    assert parts == 1
    assert result == topic_file.work_out(whole)


@pytest.mark.usefixtures("joined")
def test_a_build_works_large_files_out_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    texts, _ = loader.texts(EXAMPLE)
    tasks = [
        Task("deck", EXAMPLE, topic_file.settings(texts), name, text) for name, text in texts.items() if is_topic(name)
    ]
    worked, unordered = list[Task](), topic_file.unordered

    def told(part: Task) -> tuple[TopicResult, topic_file.EntryPlaces]:
        worked.append(part)
        return unordered(part)

    monkeypatch.setattr(topic_file, "unordered", told)
    results = collect.results(tasks, Memo())
    assert len(worked) > len(tasks)
    assert all(same(result, topic_file.work_out(task)) for task, result in zip(tasks, results, strict=True))


def test_small_files_and_those_for_the_log_are_left_whole() -> None:
    small = task(entry("a") + entry("b"))
    assert topic_parts.split(small) == [small]
    large = replace(small, text=HEAD.encode() + b"".join(entry(f"e{n}").encode() for n in range(40_000)))
    assert len(topic_parts.split(large)) == len(large.text) // topic_parts.SIZE > 1
    assert topic_parts.split(replace(large, output="log")) == [replace(large, output="log")]

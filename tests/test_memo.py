"""Remembered results: whatever happens to the memo, a build gives what it would give without one."""

import os
import pickle
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import bench_project
import pytest
from hitoe import checks, memo, source, workers, writing
from hitoe.build import collect, topic_file
from hitoe.build.topic_file import Task, TopicResult
from hitoe.cli import main
from hitoe.log.data import RenderedEntry, TopicWeek
from hitoe.memo import Memo
from hitoe.model import loader
from hitoe.model.identity import guid
from hitoe.model.project import DECK_FILE
from hitoe.problems import InputError
from hypothesis import given, settings
from hypothesis import strategies as st
from support.notes import DECK, item, problems, written
from support.projects import EXAMPLE

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
PICTURE = "fact: 問い\nis: 答え\nimage: {file: a.svg, alt: 絵}"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'


@settings(max_examples=20)
@given(st.dictionaries(st.text(min_size=1), PLAIN.filter(lambda value: value is not None), max_size=4))
def test_what_was_put_in_comes_out(values: dict[str, object]) -> None:
    first = Memo()
    for name, value in values.items():
        first.put(Memo().key(name), value)
    second = Memo(content=first.content())
    assert [second.get(Memo().key(name)) for name in values] == list(values.values())
    again = second.content()
    assert second.content() == again
    assert [Memo(content=again).get(Memo().key(name)) for name in values] == list(values.values())


def test_a_result_that_is_not_asked_for_is_forgotten_unless_all_are_kept() -> None:
    first = Memo()
    first.put("a", 1)
    first.put("b", 2)
    content = first.content()
    second, kept = Memo(content=content), Memo(content=content, keep=True)
    assert (second.get("a"), kept.get("a")) == (1, 1)
    assert Memo(content=second.content()).get("b") is None
    assert Memo(content=kept.content()).get("b") == 2


def test_of_two_results_with_one_key_the_later_is_remembered() -> None:
    first = Memo()
    first.put("a", 1)
    second = Memo(content=first.content())
    assert second.get("a") == 1
    second.put("a", 2)
    assert second.get("a") == 2
    assert Memo(content=second.content()).get("a") == 2


@pytest.mark.parametrize("index", [None, {"a": 1}, {"a": (0, "x")}, {1: (0, 5)}, [("a", 0, 5)]])
def test_an_index_that_no_build_wrote_has_no_results(index: object) -> None:
    packed = pickle.dumps(index)
    body = packed + memo.CHECKSUM.to_bytes(memo.INDEX_START, "big")
    made_up = writing.digest(body).encode() + body
    assert Memo(content=made_up).get("a") is None


@given(st.integers(0, 200), st.binary(min_size=1, max_size=3))
def test_a_damaged_file_remembers_nothing(at: int, other: bytes) -> None:
    first = Memo()
    first.put("a", ["あ" * 60])
    content = first.content()
    damaged = content[:at] + other + content[at + len(other) :]
    if damaged != content:
        assert Memo(content=damaged).get("a") is None


def test_keys_tell_apart_where_parts_begin() -> None:
    inputs: list[list[str | bytes]] = [["ab", "c"], ["a", "bc"], ["abc"], [b"ab", "c", ""]]
    assert len({Memo(tools).key(*each) for each in inputs for tools in ("", "a")}) == 8


def tasks(root: Path, output: str) -> list[Task]:
    texts, _ = loader.texts(root)
    deck = topic_file.settings(texts)
    return [Task(output, root, deck, name, text) for name, text in texts.items() if name != DECK_FILE]


@pytest.mark.parametrize("output", ["deck", "log"])
def test_a_remembered_result_is_equal_to_a_fresh_one(output: str) -> None:
    for task in tasks(EXAMPLE, output):
        result = topic_file.work_out(task)
        assert result.notes or result.weeks
        memory = Memo()
        memory.put("a", result)
        assert Memo(content=memory.content()).get("a") == result


@pytest.mark.parametrize("output", ["deck", "log"])
def test_workers_give_the_same_results(output: str, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = collect.results(tasks(EXAMPLE, output), Memo())
    monkeypatch.setattr(collect, "WORTH_A_WORKER", 0)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(workers, "MOST", 2)
    assert collect.results(tasks(EXAMPLE, output), Memo()) == alone


def test_only_changed_files_are_worked_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bench_project.write(tmp_path, 200)
    memory = Memo()
    collect.collect(tmp_path, "deck", memory)
    bench_project.edit(tmp_path, 1)
    names: list[str] = []
    work_out = topic_file.work_out

    def told(task: Task) -> TopicResult:
        names.append(task.name)
        return work_out(task)

    monkeypatch.setattr(topic_file, "work_out", told)
    again = Memo(content=memory.content())
    collect.collect(tmp_path, "deck", again)
    assert names == ["content/topics/topic-0000.yaml"]
    collect.collect(tmp_path, "deck", Memo("another hitoe", again.content()))
    assert len(names) == 1 + 4


@pytest.mark.parametrize(
    "other",
    [
        {"output": "log"},
        {"name": "content/other.yaml"},
        {"settings": (("content/deck.yaml", DECK.replace("own", "mine").encode()),)},
        {"text": item("fact: 問い\nis: 別の答え").encode()},
        {"shipped": (("guid", (0, 1)),)},
    ],
    ids=lambda other: next(iter(other)),
)
def test_a_result_is_that_of_all_that_its_task_says(tmp_path: Path, other: dict[str, Any]) -> None:
    (task,) = tasks(written(tmp_path, {"t.yaml": item("fact: 問い\nis: 答え")}), "deck")
    changed, memory = replace(task, **other), Memo()
    if "shipped" in other:
        (note,) = topic_file.work_out(task).notes
        changed = replace(task, shipped=((note.guid, (0, 1)),))
    before, after = (collect.results([each], memory) for each in (task, changed))
    assert before != after == collect.results([changed], Memo())


def test_only_the_log_of_the_preview_marks_what_is_to_be_learned(tmp_path: Path) -> None:
    text = item("fact: 問い\nis: 答え").replace("    items:", "    learned: 2020-W30\n    items:")
    marked = {}
    for output in ("log", topic_file.MARKED_LOG):
        (task,) = tasks(written(tmp_path, {"t.yaml": text}), output)
        ((entry,),) = [week.entries for week in topic_file.work_out(task).weeks]
        marked[output] = [name for name, post in entry.texts.items() if 'class="answer"' in post]
    assert marked == {"log": [], topic_file.MARKED_LOG: ["html"]}


def test_a_task_is_the_same_in_whatever_order_files_were_read(tmp_path: Path) -> None:
    root = written(tmp_path, {"deck.yaml": DECK, "words.yaml": "x: y", "t.yaml": item("fact: 問い\nis: 答え")})
    texts, _ = loader.texts(root)
    assert [name for name, _ in topic_file.settings(texts)] == ["content/deck.yaml", "content/words.yaml"]
    assert topic_file.settings(dict(reversed(texts.items()))) == topic_file.settings(texts)


def test_of_cells_that_are_not_asked_those_are_notes_that_learners_have(tmp_path: Path) -> None:
    table = "table: 表\ncolumns: {x: 列, y: 列}\nask: none\nrows:\n  r: {x: 一, y: 二}"
    (task,) = tasks(written(tmp_path, {"t.yaml": item(table)}), "deck")
    assert topic_file.work_out(task).notes == ()
    shipped = ((guid("own", "e.a[r,y]"), (1,)),)
    (note,) = topic_file.work_out(replace(task, shipped=shipped)).notes
    assert (note.path, note.ords, note.new_ords) == ("e.a[r,y]", (1,), ())


def test_warnings_are_remembered(tmp_path: Path) -> None:
    root = written(tmp_path, {"t.yaml": item("fact: H<sub>2</sub>O\nis: 水")})
    memory = Memo()
    first, second = (collect.collect(root, "deck", memory).warnings for _ in range(2))
    assert [str(each).partition(" is shown")[0] for each in first] == ["content/t.yaml:8:15: '<sub>'"]
    assert second == first


def test_files_that_show_one_picture_in_the_same_words_each_bring_it(tmp_path: Path) -> None:
    text = item("fact: 問い\nis: 答え ![絵](a.svg)")
    other = text.replace("topic: t", "topic: u").replace("  e:", "  f:")
    root = written(tmp_path, {"t.yaml": text, "u.yaml": other, "a.svg": SVG})
    for output in ("deck", "log"):
        results = [topic_file.work_out(task) for task in tasks(root, output)]
        shown = [note.media for result in results for note in result.notes]
        shown += [entry.media for result in results for week in result.weeks for entry in week.entries]
        assert [[file for _, file in media] for media in shown] == [["a.svg"]] * 2


def test_what_is_wrong_in_a_file_is_not_remembered(tmp_path: Path) -> None:
    (task,) = tasks(written(tmp_path, {"t.yaml": item(PICTURE)}), "deck")
    memory = Memo()
    assert "no picture 'a.svg'" in collect.results([task], memory)[0].problems[0].message
    written(tmp_path, {"a.svg": SVG})
    assert collect.results([task], memory)[0].problems == ()


def test_a_picture_is_an_input_of_its_file(tmp_path: Path) -> None:
    root = written(tmp_path / "p", {"t.yaml": item(PICTURE), "a.svg": SVG})
    memory = Memo()

    def media() -> list[str]:
        (result,) = collect.collect(root, "deck", memory).topics.values()
        return [name for note in result.notes for name, _ in note.media]

    first = media()
    assert media() == first
    written(root, {"a.svg": SVG.replace("9 9", "8 8")})
    assert media() != first
    (root / "content" / "a.svg").rename(tmp_path / "a.svg")
    (root / "content" / "a.svg").symlink_to(tmp_path / "a.svg")
    with pytest.raises(InputError, match="leads out of content/"):
        media()


def test_every_mistake_of_every_file_is_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bench_project.write(tmp_path, 200)
    assert main(["build", "deck", "log", "-C", str(tmp_path)]) == 0
    mistakes = [
        ("topic: topic-0001", "topic: topic-0000"),
        ("  entry-0002-0:", "  entry-0000-0:"),
        ("    title: ", "    titel: "),
    ]
    for number, (old, new) in enumerate(mistakes, 1):
        file = tmp_path / "content" / "topics" / f"topic-{number:04}.yaml"
        file.write_text(file.read_text("utf-8").replace(old, new, 1).replace("domain: ", "domain: no", 1), "utf-8")
    expected = [
        "topic-0001.yaml:1:8: topic 'topic-0000' stands also in content/topics/topic-0000.yaml:1:8: rename one",
        "topic-0001.yaml:7:13: unknown domain",
        "topic-0002.yaml:4:3: entry 'entry-0000-0' stands also in content/topics/topic-0000.yaml:4:3: rename one",
        "topic-0002.yaml:7:13: unknown domain",
        "topic-0003.yaml:5:5: unknown key 'titel'",
    ]
    capsys.readouterr()
    for command in (["build", "deck"], ["build", "log"], ["diff"], ["check"], ["ledger", "rebuild"]):
        assert main([*command, "-C", str(tmp_path)]) == 1
        told = capsys.readouterr().err.splitlines()
        assert [line for line, part in zip(told, expected, strict=False) if f"content/topics/{part}" not in line] == []
        assert told[-1] == f"hitoe: {len(told) - 1} problems, nothing was written"


def outputs(root: Path) -> dict[str, bytes]:
    paths = (path for path in (root / "build").rglob("*") if path.is_file() and ".cache" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


@pytest.mark.slow
@settings(max_examples=5, deadline=None)
@given(st.lists(st.sampled_from(["edit", "add", "drop", "retire", "mistake"]), min_size=1, max_size=4), st.integers())
def test_whatever_was_edited_a_build_gives_what_one_without_a_memo_gives(edits: list[str], seed: int) -> None:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1600000000")
        root = Path(name) / "p"
        bench_project.write_weeks(root, 4, entries=2)
        build = ["build", "deck", "log", "-C", str(root)]
        assert main(build) == 0
        for number, edit in enumerate(edits):
            file = root / "content" / "topics" / f"topic-{(seed + number) % 4:04}.yaml"
            text = file.read_text("utf-8")
            match edit:
                case "edit":
                    file.write_text(
                        text.replace("        is: ", f"        hint: 手がかり{number}\n        is: ", 1), "utf-8"
                    )
                case "add":
                    other = text.replace("topic-0", f"new-{number}").replace("entry-0", f"new-{number}-")
                    file.with_name(f"new-{number}.yaml").write_text(other, "utf-8")
                case "drop":
                    (root / "content" / "ledger.json").unlink(missing_ok=True)
                    for package in (root / "build").glob("*.apkg"):  # beside one, the ledger must not be missing
                        package.unlink()
                    file.with_name("new-0.yaml").unlink(missing_ok=True)
                case "retire":
                    file.write_text(text.replace("    title: ", "    retired: true\n    title: ", 1), "utf-8")
                case _:
                    file.write_text(text.replace("    title: ", "    titel: ", 1), "utf-8")
            ledger = root / "content" / "ledger.json"
            before = ledger.read_bytes() if ledger.exists() else None
            status, with_memo = main(build), outputs(root)
            shutil.rmtree(root / "build", ignore_errors=True)
            ledger.unlink(missing_ok=True)
            if before:
                ledger.write_bytes(before)
            assert main(build) == status
            assert status or outputs(root) == with_memo


@pytest.mark.parametrize("damage", ["delete", "cut", "hostile"])
def test_a_deck_is_the_same_whatever_became_of_the_memo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
    root = shutil.copytree(EXAMPLE, tmp_path / "p", ignore=shutil.ignore_patterns("build"))
    assert main(["build", "deck", "-C", str(root)]) == 0
    memory = root / "build" / memo.FILES["deck"]
    (deck,) = (root / "build").glob("*.apkg")
    content = deck.read_bytes()
    deck.unlink()
    match damage:
        case "delete":
            memory.unlink()
        case "cut":
            memory.write_bytes(memory.read_bytes()[:-100])
        case _:
            hostile = Memo(content=memory.read_bytes())
            keys = list(hostile._stored)
            for number, name in enumerate(keys):
                hostile.put(name, [None, [], {"a": 1}, "x", 3, [[], 1], [[1]] * 6][number % 7])
            memory.write_bytes(hostile.content())
    assert main(["build", "deck", "-C", str(root)]) == 0
    assert deck.read_bytes() == content


def test_a_strangers_memo_cannot_put_other_files_into_the_deck(tmp_path: Path) -> None:
    root = written(tmp_path / "p", {"t.yaml": item(PICTURE), "a.svg": SVG})
    (task,) = tasks(root, "deck")
    result = topic_file.work_out(task)
    note = result.notes[0]._replace(media=(("x.svg", "../../secret"),))
    assert topic_file.is_remembered(task, result)
    assert not topic_file.is_remembered(task, replace(result, notes=(note,)))
    assert not topic_file.is_remembered(task, replace(result, order=result.order[1:]))
    assert not topic_file.is_remembered(task, replace(result, order=(*result.order, ("no note", 0))))
    assert not topic_file.is_remembered(task, replace(result, notes=("no note",)))  # type: ignore[arg-type]
    for pictures in ((1,), ("name",), 1):
        assert not topic_file.is_remembered(task, replace(result, pictures=pictures))  # type: ignore[arg-type]
    shown = RenderedEntry(
        order=None, domain=None, kinds={}, corrections=0, checked="", titles={}, texts={}, media=(("x", "../secret"),)
    )
    assert not topic_file.is_remembered(task, TopicResult(None, weeks=(TopicWeek("t", None, (shown,)),)))


@pytest.mark.parametrize("name", ["picture_hash", "fingerprints", "Path", "TopicResult.__init__"])
def test_a_strangers_memo_can_name_nothing_but_classes_of_results(name: str) -> None:
    named = pickle.PROTO + b"\x02" + pickle.GLOBAL + f"hitoe.build.topic_file\n{name}\n".encode() + pickle.STOP
    memory = pickle.dumps({"a": named}, 5)
    assert Memo(content=writing.digest(memory).encode() + memory).get("a") is None


class Hostile:
    """Runs a command when an ordinary unpickler reads it."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (f"touch '{self.file}'",)


def test_a_strangers_memo_can_execute_nothing(tmp_path: Path) -> None:
    trap = tmp_path / "executed"
    memory = Memo()
    memory.put("a", Hostile(trap))
    whole = pickle.dumps(Hostile(trap))
    assert Memo(content=memory.content()).get("a") is None
    assert Memo(content=writing.digest(whole).encode() + whole).get("a") is None
    assert not trap.exists()
    pickle.loads(whole)
    assert trap.exists(), "the trap works"


def test_checks_between_files_read_only_the_files_in_conflict_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {f"{name}.yaml": item("fact: 問い\nis: 答え").replace("topic: t", f"topic: {name}") for name in "abc"}
    texts["c.yaml"] = texts["c.yaml"].replace("  e:", "  f:")
    expected = problems(tmp_path, {"deck.yaml": DECK, **texts})
    assert len(expected) == 1
    read: list[str] = []
    parse = source.read

    def told(name: str, text: bytes) -> object:
        read.append(name)
        return parse(name, text)

    monkeypatch.setattr(loader, "read", told)
    with pytest.raises(InputError) as error:
        checks.trusted(tmp_path)
    assert [str(problem) for problem in error.value.problems] == expected
    assert sorted(read[4:]) == ["content/a.yaml", "content/b.yaml"]


def test_two_files_share_an_entry_key_though_their_entries_had_other_names(tmp_path: Path) -> None:
    texts = {
        f"{name}.yaml": item("fact: 問い\nis: 答え")
        .replace("topic: t", f"topic: {name}")
        .replace("    title: ", f"    was: old-{name}\n    title: ")
        for name in "ab"
    }
    assert problems(tmp_path, texts) == [
        "content/b.yaml:4:3: entry 'e' stands also in content/a.yaml:4:3: rename one",
    ]


def test_a_line_that_yaml_cannot_read_has_no_other_mistake(tmp_path: Path) -> None:
    text = item("fact: 問い\nis: 答え")
    other = text.replace("topic: t", "topic: u").replace("  e:", "  e: &anchor")
    found = problems(tmp_path, {"a.yaml": text, "b.yaml": other})
    assert len(found) == 1
    assert found[0].startswith("content/b.yaml:4:6: '&' begins a YAML anchor")

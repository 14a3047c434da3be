"""A ledger with a value that Anki or hitoe cannot use is told as damaged, at its line, and stays as it is."""

import json
import re
from contextlib import suppress
from pathlib import Path

import pytest
from hitoe.cli import main
from hitoe.release.ledger import Ledger, LedgerError, NoteRow, TypeRow, dump, load
from hypothesis import given
from hypothesis import strategies as st
from support.notes import item, written

NOTE = NoteRow(path="a.b", file="content/t.yaml", hash="h", mod=5, id=9, ords=(0, 1))
ROWS = Ledger(
    {"f": NOTE, "g": NOTE._replace(type="cloze", ords=(0, 499)), "h": NOTE._replace(type="choice", ords=(0,))},
    {"standard": TypeRow("x", 3, 7)},
    {"t": "題"},
)
WRONG: dict[str, tuple[object, ...]] = {
    "mod": ("x", None, True, 1.5, -1, 10**12, 10**4000, float("inf"), float("nan"), [], {}, "5"),
    "id": ("x", None, False, 1.5, -3, 2**63, 10**30, [1]),
    "ords": ([2], [-1], ["0"], [True], [0.0], [[0]], "01", 5, None, {"0": 0}),
    "retired_ords": ([7], None, 3),
    "type": ("", "sentence", 3, None, [], "STANDARD"),
    "retired": (1, "true", None, []),
    "path": ("", None, 3, ["a"], "\ud800"),
    "file": ("  ", 7, {}),
    "hash": (None, 4, []),
    "more": ("x", None),
}


def changed(text: str, key: str, value: object) -> str:
    """Return the file's text with another value in the third line, which is the first note's."""
    lines = text.split("\n")
    name, row = next(iter(json.loads("{" + lines[2].removeprefix(",") + "}").items()))
    lines[2] = f", {json.dumps(name)}: {json.dumps({**row, key: value})}"
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("key", "value"),
    [(key, value) for key, values in WRONG.items() for value in values],
    ids=lambda value: ascii(value)[:9],
)
def test_a_value_of_a_note_that_cannot_be_is_told_at_its_line(key: str, value: object) -> None:
    text = changed(dump(ROWS), key, value)
    with pytest.raises(LedgerError, match=r"^it is damaged") as told:
        load(text)
    assert told.value.line == 3
    assert "\n" not in str(told.value)
    assert len(str(told.value)) < 120


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("mod", 10**11 + 1, "'mod' of a note cannot be 100000000001"),
        ("mod", 10**30 - 1, f"'mod' of a note cannot be {'9' * 30}"),
        ("mod", 10**30, "'mod' of a note cannot be a larger number"),
        ("mod", "5", "'mod' of a note cannot be '5'"),
        ("path", ["a"], "'path' of a note cannot be ['a']"),
        ("ords", "x" * 99, f"'ords' of a note cannot be '{'x' * 29}"),
    ],
)
def test_a_value_that_cannot_be_is_told_with_its_key(key: str, value: object, said: str) -> None:
    with pytest.raises(LedgerError) as told:
        load(changed(dump(ROWS), key, value))
    assert str(told.value) == f"it is damaged: {said}"


@pytest.mark.parametrize(("key", "most"), [("mod", 10**11), ("id", 2**53 - 1000)])
def test_the_latest_time_and_the_highest_id_are_one(key: str, most: int) -> None:
    assert getattr(load(changed(dump(ROWS), key, most)).notes["f"], key) == most
    with pytest.raises(LedgerError):
        load(changed(dump(ROWS), key, most + 1))


@pytest.mark.parametrize(
    ("row", "values"),
    [
        (
            '"deck t"',
            ('{"name": null}', '{"name": ""}', '{"name": ["x"]}', "{}", '{"name": "a", "b": 1}', "3", '"x"', '""'),
        ),
        ('"type standard"', ('{"hash": "x", "mod": 1e999}', '{"hash": 1, "mod": 3}', '{"mod": 3}', "null", "[[[]]]")),
        (
            '"type standard"',
            (
                '{"hash": "x", "mod": 3, "schema": "ab"}',
                '{"hash": "x", "mod": 3, "schema": [3]}',
                '{"hash": "x", "mod": 3, "id": null}',
            ),
        ),
        ('"note h"', ("{}", "[]", "[[1, 2]]", "true", '{"path": {"a": 1}}', '{"path": "a.b"}')),
    ],
)
def test_a_row_that_cannot_be_is_told_at_its_line(row: str, values: tuple[str, ...]) -> None:
    lines = dump(ROWS).split("\n")
    number = next(number for number, line in enumerate(lines) if row in line)
    for value in values:
        text = "\n".join([*lines[:number], f", {row}: {value}", *lines[number + 1 :]])
        with pytest.raises(LedgerError, match=r"^it is damaged: ") as told:
            load(text)
        assert told.value.line == number + 1, value


@pytest.mark.parametrize("name", ['"note"', '"note "', '"card x"', '""'])
def test_a_row_of_no_known_kind_is_told(name: str) -> None:
    with pytest.raises(LedgerError, match="is no row of a note, a note type or a deck"):
        load(f'{{"format": 1\n, {name}: {{}}\n}}')


def test_a_mistake_of_json_is_told_at_its_line_where_git_left_marks() -> None:
    lines = dump(ROWS).split("\n")
    lines[3:3] = ["<<<<<<< ours", lines[2], "=======", lines[2] + "}", ">>>>>>> theirs"]
    with pytest.raises(LedgerError, match=r"^it is damaged$") as told:
        load("\n".join(lines))
    assert told.value.line == 9


def test_a_number_of_more_digits_than_python_reads_is_damaged() -> None:
    with pytest.raises(LedgerError, match=r"^it is damaged$"):
        load(dump(ROWS).replace('"mod": 5', f'"mod": {"5" * 5000}'))


@pytest.mark.parametrize("format_", ["0", "-2", "2.0", "true", "null", "NaN", "Infinity", "-1e999", "[2]", "{}"])
def test_a_format_that_is_no_number_of_one_is_damaged(format_: str) -> None:
    with pytest.raises(LedgerError, match="it is damaged"):
        load(f'{{"format": {format_}\n}}\n')


def test_a_newer_format_is_told_in_the_first_line() -> None:
    with pytest.raises(LedgerError, match="it has format 4 and this hitoe knows 3: install a newer hitoe") as told:
        load('{"format": 4\n, "note f": {}\n}\n')
    assert told.value.line == 1


def test_a_file_nested_without_end_is_damaged() -> None:
    for nested in ("[" * 100_000, '{"format": ' * 100_000):
        with pytest.raises(LedgerError, match=r"^it is damaged$"):
            load('{"format": 1\n, "note x": ' + nested)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["format", "note g", "deck t", "mod", "id", "ords", "path", "file", "hash", "name", "type t"]
                )
                | st.text(max_size=3),
                inner,
                max_size=7,
            )
        ),
        max_leaves=20,
    )
)
def test_whatever_json_the_file_holds_it_is_read_or_damaged(value: object) -> None:
    with suppress(LedgerError):
        dump(load(json.dumps(value))).encode()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r'"mod": \d+, "id"', '"mod": 1e999, "id"'),
        (r'"ords": \[0\]', '"ords": [5]'),
        (r'"id": \d+, "ords"', '"id": null, "ords"'),
    ],
)
def test_no_command_uses_or_changes_a_damaged_ledger(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str
) -> None:
    project = written(tmp_path, {"t.yaml": item("fact: 問い\nis: 答え")})
    assert main(["build", "deck", "-C", str(project)]) == 0
    path = project / "content" / "ledger.json"
    path.write_text(damaged := re.sub(old, new, path.read_text("utf-8"), count=1), "utf-8")
    written(project, {"t.yaml": item("fact: 問い\nis: 別の答え")})
    deck = (project / "build" / "own.apkg").read_bytes()
    capsys.readouterr()
    for command in (["build", "deck"], ["check"], ["diff"], ["build"]):
        assert main([*command, "-C", str(project)]) == 1
        said = capsys.readouterr().err.splitlines()[0]
        assert re.match(
            r"content/ledger\.json:4:1: it is damaged: .*; `hitoe ledger -C \S+ restore DECK\.apkg`", said
        ), said
    assert path.read_text("utf-8") == damaged
    assert (project / "build" / "own.apkg").read_bytes() == deck
    assert main(["ledger", "rebuild", "-C", str(project)]) == 0
    assert main(["build", "deck", "-C", str(project)]) == 0

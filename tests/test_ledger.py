"""The ledger: times rise only with content, shipped keys stay, and a damaged file is told apart from none."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hitoe.cli import main
from hitoe.model.identity import guid
from hitoe.release.ledger import Ledger, LedgerError, NoteRow, TypeRow, dump, load
from support.notes import item
from support.projects import build, edit, example_copy

EARLY, LATE = 1_609_459_200, 1_609_545_600


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    at(monkeypatch, EARLY)
    return example_copy(tmp_path / "project")


def at(monkeypatch: pytest.MonkeyPatch, second: int) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(second))


def ledger(project: Path) -> Ledger:
    return load((project / "content" / "ledger.json").read_text("utf-8"))


def git(project: Path, *words: str) -> None:
    subprocess.run(
        ["git", "-C", str(project), "-c", "user.name=t", "-c", "user.email=t@example.com", *words], check=True
    )


def row(**changes: object) -> NoteRow:
    values: dict[str, object] = {
        "path": "a.b",
        "file": "content/a.yaml",
        "hash": "h",
        "mod": 5,
        "id": 10**12,
        "ords": (0,),
    }
    return NoteRow(**{**values, **changes})  # type: ignore[arg-type]


def test_the_file_reads_back_as_it_was_written() -> None:
    whole = Ledger({"g": row(), "h": row(path="あ.い", retired=True)}, {"standard": TypeRow(hash="x", mod=3)})
    assert load(dump(whole)) == whole


def test_adding_a_row_changes_no_other_line() -> None:
    one, two = dump(Ledger({"a": row()})), dump(Ledger({"a": row(), "b": row()}))
    assert set(one.splitlines()) <= set(two.splitlines())


def test_both_sides_of_a_merge_become_one_later_row() -> None:
    ours, theirs = dump(Ledger({"a": row(mod=5)})), dump(Ledger({"a": row(mod=7, hash="i", ords=(0, 1))}))
    merged = "\n".join([*ours.splitlines()[:-1], *theirs.splitlines()[1:]])
    assert load(merged).notes["a"] == row(mod=8, hash="", ords=(0, 1))


def test_both_sides_of_a_merge_become_one_later_note_type_and_the_first_name_of_a_deck() -> None:
    ours, theirs = (
        dump(Ledger(types={"cloze": TypeRow(hash_, mod)}, decks={"t": name}))
        for hash_, mod, name in (("x", 5, "ours"), ("y", 7, "theirs"))
    )
    merged = load("\n".join([*ours.splitlines()[:-1], *theirs.splitlines()[1:]]))
    assert merged == Ledger(types={"cloze": TypeRow("", 8)}, decks={"t": "ours"})


def test_conflict_marks_of_git_are_passed_over() -> None:
    lines = dump(Ledger({"a": row()})).splitlines()
    marked = [lines[0], "<<<<<<< ours", lines[1], "=======", lines[1], ">>>>>>> theirs", *lines[2:]]
    assert load("\n".join(marked)) == Ledger({"a": row()})


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"format": 1, "note a": {"mod": 1}}', '{"format": 1, "nonsense": {}}']
)
def test_a_damaged_file_is_refused(text: str) -> None:
    with pytest.raises(LedgerError, match="damaged"):
        load(text)


def test_a_file_of_a_newer_version_is_refused() -> None:
    with pytest.raises(LedgerError, match="format 4 and this hitoe knows 3"):
        load('{"format": 4}')


def test_the_same_content_changes_nothing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = build(project)
    before = (project / "content" / "ledger.json").read_text("utf-8")
    at(monkeypatch, LATE)
    shutil.rmtree(project / "build")
    second = build(project)
    assert (project / "content" / "ledger.json").read_text("utf-8") == before
    assert first.read_bytes() == second.read_bytes()


def test_only_the_changed_note_gets_a_later_time(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(project)
    before = ledger(project)
    edit(project, "ryori.yaml", "is: 池田菊苗\n", "is: 池田 菊苗\n")
    at(monkeypatch, LATE)
    build(project)
    after = ledger(project)
    changed = {key for key in after.notes if after.notes[key] != before.notes[key]}
    assert changed == {guid("example", "umami.discoverer")}
    assert after.notes[changed.pop()].mod == LATE
    assert after.types == before.types


def test_time_never_runs_backwards(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, LATE)
    build(project)
    edit(project, "ryori.yaml", "is: 池田菊苗\n", "is: 池田 菊苗\n")
    at(monkeypatch, EARLY)
    build(project)
    assert ledger(project).notes[guid("example", "umami.discoverer")].mod == LATE + 1


def test_content_that_returns_to_its_committed_form_gets_its_row_back(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(project, "init", "--quiet")
    build(project)
    git(project, "add", "-A")
    git(project, "commit", "--quiet", "-m", "shipped")
    committed = ledger(project)
    edit(project, "ryori.yaml", "is: 池田菊苗\n", "is: 池田 菊苗\n")
    at(monkeypatch, LATE)
    build(project)
    assert ledger(project) != committed
    edit(project, "ryori.yaml", "is: 池田 菊苗\n", "is: 池田菊苗\n")
    build(project)
    assert ledger(project) == committed


def test_a_row_that_was_never_committed_may_vanish(project: Path) -> None:
    git(project, "init", "--quiet")
    build(project)
    remove_discoverer(project)
    build(project)
    assert guid("example", "umami.discoverer") not in ledger(project).notes


def test_a_shipped_key_that_is_gone_stops_the_build(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = build(project)
    remove_discoverer(project)
    assert main(["build", "deck", "-C", str(project)]) == 1
    told = capsys.readouterr().err
    assert "content/topics/ryori.yaml:" in told
    assert (
        "'umami.discoverer' was shipped and is gone, and 2 cards of it would be orphaned: bring it back with "
        "`retired: true`, or if it was renamed add `was: umami.discoverer` where it is now" in told
    )
    assert (project / "build" / "example.apkg").read_bytes() == before.read_bytes()


def test_a_row_that_is_gone_is_told_once_with_all_its_cards(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(project)
    path = project / "content" / "topics" / "chiri.yaml"
    text = path.read_text("utf-8")
    path.write_text("\n".join(line for line in text.split("\n") if "もっとも長い川" not in line), "utf-8")
    assert main(["build", "deck", "-C", str(project)]) == 1
    told = capsys.readouterr().err
    assert "'nihon-ichi.records[river]' was shipped and is gone, and 3 cards of it" in told
    assert "1 problem" in told


def test_an_item_that_becomes_a_table_is_gone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(project)
    remove_discoverer(project)
    table = "        table: 表\n        columns: {a: 甲}\n        rows: {b: {a: 乙}}\n"
    edit(
        project,
        "ryori.yaml",
        "      sources:\n        table:",
        f"      discoverer:\n{table}      sources:\n        table:",
    )
    edit(project, "chiri.yaml", "県が {{c3::43::いくつ?}} ある", "県は43ある")
    assert main(["build", "deck", "-C", str(project)]) == 1
    told = capsys.readouterr().err
    assert "'umami.discoverer' was shipped and is gone, and 2 cards of it would be orphaned" in told
    assert "cloze 3 was shipped and is gone" in told


def test_a_cloze_never_becomes_a_fact(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(project)
    edit(project, "ryori.yaml", '        cloze: "5つの', '        fact: 基本味\n        is: "5つの')
    edit(project, "ryori.yaml", "        retired_clozes: [3]\n", "")
    text = (project / "content" / "topics" / "ryori.yaml").read_text("utf-8")
    for words in ("{{c1::塩味::しょっぱい}}", "{{c2::苦味::にがい}}", "{{c4::うま味}}"):
        text = text.replace(words, "味")
    (project / "content" / "topics" / "ryori.yaml").write_text(text, "utf-8")
    assert main(["build", "deck", "-C", str(project)]) == 1
    assert (
        "'umami.tastes' was shipped as a cloze, and Anki cannot change that: bring it back with `retired: true` "
        "and give the new one another key" in capsys.readouterr().err
    )


def test_a_cloze_number_that_is_gone_must_be_retired(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(project)
    edit(project, "chiri.yaml", "県が {{c3::43::いくつ?}} ある", "県は43ある")
    assert main(["build", "deck", "-C", str(project)]) == 1
    assert (
        "cloze 3 was shipped and is gone: give the blanks the numbers that they had, "
        "or if this one is taken out add `retired_clozes: [3]`" in capsys.readouterr().err
    )
    edit(project, "chiri.yaml", '県は43ある"', '県は43ある"\n        retired_clozes: [3]')
    build(project)


def test_a_cloze_number_that_was_retired_is_never_used_again(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(project)
    edit(project, "ryori.yaml", "酸味・", "酸味・{{c3::甘味}}・")
    edit(project, "ryori.yaml", "        retired_clozes: [3]\n", "")
    assert main(["build", "deck", "-C", str(project)]) == 1
    told = capsys.readouterr().err
    assert "cloze 3 was retired in a shipped deck: keep it in `retired_clozes` and take a new number" in told


def test_renaming_with_was_keeps_every_note(project: Path) -> None:
    build(project)
    before = ledger(project)
    edit(project, "ryori.yaml", "      discoverer:\n", "      chemist:\n        was: umami.discoverer\n")
    edit(project, "chiri.yaml", "  nihon-ichi:\n", "  best-of-japan:\n    was: nihon-ichi\n")
    build(project)
    assert ledger(project) == before


def test_a_subdeck_keeps_the_name_it_was_shipped_with(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(project)
    edit(project, "ryori.yaml", "title: 料理の科学\n", "title: 台所の科学\n")
    build(project)
    assert ledger(project).decks["ryori"] == "雑学ノート::料理の科学"
    assert "deck '雑学ノート::料理の科学' keeps its name" in capsys.readouterr().err


def test_the_deck_keeps_the_name_it_was_shipped_with(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(project)
    deck = project / "content" / "deck.yaml"
    deck.write_text(deck.read_text("utf-8").replace("title: 雑学ノート\n", "title: 別名\n"), "utf-8")
    (project / "content" / "new.yaml").write_text(item("fact: 問い\nis: 答え"), "utf-8")
    build(project)
    assert ledger(project).decks["t"] == "雑学ノート::題"
    assert "deck '雑学ノート' keeps its name there; '別名' is for print only" in capsys.readouterr().err


def test_locked_builds_refuse_to_change_the_ledger(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "deck", "--locked", "-C", str(project)]) == 1
    assert "content/ledger.json would change" in capsys.readouterr().err
    assert not (project / "content" / "ledger.json").exists()
    assert not (project / "build").exists()
    build(project)
    assert main(["build", "deck", "--locked", "-C", str(project)]) == 0


def test_building_elsewhere_leaves_the_ledger_alone(project: Path, tmp_path: Path) -> None:
    assert main(["build", "deck", "-C", str(project), "-o", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / "example.apkg").exists()
    assert not (project / "content" / "ledger.json").exists()


def test_a_lost_ledger_stops_the_build_and_names_the_ways_out(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(project, "init", "--quiet")
    build(project)
    git(project, "add", "-A")
    git(project, "commit", "--quiet", "-m", "shipped")
    (project / "content" / "ledger.json").unlink()
    capsys.readouterr()
    assert main(["build", "deck", "-C", str(project)]) == 1
    told = capsys.readouterr().err
    assert told.startswith("content/ledger.json:1:1: it is missing, but was committed")
    assert f"hitoe ledger -C {project} restore DECK.apkg" in told
    assert f"hitoe ledger -C {project} rebuild" in told


def test_a_ledger_is_restored_from_the_last_deck(project: Path) -> None:
    deck = build(project)
    before = ledger(project)
    (project / "content" / "ledger.json").write_text("damaged", "utf-8")
    assert main(["build", "deck", "-C", str(project)]) == 1
    assert main(["ledger", "restore", str(deck), "-C", str(project)]) == 0
    assert ledger(project) == before


def test_a_rebuilt_ledger_makes_every_note_new(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(project)
    at(monkeypatch, LATE)
    assert main(["ledger", "rebuild", "-C", str(project)]) == 0
    assert {row.mod for row in ledger(project).notes.values()} == {LATE}


def test_diff_tells_what_the_next_import_will_do(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(project)
    edit(project, "ryori.yaml", "is: 池田菊苗\n", "is: 池田 菊苗\n")
    edit(project, "chiri.yaml", "is: 14,125\n", "is: 14,125\n        retired: true\n")
    capsys.readouterr()
    before = ledger(project)
    assert main(["diff", "-C", str(project)]) == 0
    told = capsys.readouterr().out
    assert "0 new, 1 changed, 1 retired notes" in told
    assert f"{sum(len(row.ords) for row in before.notes.values())} cards keep their schedule" in told
    assert main(["diff", "--notes", "-C", str(project)]) == 0
    assert capsys.readouterr().out.splitlines()[2:] == [
        "changed: content/topics/ryori.yaml: umami.discoverer",
        "retired: content/topics/chiri.yaml: nihon-ichi.islands",
    ]
    assert ledger(project) == before


def test_refreshing_makes_every_note_later_and_nothing_else(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(project)
    before = ledger(project)
    at(monkeypatch, LATE)
    build(project, "--refresh-all")
    after = ledger(project)
    assert {row.mod for row in after.notes.values()} == {LATE}
    assert {key: row._replace(mod=0) for key, row in after.notes.items()} == {
        key: row._replace(mod=0) for key, row in before.notes.items()
    }


def remove_discoverer(project: Path) -> None:
    path = project / "content" / "topics" / "ryori.yaml"
    text = path.read_text("utf-8")
    start, end = text.index("      discoverer:"), text.index("      sources:\n        table:")
    path.write_text(text[:start] + text[end:], "utf-8")


def test_a_ledger_that_is_gone_beside_the_deck_built_with_it_stops_the_build_outside_git(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "deck", "-C", str(project)]) == 0
    (project / "content/ledger.json").unlink()
    assert main(["build", "deck", "-C", str(project)]) == 1
    assert "it is missing, but build/example.apkg was built with one" in capsys.readouterr().err
    assert main(["ledger", "restore", str(project / "build/example.apkg"), "-C", str(project)]) == 0
    assert main(["build", "deck", "-C", str(project)]) == 0

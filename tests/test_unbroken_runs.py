"""Runs in which Unicode lets no line end are cut on paper; where nothing can be cut, the author is told where."""

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
import yaml
from hitoe import checks, sheet
from hitoe.model.project import Project
from hitoe.problems import InputError
from hitoe.progress.results import WeakItem
from hitoe.sheet.layout.blocks import ANYWHERE
from hitoe.typography.line_breaking import BREAK, anywhere
from support.notes import DECK, item, written
from support.study_sheet import study_sheet, whole_sheet

RUNS = {
    "brackets": f"箇 {'(' * 45}`True`{')' * 27}",
    "stops": f"`x`{'。' * 120}",
    "kana": f"**あ**{'ー' * 60}",
    "latin": f"{'a' * 28}**{'b' * 30}**{'c' * 28}",
    "spaces": "`x`" + "\u00a0a" * 30,
    "joined": "**a**" + "\u2060".join("あ" * 60),
    "short": "**a**`b`" * 25,
    "powers": "x^2^" * 30,
}
ALL = ("brackets",)
"""The runs that stand in texts of all kinds."""
UNCUT = "*)*`)`**。**" * 30
SENTENCE = "ふつうの文は、いつものとおりに折り返す。「かぎ括弧」も**太字**も、行の頭に句点が来ることはない。"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def fact(run: str) -> dict[str, object]:
    """Return an item whose answer is a run."""
    return {"fact": "問い", "is": run}


def everywhere(run: str) -> dict[str, object]:
    """Return items with a run in each of their texts."""
    return {
        "answer": fact(run),
        "question": {"fact": run, "is": "答え"},
        "steps": {"steps": run, "sequence": {"one": run, "two": "次"}},
        "table": {
            "table": run,
            "corner": run,
            "columns": {"a": "列", "b": run},
            "rows": {"r": {"label": run, "a": run, "b": "値"}},
        },
        "cloze": {"cloze": f"{run}は{{{{c1::答え}}}}"},
        "calc": {"calc": run, "given": {"r": {"label": run, "value": 3, "unit": run}}, "formula": "r * 2", "unit": run},
        "list": {"fact": "箇条", "is": f"- {run}\n- {run}"},
        "choice": {
            "choice": f"どれか {run}",
            "options": {"a": {"right": run, "why": run}, "b": {"wrong": "誤り", "why": run}},
            "extra": run,
        },
    }


def project(root: Path, language: str = "ja", settings: str = "") -> Project:
    """Return a project with an entry for each run, which is its title too."""
    entries = {
        key: {"title": run, "sources": [{"title": run}], "items": everywhere(run) if key in ALL else {"a": fact(run)}}
        for key, run in RUNS.items()
    }
    topic = yaml.safe_dump({"topic": "t", "title": RUNS["latin"], "entries": entries}, allow_unicode=True)
    deck = f"{DECK}language: {language}\nexam: {{questions: 99, minutes: 9}}\n{settings}"
    return checks.trusted(written(root, {"deck.yaml": deck, "t.yaml": topic}))


def test_runs_in_which_no_line_may_end_are_printed_whole(tmp_path: Path, cache: Path) -> None:
    one = project(tmp_path)
    assert len(whole_sheet(one, cache, ["colour", "worksheet"])) == 2  # both are validated
    assert len(sheet.mock_exam(one, 1, cache).files) == 1


@pytest.mark.slow
def test_they_are_on_small_paper_in_other_languages(tmp_path: Path, cache: Path) -> None:
    one = project(tmp_path, "en", "sheet: {paper: A5, orientation: portrait, smallest: 12}\n")
    assert len(whole_sheet(one, cache, ["colour"])) == 1


def test_only_what_stands_out_is_cut_and_what_was_measured_is_remembered(tmp_path: Path, cache: Path) -> None:
    topic = item(f"fact: 問い\nis: '{RUNS['stops']}'") + f"      b: {{fact: 問い, is: {SENTENCE}}}\n"
    study = study_sheet(checks.trusted(written(tmp_path, {"t.yaml": topic})), cache)
    assert [(path, cut.loose) for path, cut in study.pages[0].cuts] == [("e.a", ANYWHERE), ("e.b", 0)]
    assert 'class="bar"' in study.html()
    study._cache.write()
    again = study_sheet(checks.trusted(tmp_path), cache)
    assert again.html() == study.html()


def lines(pdf: bytes) -> Iterator[str]:
    for page in pypdfium2.PdfDocument(BytesIO(pdf)):
        yield from page.get_textpage().get_text_range().splitlines()


def test_sentences_beside_a_run_do_not_begin_a_line_with_a_mark(tmp_path: Path, cache: Path) -> None:
    topic = item(f"fact: 問い\nis: {SENTENCE * 5}`x`{'。' * 120}")
    (pdf,) = whole_sheet(checks.trusted(written(tmp_path, {"t.yaml": topic})), cache, ["colour"]).values()
    found = list(lines(pdf))
    assert any("。" * 20 in line for line in found)
    assert [line for line in found if line[:1] in "。、」" and "。。" not in line] == []


def test_words_that_nothing_can_cut_are_the_authors_to_mend(tmp_path: Path, cache: Path) -> None:
    options = f"{{r: {{right: '{UNCUT * 2}'}}, w: {{wrong: 誤り, why: 理由}}}}"
    choice = f"      b:\n        choice: 問い\n        options: {options}\n"
    topic = item(f"fact: 問い\nis: '{UNCUT}'") + choice
    deck = f"{DECK}exam: {{questions: 1, minutes: 9}}\n"
    one = checks.trusted(written(tmp_path, {"deck.yaml": deck, "a.yaml": topic}))
    told = "stands out of its column on paper: write a space where a line may end"
    with pytest.raises(InputError) as error:
        whole_sheet(one, cache, ["colour"])
    assert str(error.value).splitlines()[0] == f"content/a.yaml:9:13: ')*' {told}"
    with pytest.raises(InputError) as error:
        whole_sheet(one, cache, ["worksheet"])
    assert Counter(line.partition("' ")[2] for line in str(error.value).splitlines()) == {told: 1}
    with pytest.raises(InputError) as error:
        sheet.mock_exam(one, 1, cache)
    assert str(error.value) == f"content/a.yaml:12:30: ')*' {told}"


def test_for_words_in_a_crowded_table_the_author_is_not_told_to_write_spaces(tmp_path: Path, cache: Path) -> None:
    acids = ["H~2~SO~4~", "Na~2~S~2~O~3~", "K~3~Fe(CN)~6~", "C~12~H~22~O~11~", "Al~2~(SO~4~)~3~", "CuSO~4~"] * 3
    columns = ", ".join(f"c{at}: K{at}" for at in range(18))
    cells = ", ".join(f"c{at}: {acid}" for at, acid in enumerate(acids))
    deck = f"{DECK}sheet: {{columns: 3}}\n"
    topic = item(f"table: Säuren\ncolumns: {{{columns}}}\nrows: {{r: {{{cells}}}}}")
    with pytest.raises(InputError) as error:
        whole_sheet(checks.trusted(written(tmp_path, {"deck.yaml": deck, "t.yaml": topic})), cache, ["colour"])
    told = "of its column of the table on paper: shorten the text, divide the table, or give the sheet fewer columns"
    assert re.fullmatch(
        rf"content/t\.yaml:10:\d+: '\S+' stands out {told} or larger paper in deck\.yaml", str(error.value)
    )


def test_weak_points_are_cut_too(tmp_path: Path, cache: Path) -> None:
    one = checks.trusted(written(tmp_path, {"t.yaml": item(f"fact: 問い\nis: '{RUNS['stops']}'")}))
    weak = [WeakItem(file="t.yaml", entry="e", item="a", failed=3, counted=4, lapses=1)]
    (pdf,) = sheet.weak_points(one, weak, cache).values()
    assert max(line.count("。") for line in lines(pdf)) < 90


def test_before_a_letter_a_line_may_end_whatever_is_before_it() -> None:
    assert [anywhere(text, 5.0) for text in ("word", "2", "。a", "")] == [f"{BREAK}word", "2", "。a", ""]

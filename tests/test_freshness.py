"""What an author should look at again, and what is said of sources."""

from datetime import date
from pathlib import Path

import pytest
from hitoe import checks
from hitoe.checks import freshness
from hitoe.cli import main
from support.notes import DECK, problems, written

SOURCED = "    sources: [{title: A, url: 'https://example.com/a'}]\n"
TODAY = date(2026, 11, 27)


def entries(*blocks: str) -> str:
    """Return a topic with these entries, each with one item in its first lines."""
    return "topic: t\ntitle: 題\nentries:\n" + "".join(
        f"  e{number}:\n    title: 題\n    items: {{a: {{fact: 問い, is: 答え}}}}\n{block}"
        for number, block in enumerate(blocks)
    )


def said(folder: Path, text: str, review_after: str = "review_after: 365\n") -> list[str]:
    """Return what an author is told to look at again, without the file."""
    project = checks.trusted(written(folder / "project", {"deck.yaml": DECK + review_after, "t.yaml": text}))
    return [str(each).removeprefix("content/t.yaml:") for each in freshness.to_review(project, TODAY)]


def test_what_was_checked_in_time_and_has_sources_is_passed_over(tmp_path: Path) -> None:
    fresh = SOURCED + "    checked: 2025-11-27\n"
    assert said(tmp_path, entries(fresh, SOURCED + "    checked: 2026-11-28\n")) == []


def test_what_was_checked_too_long_ago_is_told_with_its_age(tmp_path: Path) -> None:
    assert said(tmp_path, entries(SOURCED + "    checked: 2025-11-26\n")) == [
        "8:14: checked 366 days ago, `review_after` is 365: compare it with its sources, then mend the date"
    ]


def test_a_date_to_come_is_told(tmp_path: Path) -> None:
    assert said(tmp_path, entries(SOURCED + "    checked: 2026-11-29\n")) == [
        "8:14: checked on 2026-11-29, which is still to come: mend the date"
    ]


def test_an_entry_without_sources_or_date_is_told(tmp_path: Path) -> None:
    assert said(tmp_path, entries(SOURCED, "    checked: 2026-11-23\n")) == [
        "4:3: entry 'e0' was never checked: compare it with its sources, then add `checked:`",
        "8:3: entry 'e1' has no sources: add `sources:` to check it against",
    ]


def test_a_deck_that_asks_for_no_reviews_is_not_reminded(tmp_path: Path) -> None:
    assert said(tmp_path, entries("", "    checked: 2001-01-01\n"), review_after="") == []


def test_an_items_own_date_counts_for_the_item(tmp_path: Path) -> None:
    text = "topic: t\ntitle: 題\nentries:\n  e:\n    title: 題\n    checked: 2001-01-01\n" + SOURCED + "    items:\n"
    items = "      a: {fact: 問い, is: 答え, checked: 2026-11-01}\n"
    assert said(tmp_path, text + items) == []
    assert said(tmp_path, text.replace("    checked: 2001-01-01\n", "") + items) == []
    assert len(said(tmp_path, text + items + "      b: {fact: 問い2, is: 答え}\n")) == 1
    assert said(tmp_path, text + items.replace("2026-11-01", "2025-11-01")) == [
        "9:38: checked 391 days ago, `review_after` is 365: compare it with its sources, then mend the date"
    ]


def test_what_changed_since_is_told_of_entries_and_items(tmp_path: Path) -> None:
    text = "topic: t\ntitle: 題\nentries:\n  e:\n    title: 題\n    changed: 2024年に**終了**\n    items:\n"
    items = (
        "      a: {fact: 問い, is: 答え, changed: 名前}\n      b: {fact: 昔, is: 話, changed: 値段, retired: true}\n"
    )
    assert said(tmp_path, text + items, review_after="") == ["6:14: changed: 2024年に終了", "8:38: changed: 名前"]


def test_of_what_is_retired_nothing_is_told(tmp_path: Path) -> None:
    assert said(tmp_path, entries("    changed: 終了\n    checked: 2001-01-01\n    retired: true\n")) == []


def test_check_warns_by_the_given_day_and_stops_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = entries(SOURCED + "    checked: 2025-11-26\n")
    project = written(tmp_path, {"deck.yaml": DECK + "review_after: 365\n", "t.yaml": text})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795737600")  # 2026-11-27
    assert main(["check", "-C", str(project)]) == 0
    assert capsys.readouterr().err.startswith("content/t.yaml:8:14: warning: checked 366 days ago")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764115200")  # 2025-11-26
    assert main(["check", "-C", str(project)]) == 0
    assert capsys.readouterr().err == ""


TWICE = (
    "    sources:\n      - {title: A, url: 'https://example.com/a'}\n      - {title: B, url: 'https://example.com/a'}\n"
)


def test_a_source_that_stands_twice_in_an_entry_is_refused(tmp_path: Path) -> None:
    assert problems(tmp_path, {"t.yaml": entries(TWICE)}) == [
        "content/t.yaml:9:25: 'https://example.com/a' is a source of this entry already: delete one of the two"
    ]
    assert (
        problems(tmp_path, {"t.yaml": entries(TWICE.replace("B, url: 'https://example.com/a", "B, url: 'https://b.c"))})
        == []
    )


def test_a_source_with_two_titles_is_told_and_passes(tmp_path: Path) -> None:
    project = checks.trusted(written(tmp_path, {"t.yaml": entries(SOURCED, SOURCED, SOURCED.replace("A", "B"))}))
    assert [str(warning) for warning in checks.warnings(project)] == [
        "content/t.yaml:15:23: this source is called 'A' in content/t.yaml:7:23: give it one title"
    ]

"""Builds in trouble end well, a few times; `make trouble` tries it hundreds of times. See tests/trouble/."""

from pathlib import Path

import pytest
from trouble.building import Count, whole
from trouble.kills import kills
from trouble.ledgers import ledgers
from trouble.machine import clock, full_disk, pairs


def wrong(count: Count) -> list[str]:
    assert count.tried > 0
    return count.wrong


def test_killed_builds_leave_nothing_half(tmp_path: Path) -> None:
    assert wrong(kills(tmp_path, 1, outputs=(["deck", "log"],))) == []


def test_builds_without_room_on_the_disk_end_in_a_sentence(tmp_path: Path) -> None:
    count = full_disk(tmp_path, 2, filled=(["deck"], ["log"]))
    assert wrong(count) == []
    assert count.notes["exit 1"] == 2


def test_two_builds_at_once_are_both_right(tmp_path: Path) -> None:
    assert wrong(pairs(tmp_path, 1, of=[(["deck"], ["deck", "log"])])) == []


def test_a_clock_that_was_set_back_loses_no_edit(tmp_path: Path) -> None:
    assert wrong(clock(tmp_path, 2)) == []


def test_a_damaged_ledger_is_told_with_its_line_and_stays(tmp_path: Path) -> None:
    assert wrong(ledgers(tmp_path, 2)) == []


@pytest.mark.slow
@pytest.mark.parametrize("trouble", [kills, full_disk, pairs, ledgers])
def test_more_trouble(tmp_path: Path, trouble: object) -> None:
    assert wrong(trouble(tmp_path, 6)) == []  # type: ignore[operator]


def test_half_a_file_is_found() -> None:
    assert whole({"a": b"old", "b": b"old"}, {"a": b"new", "b": b"ol"}, {"a": b"new", "b": b"new"}) == ["b"]

"""What is printed of a learner's progress: a table for a terminal, and JSON."""

import json
from datetime import date
from typing import Any

import pytest
from hitoe.model.project import Project
from hitoe.progress import report
from hitoe.progress.results import Progress, WeakItem
from hitoe.schema import Week
from support.learning import EXAM, answer, card, facts, learned, told


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return facts(tmp_path_factory.mktemp("own"))


def test_the_table_for_a_terminal(project: Project) -> None:
    answers = [answer(button=1)] * 1200 + [answer("f.a", at=EXAM - 10 * 86400)]
    found = told(project, learned(answers, fsrs={"f.a": card(10)}, leeches=["e.a"]))
    assert report.table(found, None)[0] == "2020-W31 (2020-07-27 to 2020-08-02)"
    assert report.table(found, Week.of(date(2020, 7, 13))) == [
        "2020-W29 (2020-07-13 to 2020-07-19)",
        "            reviews  minutes  retention  lapses  leeches",
        "whole deck    1,200       20      0.0 %   1,200        1",
        "by topic",
        "  一          1,200       20      0.0 %   1,200        1",
        "by domain",
        "  乙          1,200       20      0.0 %   1,200        1",
        "",
        "In total",
        "             reviews  minutes  retention  lapses  leeches",
        "whole deck     1,201       20      0.1 %   1,200        1",
        "by topic",
        "  一           1,200       20      0.0 %   1,200        1",
        "  二               1        0    100.0 %       0        0",
        "by domain",
        "  甲               1        0    100.0 %       0        0",
        "  乙           1,200       20      0.0 %   1,200        1",
        "  no domain        0        0          -       0        0",
        "",
        "Expected recall on 2020-08-10",
        "            recall  of cards  not yet learned",
        "whole deck  90.0 %         1                4",
        "甲          90.0 %         1                0",
        "乙               -         0                3",
        "no domain        -         0                1",
        "",
        "Most often failed",
        "           failed",
        "e.a  1200 of 1200",
    ]


@pytest.mark.parametrize(("failed", "shown"), [(9, 9), (10, 10), (12, 10)])
def test_the_table_shows_the_ten_items_that_were_failed_most(project: Project, failed: int, shown: int) -> None:
    weak = tuple(
        WeakItem(file="f", entry="e", item=f"i{number}", failed=1, counted=2, lapses=0) for number in range(failed)
    )
    nothing = told(project, learned([]))
    found = Progress(weeks={}, total=nothing.total, exam=None, expected=(), weak=weak)
    lines = report.table(found, None)
    assert lines[0] == "In total"
    assert [line.split()[0] for line in lines[lines.index("Most often failed") + 2 :]] == [
        f"e.i{n}" for n in range(shown)
    ]


def test_a_week_without_reviews_is_told_as_such(project: Project) -> None:
    found, week = told(project, learned([answer()])), Week.of(date(2020, 8, 1))
    assert report.table(found, week)[:3] == ["2020-W31 (2020-07-27 to 2020-08-02)", "no reviews", ""]
    read_back = json.loads(report.as_json(found, week))
    assert read_back["week"] == {"week": "2020-W31", "whole": None, "topics": [], "domains": []}
    assert json.loads(report.as_json(told(project, learned([])), None))["week"] is None


def test_all_that_is_told_is_in_the_json(project: Project) -> None:
    found = told(project, learned([answer(button=1, at=EXAM - 10 * 86400)], fsrs={"e.a": card(10)}))
    whole = json.loads(report.as_json(found, None))
    one: dict[str, Any] = {"reviews": 1, "milliseconds": 1000, "passed": 0, "failed": 1, "lapses": 1, "leeches": 0}
    one |= {"minutes": 0, "retention": 0.0}
    none = dict.fromkeys(one, 0) | {"retention": None}
    assert whole["week"] == {
        "week": "2020-W31",
        "whole": one,
        "topics": [{"key": "t", "title": "一", **one}],
        "domains": [{"key": "two", "title": "乙", **one}],
    }
    assert whole["total"]["whole"] == one
    assert whole["total"]["domains"][0] == {"key": "one", "title": "甲", **none}
    assert whole["exam"] == "2020-08-10"
    assert whole["expected"][0] == {"key": None, "title": None, "cards": 5, "known": 1, "percent": 90.0}
    assert whole["weak"] == [
        {"file": "content/1.yaml", "entry": "e", "item": "a", "failed": 1, "counted": 1, "lapses": 1}
    ]

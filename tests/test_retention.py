"""What each answer in a learner's collection counts for, in collections of a few rows."""

from datetime import date

import pytest
from hitoe.model.project import Project
from hitoe.progress.aggregation import progress as aggregated
from hitoe.progress.aggregation import recall
from hitoe.progress.calendar import Calendar, east_of_creation
from hitoe.progress.collection import Collection
from hitoe.progress.results import ExpectedRecall, ReviewStats, WeakItem
from hitoe.schema import Week
from support.learning import EXAM, MONDAY, answer, card, facts, learned, told

DAY = 86400


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return facts(tmp_path_factory.mktemp("own"))


@pytest.mark.parametrize(
    ("kind", "last", "counted"),
    [
        *((1, 5, True), (1, 0, True), (1, -60, True)),
        *((0, 0, False), (0, 1, True), (0, 2, True), (0, -60, False)),
        *((0, -DAY + 1, False), (0, -DAY, True), (0, -DAY - 1, True)),
        *((2, 0, False), (2, 1, True), (2, -DAY + 1, False), (2, -DAY, True), (3, 1, True), (3, 0, False)),
    ],
)
def test_an_answer_counts_for_retention_from_an_interval_of_one_day(kind: int, last: int, counted: bool) -> None:
    assert answer(kind=kind, last=last).counts_for_retention is counted


def test_an_answer_without_a_button_or_without_effect_on_the_schedule_counts_for_nothing() -> None:
    assert [answer(button=button).affects_schedule for button in (0, 1, 4)] == [False, True, True]
    assert not answer(kind=3, factor=0).affects_schedule
    assert answer(kind=3, factor=1).affects_schedule
    assert answer(kind=1, factor=0).affects_schedule
    assert not answer(button=0).counts_for_retention
    assert not answer(kind=3, factor=0).counts_for_retention


def test_a_lapse_is_a_review_that_was_answered_with_again() -> None:
    assert [answer(button=1, kind=kind).is_lapse for kind in range(4)] == [False, True, False, True]
    assert not any(answer(button=button).is_lapse for button in (0, 2, 3, 4))
    assert not answer(button=1, kind=3, factor=0).is_lapse


def test_a_due_date_that_was_set_is_no_answer() -> None:
    assert [answer(kind=kind).is_answer for kind in range(6)] == [True, True, True, True, False, False]


def test_a_tally_counts_passed_and_failed_answers_and_each_leech_once(project: Project) -> None:
    leech = (answer(button=1), answer(button=2), answer(button=3), answer(button=1, kind=0, last=0))
    found = told(project, learned([*leech, answer("e.b")], leeches=["e.a", "e.c"]))
    assert found.total.whole == ReviewStats(reviews=5, milliseconds=5000, passed=3, failed=1, lapses=1, leeches=1)


def test_nothing_is_told_of_a_collection_without_a_note_of_the_deck(project: Project) -> None:
    other = Collection(cards={2: card(None)}, revlog=[], calendar=Calendar(rollover=0, east=0))
    assert aggregated(project, other) is None


def test_weak_points_that_are_failed_equally_often_are_told_least_asked_first_then_as_in_the_source(
    project: Project,
) -> None:
    failed = {"e.a": (2, 3), "e.b": (2, 1), "e.c": (1, 0), "e.old": (5, 0), "f.a": (3, 9), "g.a": (2, 1)}
    answers = [
        answer(item, button=button)
        for item in ("g.a", "e.old", "f.a", "e.c", "e.b", "e.a")
        for button in [1] * failed[item][0] + [3] * failed[item][1]
    ]
    weak = told(project, learned(answers)).weak
    assert [f"{one.entry}.{one.item}" for one in weak] == ["f.a", "e.b", "g.a", "e.a", "e.c"]
    assert weak[0] == WeakItem(file="content/2.yaml", entry="f", item="a", failed=3, counted=12, lapses=3)


def test_an_item_that_was_never_failed_is_no_weak_point(project: Project) -> None:
    assert told(project, learned([answer(), answer("e.b", button=1, kind=0, last=0)])).weak == ()


def test_a_week_has_the_answers_of_its_days_and_the_total_has_all(project: Project) -> None:
    answers = [
        answer(at=MONDAY - 1, button=1),
        answer("f.a", at=MONDAY),
        answer("g.a", at=MONDAY + 7 * DAY - 1, kind=5),
        answer("g.a", at=MONDAY + 7 * DAY - 1, button=1),
        answer("e.b", at=MONDAY + 7 * DAY),
        answer("e.b", at=MONDAY + 7 * DAY)._replace(card=98),
    ]
    found = told(project, learned(answers, leeches=["g.a"]))
    assert {str(week): period.whole.reviews for week, period in found.weeks.items()} == {
        "2020-W28": 1,
        "2020-W29": 2,
        "2020-W30": 1,
    }
    week = found.weeks[Week.of(date(2020, 7, 13))]
    assert week.whole == ReviewStats(reviews=2, milliseconds=2000, passed=1, failed=1, lapses=1, leeches=1)
    assert [(group.key, group.title, group.stats.reviews) for group in week.topics] == [("u", "二", 2)]
    assert [(group.key, group.title, group.stats.failed) for group in week.domains] == [
        ("one", "甲", 0),
        (None, None, 1),
    ]
    assert found.total.whole.reviews == 4
    assert [(group.key, group.stats.reviews) for group in found.total.topics] == [("t", 2), ("u", 2)]
    assert [(group.key, group.stats.reviews) for group in found.total.domains] == [("one", 1), ("two", 2), (None, 1)]


def test_all_time_has_the_groups_without_answers_too(project: Project) -> None:
    total = told(project, learned([])).total
    assert [(group.key, group.stats.reviews) for group in (*total.topics, *total.domains)] == [
        *(("t", 0), ("u", 0)),
        *(("one", 0), ("two", 0), (None, 0)),
    ]


@pytest.mark.parametrize("decay", [0.1, 0.1542, 0.2, 0.5, 0.8])
def test_after_as_many_days_as_a_card_is_stable_nine_of_ten_are_recalled(decay: float) -> None:
    assert recall(12.5, decay, 12.5) == pytest.approx(0.9)
    assert recall(12.5, decay, 0) == recall(12.5, decay, -3) == 1
    assert recall(12.5, decay, 13) < 0.9


def test_a_card_of_older_fsrs_has_the_decay_of_that() -> None:
    assert recall(10, None, 20) == recall(10, 0.5, 20) == pytest.approx((1 + (0.9**-2 - 1) * 2) ** -0.5)


def test_recall_is_expected_on_the_day_of_the_exam_of_what_is_not_retired(project: Project) -> None:
    fsrs = {
        "e.a": card(10, seen=EXAM - 10 * DAY),
        "e.b": card(10),
        "e.c": card(None),
        "e.old": card(1),
        "f.a": card(10, seen=EXAM + DAY),
    }
    answers = [
        answer("e.b", at=EXAM - 30 * DAY),
        answer("e.b", at=EXAM - 41 * DAY // 2),
        answer("e.b", button=0, at=EXAM - 1),
    ]
    found = told(project, learned(answers, fsrs=fsrs))
    later = (1 + (0.9**-2 - 1) * 2.05) ** -0.5
    assert found.exam == date(2020, 8, 10)
    assert found.expected == (
        ExpectedRecall(None, None, 5, 3, round(100 * (0.9 + later + 1) / 3, 1)),
        ExpectedRecall("one", "甲", 1, 1, 100.0),
        ExpectedRecall("two", "乙", 3, 2, round(100 * (0.9 + later) / 2, 1)),
        ExpectedRecall(None, None, 1, 0, None),
    )
    assert [one.unknown for one in found.expected] == [2, 0, 1, 1]


def test_recall_is_expected_until_the_last_second_before_the_exam(project: Project) -> None:
    fsrs = {"e.a": card(10)}
    assert told(project, learned([answer(at=EXAM - 1)], fsrs=fsrs)).expected
    assert not told(project, learned([answer(at=EXAM)], fsrs=fsrs)).expected
    assert not told(project, learned([answer("e.b", at=EXAM - 1), answer(at=EXAM)], fsrs=fsrs)).expected
    assert not told(project, learned([answer(at=EXAM - 1)])).expected
    assert not told(project, learned([], fsrs=fsrs)).expected


def test_time_is_rounded_to_minutes_and_retention_to_tenths() -> None:
    times = [0, 29_999, 30_000, 60_000, 89_999, 90_000]
    assert [figures(milliseconds=time).minutes for time in times] == [0, 0, 1, 1, 1, 2]
    assert [figures(passed=passed, failed=3 - passed).retention for passed in range(4)] == [0.0, 33.3, 66.7, 100.0]
    assert figures(passed=2, failed=3).counted == 5
    assert figures().retention is None


def figures(milliseconds: int = 0, passed: int = 0, failed: int = 0) -> ReviewStats:
    return ReviewStats(reviews=1, milliseconds=milliseconds, passed=passed, failed=failed, lapses=0, leeches=0)


def test_a_day_begins_late_for_who_learns_at_night_and_early_in_the_east() -> None:
    for rollover, east in ((0, 0), (4, 9), (3, 9), (4, -7), (23, 5.5)):
        calendar = Calendar(rollover=rollover * 3600, east=int(east * 3600))
        start = calendar.start(date(2020, 7, 13))
        assert start == MONDAY + (rollover - east) * 3600
        assert [calendar.day(start + second).day for second in (-1, 0, DAY - 1, DAY)] == [12, 13, 13, 14]


def test_the_zone_of_a_collection_without_one_is_at_most_thirteen_hours_to_the_east() -> None:
    midnight, hour = 1_595_116_800, 3600
    assert [east_of_creation(midnight + (4 - east) * hour) // hour for east in (13, 12, 0, -10)] == [13, 12, 0, -10]
    assert east_of_creation(midnight + (4 - 13) * hour - 1) == -11 * hour + 1

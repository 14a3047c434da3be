"""Progress, read from collections that the real Anki made and beside Anki's own statistics of them."""

import json
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from anki.collection import Collection
from anki.stats_pb2 import GraphsResponse
from hitoe import checks, progress
from hitoe.cli import main
from hitoe.deck import cards
from hitoe.model.project import Project
from hitoe.progress import collection
from hitoe.progress.aggregation import note_items, recall
from hitoe.progress.calendar import HOUR, Calendar, east_of_creation
from hitoe.progress.results import PeriodStats, Progress, ReviewStats
from hitoe.schema import Week
from hitoe.values.language import Language
from support.projects import build, example_copy
from support.studying import DAY, FORMS, exported, opened, sleep, studied


@dataclass(frozen=True)
class Studied:
    """A project, the forms of a collection in which its deck was studied, and Anki's statistics."""

    project: Path
    files: dict[str, Path]
    graphs: GraphsResponse
    cutoff: int
    lapses: int
    leeches: int

    def told(self, folder: Path, form: str = "open") -> Progress:
        return progress.of(checks.trusted(self.project), self.files[form], folder / "scratch")

    def rows(self, folder: Path) -> collection.Collection:
        return collection.read(self.files["open"], folder / "rows")


def of_anki(folder: Path, *, fsrs: bool) -> Studied:
    project = example_copy(folder / "project")
    col = studied(folder / "home" / "collection.anki2", build(project), fsrs=fsrs)
    assert col.db
    graphs = col._backend.graphs(search="", days=0)
    cutoff, lapses = col.sched.day_cutoff, col.db.scalar("select sum(lapses) from cards")
    leeches = len(col.find_notes("tag:leech"))
    return Studied(project, exported(col, folder), graphs, cutoff, lapses, leeches)


@pytest.fixture(scope="module")
def sm2(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studied]:
    """Studied in Tokyo, where Anki's day begins when it is 19 o'clock in UTC."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "JST-9")
        time.sleep(1.1)  # Anki looks for another time zone once a second at most
        yield of_anki(tmp_path_factory.mktemp("sm2"), fsrs=False)


@pytest.fixture(scope="module")
def fsrs(tmp_path_factory: pytest.TempPathFactory) -> Studied:
    return of_anki(tmp_path_factory.mktemp("fsrs"), fsrs=True)


@pytest.fixture(params=["sm2", "fsrs"])
def learned(request: pytest.FixtureRequest) -> Studied:
    found: Studied = request.getfixturevalue(request.param)
    return found


def test_every_form_of_a_collection_tells_the_same(learned: Studied, tmp_path: Path) -> None:
    told = {form: learned.told(tmp_path, form) for form in FORMS}
    assert told["open"].total.whole.reviews > 400
    assert {form for form in FORMS if told[form] != told["open"]} == set()


def test_reviews_and_time_are_those_of_ankis_graph_in_each_week(learned: Studied, tmp_path: Path) -> None:
    calendar = learned.rows(tmp_path).calendar
    reviews, times = Counter[Week](), Counter[Week]()
    for graph, sums in ((learned.graphs.reviews.count, reviews), (learned.graphs.reviews.time, times)):
        for ago, day in graph.items():
            week = Week.of(calendar.day(learned.cutoff - 1) + timedelta(days=ago))
            sums[week] += day.learn + day.relearn + day.young + day.mature + day.filtered
    told = learned.told(tmp_path).weeks
    assert {week: period.whole.reviews for week, period in told.items()} == reviews
    assert {week: period.whole.milliseconds for week, period in told.items()} == times
    assert len(told) > 4


def test_true_retention_is_ankis(learned: Studied, tmp_path: Path) -> None:
    every = learned.graphs.true_retention.all_time
    whole = learned.told(tmp_path).total.whole
    assert whole.passed == every.young_passed + every.mature_passed
    assert whole.failed == every.young_failed + every.mature_failed > 10
    assert whole.retention == round(100 * whole.passed / (whole.passed + whole.failed), 1)


@pytest.mark.parametrize(("name", "days"), [("today", 1), ("week", 7), ("month", 30)])
def test_true_retention_is_ankis_in_shorter_times(learned: Studied, tmp_path: Path, name: str, days: int) -> None:
    anki = getattr(learned.graphs.true_retention, name)
    since = learned.cutoff - days * 86400
    found = Counter(
        answer.button == 1
        for answer in learned.rows(tmp_path).revlog
        if answer.counts_for_retention and since <= answer.time // 1000 < learned.cutoff
    )
    assert found[True] == anki.young_failed + anki.mature_failed
    assert found[False] == anki.young_passed + anki.mature_passed


def test_lapses_and_leeches_are_ankis(learned: Studied, tmp_path: Path) -> None:
    told = learned.told(tmp_path)
    assert told.total.whole.lapses == learned.lapses > 10
    assert told.total.whole.leeches == learned.leeches > 0  # how many there are depends on the clock
    assert sum(period.whole.lapses for period in told.weeks.values()) == learned.lapses


def test_groups_add_up(learned: Studied, tmp_path: Path) -> None:
    told = learned.told(tmp_path)

    def sums(period: PeriodStats) -> None:
        for groups in (period.topics, period.domains):
            for name in ("reviews", "milliseconds", "passed", "failed", "lapses", "leeches"):
                assert sum(getattr(group.stats, name) for group in groups) == getattr(period.whole, name)

    for period in (told.total, *told.weeks.values()):
        sums(period)
    assert [group.key for group in told.total.topics] == ["chiri", "kiho", "ryori"]
    assert [group.title for group in told.total.domains] == ["料理の科学", "日本の地理", "記法"]


def test_weak_points_are_the_items_failed_most(learned: Studied, tmp_path: Path) -> None:
    told = learned.told(tmp_path)
    rows, where = learned.rows(tmp_path), note_items(checks.trusted(learned.project))
    failures = Counter(
        (place.entry.key, place.key)
        for answer in rows.revlog
        if answer.counts_for_retention and answer.button == 1
        if (place := where[rows.cards[answer.card].guid]) and not place.retired
    )
    assert {(weak.entry, weak.item): weak.failed for weak in told.weak} == failures
    assert [weak.failed for weak in told.weak] == sorted((weak.failed for weak in told.weak), reverse=True)


def test_recall_is_ankis(fsrs: Studied, tmp_path: Path) -> None:
    with opened(Path(shutil.copy(fsrs.files["open"], tmp_path / "collection.anki2"))) as col:
        told = 0
        for id_ in col.find_cards("is:review"):
            stats = col.card_stats_data(id_)
            card = col.get_card(id_)
            if card.memory_state is None:
                continue
            assert card.last_review_time
            days = (learned_now(col) - card.last_review_time) / 86400
            ours = recall(card.memory_state.stability, card.decay, days)
            assert ours == pytest.approx(stats.fsrs_retrievability, abs=1e-4)
            told += 1
        assert told > 20


def learned_now(col: Collection) -> int:
    assert col.db
    return int(col.db.scalar("select cast(strftime('%s', 'now') as integer)"))


def test_recall_of_older_fsrs() -> None:
    assert recall(10, None, 10) == pytest.approx(0.9)
    assert recall(10, 0.2, 10) == pytest.approx(0.9)
    assert recall(10, None, 100) == pytest.approx((1 + 19 / 81 * 10) ** -0.5)


def test_the_exam_is_expected_as_anki_will_see_it_on_that_day(fsrs: Studied, tmp_path: Path) -> None:
    project = shutil.copytree(fsrs.project, tmp_path / "project")
    today = fsrs.rows(tmp_path).calendar.day(fsrs.cutoff - 1)
    exam_on(project, today + timedelta(days=40))
    told = progress.of(checks.trusted(project), fsrs.files["open"], tmp_path / "scratch")
    with opened(Path(shutil.copy(fsrs.files["open"], tmp_path / "collection.anki2"))) as col:
        sleep(col, 40)
        # Anki counts to the second: what is expected is expected as the day begins.
        reviewed_later(col, learned_now(col) - (fsrs.cutoff - DAY))
        anki = col._backend.graphs(search="-tag:廃止", days=0).retrievability
    whole = told.expected[0]
    assert whole.percent == pytest.approx(anki.average, abs=0.06)
    assert whole.cards == sum(one.cards for one in told.expected[1:]) > whole.known == sum(anki.retrievability.values())
    assert [one.key for one in told.expected[1:]] == ["ryori", "chiri", "kiho"]


def reviewed_later(col: Collection, seconds: int) -> None:
    """Make the last review of every card so much later."""
    assert col.db
    for id_, data in col.db.all("select id, data from cards where data like '%lrt%'"):
        known = json.loads(data)
        known["lrt"] += seconds
        col.db.execute("update cards set data = ? where id = ?", json.dumps(known), id_)


def exam_on(project: Path, day: date) -> None:
    file = project / "content" / "deck.yaml"
    text = file.read_text("utf-8")
    assert "exam_date: 2021-03-01" in text
    file.write_text(text.replace("exam_date: 2021-03-01", f"exam_date: {day}"), "utf-8")


def test_nothing_is_expected_without_fsrs_or_after_the_exam(sm2: Studied, fsrs: Studied, tmp_path: Path) -> None:
    assert fsrs.told(tmp_path).expected == ()
    project = shutil.copytree(sm2.project, tmp_path / "project")
    exam_on(project, date(2100, 1, 1))
    assert progress.of(checks.trusted(project), sm2.files["open"], tmp_path / "scratch").expected == ()


def test_every_note_of_the_deck_has_its_place(example_project: Project) -> None:
    printing = cards.templates(Language("ja"))
    notes = {note.guid: note for note in cards.notes(example_project, printing, unasked=True)}
    found = note_items(example_project)
    assert notes.keys() == found.keys()
    for guid, place in found.items():
        assert notes[guid].loc == ("entries", place.entry.key, "items", place.key)
        assert notes[guid].retired == place.retired


def test_a_day_begins_when_the_learner_says() -> None:
    tokyo = Calendar(rollover=4 * HOUR, east=9 * HOUR)
    midnight = 1_595_170_800  # 2020-07-20 00:00 in Tokyo
    assert tokyo.day(midnight) == date(2020, 7, 19)
    assert tokyo.day(midnight + 4 * HOUR - 1) == date(2020, 7, 19)
    assert tokyo.day(midnight + 4 * HOUR) == date(2020, 7, 20)
    assert tokyo.start(date(2020, 7, 20)) == midnight + 4 * HOUR


@pytest.mark.parametrize("hours", [-10, -5, 0, 5.5, 9, 13])
def test_a_collection_without_a_zone_was_made_at_four(hours: float) -> None:
    created = 1_595_116_800 - int(hours * HOUR) + 4 * HOUR  # 2020-07-19 04:00 there
    assert east_of_creation(created) == hours * HOUR


def test_the_learners_zone_and_hour_are_read(sm2: Studied, fsrs: Studied, tmp_path: Path) -> None:
    assert sm2.rows(tmp_path).calendar == Calendar(rollover=4 * HOUR, east=9 * HOUR)
    with opened(Path(shutil.copy(fsrs.files["open"], tmp_path / "collection.anki2"))) as col:
        col.set_config("rollover", 2)
    assert collection.read(tmp_path / "collection.anki2", tmp_path / "copy").calendar.rollover == 2 * HOUR


def test_minutes_and_retention_are_rounded() -> None:
    figures = ReviewStats(reviews=3, milliseconds=90_000, passed=2, failed=1, lapses=1, leeches=0)
    assert (figures.minutes, figures.retention) == (2, 66.7)
    nothing = ReviewStats(reviews=1, milliseconds=29_999, passed=0, failed=0, lapses=0, leeches=0)
    assert (nothing.minutes, nothing.retention) == (0, None)


def test_the_command_prints_a_table_and_json(sm2: Studied, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    order = ["progress", str(sm2.files["colpkg"]), "-C", str(sm2.project)]
    told = sm2.told(tmp_path)
    week = min(told.weeks)
    assert main([*order, "--week", str(week)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{week} ({week.monday} to {week.sunday})"
    assert lines[2].split()[:3] == ["whole", "deck", f"{told.weeks[week].whole.reviews}"]
    assert main([*order, "--json"]) == 0
    read = json.loads(capsys.readouterr().out)
    assert read["week"]["week"] == str(max(told.weeks))
    assert read["total"]["whole"]["reviews"] == told.total.whole.reviews
    assert read["total"]["topics"][0]["title"] == "日本の地理"
    assert main([*order, "--week", "1999-W01"]) == 0
    assert capsys.readouterr().out.splitlines()[1] == "no reviews"
    assert main([*order, "--week", "1999-W60"]) == 1
    assert capsys.readouterr().err == "hitoe: --week: 1999 has no ISO week 60: look the week up\n"


def test_wide_letters_are_aligned(sm2: Studied, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["progress", str(sm2.files["open"]), "-C", str(sm2.project)]) == 0
    lines = capsys.readouterr().out.splitlines()
    total = lines.index("In total")
    rows = [line for line in lines[total + 2 : total + 11] if not line.startswith("by ")]
    widths = {sum(1 + (ord(sign) > 0x2E80) for sign in line) for line in rows}
    assert len(rows) == 7
    assert len(widths) == 1


def test_progress_is_read_without_the_anki_library(sm2: Studied) -> None:
    code = (
        "import sys; from hitoe.cli import main; "
        f"assert main(['progress', {str(sm2.files['colpkg'])!r}, '-C', {str(sm2.project)!r}]) == 0; "
        "assert 'sqlite3' in sys.modules and not {'anki', 'weasyprint', 'genanki'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=Path(checks.__file__).parents[2])

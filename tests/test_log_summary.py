"""The statistics at the end of a post: counts, sentences, tables and charts."""

import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from hitoe import checks
from hitoe.deck import cards as deck_cards
from hitoe.log.week_stats import WEEKS_SHOWN, WeekStats, week_stats
from hitoe.model.project import Project
from hitoe.stats import charts, domains
from hitoe.stats.charts import BarValue
from hitoe.stats.counts import Count
from hitoe.values.language import Language
from support.logs import log_data, log_files
from support.notes import written
from support.projects import EXAMPLE

ROOT = Path(__file__).resolve().parent.parent
DOMAINS = "domains: {a: {title: 甲, weight: 60}, b: {title: 乙 & 丙, weight: 30}, c: {title: 丁}}\n"

Logged = Callable[..., Project]


@pytest.fixture
def logged(tmp_path: Path) -> Logged:
    """Return a function that makes a project of entries, one in a line: its keys, and how many facts it has."""

    def project(*entries: tuple[str, int], deck: str = DOMAINS, language: str = "ja") -> Project:
        lines = ["topic: t", "title: 話題", "entries:"]
        for number, (keys, facts) in enumerate(entries):
            items = ", ".join(f"f{i}: {{fact: 問い, is: 答え}}" for i in range(facts))
            lines.append(f"  e{number}: {{title: 題{number}, {keys}, items: {{{items}}}}}")
        files = {"t.yaml": "\n".join(lines)}
        files["deck.yaml"] = f"format: 1\nkey: d\ntitle: D\nlanguage: {language}\n{deck}"
        return checks.trusted(written(tmp_path / "p", files))

    return project


def counted(project: Project) -> list[WeekStats]:
    return list(week_stats(log_data(project)))


def told(project: Project, week: str = "2020-W30", form: str = ".md") -> str:
    """Return the sentences of a week's summary."""
    text = log_files(project)[week + form]
    return re.split(r"\n\n\*\*", re.split(r"## (?:今週のまとめ|This week in numbers)\n\n", text)[1])[0]


@pytest.mark.parametrize("folder", [ROOT, EXAMPLE], ids=["content", "example"])
def test_cards_are_counted_as_the_deck_makes_them(folder: Path) -> None:
    project = checks.trusted(folder)
    notes = deck_cards.notes(project, deck_cards.templates(Language("ja")))
    made = sum(len(set(note.ords) - set(note.retired_ords)) for note in notes if not note.retired)
    assert sum(entry.count.cards for week in log_data(project).weeks for entry in week.entries) == made


def test_a_week_adds_and_all_weeks_add_up(logged: Logged) -> None:
    weeks = counted(logged(("learned: 2020-W30, domain: a", 2), ("learned: 2020-W32", 3), ("learned: 2020-W30", 1)))
    assert [(str(stats.week), stats.count.added, stats.count.total) for stats in weeks] == [
        ("2020-W30", Count(2, 3, 3), Count(2, 3, 3)),
        ("2020-W32", Count(1, 3, 3), Count(3, 6, 6)),
    ]
    assert weeks[1].domains["a"].added == Count()
    assert weeks[1].domains[None].total == Count(2, 4, 4)


def test_what_has_no_week_or_no_domain_is_told_as_such(logged: Logged) -> None:
    project = logged(("learned: 2020-W30, domain: a", 2), ("domain: a", 3), ("learned: 2020-W30", 1))
    assert told(project).split("\n")[-2:] == [
        "- 分野の記されていない1件(カード1枚)は、どの分野にも数えていない。",
        "- 学んだ週の記されていない1件(カード3枚)は、どの週にも数えていない。",
    ]
    assert "| 分野なし | 1 | 1 | – | – |" in log_files(project)["2020-W30.md"]


def test_the_words_come_first_and_say_which_domain_is_thin(logged: Logged) -> None:
    first = ("learned: 2020-W29, domain: c", 5)
    project = logged(first, ("learned: 2020-W30, domain: a", 9), ("learned: 2020-W30, domain: b", 1))
    assert told(project) == (
        "- 今週は2件を学び、10項目、カード10枚になった。\n"
        "- これまでの累計は3件、15項目、カード15枚。\n"
        "- 1日に新しいカードを20枚始めると、今週の10枚に1日かかる。\n"
        "- 試験の分野でいちばん薄いのは「乙 & 丙」で、これまでのカードの10%に対し、配点は33%。"
    )
    assert "「乙 &amp; 丙」で" in log_files(project)["2020-W30.html"]


def test_english_words(logged: Logged) -> None:
    project = logged(("learned: 2020-W30, domain: a", 1), ("domain: b", 2), language="en")
    assert told(project) == (
        "- This week: 1 thing learned, 1 item, 1 card.\n- It is the first week of this log.\n"
        "- At 20 new cards a day, the card of this week takes 1 day.\n"
        "- The thinnest domain of the exam: 乙 & 丙, with 0% of all cards so far and a weight of 33%.\n"
        "- Without a week, and counted in none: 1 entry (2 cards)."
    )


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ja", "- 1日に新しいカードを2枚始めると、今週の5枚に3日かかる。"),
        ("en", "- At 2 new cards a day, the 5 cards of this week take 3 days."),
    ],
)
def test_each_post_says_how_many_days_the_cards_of_its_week_take(logged: Logged, language: str, sentence: str) -> None:
    files = log_files(logged(("learned: 2020-W30", 5), language=language, deck="new_per_day: 2\n"))
    posts = {name: text for name, text in files.items() if name.startswith("2020-W30")}
    assert len(posts) == 3
    assert all(sentence[2:] in text for text in posts.values())


def test_a_week_without_cards_takes_no_days(logged: Logged) -> None:
    assert "かかる" not in told(logged(("learned: 2020-W30, points: [点]", 0)))


def test_domains_as_heavy_as_their_cards_are_called_so(logged: Logged) -> None:
    project = logged(("learned: 2020-W30, domain: a", 2), ("learned: 2020-W30, domain: b", 1))
    assert "- 試験のどの分野にも、配点に見合うだけのカードがある。" in told(project)


def test_without_domains_or_weights_nothing_is_said_of_them(logged: Logged) -> None:
    without = log_files(logged(("learned: 2020-W30", 1), deck=""))
    weightless = log_files(logged(("learned: 2020-W30, domain: a", 1), deck="domains: {a: {title: 甲}}\n"))
    for form in (".md", ".html"):
        assert "分野" not in without["2020-W30" + form]
        assert "いちばん薄い" not in weightless["2020-W30" + form]
    assert "| 甲 | 1 | 1 | – | – |" in weightless["2020-W30.md"]
    assert weightless["2020-W30.html"].count("<svg") == 1


def test_a_bar_in_a_title_stays_in_its_cell(logged: Logged) -> None:
    project = logged(("learned: 2020-W30, domain: a", 1), deck="domains: {a: {title: 'x|`kms:*`'}}\n")
    assert "\n| x\\|`kms:*` | 1 | 1 |" in log_files(project)["2020-W30.md"]


def test_growth_fills_in_weeks_without_entries_and_looks_back_a_quarter(logged: Logged) -> None:
    last = counted(logged(("learned: 2020-W40", 1), ("learned: 2020-W52", 2), ("learned: 2021-W01", 3)))
    assert [(str(one.week), one.added, one.total) for one in last[2].growth[-3:]] == [
        ("2020-W52", 2, 3),
        ("2020-W53", 0, 3),
        ("2021-W01", 3, 6),
    ]
    assert len(last[2].growth) == WEEKS_SHOWN
    assert [(one.added, one.total) for one in last[2].growth[:9]] == [(0, 1)] * 9 + []
    assert [str(one.week) for one in last[0].growth] == ["2020-W40"]


def test_the_first_week_of_the_calendar_has_nothing_before_it(logged: Logged) -> None:
    assert [one.total for one in counted(logged(("learned: 0001-W01", 1)))[0].growth] == [1]


@pytest.mark.parametrize(
    ("part", "percent"), [("0", 0), ("1/200", 1), ("1/201", 0), ("1/3", 33), ("2/3", 67), ("1", 100)]
)
def test_parts_are_rounded_halves_up(part: str, percent: int) -> None:
    assert domains.percent(Fraction(part)) == percent


def amount(pale: int, dark: int, start: int = 0, label: str = "x") -> BarValue:
    return BarValue(label, Fraction(pale), Fraction(dark), Fraction(start), "9")


@pytest.mark.parametrize("draw", [charts.labels_left, charts.labels_above])
def test_bars_keep_their_proportions_and_stay_in_the_drawing(
    draw: Callable[..., tuple[tuple[charts.ChartBar, ...], int]],
) -> None:
    bars, height = draw([amount(100, 50, 50), amount(50, 50), amount(0, 0)])
    assert bars[0].pale
    assert bars[1].pale
    assert bars[0].pale.width == 2 * bars[1].pale.width
    assert bars[0].dark.x + bars[0].dark.width == bars[0].pale.x + bars[0].pale.width
    assert bars[1].dark.x == bars[1].pale.x
    for bar in bars:
        assert bar.pale
        assert bar.pale.y <= bar.dark.y
        assert bar.dark.y + bar.dark.height <= bar.pale.y + bar.pale.height <= height
        assert bar.figures.x < charts.WIDTH - 80
        assert bar.label.x <= bar.pale.x


def test_empty_amounts_make_bars_of_no_length() -> None:
    assert [bar.pale and bar.pale.width for bar in charts.labels_left([amount(0, 0)])[0]] == [0]


def test_a_long_label_is_cut() -> None:
    assert charts.labels_above([amount(1, 1, label="あ" * 40)])[0][0].label.text == "あ" * 27 + "…"


def test_a_chart_says_what_it_shows_without_being_seen(logged: Logged) -> None:
    page = log_files(logged(("learned: 2020-W30, domain: a", 2)))["2020-W30.html"]
    assert '<title id="growth-title">カードの増え方</title><desc id="growth-told">7月20日 2(+2)</desc>' in page
    assert '<desc id="coverage-told">甲 100%(配点67%)、乙 &amp; 丙 0%(配点33%)</desc>' in page
    assert page.count('role="img" aria-labelledby="') == 2


def test_the_numbers_of_the_past_do_not_change(logged: Logged) -> None:
    before = log_files(logged(("learned: 2020-W30, domain: a", 2)))
    after = log_files(logged(("learned: 2020-W30, domain: a", 2), ("learned: 2020-W31, domain: b", 5)))
    assert {name: after[name] for name in before if name[0] == "2"} == {
        name: text for name, text in before.items() if name[0] == "2"
    }

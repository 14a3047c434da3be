"""The statistics at the end of a post: sentences, tables and charts, written in one format."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from fractions import Fraction

from hitoe.kinds import KINDS
from hitoe.log.data import LogData
from hitoe.log.formats import PostFormat
from hitoe.log.week_stats import WeekStats
from hitoe.stats import charts
from hitoe.stats.charts import BarValue, Chart, ChartBar
from hitoe.stats.domains import domain_shares, percent, thinnest


@dataclass(frozen=True, slots=True)
class NumberTable:
    """A table of numbers. Each row is as long as the head; its first cell is its title."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Summary:
    """A heading, sentences, tables, and the charts of a format that has them."""

    title: str
    sentences: Sequence[str]
    tables: Sequence[NumberTable]
    charts: Sequence[Chart]


class SummaryWriter:
    """Writes the statistics of one week in one format."""

    def __init__(self, data: LogData, stats: WeekStats, format_: PostFormat) -> None:
        self._titles = data.topics
        self._new_per_day = data.deck.new_per_day
        self._stats = stats
        self._format = format_
        self._phrase = format_.phrase
        self._word = format_.templates.word
        self._domains = domain_shares(data.deck, stats.domains)

    def week(self) -> Summary:
        """Return the statistics of the week."""
        return Summary(self._word("summary"), self.sentences(), list(self._tables()), list(self._charts()))

    def all_weeks(self) -> Summary:
        """Return the statistics of all weeks up to this one."""
        sentences = [self._total(), *self._thinnest(), *self._uncounted()]
        return Summary(self._word("so_far"), sentences, list(self._by_domain()), list(self._charts()))

    def sentences(self) -> list[str]:
        """Return the sentences of the week's statistics."""
        count = self._stats.count
        return [
            self._phrase("week_added", *astuple(count.added)),
            self._word("first_week") if count.added == count.total else self._total(),
            *self._pace(),
            *self._largest_topic(),
            *self._thinnest(),
            *self._corrections(),
            *self._uncounted(),
        ]

    def _total(self) -> str:
        return self._phrase("in_all", *astuple(self._stats.count.total))

    def _pace(self) -> Iterator[str]:
        """Yield on how many days the week's cards begin, the last of which may have fewer."""
        if cards := self._stats.count.added.cards:
            yield self._phrase("pace", cards, self._new_per_day, -(-cards // self._new_per_day))

    def _largest_topic(self) -> Iterator[str]:
        cards = {key: count.added.cards for key, count in self._stats.topics.items()}
        key = max(cards, key=lambda key: cards[key])
        if len(cards) > 1 and cards[key]:
            yield self._phrase("most_of", self._format.line(self._titles[key]), cards[key])

    def _thinnest(self) -> Iterator[str]:
        if thin := thinnest(self._domains):
            title = self._format.line(thin.title)
            yield self._phrase("thin", title, percent(thin.share or 0), percent(thin.weight or 0))
        elif any(domain.share is not None for domain in self._domains):
            yield self._word("even")

    def _corrections(self) -> Iterator[str]:
        if self._stats.corrections:
            yield self._phrase("corrected", self._stats.corrected_entries, self._stats.corrections)

    def _uncounted(self) -> Iterator[str]:
        """Yield how many entries have no domain or no week."""
        without_domain, undated = self._stats.domains.get(None), self._stats.undated
        if without_domain and self._domains:
            yield self._phrase("without_domain", without_domain.total.entries, without_domain.total.cards)
        if undated.entries:
            yield self._phrase("without_week", undated.entries, undated.cards)

    def _tables(self) -> Iterator[NumberTable]:
        stats, added, total = self._stats, self._stats.count.added, self._stats.count.total
        yield self._table(
            "numbers",
            ("", "this_week", "all_weeks"),
            (
                (self._word("count_entries"), added.entries, total.entries),
                (self._word("count_items"), added.items, total.items),
                (self._word("count_cards"), added.cards, total.cards),
                (self._word("count_corrections"), stats.corrections, stats.all_corrections),
            ),
        )
        kinds = [(kind, stats.kinds[kind]) for kind in KINDS if kind in stats.kinds]
        rows = ((self._word("kinds", kind), *astuple(each.added)[1:], each.total.cards) for kind, each in kinds)
        yield self._table("by_kind", ("kind_head", "count_items", "count_cards", "all_weeks"), rows)
        topics = ((self._format.line(self._titles[key]), each) for key, each in stats.topics.items())
        rows = ((title, *astuple(each.added), each.total.cards) for title, each in topics)
        head = ("topic_head", "count_entries", "count_items", "count_cards", "all_weeks")
        yield self._table("by_topic", head, rows)
        yield from self._by_domain()
        if stats.corrections:
            corrected = (entry for entry in stats.entries if entry.corrections)
            rows = ((self._format.written(each.titles[self._format.name]), each.corrections) for each in corrected)
            yield self._table("by_correction", ("count_entries", "count_corrections"), rows)
        if not self._format.charts:
            rows = ((self._phrase("week_of", each.week.monday), each.added, each.total) for each in stats.growth)
            yield self._table("growth", ("week_head", "count_cards", "all_weeks"), rows)

    def _by_domain(self) -> Iterator[NumberTable]:
        if not self._domains:
            return
        rows = [
            (self._format.line(domain.title), domain.count, domain.share, domain.weight) for domain in self._domains
        ]
        if without_domain := self._stats.domains.get(None):
            rows.append((self._word("no_domain"), without_domain, None, None))
        yield self._table(
            "by_domain",
            ("domain_head", "count_cards", "all_weeks", "share_head", "weight_head"),
            (
                (title, count.added.cards, count.total.cards, _percent(share), _percent(weight))
                for title, count, share, weight in rows
            ),
        )

    def _table(self, title: str, head: Iterable[str], rows: Iterable[Iterable[str | int]]) -> NumberTable:
        """Return a table; `title` and `head` are names of words, an empty name is an empty cell."""
        cells = [[f"{cell:,}" if isinstance(cell, int) else cell for cell in row] for row in rows]
        return NumberTable(self._word(title), [self._word(name) if name else "" for name in head], cells)

    def _charts(self) -> Iterator[Chart]:
        if not self._format.charts:
            return
        growth = [
            BarValue(
                self._phrase("week_of", each.week.monday),
                pale=each.total,
                dark=each.added,
                start=each.total - each.added,
                figures=self._phrase("grown", each.total, each.added),
            )
            for each in self._stats.growth
        ]
        yield self._chart("growth", growth, *charts.labels_left(growth))
        domains = []
        for domain in self._domains:
            if domain.share is not None:
                weight = domain.weight or 0
                figures = self._phrase("covered", percent(domain.share), percent(weight))
                domains.append(BarValue(domain.title.plain, weight, domain.share, 0, figures))
        if domains:
            yield self._chart("coverage", domains, *charts.labels_above(domains))

    def _chart(self, name: str, values: list[BarValue], bars: Sequence[ChartBar], height: int) -> Chart:
        description = self._word("listed").join(f"{value.label} {value.figures}" for value in values)
        return Chart(name, self._word(name), description, self._word(f"{name}_caption"), height, bars)


def _percent(part: Fraction | None) -> str:
    return "–" if part is None else f"{percent(part)}%"

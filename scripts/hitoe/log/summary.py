"""The statistics at the end of a post: sentences, tables and charts, written in one format."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from hitoe.kinds import KINDS
from hitoe.log.data import LogData
from hitoe.log.formats import PostFormat
from hitoe.log.week_stats import WeekStats, WeekTotal
from hitoe.stats import charts
from hitoe.stats.charts import BarValue, Chart, ChartBar
from hitoe.stats.counts import AddedCount, Count
from hitoe.stats.domains import DomainShare, domain_shares, percent, thinnest

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NumberTable:
    """A table of numbers. Each row is as long as the head; its first cell is its title."""

    title: str
    head: Cells
    rows: tuple[Cells, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A heading, sentences, tables, and the charts of a format that has them."""

    title: str
    sentences: tuple[str, ...]
    tables: tuple[NumberTable, ...]
    charts: tuple[Chart, ...] = ()


class SummaryWriter:
    """Writes the statistics of one week in one format."""

    def __init__(self, data: LogData, stats: WeekStats, format_: PostFormat) -> None:
        self._titles = data.topics
        self._stats = stats
        self._format = format_
        self._phrase = format_.phrase
        self._word = format_.templates.word
        self._domains = domain_shares(data.deck, stats.domains)

    def week(self) -> Summary:
        """Return the statistics of the week."""
        tables = [self._overview(), self._by_kind(), self._by_topic(), *self._by_domain(), *self._by_correction()]
        if not self._format.charts:
            tables.append(self._growth())
        return Summary(self._word("summary"), self.sentences(), tuple(tables), self._charts())

    def all_weeks(self) -> Summary:
        """Return the statistics of all weeks up to this one."""
        sentences = (self._total(), *self._thinnest(), *self._uncounted())
        return Summary(self._word("so_far"), sentences, tuple(self._by_domain()), self._charts())

    def sentences(self) -> tuple[str, ...]:
        """Return the sentences of the week's statistics."""
        total = self._word("first_week") if self._stats.first else self._total()
        added = self._phrase("week_added", *_numbers(self._stats.count.added))
        return (added, total, *self._largest_topic(), *self._thinnest(), *self._corrections(), *self._uncounted())

    def _total(self) -> str:
        return self._phrase("in_all", *_numbers(self._stats.count.total))

    def _largest_topic(self) -> Iterator[str]:
        topics = self._stats.topics
        key = max(topics, key=lambda key: topics[key].added.cards)
        if len(topics) > 1 and (cards := topics[key].added.cards):
            yield self._phrase("most_of", self._format.line(self._titles[key]), _number(cards))

    def _thinnest(self) -> Iterator[str]:
        if not any(domain.share is not None for domain in self._domains):
            return
        thin = thinnest(self._domains)
        if thin is None:
            yield self._word("even")
        else:
            assert thin.share is not None
            assert thin.weight is not None
            yield self._phrase("thin", self._format.line(thin.title), percent(thin.share), percent(thin.weight))

    def _corrections(self) -> Iterator[str]:
        if self._stats.corrections:
            yield self._phrase("corrected", _number(self._stats.corrected_entries), _number(self._stats.corrections))

    def _uncounted(self) -> Iterator[str]:
        """Yield how many entries have no domain or no week."""
        without_domain, undated = self._stats.domains.get(None), self._stats.undated
        if without_domain and self._domains:
            total = without_domain.total
            yield self._phrase("without_domain", _number(total.entries), _number(total.cards))
        if undated.entries:
            yield self._phrase("without_week", _number(undated.entries), _number(undated.cards))

    def _overview(self) -> NumberTable:
        added, total = self._stats.count.added, self._stats.count.total
        rows: Mapping[str, tuple[int, int]] = {
            "entries": (added.entries, total.entries),
            "items": (added.items, total.items),
            "cards": (added.cards, total.cards),
            "corrections": (self._stats.corrections, self._stats.all_corrections),
        }
        return self._table(
            "numbers",
            ("", "this_week", "all_weeks"),
            ((self._word(f"count_{name}"), *map(_number, numbers)) for name, numbers in rows.items()),
        )

    def _by_kind(self) -> NumberTable:
        rows = (
            (self._phrase("kind", kind), *map(_number, (count.added.items, count.added.cards, count.total.cards)))
            for kind in KINDS
            if (count := self._stats.kinds.get(kind))
        )
        return self._table("by_kind", ("kind_head", "count_items", "count_cards", "all_weeks"), rows)

    def _by_topic(self) -> NumberTable:
        head = ("topic_head", "count_entries", "count_items", "count_cards", "all_weeks")
        rows = (
            (self._format.line(self._titles[key]), *_numbers(count.added), _number(count.total.cards))
            for key, count in self._stats.topics.items()
        )
        return self._table("by_topic", head, rows)

    def _by_correction(self) -> Iterator[NumberTable]:
        if self._stats.corrections:
            rows = (
                (self._format.written(entry.titles[self._format.name]), _number(entry.corrections))
                for entry in self._stats.entries
                if entry.corrections
            )
            yield self._table("by_correction", ("count_entries", "count_corrections"), rows)

    def _by_domain(self) -> Iterator[NumberTable]:
        if not self._domains:
            return
        rows = [
            (self._format.line(domain.title), *_cards(domain.count), _percent(domain.share), _percent(domain.weight))
            for domain in self._domains
        ]
        if without_domain := self._stats.domains.get(None):
            rows.append((self._word("no_domain"), *_cards(without_domain), _percent(None), _percent(None)))
        head = ("domain_head", "count_cards", "all_weeks", "share_head", "weight_head")
        yield self._table("by_domain", head, rows)

    def _growth(self) -> NumberTable:
        rows = (
            (self._phrase("week_of", each.week.monday), _number(each.added), _number(each.total))
            for each in self._stats.growth
        )
        return self._table("growth", ("week_head", "count_cards", "all_weeks"), rows)

    def _table(self, title: str, head: Cells, rows: Iterable[Cells]) -> NumberTable:
        return NumberTable(self._word(title), tuple(self._word(name) if name else "" for name in head), tuple(rows))

    def _charts(self) -> tuple[Chart, ...]:
        if not self._format.charts:
            return ()
        growth = [self._growth_bar(each) for each in self._stats.growth]
        domains = [self._domain_bar(domain) for domain in self._domains if domain.share is not None]
        drawn = [self._chart("growth", growth, *charts.labels_left(growth))]
        if domains:
            drawn.append(self._chart("coverage", domains, *charts.labels_above(domains)))
        return tuple(drawn)

    def _growth_bar(self, week: WeekTotal) -> BarValue:
        return BarValue(
            self._phrase("week_of", week.week.monday),
            pale=Fraction(week.total),
            dark=Fraction(week.added),
            start=Fraction(week.total - week.added),
            figures=self._phrase("grown", _number(week.total), _number(week.added)),
        )

    def _domain_bar(self, domain: DomainShare) -> BarValue:
        share, weight = domain.share or Fraction(0), domain.weight or Fraction(0)
        figures = self._phrase("covered", percent(share), percent(weight))
        return BarValue(domain.title.plain, pale=weight, dark=share, start=Fraction(0), figures=figures)

    def _chart(self, name: str, values: list[BarValue], bars: tuple[ChartBar, ...], height: int) -> Chart:
        description = self._word("listed").join(f"{value.label} {value.figures}" for value in values)
        return Chart(name, self._word(name), description, self._word(f"{name}_caption"), charts.WIDTH, height, bars)


def _numbers(count: Count) -> Cells:
    return _number(count.entries), _number(count.items), _number(count.cards)


def _cards(count: AddedCount) -> Cells:
    return _number(count.added.cards), _number(count.total.cards)


def _number(number: int) -> str:
    return f"{number:,}"


def _percent(part: Fraction | None) -> str:
    return "–" if part is None else f"{percent(part)}%"

"""The summary at the end of a post: what the week added, all that there is, and which domain is thin."""

from collections.abc import Iterator
from fractions import Fraction

from hitoe.kinds import KINDS
from hitoe.log.chronicle import Chronicle
from hitoe.log.forms import Form, sayer
from hitoe.log.part import Grid, Part
from hitoe.log.tally import Tally
from hitoe.stats import charts, domains
from hitoe.stats.charts import Amount, Chart
from hitoe.stats.counts import Count, Share
from hitoe.stats.domains import Domain, percent

NOTHING = Share(Count(), Count())


class Summary:
    """Tells a week's numbers in one form."""

    def __init__(self, chronicle: Chronicle, tally: Tally, form: Form) -> None:
        self._chronicle = chronicle
        self._tally = tally
        self._form = form
        self._say = sayer(form)
        self._word = form.templates.word
        self._domains = domains.domains(chronicle.deck, tally.domains, NOTHING)

    def of_the_week(self) -> Part:
        """Return the summary of the week."""
        grids = [self._overview(), self._kinds(), self._topics(), *self._coverage(), *self._corrections()]
        drawn = (self._growth_chart(), *self._coverage_chart()) if self._form.draws else ()
        if not self._form.draws:
            grids.append(self._growth())
        return Part(self._word("summary"), self.sentences(), tuple(grids), drawn)

    def sentences(self) -> tuple[str, ...]:
        """Return what the summary of the week says in words."""
        return (self._added(), self._in_all(), *self._most(), *self._thin(), *self._corrected(), *self._left_out())

    def of_all_weeks(self) -> Part:
        """Return the summary of all weeks up to this one."""
        drawn = (self._growth_chart(), *self._coverage_chart()) if self._form.draws else ()
        sentences = (self._in_all(always=True), *self._thin(), *self._left_out())
        return Part(self._word("so_far"), sentences, tuple(self._coverage()), drawn)

    def _added(self) -> str:
        return self._say("week_added", *_numbers(self._tally.whole.added))

    def _in_all(self, always: bool = False) -> str:
        if self._tally.first and not always:
            return self._word("first_week")
        return self._say("in_all", *_numbers(self._tally.whole.total))

    def _most(self) -> Iterator[str]:
        topics = self._tally.topics
        most = max(topics, key=lambda key: topics[key].added.cards)
        if len(topics) > 1 and (cards := topics[most].added.cards):
            yield self._say("most_of", self._form.label(self._chronicle.topics[most]), _number(cards))

    def _thin(self) -> Iterator[str]:
        if not any(domain.share is not None for domain in self._domains):
            return
        thin = domains.thinnest(self._domains)
        if thin is None:
            yield self._word("even")
        else:
            assert thin.share is not None
            assert thin.weight is not None
            yield self._say("thin", self._form.label(thin.title), percent(thin.share), percent(thin.weight))

    def _corrected(self) -> Iterator[str]:
        if self._tally.corrections:
            yield self._say("corrected", *_columns(self._tally.corrected, self._tally.corrections))

    def _left_out(self) -> Iterator[str]:
        """Yield what no domain and no week counts."""
        apart = self._tally.domains.get(None)
        if apart and self._domains:
            yield self._say("without_domain", _number(apart.total.entries), _number(apart.total.cards))
        if self._tally.undated.entries:
            yield self._say("without_week", _number(self._tally.undated.entries), _number(self._tally.undated.cards))

    def _overview(self) -> Grid:
        whole, tally = self._tally.whole, self._tally
        pairs = {
            "entries": (whole.added.entries, whole.total.entries),
            "items": (whole.added.items, whole.total.items),
            "cards": (whole.added.cards, whole.total.cards),
            "corrections": (tally.corrections, tally.all_corrections),
        }
        rows = tuple((self._word(f"count_{name}"), _number(a), _number(b)) for name, (a, b) in pairs.items())
        return self._grid("numbers", ("", "this_week", "all_weeks"), rows)

    def _kinds(self) -> Grid:
        shares = {kind: self._tally.kinds[kind] for kind in KINDS if kind in self._tally.kinds}
        rows = tuple(
            (self._say("kind", kind), *_columns(share.added.items, share.added.cards, share.total.cards))
            for kind, share in shares.items()
        )
        return self._grid("by_kind", ("kind_head", "count_items", "count_cards", "all_weeks"), rows)

    def _topics(self) -> Grid:
        rows = tuple(
            (self._form.label(self._chronicle.topics[key]), *_numbers(share.added), _number(share.total.cards))
            for key, share in self._tally.topics.items()
        )
        head = ("topic_head", "count_entries", "count_items", "count_cards", "all_weeks")
        return self._grid("by_topic", head, rows)

    def _corrections(self) -> Iterator[Grid]:
        rows = tuple(
            (self._form.made(record.titles[self._form.name]), _number(record.corrections))
            for record in self._tally.records
            if record.corrections
        )
        if rows:
            yield self._grid("by_correction", ("count_entries", "count_corrections"), rows)

    def _coverage(self) -> Iterator[Grid]:
        if not self._domains:
            return
        rows = [
            (
                self._form.label(domain.title),
                *_columns(*_cards(domain.cards)),
                _part(domain.share),
                _part(domain.weight),
            )
            for domain in self._domains
        ]
        if apart := self._tally.domains.get(None):
            rows.append((self._word("no_domain"), *_columns(*_cards(apart)), _part(None), _part(None)))
        head = ("domain_head", "count_cards", "all_weeks", "share_head", "weight_head")
        yield self._grid("by_domain", head, tuple(rows))

    def _growth(self) -> Grid:
        rows = tuple(
            (self._say("week_of", growth.week.monday), *_columns(growth.added, growth.total))
            for growth in self._tally.growth
        )
        return self._grid("growth", ("week_head", "count_cards", "all_weeks"), rows)

    def _grid(self, title: str, head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Grid:
        return Grid(self._word(title), tuple(self._word(name) if name else "" for name in head), rows)

    def _growth_chart(self) -> Chart:
        amounts = [
            Amount(
                self._say("week_of", growth.week.monday),
                pale=Fraction(growth.total),
                dark=Fraction(growth.added),
                start=Fraction(growth.total - growth.added),
                figures=self._say("grown", _number(growth.total), _number(growth.added)),
            )
            for growth in self._tally.growth
        ]
        told = self._word("listed").join(f"{amount.label} {amount.figures}" for amount in amounts)
        return self._chart("growth", told, *charts.beside(amounts))

    def _coverage_chart(self) -> Iterator[Chart]:
        amounts = [self._amount(domain) for domain in self._domains if domain.share is not None]
        if amounts:
            told = self._word("listed").join(f"{amount.label} {amount.figures}" for amount in amounts)
            yield self._chart("coverage", told, *charts.below(amounts))

    def _amount(self, domain: Domain) -> Amount:
        share, weight = domain.share or Fraction(0), domain.weight or Fraction(0)
        figures = self._say("covered", percent(share), percent(weight))
        return Amount(domain.title.plain, pale=weight, dark=share, start=Fraction(0), figures=figures)

    def _chart(self, name: str, told: str, bars: tuple[charts.Bar, ...], height: int) -> Chart:
        title, caption = self._word(name), self._word(f"{name}_caption")
        return Chart(name, title, told, caption, charts.WIDTH, height, bars)


def _numbers(count: Count) -> tuple[str, ...]:
    return _columns(count.entries, count.items, count.cards)


def _columns(*numbers: int) -> tuple[str, ...]:
    return tuple(map(_number, numbers))


def _cards(share: Share) -> tuple[int, int]:
    return share.added.cards, share.total.cards


def _number(number: int) -> str:
    return f"{number:,}"


def _part(part: Fraction | None) -> str:
    return "–" if part is None else f"{percent(part)}%"

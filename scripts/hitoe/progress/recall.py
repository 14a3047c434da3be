"""What FSRS expects to be remembered on the day of the exam."""

from collections.abc import Iterable, Mapping
from datetime import date

from hitoe.progress.calendar import DAY
from hitoe.progress.collection import Collection
from hitoe.progress.counting import Asked
from hitoe.progress.values import Expected

OLD_DECAY = 0.5
"""The decay of FSRS-4.5 and FSRS-5, of which Anki keeps none in a card (fsrs-rs, FSRS5_DEFAULT_DECAY)."""


def recall(stability: float, decay: float | None, days: float) -> float:
    """Return the probability that a card is recalled `days` after its last review, by FSRS-6's forgetting curve.

    R(t, S) = (1 + factor * t / S) ** -w20, with factor = 0.9 ** (-1 / w20) - 1, so that R(S, S) is 0.9; `stability` is
    S in days and `decay` is w20.

    Source: https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm
    """
    w20 = decay or OLD_DECAY
    factor = 0.9 ** (-1 / w20) - 1
    return float((1 + factor * max(days, 0) / stability) ** -w20)


def expected(
    exam: date | None,
    domains: Mapping[str | None, str | None],
    collection: Collection,
    asked: Mapping[int, Asked],
    seen: Mapping[int, int],
) -> tuple[Expected, ...]:
    """Return the recall when the day of the exam begins, of all cards that are not retired, then by domain.

    `domains` maps keys to titles; `seen` maps cards to the second of their last answer. Empty without a date, when the
    exam is over, and where FSRS does not schedule.
    """
    if exam is None or not seen or (start := collection.calendar.start(exam)) <= max(seen.values()):
        return ()

    def chance(id_: int) -> float | None:
        card = collection.cards[id_]
        last = card.seen or seen.get(id_)
        return None if not card.stability or last is None else recall(card.stability, card.decay, (start - last) / DAY)

    live = {id_: chance(id_) for id_, card in asked.items() if not card.place.retired}
    if all(value is None for value in live.values()):
        return ()
    groups: dict[str | None, list[float | None]] = {}
    for id_, value in live.items():
        groups.setdefault(asked[id_].place.entry.entry.domain, []).append(value)
    by_domain = (_mean(key, title, groups[key]) for key, title in domains.items() if key in groups)
    return (_mean(None, None, live.values()), *by_domain)


def _mean(key: str | None, title: str | None, chances: Iterable[float | None]) -> Expected:
    chances = list(chances)
    known = [chance for chance in chances if chance is not None]
    return Expected(key, title, len(chances), len(known), round(100 * sum(known) / len(known), 1) if known else None)

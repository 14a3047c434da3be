"""Computes how many cards FSRS, Anki's scheduler, expects the learner to recall on the day of the exam."""

from collections.abc import Iterable, Mapping
from datetime import date

from hitoe.progress.calendar import DAY
from hitoe.progress.collection import Collection
from hitoe.progress.note_items import NoteItem
from hitoe.progress.results import ExpectedRecall

OLD_DECAY = 0.5
"""The decay of FSRS-4.5 and FSRS-5, for which Anki stores none in a card (fsrs-rs, FSRS5_DEFAULT_DECAY)."""


def recall(stability: float, decay: float | None, days: float) -> float:
    """Return the probability that a card is recalled `days` after its last review, by FSRS-6's forgetting curve.

    R(t, S) = (1 + factor * t / S) ** -w20, with factor = 0.9 ** (-1 / w20) - 1, so that R(S, S) is 0.9; `stability` is
    S in days and `decay` is w20.

    Source: https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm
    """
    w20 = decay or OLD_DECAY
    factor = 0.9 ** (-1 / w20) - 1
    return float((1 + factor * max(days, 0) / stability) ** -w20)


def expected_recall(
    exam: date | None,
    domains: Mapping[str | None, str | None],
    collection: Collection,
    items: Mapping[int, NoteItem],
    last_answer: Mapping[int, int],
) -> tuple[ExpectedRecall, ...]:
    """Return the recall at the beginning of the exam's day: of all cards that are not retired, then by domain.

    `domains` maps keys to titles, `items` the ids of this deck's cards to what they ask, and `last_answer` ids of cards
    to the second of their last answer. Empty without an exam date, after the exam, and where FSRS is not used.
    """
    if exam is None or not last_answer or (start := collection.calendar.start(exam)) <= max(last_answer.values()):
        return ()

    def probability(id_: int) -> float | None:
        card = collection.cards[id_]
        last = card.last_review or last_answer.get(id_)
        return None if not card.stability or last is None else recall(card.stability, card.decay, (start - last) / DAY)

    live = {id_: probability(id_) for id_, item in items.items() if not item.retired}
    if all(value is None for value in live.values()):
        return ()
    groups: dict[str | None, list[float | None]] = {}
    for id_, value in live.items():
        groups.setdefault(items[id_].entry.entry.domain, []).append(value)
    by_domain = (_mean(key, title, groups[key]) for key, title in domains.items() if key in groups)
    return (_mean(None, None, live.values()), *by_domain)


def _mean(key: str | None, title: str | None, probabilities: Iterable[float | None]) -> ExpectedRecall:
    probabilities = list(probabilities)
    known = [each for each in probabilities if each is not None]
    percent = round(100 * sum(known) / len(known), 1) if known else None
    return ExpectedRecall(key, title, len(probabilities), len(known), percent)

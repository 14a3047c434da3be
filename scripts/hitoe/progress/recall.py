"""FSRS's forgetting curve, by which Anki's scheduler expects a card to be recalled."""

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

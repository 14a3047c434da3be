"""The order of study: no card is lost, neighbours on different days, otherwise as in the source."""

from collections import Counter

from hitoe.deck import Note, study_order
from hitoe.deck.study_order import NEW_A_DAY
from hypothesis import given
from hypothesis import strategies as st


def note(guid: str, *apart: str, ords: tuple[int, ...] = (0,)) -> Note:
    return Note(guid=guid, path=guid, file="", topic="t", type="standard", tags=(), ords=ords, apart=tuple(apart))


def test_without_neighbours_the_order_is_that_of_the_source() -> None:
    notes = [note(f"n{number}") for number in range(70)]
    assert study_order(notes) == [(n.guid, 0) for n in notes]


def test_both_directions_of_a_note_come_on_different_days() -> None:
    notes = [note(f"n{number}", ords=(0, 1)) for number in range(20)]
    order = study_order(notes)
    assert len({guid for guid, _ in order[:NEW_A_DAY]}) == NEW_A_DAY


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.booleans()), max_size=80))
def test_every_card_comes_once(cells: list[tuple[int, int, bool]]) -> None:
    notes = table(cells)
    order = study_order(notes)
    assert sorted(order) == sorted((n.guid, ord_) for n in notes for ord_ in n.ords)


def table(cells: list[tuple[int, int, bool]]) -> list[Note]:
    """Return a note for each cell with its row and column, asked in both directions or in one."""
    return [
        note(f"n{number}", f"[{row}]", f"[,{column}]", ords=(0, 1) if both else (0,))
        for number, (row, column, both) in enumerate(cells)
    ]


def test_cards_of_as_many_tables_fill_one_day_after_the_other() -> None:
    pairs = [(note(f"t{number}", f"[{number}]"), note(f"n{number}")) for number in range(30)]
    order = [guid for guid, _ in study_order([each for pair in pairs for each in pair])]
    days = [order[start : start + NEW_A_DAY] for start in range(0, 60, NEW_A_DAY)]
    assert [sum(guid.startswith("t") for guid in day) for day in days] == [20, 10, 0]
    assert days[0] == [f"t{number}" for number in range(20)]
    assert days[1] == [*(f"n{number}" for number in range(10)), *(f"t{number}" for number in range(20, 30))]


def test_of_days_that_hold_equally_few_neighbours_the_first_is_taken() -> None:
    notes = [note(f"c{number}", "[row]") for number in range(5)] + [note(f"n{number}") for number in range(55)]
    days = [study_order(notes)[start : start + 20] for start in (0, 20, 40)]
    assert [[guid for guid, _ in day if guid.startswith("c")] for day in days] == [["c0", "c3"], ["c1", "c4"], ["c2"]]
    assert [day[-1] for day in days] == [("n17", 0), ("n35", 0), ("n54", 0)]


CELLS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.booleans()), max_size=70)


@given(st.integers(0, 50), CELLS, st.integers(0, 50))
def test_each_card_is_on_the_first_day_with_fewest_neighbours(
    before: int, cells: list[tuple[int, int, bool]], after: int
) -> None:
    notes = [*lone("a", before), *table(cells), *lone("z", after)]
    assert study_order(notes) == dealt(notes)


def lone(name: str, count: int) -> list[Note]:
    """Return notes without neighbours."""
    return [note(f"{name}{number}") for number in range(count)]


def dealt(notes: list[Note]) -> list[tuple[str, int]]:
    """Deal the cards of notes one by one, each time looking at all days."""
    cards = [(n, ord_) for n in notes for ord_ in n.ords]
    places = [number // 20 for number in range(len(cards))]
    days: list[list[tuple[int, str, int, set[str]]]] = [[] for _ in set(places)]
    for with_neighbours in (True, False):
        for number, (n, ord_) in enumerate(cards):
            groups = {*n.apart, *([n.guid] if len(n.ords) > 1 else [])}
            if bool(groups) is with_neighbours:
                free = [day for day, held in enumerate(days) if len(held) < places.count(day)]
                neighbours = {day: sum(len(groups & other) for *_, other in days[day]) for day in free}
                day = min(free, key=neighbours.__getitem__)
                days[day].append((number, n.guid, ord_, groups))
    return [(guid, ord_) for held in days for _, guid, ord_, _ in sorted(held, key=lambda card: card[0])]


@given(st.integers(1, 12), st.integers(1, 4))
def test_a_row_is_dealt_evenly_to_full_days(cells: int, full_days: int) -> None:
    others = NEW_A_DAY * full_days - cells
    notes = [note(f"c{number}", "[row]") for number in range(cells)] + [note(f"n{number}") for number in range(others)]
    order = study_order(notes)
    days = [order[start : start + NEW_A_DAY] for start in range(0, len(order), NEW_A_DAY)]
    met = Counter(number for number, day in enumerate(days) for guid, _ in day if guid.startswith("c"))
    assert max(met.values()) <= -(-cells // len(days))

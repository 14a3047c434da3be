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
    notes = [
        note(f"n{number}", f"[{row}]", f"[,{column}]", ords=(0, 1) if both else (0,))
        for number, (row, column, both) in enumerate(cells)
    ]
    order = study_order(notes)
    assert sorted(order) == sorted((n.guid, ord_) for n in notes for ord_ in n.ords)


@given(st.integers(1, 12), st.integers(1, 4))
def test_a_row_is_dealt_evenly_to_full_days(cells: int, full_days: int) -> None:
    others = NEW_A_DAY * full_days - cells
    notes = [note(f"c{number}", "[row]") for number in range(cells)] + [note(f"n{number}") for number in range(others)]
    order = study_order(notes)
    days = [order[start : start + NEW_A_DAY] for start in range(0, len(order), NEW_A_DAY)]
    met = Counter(number for number, day in enumerate(days) for guid, _ in day if guid.startswith("c"))
    assert max(met.values()) <= -(-cells // len(days))

"""Columns of strips of known heights: how high they are, where they end, and what is refused."""

from dataclasses import replace

import pytest
from hitoe.sheet.layout.packing import ColumnSpan, Strip, TooHighError, fewest, flow, height, held, level, pack, stretch

ROOM = 100.0


def strips(*heights: float, **others: float) -> list[Strip]:
    return [Strip(height=height, **others) for height in heights]


def stops(spans: list[ColumnSpan]) -> list[int]:
    """Return where columns end, after making sure that each begins where the one before it ends."""
    assert [span.start for span in spans] == [0, *(span.stop for span in spans)][: len(spans)]
    return [span.stop for span in spans]


def test_a_column_is_as_high_as_its_strips_the_gaps_between_them_and_what_opens_it() -> None:
    items = [Strip(height=10, gap=1, opening=5), Strip(height=20, gap=2, opening=6), Strip(height=30, gap=3)]
    assert height(items, ColumnSpan(0, 3)) == 5 + 10 + 2 + 20 + 3 + 30
    assert height(items, ColumnSpan(1, 3)) == 6 + 20 + 3 + 30
    assert height(items, ColumnSpan(2, 3)) == 30
    assert height(items, ColumnSpan(2, 2)) == 0


def test_the_fewest_columns_hold_what_just_fits() -> None:
    assert fewest([], ROOM) == 0
    assert [fewest(strips(50, second), ROOM) for second in (50, 50.5)] == [1, 2]
    assert [fewest(strips(40, second, gap=1), ROOM) for second in (59, 60)] == [1, 2]
    assert [fewest(strips(45, second, opening=5), ROOM) for second in (50, 51)] == [1, 2]
    assert fewest(strips(45, 45, 90, opening=10), ROOM) == 2
    assert fewest(strips(95, 10, opening=5, gap=9), ROOM) == 2


@pytest.mark.parametrize("items", [strips(95, 96, opening=5), strips(10, 101), strips(10, 95, 101)])
def test_what_is_higher_than_a_column_is_refused(items: list[Strip]) -> None:
    too_high = next(index for index, item in enumerate(items) if item.opening + item.height > ROOM)
    for packed in (fewest, flow):
        with pytest.raises(TooHighError, match=f"strip {too_high} is higher than a column") as caught:
            packed(items, ROOM)
        assert caught.value.index == too_high


def test_so_many_strips_are_held_by_some_columns() -> None:
    assert [held(strips(60, 60, 30, 60), ROOM, count) for count in range(5)] == [0, 1, 3, 4, 4]


def test_columns_are_about_equally_full_and_break_where_that_hurts_least() -> None:
    assert stops(pack(strips(40, 40, 40, 40), ROOM, 2)) == [2, 4]
    hurting = [replace(strip, hurt=hurt) for strip, hurt in zip(strips(*[30.0] * 6), (0, 0, 0, 130, 0, 0), strict=True)]
    assert stops(pack(strips(*[30.0] * 6), ROOM, 2)) == [3, 6]
    assert stops(pack(hurting, ROOM, 3)) == [2, 4, 6]
    with pytest.raises(ValueError, match=r"^1 columns of 100\.0 mm are too few$"):
        pack(strips(60, 60), ROOM, 1)


def test_more_columns_than_strips_stay_empty() -> None:
    assert pack(strips(40), ROOM, 3) == [ColumnSpan(0, 1), ColumnSpan(1, 1), ColumnSpan(1, 1)]
    assert pack([], ROOM, 2) == [ColumnSpan(0, 0), ColumnSpan(0, 0)]


@pytest.mark.parametrize(("third", "first_stop"), [(9.95, 3), (10.05, 2)])
def test_white_costs_its_square_and_the_square_of_twice_what_the_gaps_do_not_take_up(
    third: float, first_stop: int
) -> None:
    """Either 30 mm of white that gaps take up, or a third of them that no gap takes up and the rest, cost 900."""
    items = strips(60, 10, third, 100 - third)
    items[1] = replace(items[1], give=40.0)
    assert stops(pack(items, ROOM, 2)) == [first_stop, 4]


def test_what_flows_ends_a_column_where_it_hurts_least_and_the_last_may_be_white() -> None:
    assert flow([], ROOM) == []
    assert stops(flow(strips(90, 90, 10), ROOM)) == [1, 3]
    items = strips(40, 40, 40)
    assert stops(flow(items, ROOM)) == [2, 3]
    # A column of one strip costs 60² + 120² instead of 20² + 40²: 16000 more, as 3 times 42.2 mm squared.
    assert stops(flow([*items[:2], replace(items[2], hurt=42.1)], ROOM)) == [2, 3]
    assert stops(flow([*items[:2], replace(items[2], hurt=42.2)], ROOM)) == [1, 3]
    assert stops(flow([*items[:2], replace(items[2], hurt=126.4)], ROOM, care=1.0)) == [2, 3]
    assert stops(flow([*items[:2], replace(items[2], hurt=126.5)], ROOM, care=1.0)) == [1, 3]


def test_the_columns_of_a_page_that_is_not_full_end_at_about_one_height() -> None:
    items = strips(*[10.0] * 8)
    assert level(items, [ColumnSpan(0, 8)], ROOM, 2) == [ColumnSpan(0, 4), ColumnSpan(4, 8)]
    assert level(items, [ColumnSpan(2, 8)], ROOM, 3) == [ColumnSpan(2, 4), ColumnSpan(4, 6), ColumnSpan(6, 8)]
    assert level(items, [ColumnSpan(2, 3), ColumnSpan(3, 4)], ROOM, 4) == [
        ColumnSpan(2, 3),
        ColumnSpan(3, 4),
        ColumnSpan(4, 4),
        ColumnSpan(4, 4),
    ]
    with pytest.raises(ValueError, match="too few"):
        level(strips(60, 60), [ColumnSpan(0, 2)], ROOM, 1)


@pytest.mark.parametrize(("hurt", "stop"), [(19.9, 4), (20.1, 3)])
def test_levelled_columns_are_cut_where_lowest_end_hurt_and_ragged_end_are_least(hurt: float, stop: int) -> None:
    """A cut that is one strip off ends 10 mm lower, and 20 mm lower than the other column: 30 mm instead of `hurt`."""
    items = [Strip(height=10.0, hurt=hurt + 10.0 if index == 4 else 0.0) for index in range(8)]
    found = level(items, [ColumnSpan(0, 8)], ROOM, 2)
    assert found in ([ColumnSpan(0, stop), ColumnSpan(stop, 8)], [ColumnSpan(0, 8 - stop), ColumnSpan(8 - stop, 8)])


def test_gaps_are_widened_in_proportion_and_by_no_more_than_their_most() -> None:
    assert stretch([1, 2], 3, [2, 4]) == [2, 4]
    assert stretch([1, 2], 99, [2, 4]) == [3, 6]
    assert stretch([1, 2], 5, [0, 0]) == [1, 2]
    assert stretch([1, 2], 0, [2, 4]) == [1, 2]
    assert stretch([1, 2], 0.5, [0.5, 0]) == [1.5, 2]
    assert stretch([], 5, []) == []

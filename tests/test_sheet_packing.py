"""Columns hold everything, in order, and none too much."""

from itertools import pairwise

import pytest
from hitoe.paper import Geometry
from hitoe.project import Project
from hitoe.sheet import blocks, packing
from hitoe.sheet.measuring import BlockHeight, PieceHeight
from hitoe.sheet.packing import Strip, TooHighError
from hitoe.sheet.pages import Part, Sheet
from hypothesis import given, settings
from hypothesis import strategies as st

ROOM = 100.0
COLUMN = Geometry().room
heights = st.floats(0.5, 60.0)
gaps = st.floats(0.0, 8.0)
strips = st.lists(
    st.builds(Strip, height=heights, gap=gaps, opening=st.floats(0.0, 20.0), hurt=st.floats(0.0, 40.0)), max_size=40
)


@given(strips)
def test_everything_is_in_a_column_once_and_in_order(items: list[Strip]) -> None:
    spans = packing.pack(items, ROOM, packing.fewest(items, ROOM))
    assert [i for span in spans for i in range(span.start, span.stop)] == list(range(len(items)))


@given(strips, st.integers(0, 3))
def test_no_column_is_higher_than_the_room(items: list[Strip], more: int) -> None:
    count = packing.fewest(items, ROOM) + more
    spans = packing.pack(items, ROOM, count)
    assert len(spans) == count
    assert all(packing.height(items, span) <= ROOM + 1e-6 for span in spans)


@given(st.lists(st.builds(Strip, height=heights, gap=gaps), min_size=1, max_size=30))
def test_no_fewer_columns_would_do(items: list[Strip]) -> None:
    with pytest.raises(ValueError, match="too few"):
        packing.pack(items, ROOM, packing.fewest(items, ROOM) - 1)


@settings(max_examples=50)
@given(st.lists(st.builds(Strip, height=st.floats(5.0, 60.0), gap=gaps, hurt=st.floats(0.0, 40.0)), max_size=9))
def test_no_other_packing_costs_less(items: list[Strip]) -> None:
    count = packing.fewest(items, ROOM)
    assert cost(items, packing.pack(items, ROOM, count)) == pytest.approx(cheapest(items, 0, count))


def cost(items: list[Strip], spans: list[packing.Span]) -> float:
    white = sum((ROOM - packing.height(items, span)) ** 2 for span in spans)
    return white + sum(items[span.stop].hurt ** 2 for span in spans if span.stop < len(items))


def cheapest(items: list[Strip], start: int, count: int) -> float:
    """Try every packing."""
    if not count:
        return 0.0 if start == len(items) else float("inf")
    stops = range(start + 1, len(items) + 1) if start < len(items) else [start]
    spans = [packing.Span(start, stop) for stop in stops]
    return min(
        (
            cost(items, [span]) + cheapest(items, span.stop, count - 1)
            for span in spans
            if packing.height(items, span) <= ROOM
        ),
        default=float("inf"),
    )


def test_a_strip_higher_than_a_column_is_told() -> None:
    with pytest.raises(TooHighError) as caught:
        packing.fewest([Strip(height=10), Strip(height=95, opening=6, gap=1)], ROOM)
    assert caught.value.index == 1


@given(st.lists(st.tuples(st.floats(0, 5), st.floats(0, 9)), max_size=20), st.floats(0, 200))
def test_gaps_take_the_white_up_to_their_limit(pairs: list[tuple[float, float]], white: float) -> None:
    before, most = [gap for gap, _ in pairs], [limit for _, limit in pairs]
    after = packing.stretch(before, white, most)
    assert sum(after) - sum(before) == pytest.approx(min(white, sum(most)), abs=1e-6)
    assert all(gap - 1e-9 <= wide <= gap + limit + 1e-9 for gap, wide, limit in zip(before, after, most, strict=True))


BAR = 6.0


def sheet(project: Project, piece_height: float) -> Sheet:
    """Return the example's blocks, three times, with items of one height."""
    many = blocks.blocks(project) * 3
    heights = [
        BlockHeight(BAR, BAR, [PieceHeight(0.0, [piece_height / p.strips] * p.strips) for p in block.pieces], 0.0)
        for block in many
    ]
    return Sheet(many, heights, Geometry())


def depth(column: list[Part], piece_height: float) -> float:
    parts = [cut.stop - cut.start for part in column for cut in part.cuts]
    whole = [cut.piece.strips for part in column for cut in part.cuts]
    items = sum(piece_height * part / of for part, of in zip(parts, whole, strict=True))
    return items + sum(part.gap + BAR + sum(part.gaps) for part in column)


@pytest.mark.parametrize("piece_height", [7.0, 8.0, 9.5])
def test_full_columns_end_flush_and_no_lower_than_the_page(example_project: Project, piece_height: float) -> None:
    made = sheet(example_project, piece_height)
    for page in made.pages(made.pages_needed()):
        depths = [depth(list(column), piece_height) for column in page.columns]
        assert max(depths) <= COLUMN + 1e-6
        assert max(depths) - min(depths) < 0.01


def test_a_cut_block_goes_on_where_it_was_cut(example_project: Project) -> None:
    made = sheet(example_project, 25.0)
    parts = [part for page in made.pages(made.pages_needed()) for column in page.columns for part in column]
    assert any(part.continued for part in parts)
    for part, after in pairwise(parts):
        assert part.ends != after.continued
    cuts = [(cut.piece, strip) for part in parts for cut in part.cuts for strip in range(cut.start, cut.stop)]
    wanted = [
        (piece, strip)
        for block in blocks.blocks(example_project)
        for piece in block.pieces
        for strip in range(piece.strips)
    ]
    assert cuts == wanted * 3

"""Columns hold everything, in order, and none too much."""

import random
from dataclasses import replace
from itertools import pairwise

import pytest
from hitoe import checks
from hitoe.model.project import Project
from hitoe.sheet.layout import blocks, packing
from hitoe.sheet.layout.boxes import BlockHeight, ItemHeight
from hitoe.sheet.layout.packing import Strip, TooHighError
from hitoe.sheet.layout.pages import PER_MM, BlockPart, Layout, Page
from hitoe.typography.page_geometry import Geometry
from hypothesis import given, settings
from hypothesis import strategies as st
from support.notes import written

ROOM = 100.0
COLUMN = Geometry().room
heights = st.floats(0.5, 60.0)
gaps = st.floats(0.0, 8.0)
hurts = st.floats(0.0, 40.0)
strips = st.lists(
    st.builds(Strip, height=heights, gap=gaps, give=gaps, opening=st.floats(0.0, 20.0), hurt=hurts), max_size=40
)
few = st.lists(st.builds(Strip, height=st.floats(5.0, 60.0), gap=gaps, give=gaps, hurt=hurts), max_size=9)


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
@given(few)
def test_no_other_packing_costs_less(items: list[Strip]) -> None:
    count = packing.fewest(items, ROOM)
    assert cost(items, packing.pack(items, ROOM, count)) == pytest.approx(cheapest(items, 0, count))


@settings(max_examples=50)
@given(few)
def test_nothing_flows_otherwise_for_less(items: list[Strip]) -> None:
    shunned = [replace(item, hurt=packing.CARE * item.hurt) for item in items]
    spans = packing.flow(items, ROOM)
    assert [i for span in spans for i in range(span.start, span.stop)] == list(range(len(items)))
    least = min((cheapest(shunned, 0, count, ends=True) for count in range(10)), default=0.0)
    assert cost(shunned, spans[:-1]) == pytest.approx(least)


def cost(items: list[Strip], spans: list[packing.ColumnSpan]) -> float:
    return sum(ragged(items, span) for span in spans) + sum(
        items[span.stop].hurt ** 2 for span in spans if span.stop < len(items)
    )


def ragged(items: list[Strip], span: packing.ColumnSpan) -> float:
    """Return what the white of a column costs."""
    white = ROOM - packing.height(items, span)
    gives = sum(item.give for item in items[span.start + 1 : span.stop])
    return white**2 + (packing.RAGGED * max(0.0, white - gives)) ** 2 if span.stop > span.start else white**2


def cheapest(items: list[Strip], start: int, count: int, *, ends: bool = False) -> float:
    """Try every packing into columns; `ends`: the last of them costs nothing."""
    if not count:
        return 0.0 if start == len(items) else float("inf")
    if ends and count == 1 and packing.height(items, packing.ColumnSpan(start, len(items))) <= ROOM:
        return 0.0
    stops = range(start + 1, len(items) + 1) if start < len(items) else [start]
    spans = [packing.ColumnSpan(start, stop) for stop in stops]
    return min(
        (
            cost(items, [span]) + cheapest(items, span.stop, count - 1, ends=ends)
            for span in spans
            if packing.height(items, span) <= ROOM
        ),
        default=float("inf"),
    )


def test_what_has_no_height_is_levelled_as_it_is() -> None:
    spans = [packing.ColumnSpan(0, 2), packing.ColumnSpan(2, 3)]
    assert packing.level([Strip(height=0.0)] * 3, spans, ROOM, 3) == spans
    assert packing.level([], [], ROOM, 3) == []


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
FACT = "{fact: 問い, is: 答え}"
TABLE = "{table: 表, columns: {x: 列}, rows: {a: {x: 一}, b: {x: 二}, c: {x: 三}}}"
STEPS = "{steps: 手順, sequence: {a: 一, b: 二, c: 三, d: 四}}"
ENTRIES = (
    *([TABLE, FACT, FACT], [FACT, STEPS], [FACT], [FACT] * 12, [TABLE], [FACT, STEPS, FACT, FACT]),
    *([FACT, FACT, TABLE, STEPS], [TABLE, FACT], [FACT] * 3),
)


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return entries of different sizes."""
    entries = (
        f"  e{number}: {{title: 題, items: {{{', '.join(f'i{key}: {item}' for key, item in enumerate(items))}}}}}\n"
        for number, items in enumerate(ENTRIES)
    )
    text = "topic: t\ntitle: 題\nentries:\n" + "".join(entries)
    return checks.trusted(written(tmp_path_factory.mktemp("notes"), {"t.yaml": text}))


def layout(project: Project, piece_height: float) -> Layout:
    """Return a project's blocks, three times, with items of one height."""
    many = blocks.blocks(project) * 3
    heights = [
        BlockHeight(BAR, BAR, tuple(ItemHeight(0.0, (piece_height / p.strips,) * p.strips) for p in block.pieces), 0.0)
        for block in many
    ]
    return Layout(many, heights, Geometry())


def depth(column: list[BlockPart], piece_height: float) -> float:
    parts = [cut.stop - cut.start for part in column for cut in part.cuts]
    whole = [cut.piece.strips for part in column for cut in part.cuts]
    items = sum(piece_height * part / of for part, of in zip(parts, whole, strict=True))
    return items + sum(part.gap / PER_MM + BAR + sum(part.gaps) / PER_MM for part in column)


@pytest.mark.parametrize("piece_height", [7.0, 8.0, 9.0])
def test_full_columns_end_flush_and_no_lower_than_the_page(notes: Project, piece_height: float) -> None:
    pages = layout(notes, piece_height).pages()
    depths = [[depth(list(column), piece_height) for column in page.columns] for page in pages]
    assert len(pages) > 1
    assert all(max(each) <= COLUMN + 1e-6 for each in depths)
    assert all(max(each) - min(each) < 0.02 for each in depths[:-1])
    # What is left for the last page cannot always be divided to the hundredth.
    assert max(depths[-1]) - min(depths[-1]) < 1


def test_where_few_pages_are_allowed_more_is_cut(notes: Project) -> None:
    made = layout(notes, 13.0)
    natural, least = made.pages(), made.pages_needed()
    tight = made.pages(least)
    assert len(natural) > least == len(tight)
    assert cut(natural) < cut(tight)


def cut(pages: list[Page]) -> int:
    return sum(part.continued for page in pages for column in page.columns for part in column)


def test_what_comes_after_a_change_mostly_stays_in_its_columns() -> None:
    words = random.Random(1)
    items = [
        Strip(height=words.choice((4.0, 7.6, 11.2, 30.0)), gap=1.0, give=2.0, opening=6.0, hurt=10.0 * (at % 8 > 0))
        for at in range(700)
    ]
    before = packing.flow(items, 180.0)
    moved = []
    for at in range(0, 700, 10):
        changed = [*items[:at], replace(items[at], height=items[at].height + 3.6), *items[at + 1 :]]
        moved.append(len({*packing.flow(changed, 180.0)} - {*before}))
    assert len(before) == 60
    assert sorted(moved)[len(moved) // 2] <= 1
    assert sum(moved) / len(moved) < 4


def test_a_cut_block_goes_on_where_it_was_cut(notes: Project) -> None:
    made = layout(notes, 25.0)
    parts = [part for page in made.pages() for column in page.columns for part in column]
    assert any(part.continued for part in parts)
    for part, after in pairwise(parts):
        assert part.ends != after.continued
    cuts = [(cut.piece, strip) for part in parts for cut in part.cuts for strip in range(cut.start, cut.stop)]
    wanted = [
        (piece, strip) for block in blocks.blocks(notes) for piece in block.pieces for strip in range(piece.strips)
    ]
    assert cuts == wanted * 3

"""The order of study: no card is lost, neighbours on different days, otherwise as in the source."""

from collections import Counter
from pathlib import Path
from time import process_time

from anki.collection import Collection
from hitoe import checks
from hitoe.deck import Note
from hitoe.deck import study_order as ordered
from hitoe.deck.cards import notes as notes_of
from hitoe.deck.cards import templates
from hitoe.values.language import Language
from hypothesis import given
from hypothesis import strategies as st
from support import anki_engine as engine
from support.notes import written
from support.projects import build

NEW_A_DAY = 20


def study_order(notes: list[Note]) -> list[tuple[str, int]]:
    return ordered(notes, NEW_A_DAY)


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


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.booleans()), max_size=40), st.integers(1, 5))
def test_a_card_comes_on_the_nearest_day_with_the_fewest_neighbours(
    cells: list[tuple[int, int, bool]], new_per_day: int
) -> None:
    notes = table(cells)
    cards = [(n.guid, ord_, {*n.apart, *([n.guid] if len(n.ords) > 1 else [])}) for n in notes for ord_ in n.ords]
    days: list[list[tuple[str, int, set[str]]]] = [[] for _ in range(0, len(cards), new_per_day)]
    room = [min(new_per_day, len(cards) - first) for first in range(0, len(cards), new_per_day)]
    for number, card in enumerate(cards):
        own = number // new_per_day
        nearest = [day for day in (*range(own, len(days)), *reversed(range(own))) if len(days[day]) < room[day]]
        days[min(nearest, key=lambda day: sum(len(card[2] & other[2]) for other in days[day]))].append(card)
    assert ordered(notes, new_per_day) == [(guid, ord_) for day in days for guid, ord_, _ in day]


def test_full_days_are_not_looked_at_again() -> None:
    notes = [note(f"n{number}", ords=(0, 1)) for number in range(60_000)]
    began = process_time()
    study_order(notes)
    assert process_time() - began < 4  # it took 10 s when each card looked at each full day


def test_of_a_note_only_the_new_cards_come_and_one_alone_has_no_neighbour() -> None:
    alone = note("x", ords=(0, 1))._replace(retired_ords=(1,))
    notes = [note("c0", "[row]"), note("c1", "[row]"), alone, note("z")]
    assert ordered(notes, 2) == [("c0", 0), ("x", 0), ("c1", 0), ("z", 0)]
    assert ordered([alone._replace(retired=True)], 2) == []


def test_cards_of_many_tables_stay_where_they_are() -> None:
    pairs = [(note(f"t{number}", f"[{number}]"), note(f"n{number}")) for number in range(30)]
    notes = [each for pair in pairs for each in pair]
    assert study_order(notes) == [(n.guid, 0) for n in notes]


def test_of_days_that_hold_equally_few_neighbours_the_nearest_is_taken() -> None:
    notes = [*lone("a", 25), *(note(f"c{number}", "[row]") for number in range(5)), *lone("n", 30)]
    days = [study_order(notes)[start : start + 20] for start in (0, 20, 40)]
    assert [[guid for guid, _ in day if guid.startswith("c")] for day in days] == [["c2"], ["c0", "c3"], ["c1", "c4"]]
    assert [day[-1] for day in days] == [("c2", 0), ("n11", 0), ("n29", 0)]


def test_the_days_are_those_of_the_deck() -> None:
    notes = [note(f"c{number}", "[row]") for number in range(3)] + [note(f"n{number}") for number in range(3)]
    assert [guid for guid, _ in ordered(notes, 2)] == ["c0", "n0", "c1", "n1", "c2", "n2"]


CELLS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.booleans()), max_size=70)


@given(st.integers(0, 50), CELLS, st.integers(0, 50))
def test_each_card_is_on_the_nearest_day_with_fewest_neighbours(
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
                own = places[number] if with_neighbours else 0
                day = min(free, key=lambda day: (neighbours[day], day < own, abs(day - own)))
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


ENTRY = "  {}:\n    title: 題\n{}    items:\n      {}\n"


def topic(*entries: tuple[str, str], items: str = "f: {fact: 問い, is: 答え}") -> str:
    """Return a topic file of entries: their keys, and what else stands in them."""
    return "topic: t\ntitle: 題\nentries:\n" + "".join(ENTRY.format(key, keys, items) for key, keys in entries)


def paths(root: Path, text: str) -> list[str]:
    project = checks.trusted(written(root, {"t.yaml": text}))
    return [each.path for each in notes_of(project, templates(Language("ja")), unasked=False)]


def test_entries_come_as_in_the_posts_those_without_a_week_last(tmp_path: Path) -> None:
    entries = (
        ("undated", ""),
        ("late", "    learned: 2020-W31\n"),
        ("second", "    learned: 2020-W30\n    order: 2\n"),
        ("unordered", "    learned: 2020-W30\n"),
        ("first", "    learned: 2020-W30\n    order: 1\n"),
    )
    assert paths(tmp_path, topic(*entries)) == [
        f"{key}.f" for key in ("first", "second", "unordered", "late", "undated")
    ]


def test_in_an_entry_facts_come_before_tables_and_steps(tmp_path: Path) -> None:
    items = (
        "t: {table: 表, columns: {c: 列}, rows: {r: {c: 値}}}\n"
        "      s: {steps: 手順, sequence: {x: 初め, y: 次}}\n"
        '      c: {cloze: "{{c1::穴}} だ"}\n'
        "      f: {fact: 問い, is: 答え}"
    )
    assert paths(tmp_path, topic(("e", ""), ("g", ""), items=items)) == [
        f"{entry}.{part}" for entry in "eg" for part in ("c", "f", "t[r,c]", "s[x]", "s[y]")
    ]


def test_another_order_is_for_new_learners_only(tmp_path: Path) -> None:
    entries = [(f"e{number}", "") for number in range(4)]
    root = written(tmp_path / "project", {"t.yaml": topic(*entries)})
    first = build(root)
    written(root, {"t.yaml": topic(*reversed(entries), ("e9", ""))})
    second = build(root)
    with engine.collection(tmp_path / "old") as col:
        engine.import_deck(col, first)
        before, old = engine.schedules(col), in_order(col)
        engine.import_deck(col, second)
        assert engine.schedules(col).items() > before.items()
    with engine.collection(tmp_path / "new") as col:
        engine.import_deck(col, second)
        assert in_order(col)[:4] == old[::-1]


def in_order(col: Collection) -> list[str]:
    """Return the guids of notes in the order in which Anki brings their new cards."""
    assert col.db
    return [str(guid) for guid in col.db.list("select guid from cards, notes where nid = notes.id order by due")]

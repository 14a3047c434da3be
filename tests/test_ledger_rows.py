"""The rows of the ledger: how they are written, what a merge or a join makes of two, and what a build makes of them."""

import json

import pytest
from hitoe.deck import Note
from hitoe.model.identity import note_ids
from hitoe.release.ledger import Ledger, LedgerError, NoteRow, TypeRow, dump, joined, load
from hitoe.release.ledger_update import updated

NOTHING = Ledger()


def row(mod: int = 5, content: str = "h", **changes: object) -> NoteRow:
    whole = NoteRow(path="a.b", file="content/a.yaml", hash=content, mod=mod, id=9, ords=(0,))
    return whole._replace(**changes)  # type: ignore[arg-type]


def note(guid: str = "g", *, retired: bool = False, words: str = "w") -> Note:
    bare = Note(
        guid=guid,
        path="a.b",
        file="content/a.yaml",
        topic="a",
        type="standard",
        tags=(),
        ords=(0, 1),
        retired=retired,
        retired_ords=(2,),
    )
    return bare.with_fields({"Question": words}, bare.ords)


CONTENT = note().hash


def ledger(**notes: NoteRow) -> Ledger:
    return Ledger(notes)


def test_the_file_says_a_row_a_line_and_only_what_is_not_usual() -> None:
    whole = Ledger(
        {"h": row(path="あ.い", ords=(0, 2), type="cloze", retired=True, retired_ords=(1, 3)), "g": row()},
        {"standard": TypeRow(hash="x", mod=3)},
        {"a": "題::甲"},
    )
    assert dump(whole).split("\n") == [
        '{"format": 1',
        ', "deck a": {"name": "題::甲"}',
        ', "note g": {"path": "a.b", "file": "content/a.yaml", "hash": "h", "mod": 5, "id": 9, "ords": [0]}',
        ', "note h": {"path": "あ.い", "file": "content/a.yaml", "hash": "h", "mod": 5, "id": 9, "ords": [0, 2],'
        ' "type": "cloze", "retired": true, "retired_ords": [1, 3]}',
        ', "type standard": {"hash": "x", "mod": 3}',
        "}",
        "",
    ]
    assert load(dump(whole)) == whole
    assert json.loads(dump(whole))["format"] == 1


def merged(*sides: Ledger) -> Ledger:
    """Read what git's union merge makes of the files of two branches."""
    lines = [line for side in sides for line in dump(side).splitlines()[1:-1]]
    return load("\n".join([dump(NOTHING).splitlines()[0], *lines, "}"]))


def test_a_row_that_both_sides_of_a_merge_shipped_is_later_than_both_and_of_neithers_content() -> None:
    cloze = row(type="cloze")
    ours = cloze._replace(mod=7, hash="ours", ords=(0, 2), retired_ords=(1,), path="ours")
    theirs = cloze._replace(mod=9, hash="theirs", ords=(0, 1), retired_ords=(3,), path="theirs", retired=True)
    expected = theirs._replace(mod=10, hash="", ords=(0, 1, 2), retired_ords=(1, 3))
    assert merged(ledger(g=ours), ledger(g=theirs)).notes == {"g": expected}
    assert merged(ledger(g=theirs), ledger(g=ours)).notes == {"g": expected}


def test_a_row_that_both_sides_of_a_merge_have_alike_stays() -> None:
    same = Ledger({"g": row(7)}, {"t": TypeRow(hash="x", mod=7)}, {"a": "甲"})
    assert merged(same, same) == same


def test_of_what_only_one_side_of_a_merge_has_nothing_is_lost() -> None:
    ours = Ledger({"g": row()}, {"t": TypeRow(hash="x", mod=5)}, {"a": "甲"})
    theirs = Ledger({"h": row()}, {"t": TypeRow(hash="y", mod=2)}, {"a": "乙", "b": "丙"})
    assert merged(ours, theirs) == Ledger(
        {"g": row(), "h": row()}, {"t": TypeRow(hash="", mod=6)}, {"a": "甲", "b": "丙"}
    )


def test_learners_may_have_the_deck_of_either_of_two_joined_ledgers() -> None:
    one = Ledger({"g": row(7, "old"), "h": row(3, "same")}, {"t": TypeRow(hash="x", mod=4)}, {"a": "甲"})
    other = Ledger({"g": row(8, "new", ords=(1,)), "i": row()}, {"t": TypeRow(hash="y", mod=6)}, {"a": "乙"})
    assert joined(one, other) == Ledger(
        {"g": row(8, "new", ords=(0, 1)), "h": row(3, "same"), "i": row()},
        {"t": TypeRow(hash="y", mod=6)},
        {"a": "甲"},
    )
    assert joined(other, one).notes == joined(one, other).notes
    assert joined(one, NOTHING) == joined(NOTHING, one) == one


def test_the_cards_of_a_joined_row_stand_in_their_order() -> None:
    one, other = (ledger(g=row(mod=mod, ords=ords, retired_ords=ords)) for mod, ords in ((1, (9, 33)), (2, (1, 16))))
    (both,) = joined(one, other).notes.values()
    assert both.ords == both.retired_ords == (1, 9, 16, 33)


@pytest.mark.parametrize(("types", "format_"), [((), 1), ((None,), 1), ((7,), 2), ((7, None), 2)])
def test_a_file_with_a_note_type_of_the_decks_own_has_the_newer_format(
    types: tuple[int | None, ...], format_: int
) -> None:
    rows = {f"t{number}": TypeRow("x", 3, id_) for number, id_ in enumerate(types)}
    assert dump(Ledger({}, rows)).startswith(f'{{"format": {format_}\n')


def test_of_two_joined_rows_of_one_time_neither_content_counts_as_shipped() -> None:
    one, other = row(7, "ours"), row(7, "theirs")
    types = [Ledger(types={"t": TypeRow(hash=name, mod=7)}) for name in ("x", "y")]
    assert joined(ledger(g=one), ledger(g=other)).notes["g"] == row(7, "")
    assert joined(ledger(g=one), ledger(g=one)).notes["g"] == one
    assert joined(*types).types == {"t": TypeRow(hash="", mod=7)}
    assert joined(types[0], types[0]) == types[0]


def test_a_joined_row_has_no_cards_of_another_note_type_and_its_content_does_not_count_as_shipped() -> None:
    one, other = row(5, type="standard", ords=(0, 1)), row(7, type="cloze", ords=(0,))
    assert joined(ledger(g=one), ledger(g=other)).notes["g"] == other._replace(hash="")
    assert joined(ledger(g=other), ledger(g=one)).notes["g"] == other._replace(hash="")


def test_a_note_that_either_joined_ledger_retired_stays_retired() -> None:
    one, other = ledger(g=row(7, retired=True)), ledger(g=row(8))
    assert joined(one, other).notes["g"].retired
    assert joined(other, one).notes["g"].retired
    assert not joined(other, other).notes["g"].retired


def test_the_highest_time_is_that_of_a_note_or_of_a_type() -> None:
    assert NOTHING.highest_mod == 0
    assert Ledger({"g": row(7)}, {"t": TypeRow(hash="x", mod=9)}).highest_mod == 9
    assert Ledger({"g": row(10), "h": row(3)}, {"t": TypeRow(hash="x", mod=9)}).highest_mod == 10


@pytest.mark.parametrize("line", ["<<<<<<< ours", "||||||| base", "=======", ">>>>>>> theirs"])
def test_a_line_that_git_left_at_a_conflict_is_passed_over(line: str) -> None:
    first, *others = dump(ledger(g=row())).splitlines()
    assert load("\n".join([first, line, *others])) == ledger(g=row())


@pytest.mark.parametrize("format_", ['"1"', "true", "0", "-1", "1.0"])
def test_a_format_that_no_ledger_has_is_damage(format_: str) -> None:
    with pytest.raises(LedgerError, match=r"^it is damaged"):
        load(f'{{"format": {format_}}}')


@pytest.mark.parametrize(
    "text", ['{"note g": {}}', "{}", '{"format": 1, "note": 3}', '["format"]', '[["format", 1], [3, {}]]']
)
def test_a_file_without_what_it_must_have_is_damaged(text: str) -> None:
    with pytest.raises(LedgerError, match=r"^it is damaged") as told:
        load(text)
    assert told.value.line == 1


def built(
    *notes: Note, before: Ledger = NOTHING, shipped: Ledger = NOTHING, now: int = 100, refresh: bool = False
) -> Ledger:
    return updated((before, shipped), notes, {}, {}, now, refresh=refresh)


def wished(guid: str) -> int:
    return next(note_ids(guid))


def test_a_new_note_gets_the_time_of_the_build_and_the_id_it_wishes_for() -> None:
    made = built(note())
    assert made.notes == {
        "g": NoteRow("a.b", "content/a.yaml", CONTENT, 100, wished("g"), (0, 1), "standard", False, (2,))
    }


def test_an_id_that_another_note_has_is_not_given_again() -> None:
    ids = note_ids("g")
    first, second, third = next(ids), next(ids), next(ids)
    taken = Ledger({"x": row(id=first)})
    assert built(note(), before=taken).notes["g"].id == second
    assert built(note(), shipped=taken).notes["g"].id == second
    both = built(note(), before=taken, shipped=Ledger({"y": row(id=second)}))
    assert both.notes["g"].id == third
    kept = Ledger({"g": row(id=7), "x": row(id=first)})
    assert built(note(), before=kept).notes["g"].id == 7


def test_two_new_notes_that_wish_for_one_id_get_two() -> None:
    one, other = "g8137", "g19048"
    assert wished(one) == wished(other)
    made = built(note(one), note(other)).notes
    assert [made[one].id, made[other].id] == [wished(one), wished(one) + 1000]


def test_content_as_it_was_shipped_keeps_its_time_and_id() -> None:
    shipped = ledger(g=row(50, CONTENT, id=7))
    for before in (shipped, NOTHING, ledger(g=row(60, "other", id=8)), ledger(g=row(50, CONTENT, id=7))):
        made = built(note(), before=before, shipped=shipped)
        assert (made.notes["g"].mod, made.notes["g"].id) == (50, 7)


def test_content_that_was_built_and_not_shipped_keeps_the_time_of_that_build() -> None:
    made = built(note(), before=ledger(g=row(60, CONTENT, id=7)), shipped=ledger(g=row(50, "old", id=7)))
    assert made.notes["g"].mod == 60


@pytest.mark.parametrize("shipped", [60, 70])
def test_content_that_was_built_before_another_was_shipped_is_later_than_that(shipped: int) -> None:
    made = built(note(), before=ledger(g=row(60, CONTENT)), shipped=ledger(g=row(shipped, "of another branch")))
    assert made.notes["g"].mod == 100


def test_a_refreshed_time_stays_when_the_content_is_built_again() -> None:
    made = built(note(), before=ledger(g=row(60, CONTENT)), shipped=ledger(g=row(50, CONTENT)))
    assert made.notes["g"].mod == 60


def test_changed_content_is_later_than_all_that_was_built() -> None:
    shipped = ledger(g=row(50, "old"))
    assert built(note(), before=shipped, shipped=shipped).notes["g"].mod == 100
    for before, there in ((200, 50), (50, 200)):
        late = built(note(), before=ledger(g=row(before, "one")), shipped=ledger(g=row(there, "two")))
        assert late.notes["g"].mod == 201
    others = built(note(), before=ledger(x=row(300)), shipped=shipped)
    assert others.notes["g"].mod == 300
    others = built(note(), before=NOTHING, shipped=ledger(g=row(50, "old"), x=row(300)))
    assert others.notes["g"].mod == 300


def test_refreshing_makes_a_note_of_the_same_content_later() -> None:
    shipped = ledger(g=row(50, CONTENT))
    made = built(note(), before=shipped, shipped=shipped, refresh=True)
    assert made.notes["g"].mod == 100


def test_types_and_decks_keep_what_was_shipped() -> None:
    shipped = Ledger(
        types={"t": TypeRow(hash="same", mod=5), "u": TypeRow(hash="old", mod=6), "gone": TypeRow(hash="x", mod=1)},
        decks={"a": "甲", "gone": "乙"},
    )
    before = Ledger(types={"u": TypeRow(hash="older", mod=120), "v": TypeRow(hash="v", mod=90)})
    rows = {key: TypeRow(hash_, 0) for key, hash_ in {"v": "v", "u": "new", "t": "same", "s": "s"}.items()}
    made = updated((before, shipped), [], rows, {"a": "甲改", "b": "丙"}, 100, refresh=False)
    assert made == Ledger(
        types={
            "gone": TypeRow(hash="x", mod=1),
            "s": TypeRow(hash="s", mod=120),
            "t": TypeRow(hash="same", mod=5),
            "u": TypeRow(hash="new", mod=121),
            "v": TypeRow(hash="v", mod=90),
        },
        decks={"a": "甲", "gone": "乙", "b": "丙"},
    )
    assert list(made.types) == sorted(made.types)


@pytest.mark.parametrize("part", ["note g", 'hash": "h'])
def test_a_letter_that_no_file_can_hold_is_told(part: str) -> None:
    text = dump(ledger(g=row()))
    assert text.count(part) == 1
    with pytest.raises(LedgerError):
        load(text.replace(part, f"{part}\\ud800"))

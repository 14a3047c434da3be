"""The built deck in the real Anki: every card shows what it should, and every later deck keeps what was learned."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hitoe.model import identity
from support import anki_engine as engine
from support.projects import build, edit, example_copy

KEY = "example"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1609459200")
    return example_copy(tmp_path / "project")


def guid(path: str) -> str:
    return identity.guid(KEY, path)


class Balance(HTMLParser):
    """Finds tags that close nothing and tags that are never closed."""

    void = frozenset({"br", "hr", "img", "input"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(html)
        self.close()
        self.wrong += self.open

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in self.void:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1:] == [tag]:
            self.open.pop()
        else:
            self.wrong.append(f"/{tag}")


def test_every_card_has_a_question_and_an_answer(project: Path, tmp_path: Path) -> None:
    package = build(project)
    with engine.collection(tmp_path / "anki") as col:
        log = engine.import_deck(col, package)
        assert (log.updated, log.conflicting) == (0, 0)
        for card, (front, back) in engine.sides(col).items():
            assert engine.seen(front), card
            assert engine.seen(front) != engine.seen(back), card
            for side in (front, back):
                assert not re.search(r"has a problem|no field called|is blank|No cloze", side), card
                assert not re.search(r"\{\{|\}\}|\{%|\{#", re.sub(r'data-cloze="[^"]*"', "", side)), card
                assert not Balance(side).wrong, card


RETIRED = {
    *(("measures.drop", 0), ("umami.tastes", 2), ("umami.dashi[season]", 0)),
    *(
        (f"measures.spoons[{row},english]", ord_)
        for row in ("tablespoon", "teaspoon", "cup", "rice-cup")
        for ord_ in (0, 1)
    ),
    *(("measures.spoons[rice-cup,volume]", ord_) for ord_ in (0, 1)),
}
"""The cards that the package lacks: those of what is retired."""


def test_the_package_holds_the_cards_that_anki_would_make_but_for_retired_ones(project: Path, tmp_path: Path) -> None:
    package = build(project)
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, package)
        before = engine.schedules(col)
        assert not col.get_empty_cards().notes
        assert engine.faults(col) == []
        made = set(engine.schedules(col)) - set(before)
        paths = {its: fields["Id"].partition("/")[2] for its, fields in engine.fields(col).items()}
    assert {(paths[its], number) for its, number in made} == RETIRED


def test_pictures_arrive_and_none_is_missing(project: Path, tmp_path: Path) -> None:
    package = build(project)
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, package)
        check = col.media.check()
        assert (list(check.missing), list(check.unused)) == ([], [])
        assert [path for path in Path(col.media.dir()).iterdir() if path.suffix == ".png"]


def test_a_learner_sees_hostile_text_as_it_was_written(project: Path, tmp_path: Path) -> None:
    package = build(project)
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, package)
        sides = engine.sides(col)
    assert "kms:* のように書いたときの * の意味は?" in engine.seen(sides[guid("literal.asterisk"), 0][0])
    assert "{{resolve:ssm:/a/b}} を囲む括弧は?" in engine.seen(sides[guid("literal.braces"), 0][0])
    assert "arn:aws:s3:::bucket/*" in engine.seen(sides[guid("literal.colons"), 0][0])
    assert "AWS::S3::Bucket は3つの部分" in engine.seen(sides[guid("literal.type-name"), 0][1])
    assert "[型の名前]" in engine.seen(sides[guid("literal.type-name-hint"), 0][0])
    assert "{{resolve:ssm:/a/b}}" in engine.seen(sides[guid("literal.braces-in-cloze"), 0][1])
    assert "HTMLの &amp; が表す文字は?" in engine.seen(sides[guid("literal.entity"), 0][0])


def test_a_table_asks_each_cell_and_lights_it_on_the_back(project: Path, tmp_path: Path) -> None:
    package = build(project)
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, package)
        front, back = engine.sides(col)[guid("nihon-ichi.records[mountain,size]"), 0]
    assert engine.seen(front) == "日本一の自然 もっとも高い山 の 大きさ は?"
    asked = re.findall(r'<td class="asked">(.*?)</td>', back)
    assert [engine.seen(cell) for cell in asked] == ["標高 3,776 m"]
    assert "信濃川" in back


def test_cards_lie_in_subdecks_by_topic(project: Path, tmp_path: Path) -> None:
    package = build(project)
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, package)
        names = {deck.name for deck in col.decks.all_names_and_ids()}
    assert names >= {"雑学ノート::料理の科学", "雑学ノート::日本の地理", "雑学ノート::記法"}


def test_the_scheduler_brings_the_cells_of_one_row_or_column_on_different_days(project: Path, tmp_path: Path) -> None:
    topics = project / "content" / "topics"
    for path in topics.iterdir():
        path.unlink()
    cells = "".join(f"          r{r}: {{c1: a{r}, c2: b{r}, c3: c{r}}}\n" for r in range(3))
    facts = "".join(f"      f{number}: {{fact: 問い{number}, is: 答え}}\n" for number in range(60))
    topics.joinpath("one.yaml").write_text(
        "topic: one\ntitle: 一つ\nentries:\n  entry:\n    title: 題\n    items:\n      table:\n        table: 表\n"
        f"        columns: {{c1: あ, c2: い, c3: う}}\n        rows:\n{cells}"
        f"  facts:\n    title: 題\n    items:\n{facts}",
        "utf-8",
    )
    paths = {guid(f"entry.table[r{r},c{c}]"): (f"r{r}", f"c{c}") for r in range(3) for c in range(1, 4)}
    package = build(project)
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, package)
        col.decks.select(col.decks.id_for_name("雑学ノート"))  # type: ignore[arg-type]
        queue = col.sched.get_queued_cards(fetch_limit=100).cards  # type: ignore[union-attr]
        today = [col.get_card(entry.card.id).note().guid for entry in queue]
    asked = [paths[guid_] for guid_ in today if guid_ in paths]
    assert len(today) == 20
    assert len(asked) == 3
    assert len({row for row, _ in asked}) == len({column for _, column in asked}) == 3


def test_edits_arrive_and_no_review_is_lost(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = build(project)
    edit(project, "ryori.yaml", "is: 池田菊苗\n", "is: 池田菊苗(東京帝国大学)\n")
    edit(project, "ryori.yaml", "title: 料理の計量", "title: 計量のきほん")
    move_entry(project, "prefectures", "chiri.yaml", "kiho.yaml")
    reverse_topics(project, "ryori.yaml")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1609545600")
    second = build(project)
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, first)
        assert engine.study(col) == len(engine.schedules(col))
        before, reviewed = engine.schedules(col), engine.reviews(col)
        log = engine.import_deck(col, second)
        assert (log.new, log.conflicting) == (0, 0)
        assert engine.schedules(col) == before
        assert engine.reviews(col) == reviewed
        assert engine.fields(col)[guid("umami.discoverer")]["Answer"] == "池田菊苗(東京帝国大学)"
        assert engine.fields(col)[guid("measures.scoops")]["Entry"] == "計量のきほん"
        assert len({kind["name"] for kind in col.models.all() if kind["name"].startswith("hitoe")}) == 4
        again = engine.import_deck(col, second)
        assert (again.new, again.updated) == (0, 0)


def test_only_changed_notes_are_touched(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = build(project)
    edit(project, "ryori.yaml", "is: 池田菊苗\n", "is: 池田 菊苗\n")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1609545600")
    second = build(project)
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, first)
        col.db.execute("update notes set tags = ' mine '")  # type: ignore[union-attr]
        assert engine.import_deck(col, second).updated == 1
        changed = {guid_ for guid_, its_tags in engine.tags(col).items() if its_tags != ["mine"]}
    assert changed == {guid("umami.discoverer")}


def test_retired_things_keep_their_schedule_under_a_banner(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build(project)
    edit(project, "chiri.yaml", "is: 14,125\n", "is: 14,125\n        retired: true\n")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1609545600")
    second = build(project)
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, first)
        engine.study(col)
        before = engine.schedules(col)
        engine.import_deck(col, second)
        assert engine.schedules(col) == before
        assert "廃止" in engine.tags(col)[guid("nihon-ichi.islands")]
        assert "廃止されました" in engine.seen(engine.sides(col)[guid("nihon-ichi.islands"), 0][0])


def test_a_direction_no_longer_asked_keeps_its_card_under_a_banner(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build(project)
    edit(project, "chiri.yaml", "ask: {name: both, size: forward}", "ask: {name: forward, size: none}")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1609545600")
    second = build(project)
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, first)
        engine.study(col)
        before = engine.schedules(col)
        engine.import_deck(col, second)
        assert engine.schedules(col) == before
        assert not col.get_empty_cards().notes
        sides = engine.sides(col)
    assert "このカードは廃止されました" in engine.seen(sides[guid("nihon-ichi.records[mountain,name]"), 1][0])
    assert "廃止" not in engine.seen(sides[guid("nihon-ichi.records[mountain,name]"), 0][0])
    assert "このカードは廃止されました" in engine.seen(sides[guid("nihon-ichi.records[mountain,size]"), 0][0])


def test_a_retired_cloze_number_keeps_a_card_that_says_so(project: Path, tmp_path: Path) -> None:
    edit(project, "ryori.yaml", "酸味・", "{{c3::酸味}}・")
    edit(project, "ryori.yaml", "        retired_clozes: [3]\n", "")
    first = build(project)
    edit(project, "ryori.yaml", "{{c3::酸味}}・", "酸味・")
    edit(project, "ryori.yaml", '**{{c4::うま味}}**"\n', '**{{c4::うま味}}**"\n        retired_clozes: [3]\n')
    second = build(project)
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, first)
        engine.import_deck(col, second)
        sides = engine.sides(col)
    front, back = sides[guid("umami.tastes"), 2]
    assert "塩味・酸味" in engine.seen(front)
    assert "[このカードは廃止されました。]" in engine.seen(front)
    assert "このカードは廃止されました" in engine.seen(back)
    assert "このカードは廃止されました" not in engine.seen(sides[guid("umami.tastes"), 0][1])


def move_entry(project: Path, key: str, source: str, target: str) -> None:
    topics = project / "content" / "topics"
    text = (topics / source).read_text("utf-8")
    match = re.search(rf"^  {key}:\n(?:(?:    .*)?\n)*", text, re.M)
    assert match
    (topics / source).write_text(text.replace(match[0], ""), "utf-8")
    with (topics / target).open("a", encoding="utf-8") as file:
        file.write("\n" + match[0])


def reverse_topics(project: Path, file: str) -> None:
    """Put the entries of a topic file into the opposite order."""
    path = project / "content" / "topics" / file
    head, _, body = path.read_text("utf-8").partition("entries:\n")
    entries = re.findall(r"^  \S.*\n(?:(?:    .*)?\n)*", body, re.M)
    assert "".join(entries) == body
    path.write_text(head + "entries:\n" + "\n".join(reversed(entries)), "utf-8")


def test_typed_answers_speech_and_readings_are_there_only_when_asked_for(project: Path, tmp_path: Path) -> None:
    edit(project, "chiri.yaml", "is: 14,125\n", "is: 14,125\n        typed: true\n        speak: true\n")
    edit(
        project,
        "chiri.yaml",
        "        is: 北海道\n",
        "        is: 北海道\n        reading: 北海道[ほっかいどう]は日本[にほん]の北\n",
    )
    package = build(project)
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, package)
        sides = engine.sides(col)
        card = col.get_card(col.find_cards('"Id:example/nihon-ichi.islands"')[0])
        asked = [tag.field_text for tag in card.question_av_tags()]  # type: ignore[union-attr]
        told = [tag.field_text for tag in card.answer_av_tags()]  # type: ignore[union-attr]
    front, back = sides[guid("nihon-ichi.islands"), 0]
    assert "[[type:Typed]]" in front
    assert "[[type:Typed]]" in back
    assert (asked, told) == (["日本の島の数(国土地理院、2023年発表)は?"], ["14,125"])
    assert (
        "<ruby><rb>北海道</rb><rt>ほっかいどう</rt></ruby>は<ruby><rb>日本</rb><rt>にほん</rt></ruby>の北"
        in (sides[guid("nihon-ichi.largest-prefecture"), 0][1])
    )
    others = "".join(front for (guid_, _), (front, _) in sides.items() if guid_ != guid("nihon-ichi.islands"))
    assert "[[type:" not in others
    assert "tts" not in others


def test_a_typed_cloze_is_compared_with_its_answer(project: Path, tmp_path: Path) -> None:
    edit(
        project,
        "ryori.yaml",
        '{{c1::0 ℃}} で凍る"\n',
        '{{c1::0 ℃}} で凍る"\n        typed: true\n        speak: true\n',
    )
    package = build(project)
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, package)
        front, _ = engine.sides(col)[guid("water.freezing-point"), 0]
        card = col.get_card(col.find_cards('"Id:example/water.freezing-point"')[0])
        assert card.answer_av_tags()
    assert "[[type:cloze:Text]]" in front


def test_a_picture_covers_one_region_a_card(project: Path, tmp_path: Path) -> None:
    package = build(project)
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, package)
        front, back = engine.sides(col)[guid("water.states[solid]"), 0]
        kind = next(kind for kind in col.models.all() if kind["name"] == "hitoe 雑学ノート – 図")
        note = col.get_image_occlusion_note(col.find_notes('"Id:example/water.states[liquid]"')[0]).note
    shape = 'data-shape="rect" data-left="0.0333" data-top="0.2000" data-width="0.2667" data-height="0.6000"'
    assert "水の三態の名前は?" in engine.seen(front)
    assert shape in front
    assert "氷" not in front
    assert "氷" in engine.seen(back)
    assert kind["originalStockKind"] == 6
    assert [occlusion.ordinal for occlusion in note.occlusions] == [1]
    assert note.image_data.startswith(b"<svg")

"""`hitoe import` of packages that the real Anki has written: kinds, decks, tags, media, and what is told."""

import json
import sqlite3
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from anki.collection import Collection
from anki.notes import NoteId
from hitoe import checks
from hitoe.cli import main
from hitoe.importing import anki_file, protobuf, template_reading
from hitoe.importing.anki_file import CardTemplate, ForeignType
from hitoe.kinds import Item
from hitoe.model.project import Project
from support import foreign
from support.anki_engine import collection, study

Notes = list[tuple[str, Mapping[str, str]]]


def imported(folder: Path, package: Path) -> Project:
    """Import a package into a new project, and read it as every command does."""
    assert main(["import", str(package), "-C", str(folder / "project")]) == 0
    return checks.trusted(folder / "project")


def items(project: Project) -> list[Item]:
    return [item for placed in project.entries() for item in placed.entry.items.values()]


def yaml(folder: Path, name: str = "deck") -> str:
    return (folder / "project" / "content" / "topics" / f"{name}.yaml").read_text("utf-8")


def report(folder: Path) -> list[str]:
    path = folder / "project" / "import-report.txt"
    return path.read_text("utf-8").splitlines() if path.exists() else []


@pytest.mark.parametrize("legacy", [True, False])
def test_stock_note_types_become_items_as_an_author_would_write_them(tmp_path: Path, legacy: bool) -> None:
    notes: Notes = [
        ("Basic", {"Front": "dog", "Back": "犬<br>いぬ"}),
        ("Basic (and reversed card)", {"Front": "cat", "Back": "猫"}),
        ("Basic (optional reversed card)", {"Front": "cow", "Back": "牛", "Add Reverse": "y"}),
        ("Basic (optional reversed card)", {"Front": "pig", "Back": "豚"}),
        ("Basic (type in the answer)", {"Front": "hen", "Back": "鶏"}),
        ("Cloze", {"Text": "The {{c2::owl}} is a {{c5::bird::what?}}", "Back Extra": "<b>hoo</b>"}),
    ]
    imported(tmp_path, foreign.package(tmp_path, notes, legacy=legacy))
    assert yaml(tmp_path) == (
        "# yaml-language-server: $schema=../.schema/topic.schema.json\n"
        "topic: deck\ntitle: Deck\nentries:\n  deck:\n    title: Deck\n    items:\n"
        "      dog:\n        fact: dog\n        is: |\n          犬\n          いぬ\n"
        "      cat:\n        fact: cat\n        is: 猫\n        reverse: 猫\n"
        "      cow:\n        fact: cow\n        is: 牛\n        reverse: 牛\n"
        "      pig:\n        fact: pig\n        is: 豚\n"
        "      hen:\n        fact: hen\n        is: 鶏\n        typed: true\n"
        "      the-owl-is-a-bird:\n        cloze: The {{c1::owl}} is a {{c2::bird::what?}}\n"
        '        extra: "**hoo**"\n'
    )
    assert report(tmp_path) == []


def test_a_question_is_asked_as_it_was_written(tmp_path: Path) -> None:
    imported(tmp_path, foreign.package(tmp_path, [("Basic", {"Front": "dog", "Back": "犬"})]))
    assert main(["build", "deck", "-C", str(tmp_path / "project")]) == 0
    (note,) = anki_file.read(tmp_path / "project" / "build" / "foreign.apkg", tmp_path)
    assert note.values["Question"] == "dog"


def test_in_a_project_with_words_of_its_own_the_question_is_written_as_ask(tmp_path: Path) -> None:
    content = tmp_path / "project" / "content"
    content.mkdir(parents=True)
    (content / "deck.yaml").write_text("format: 1\nkey: own\ntitle: Own\nlanguage: en\n")
    topic = "topic: deck\ntitle: Deck\nentries:\n  deck: {title: Deck, items: {dog: {fact: dog, is: 犬}}}\n"
    (content / "own.yaml").write_text(topic)
    notes: Notes = [("Basic", {"Front": "dog", "Back": "犬"}), ("Basic", {"Front": "none", "Back": "一"})]
    project = imported(tmp_path, foreign.package(tmp_path, notes))
    assert (content / "deck.yaml").read_text().startswith("format: 1\nkey: own")
    assert not (content / "words.yaml").exists()
    assert "fact: dog\n        is: 犬\n        ask: dog\n" in yaml(tmp_path, "deck-2")
    assert [placed.key for placed in project.entries()] == ["deck", "deck-2"]
    assert any("'none' is asked with a word of hitoe's behind it" in line for line in report(tmp_path))


def test_reviews_and_decks_of_single_cards_are_told(tmp_path: Path) -> None:
    with collection(tmp_path) as col:
        note = foreign.add(col, "Basic (and reversed card)", {"Front": "dog", "Back": "犬"})
        study(col)
        cards = col.get_note(NoteId(note)).cards()
        col.set_deck([cards[1].id], int(col.decks.id("Other") or 0))
        package = foreign.export(col, tmp_path / "foreign.apkg", scheduling=True)
    imported(tmp_path, package)
    assert report(tmp_path) == [
        "1 notes were studied: their reviews stay in Anki, and the new cards have none",
        f"{note}: cards in another deck: Other",
    ]


def test_no_key_is_used_again_that_learners_know(tmp_path: Path) -> None:
    package = foreign.package(tmp_path, [("Basic", {"Front": "dog", "Back": "犬"})])
    imported(tmp_path, package)
    topics = tmp_path / "project" / "content" / "topics"
    own = "topic: own\ntitle: Own\nentries:\n  deck: {title: Deck, items: {cow: {fact: cow, is: 牛, retired: true}}}\n"
    assert main(["build", "deck", "-C", str(tmp_path / "project")]) == 0
    (topics / "deck.yaml").write_text(own)
    (topics / "deck.yaml").rename(topics / "own.yaml")
    (topics / "own.yaml").write_text(own.replace("deck:", "cows:"))
    assert main(["import", str(package), "-C", str(tmp_path / "project")]) == 0
    assert [path.name for path in topics.iterdir() if path.name != "own.yaml"] == ["deck-2.yaml"]


def test_no_key_is_used_again_that_an_entry_had(tmp_path: Path) -> None:
    package = foreign.package(tmp_path, [("Basic", {"Front": "dog", "Back": "犬"})])
    imported(tmp_path, package)
    topics = tmp_path / "project" / "content" / "topics"
    own = "topic: own\ntitle: Own\nentries:\n  cows: {title: Cows, was: deck, items: {cow: {fact: cow, is: 牛}}}\n"
    (topics / "deck.yaml").unlink()
    (topics / "own.yaml").write_text(own)
    project = imported(tmp_path, package)
    assert {placed.key for placed in project.entries()} == {"cows", "deck-2"}


def test_nested_decks_become_topics_and_tags_stay(tmp_path: Path) -> None:
    with collection(tmp_path) as col:
        for deck in ("生物", "生物::細胞", "生物::細胞::核"):
            foreign.add(col, "Basic", {"Front": deck, "Back": "x"}, deck=deck, tags=["a::b", "marked", "x"])
        package = foreign.export(col, tmp_path / "foreign.apkg")
    project = imported(tmp_path, package)
    assert project.deck.title == "生物"
    assert {topic.title for topic in project.topics.values()} == {"生物", "細胞", "細胞::核"}
    assert {item.tags for item in items(project)} == {("a::b", "x")}
    assert main(["build", "deck", "-C", str(tmp_path / "project")]) == 0
    built = anki_file.read(tmp_path / "project" / "build" / "生物.apkg", tmp_path)
    assert {note.deck for note in built} == {"生物::生物", "生物::細胞", "生物::細胞::核"}


@pytest.mark.parametrize("legacy", [True, False])
def test_media_that_notes_show_are_copied(tmp_path: Path, legacy: bool) -> None:
    with collection(tmp_path) as col:
        for name in ("a b.png", "x(1).png", "unused.png"):
            foreign.picture(col, name)
        foreign.sound(col, "犬.mp3")
        (Path(col.media.dir()) / "bad.png").write_bytes(b"no picture")
        (Path(col.media.dir()) / "film.mp4").write_bytes(b"film")
        html = '<img src="a b.png" alt="A"><img src="x(1).png">[sound:犬.mp3]<img src="https://e.org/y.png">'
        foreign.add(col, "Basic", {"Front": html, "Back": 'b<img src="bad.png">[sound:film.mp4]<img src="gone.png">'})
        foreign.add(col, "Basic", {"Front": '<img src="a%20b.png">', "Back": "c"})
        package = foreign.export(col, tmp_path / "foreign.apkg", legacy=legacy)
    imported(tmp_path, package)
    assert 'fact: "![](images/a b.png)"' in yaml(tmp_path)
    assert "![A](images/a b.png)![](images/x_1_.png)![](audio/犬.mp3)" in yaml(tmp_path)
    content = tmp_path / "project" / "content"
    found = {path.relative_to(content).as_posix() for path in content.rglob("*.*") if path.suffix != ".yaml"}
    assert found == {"images/a b.png", "images/x_1_.png", "audio/犬.mp3"}
    assert (content / "images" / "a b.png").read_bytes()[:4] == b"\x89PNG"
    told = [line.partition(": ")[2] for line in report(tmp_path)]
    assert told == [
        "Front: picture on the web: https://e.org/y.png",
        "Back: file: 'images/bad.png' is damaged, or no picture: save it anew as PNG or JPEG",
        "Back: file of a kind that hitoe does not know: film.mp4",
        "Back: file is missing: gone.png",
    ]


def test_a_picture_of_another_content_gets_another_name(tmp_path: Path) -> None:
    images = tmp_path / "project" / "content" / "images"
    images.mkdir(parents=True)
    (images / "a.png").write_bytes(b"the author's own")
    with collection(tmp_path) as col:
        foreign.picture(col, "a.png")
        foreign.add(col, "Basic", {"Front": '<img src="a.png">', "Back": "b"})
        package = foreign.export(col, tmp_path / "foreign.apkg")
    imported(tmp_path, package)
    assert "![](images/a-2.png)" in yaml(tmp_path)
    assert (images / "a.png").read_bytes() == b"the author's own"


def test_image_occlusion_becomes_a_picture_with_regions(tmp_path: Path) -> None:
    shapes = (
        "{{c1::image-occlusion:rect:left=.1:top=.2:width=.3:height=.4:oi=1}}<br>"
        "{{c2::image-occlusion:ellipse:left=.5:top=.2:rx=.1:ry=.05}}<br>"
        "{{c3::image-occlusion:polygon:points=.8,.8 .9,.8 .9,.85}}<br>"
        "{{c3::image-occlusion:rect:left=.85:top=.9:width=.05:height=.05}}<br>"
        "{{c4::image-occlusion:text:left=.1:top=.1:text=x}}<br>"
    )
    with collection(tmp_path) as col:
        foreign.picture(col, "cell.png")
        fields = {"Occlusion": shapes, "Image": '<img src="cell.png">', "Header": "Cell", "Comments": "note"}
        foreign.add(col, "Image Occlusion", fields)
        package = foreign.export(col, tmp_path / "foreign.apkg")
    imported(tmp_path, package)
    assert yaml(tmp_path).endswith(
        "        picture: Cell\n        image: {file: images/cell.png, alt: cell}\n        regions:\n"
        "          1: {label: 1, left: 10, top: 20, width: 30, height: 40}\n"
        "          2: {label: 2, left: 50, top: 20, width: 20, height: 10}\n"
        "          3: {label: 3, left: 80, top: 80, width: 10, height: 15}\n"
        "        extra: note\n"
    )
    assert [line.partition(": ")[2] for line in report(tmp_path)] == [
        "Occlusion: regions that are not asked: they are not covered",
        "Occlusion: region is the rectangle around it: ellipse of card 2",
        "Occlusion: region is the rectangle around it: polygon of card 3",
        "Occlusion: regions of one card are one rectangle: card 3",
        "Occlusion: region: text of card 4",
        "Occlusion: names of regions: Anki has none, so they are 1 to 3: write what they show",
    ]


def add_type(col: Collection, fields: list[str], *templates: tuple[str, str]) -> None:
    model = col.models.new("Vocabulary")
    for name in fields:
        col.models.add_field(model, col.models.new_field(name))
    for number, (front, back) in enumerate(templates):
        template = col.models.new_template(f"Card {number + 1}")
        template["qfmt"], template["afmt"] = front, back
        col.models.add_template(model, template)
    col.models.add(model)


def test_other_note_types_become_facts_and_are_told(tmp_path: Path) -> None:
    with collection(tmp_path) as col:
        add_type(
            col,
            ["Id", "Word", "Meaning", "Example", "Note", "Clue"],
            ("{{Word}}{{hint:Clue}}", "{{FrontSide}}{{Meaning}}{{Example}}{{Note}}"),
            ("{{Example}}", "{{Word}}"),
        )
        values = {"Id": "7", "Word": "dog", "Meaning": "犬", "Example": "a <b>dog</b>", "Note": "", "Clue": "barks"}
        foreign.add(col, "Vocabulary", values)
        package = foreign.export(col, tmp_path / "foreign.apkg")
    imported(tmp_path, package)
    assert yaml(tmp_path).endswith(
        '        fact: dog\n        is: 犬\n        hint: barks\n        extra: |\n'
        '          - Id: 7\n          - Example: a **dog**\n'
    )  # fmt: skip
    assert report(tmp_path) == [
        "note type 'Vocabulary' (1 notes): each is a fact, asked 'Word', answered 'Meaning'; "
        "its other fields are in `extra`",
        "note type 'Vocabulary': 1 cards of 'Card 2' were not carried over",
    ]


def test_readings_in_brackets_become_readings_where_the_template_shows_them_so(tmp_path: Path) -> None:
    with collection(tmp_path) as col:
        add_type(col, ["Front", "Back"], ("{{furigana:Front}}", "{{FrontSide}}{{Back}}"))
        foreign.add(col, "Vocabulary", {"Front": "これは 漢字[かんじ]です", "Back": "a[0]"})
        package = foreign.export(col, tmp_path / "foreign.apkg")
    (item,) = items(imported(tmp_path, package))
    assert "fact: これは漢字です\n        is: a[0]\n        reading: 漢字[かんじ]\n" in yaml(tmp_path)
    assert item.reading == "漢字[かんじ]"


@pytest.mark.parametrize(
    ("front", "asked"),
    [
        ("{{Head}}{{cloze:Body}}", "Body"),
        ("{{type:cloze:Body}}{{cloze:Head}}", "Body"),
        ("{{Tags}}{{^Body}}{{Body}}{{/Body}}", "Head"),
        ("", "Head"),
    ],
)
def test_the_clozes_that_are_asked_are_those_of_the_first_field_shown_as_cloze_else_of_the_first(
    front: str, asked: str
) -> None:
    type_ = ForeignType("C", ("Head", "Body"), (CardTemplate("Cloze", front, "{{cloze:Head}}"),), cloze=True)
    assert template_reading.cloze_field(type_) == asked


def test_notes_that_cannot_become_items_are_told(tmp_path: Path) -> None:
    notes: Notes = [
        ("Basic", {"Front": "only a front", "Back": ""}),
        ("Basic", {"Front": '<img src="gone.png">', "Back": "only a back"}),
        ("Basic", {"Front": "a", "Back": "b"}),
        ("Basic (and reversed card)", {"Front": "nein", "Back": "no"}),
        ("Image Occlusion", {"Occlusion": "{{c1::image-occlusion:rect:left=.1:top=.2:width=.3:height=.4}}"}),
        ("Cloze", {"Text": "{{c1::x}}"}),
    ]
    with collection(tmp_path) as col:
        last = [foreign.add(col, type_, fields) for type_, fields in notes][-1]
        note = col.get_note(NoteId(last))
        note["Text"] = "no blank"
        col.update_note(note)
        package = foreign.export(col, tmp_path / "foreign.apkg")
    assert len(items(imported(tmp_path, package))) == 2
    told = [line.partition(": ")[2] for line in report(tmp_path)]
    assert told == [
        "no answer: a fact needs one",
        "the note was not carried over: only a front",
        "Front: file is missing: gone.png",
        "no question",
        "the note was not carried over: only a back",
        "the card that asks 'no': hitoe takes this word for a setting",
        "Image: no region, or no picture",
        "the note was not carried over: {{c1::image-occlusion:rect:left=.1:top=.2:width=.3:height=.4",
        "Text: no cloze that can be asked",
        "the note was not carried over: no blank",
    ]


def test_a_whole_collection_is_read(tmp_path: Path) -> None:
    with collection(tmp_path) as col:
        for deck in ("A", "B::C"):
            foreign.add(col, "Basic", {"Front": deck, "Back": "b"}, deck=deck)
        col.export_collection_package(str(tmp_path / "all.colpkg"), include_media=True, legacy=False)
    project = imported(tmp_path, tmp_path / "all.colpkg")
    assert (project.deck.key, project.deck.title) == ("all", "all")
    assert {topic.title for topic in project.topics.values()} == {"A", "B::C"}


def test_what_is_there_already_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = foreign.package(tmp_path, [("Basic", {"Front": "a", "Back": "b"})])
    topics = tmp_path / "project" / "content" / "topics"
    topics.mkdir(parents=True)
    (topics / "deck.yaml").write_text("# nothing yet")
    assert main(["import", str(package), "-C", str(tmp_path / "project")]) == 1
    assert "topics/deck.yaml is there already" in capsys.readouterr().err
    assert not (tmp_path / "project" / "content" / "deck.yaml").exists()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.apkg", b"PK\3\4 cut off", "it is damaged"),
        ("a.apkg", b"no package", "it is not an Anki collection"),
        ("a.pdf", b"%PDF", "files of this kind are not read"),
        ("gone.apkg", None, "no file"),
    ],
)
def test_other_files_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes | None, message: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert main(["import", str(tmp_path / name), "-C", str(tmp_path / "project")]) == 1
    assert message in capsys.readouterr().err
    assert not (tmp_path / "project").exists()


@pytest.mark.parametrize("words", [(), ("--keep-progress",)])
def test_a_package_whose_notes_have_no_end_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    package = changed(
        foreign.package(tmp_path, [("Basic", {"Front": "a", "Back": "b"})], legacy=True),
        """
        alter table notes rename to few;
        create view notes as with recursive more(n) as (select 0 union all select n + 1 from more)
        select few.id + n as id, guid, mid, mod, usn, tags, flds, sfld, csum, flags, data from few, more;
        """,
    )
    assert main(["import", str(package), "-C", str(tmp_path / "project"), *words]) == 1
    assert "it is damaged" in capsys.readouterr().err


@pytest.mark.parametrize("words", [(), ("--keep-progress",)])
def test_files_that_unpack_to_more_than_those_of_a_deck_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setattr("hitoe.importing.media_files.SMALL", 10**6)
    names = [f"{number}.mp3" for number in range(30)]
    shown = "".join(f"[sound:{name}]" for name in names)
    package = foreign.package(tmp_path, [("Basic", {"Front": "a", "Back": shown})], legacy=True)
    with zipfile.ZipFile(package) as whole:
        files = {name: whole.read(name) for name in whole.namelist()}
    files |= {"media": json.dumps(dict(enumerate(names))).encode()}
    files |= {str(number): bytes([number]) + bytes(10**6) for number in range(len(names))}
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    assert main(["import", str(package), "-C", str(tmp_path / "project"), *words]) == 1
    assert f"hitoe: {package}: it unpacks to hundreds of times its size" in capsys.readouterr().err
    assert not (tmp_path / "project").exists()


def test_control_characters_in_tags_are_left_out(tmp_path: Path) -> None:
    package = foreign.package(tmp_path, [("Basic", {"Front": "a", "Back": "b"})], legacy=True)
    project = imported(tmp_path, changed(package, "update notes set tags = ' a' || char(27) || 'b c '"))
    assert [item.tags for item in items(project)] == [("ab", "c")]


def changed(package: Path, script: str) -> Path:
    """Return a package in which a script changed the database."""
    with zipfile.ZipFile(package) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    database = next(name for name in ("collection.anki21", "collection.anki2") if name in files)
    path = package.with_name("c.db")
    path.write_bytes(files[database])
    with sqlite3.connect(path) as connection:
        connection.executescript(script)
    connection.close()
    with zipfile.ZipFile(package.with_name("changed.apkg"), "w") as archive:
        for name, content in (files | {database: path.read_bytes()}).items():
            archive.writestr(name, content)
    return package.with_name("changed.apkg")


def test_a_package_without_media_file_is_read(tmp_path: Path) -> None:
    package = foreign.package(tmp_path, [("Basic", {"Front": "a", "Back": "b"})], legacy=True)
    with zipfile.ZipFile(package) as whole, zipfile.ZipFile(tmp_path / "less.apkg", "w") as less:
        for name in whole.namelist():
            if name != "media":
                less.writestr(name, whole.read(name))
    assert len(items(imported(tmp_path, tmp_path / "less.apkg"))) == 1


def test_messages_of_protocol_buffers_are_read() -> None:
    message = b"\x08\x96\x01\x12\x02ab\x1d\0\0\0\0\x21\0\0\0\0\0\0\0\0\x12\x01c"
    assert list(protobuf.fields(message)) == [(1, 150), (2, b"ab"), (3, b"\0" * 4), (4, b"\0" * 8), (2, b"c")]
    assert (protobuf.text(message, 2), protobuf.text(message, 9)) == ("ab", "")
    for damaged in (b"\x12\x05ab", b"\x08", b"\x0b", b"\xff" * 11):
        with pytest.raises(ValueError, match="Protocol Buffers"):
            list(protobuf.fields(damaged))

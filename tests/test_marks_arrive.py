"""Marks of all kinds, pictures and sounds arrive in the real Anki, on every page of the sheet and in the log."""

import io
import json
import re
import tempfile
import wave
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from unicodedata import category, is_normalized, normalize

import pypdfium2
import pytest
from hitoe.build import topic_file
from hitoe.build.topic_file import Task, is_remembered, work_out
from hitoe.cli import main
from hitoe.model import loader
from hitoe.typography.printed_signs import Signs
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from PIL import Image
from support import anki_engine as engine
from support import scripts
from support.browsing import Page

FILES = {"red": (200, 30, 30), "blue": (30, 30, 200)}
DECK = "format: 1\nkey: k\ntitle: 題\nlanguage: ja\n"


def project(root: Path, items: dict[str, object], deck: str = DECK, **entry: object) -> Path:
    content = root / "content"
    (content / "images").mkdir(parents=True)
    (content / "audio").mkdir()
    for name, colour in FILES.items():
        Image.new("RGB", (60, 40), colour).save(content / "images" / f"{name} (1).png")
    with wave.open(str(content / "audio" / "a.wav"), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(b"\0\0" * 80)
    (content / "deck.yaml").write_text(deck, "utf-8")
    entries = {"e": {"title": "見出し", "learned": "2020-W30", "items": items, **entry}}
    topic = json.dumps({"topic": "t", "title": "話題", "entries": entries}, ensure_ascii=False, indent=1)
    (content / "t.yaml").write_text(topic, "utf-8")
    return root


WORDS = scripts.phrases | st.sampled_from(
    ["Homo sapiens", "語", "強調した言葉", "x", "kms:*", "a < b & c", "「引用」", "naïve", "вид", "{{x}}"]
)
STARLESS = WORDS.filter(lambda words: "*" not in words)
SMALL = st.sampled_from(["2", "n+1", "2-", "max", "α", "(aq)"])
Piece = tuple[str, str, str]
"""Markdown, what is seen of it, and the element that it is in, if any."""
PIECES: st.SearchStrategy[Piece] = st.one_of(
    WORDS.map(lambda words: (words, words, "")),
    STARLESS.map(lambda words: (f"*{words}*", words, "em")),
    STARLESS.map(lambda words: (f"**{words}**", words, "strong")),
    WORDS.map(lambda words: (f"`{words}`", words, "code")),
    SMALL.map(lambda small: (f"H~{small}~", f"H{small}", "sub")),
    SMALL.map(lambda small: (f"x^{small}^", f"x{small}", "sup")),
    st.just(("1~2個、2^10と2^20", "1~2個、2^10と2^20", "")),
    st.just(("上\n下", "上 下", "br")),
)
LINES = st.lists(PIECES, min_size=1, max_size=5)
COUNT, FEW = 80, 30
"""Texts in a deck; FEW of them always."""
QUICK = settings(database=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
SIGNS = Signs()


def marked(line: list[Piece]) -> str:
    return " と ".join(piece[0] for piece in line)


def seen(line: list[Piece]) -> str:
    return " と ".join(piece[1] for piece in line)


def packed(text: str) -> str:
    return "".join(text.split())


@settings(QUICK, max_examples=1, derandomize=True)
@given(st.lists(LINES, min_size=FEW, max_size=FEW))
def test_what_is_marked_arrives_everywhere_in_every_script(lines: list[list[Piece]]) -> None:
    assume(lines[0] != lines[-1])  # the simplest example, which comes first, is one text again and again
    compare(lines)


@pytest.mark.slow
@settings(QUICK, max_examples=40)
@given(st.lists(LINES, min_size=COUNT, max_size=COUNT))
def test_what_is_marked_arrives_everywhere_in_many_decks(lines: list[list[Piece]]) -> None:
    compare(lines)


def compare(lines: list[list[Piece]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        items = {f"i{n}": {"fact": f"項目{n}", "is": marked(line)} for n, line in enumerate(lines)}
        root = project(Path(folder), dict(items))
        places = [number for number, words in enumerate(topic(root), start=1) if words.startswith('     "is": ')]
        said = io.StringIO()
        with redirect_stderr(said):
            assert main(["build", "deck", "log", "-C", folder]) == 0
            assert main(["build", "sheet", "--edition", "colour", "-C", folder]) == 0
        told = list(dict.fromkeys(said.getvalue().splitlines()))
        with engine.collection(root / "anki") as col:
            engine.import_deck(col, root / "build" / "k.apkg")
            paths = {guid: one["Id"].rpartition(".")[2] for guid, one in engine.fields(col).items()}
            cards = {paths[guid]: Page(back) for (guid, _), (_, back) in engine.sides(col).items()}
        log = (root / "build" / "log" / "2020-W30.html").read_text("utf-8")
        pdf = pypdfium2.PdfDocument(root / "build" / "k-sheet.pdf")
        pages = "".join(page.get_textpage().get_text_range() for page in pdf)
    posted = {
        "".join(text.split()) for text in Page(re.sub(r"<script.*?</script>", "", log, flags=re.DOTALL)).all("li")
    }
    paper = sorted(
        (int(number), text) for number, text in re.findall(r"項目(\d+):(.*?)(?=項目\d+:|\Z)", pages, re.DOTALL)
    )
    wrong: list[object] = []
    shared = [each for each in told if "texts, first here" in each]
    for n, (line, place) in enumerate(zip(lines, places, strict=True)):
        its = [each.partition("warning: ")[2] for each in told if f"content/t.yaml:{place}:" in each]
        wrong += [(n, marked(line), *each) for each in differences(line, cards[f"i{n}"], its, shared)]
        wrong += [] if f"項目{n}:{packed(seen(line))}" in posted else [(n, marked(line), "log")]
        (_, after), wanted = paper[n], SIGNS.printed(seen(line))
        letters, read = Counter(single(wanted)), Counter(normalize("NFKD", after))
        if letters - read or read["〓"] != letters["〓"]:
            wrong.append((n, marked(line), "paper", wanted, after))
    assert not wrong


def topic(root: Path) -> list[str]:
    return (root / "content" / "t.yaml").read_text("utf-8").split("\n")


def differences(line: list[Piece], card: Page, told: list[str], shared: list[str]) -> Iterator[tuple[object, ...]]:
    """Yield what is not on the card as it was written, and what nothing told of, here or for several texts."""
    words = normalize("NFC", seen(line))
    if (said := list(map(packed, card.all("div.answer")))) != [packed(words)]:
        yield "card", said, words
    for tag in ("em", "strong", "sub", "sup", "code"):
        wanted = [piece[1][1:] if tag in ("sub", "sup") else piece[1] for piece in line if piece[2] == tag]
        if (said := card.all(tag)) != [normalize("NFC", each) for each in wanted]:
            yield tag, said, wanted
    lacking = SIGNS.lacking(marked(line))
    here = any(all(f"U+{ord(sign):04X}" in each for sign in lacking[:3]) for each in told)
    among = any(all(sign in each or f"U+{ord(sign):04X}" in each for sign in lacking) for each in shared)
    if lacking and not (here or among):
        yield "not told", lacking, told
    if not lacking and any("〓" in each for each in told):
        yield "told", told
    if words != seen(line) and not any("Anki turns" in each for each in told):
        yield "not told", words, told


def single(text: str) -> Iterator[str]:
    """Yield the letters of a text that can be read back from a PDF, which may have them in another order.

    Where HarfBuzz takes a letter apart, or makes one glyph of several emoji, WeasyPrint writes no text or a wrong one
    for a glyph: what is printed then is a matter of test_signs.py.
    """
    for sign, after in pairwise(f"{normalize('NFC', text)} "):
        whole = is_normalized("NFD", sign) and category(sign)[0] not in "MZC" and category(after)[0] != "M"
        alone = whole and sign < "\U0001f000" and after != "\u200d"
        yield from normalize("NFKD", sign) if alone or sign == "〓" else ""


RED = "![a](images/red (1).png)"
SOUND = {"fact": "![発音](audio/a.wav)と聞こえる語", "is": "無音", "extra": "![また](audio/a.wav)"}
MEDIA = {
    "question": {"fact": "![赤い旗](images/red (1).png)", "is": "赤"},
    "answer": {"fact": "青い旗", "is": "![青](images/blue (1).png)"},
    "twice": {"cloze": "![赤](images/red (1).png)と{{c1::![青](images/blue (1).png)}}と{{c2::*二つ*}}"},
    "cells": {
        "table": "旗",
        "columns": {"flag": "旗", "name": "名"},
        "rows": {"a": {"label": "![赤](images/red (1).png)", "flag": "![青](images/blue (1).png)", "name": "甲"}},
        "ask": "both",
    },
    "steps": {
        "steps": "順",
        "sequence": {"a": "![赤](images/red (1).png)", "b": "次"},
        "hint": "![青](images/blue (1).png)",
    },
    "sound": SOUND,
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = project(tmp_path_factory.mktemp("media"), MEDIA)
    assert main(["build", "-C", str(root)]) == 0
    return root


def test_pictures_and_sounds_are_in_the_deck_wherever_they_stand(built: Path) -> None:
    with engine.collection(built / "anki") as col:
        engine.import_deck(col, built / "build" / "k.apkg")
        folder = Path(col.media.dir())
        there = {path.name for path in folder.iterdir()}
        pages = {}
        for id_ in col.find_cards(""):
            card = col.get_card(id_)
            shown = card.render_output()
            named = re.findall(r'<img[^>]* src="([^"]+)"', shown.question_text)
            played = [tag.filename for tag in shown.question_av_tags if hasattr(tag, "filename")]
            pages[card.note()["Id"].rpartition(".")[2], card.ord] = named, played
            assert {*named, *played} <= there
        checked = col.media.check()
        assert not [*checked.unused, *checked.missing]
    red, blue = ([name for name in there if (folder / name).read_bytes() == content] for content in pictures(built))
    assert len(there) == len(red) + len(blue) + 1 == 3
    assert pages["question", 0] == (red, [])
    assert pages["answer", 0] == ([], [])
    assert pages["twice", 0] == (red, [])
    assert pages["twice", 1] == (red + blue, [])
    assert [name[-4:] for name in pages["sound", 0][1]] == [".wav"]
    assert pages["steps[b]", 0][0] == red + blue


def pictures(root: Path) -> list[bytes]:
    return [(root / "content" / "images" / f"{name} (1).png").read_bytes() for name in FILES]


def test_the_log_shows_them_as_files_beside_it(built: Path) -> None:
    log = built / "build" / "log"
    files = {path.name: path.read_bytes() for path in (log / "media").iterdir()}
    assert sorted(files.values()) == sorted([*pictures(built), (built / "content" / "audio" / "a.wav").read_bytes()])
    html, markdown = ((log / f"2020-W30{end}").read_text("utf-8") for end in (".html", ".commonmark.md"))
    for name in files:
        assert f'src="media/{name}"' in html
        assert f"](media/{name})" in markdown
    assert re.search('<audio controls [^>]*title="発音"></audio>', html)


def test_they_are_printed_and_answers_of_pictures_are_blanks(built: Path) -> None:
    def drawn(name: str, page: int) -> int:
        return sum(each.type == 3 for each in pypdfium2.PdfDocument(built / "build" / name)[page].get_objects())

    assert drawn("k-sheet.pdf", 0) == 7
    assert drawn("k-worksheet.pdf", 0) == 3
    text = pypdfium2.PdfDocument(built / "build" / "k-sheet.pdf")[0].get_textpage().get_text_range()
    assert "♪と聞こえる語" in "".join(text.split())


def test_a_red_sheet_hides_pictures_that_are_answers(built: Path) -> None:
    def middles(end: str) -> list[tuple[int, int, int]]:
        """Return the colour in the middle of each picture, in reading order."""
        page = pypdfium2.PdfDocument(built / "build" / f"k-sheet{end}.pdf")[0]
        drawn = page.render(scale=4).to_pil().convert("RGB")
        found = []
        for image in [each for each in page.get_objects() if each.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]:
            left, bottom, right, top = image.get_bounds()
            x, y = 2 * (left + right), 4 * page.get_height() - 2 * (bottom + top)
            found.append(drawn.getpixel((int(x), int(y))))
        return found

    colour, red, mask = map(middles, ("", "-red", "-mask"))
    answers = {at for at, values in enumerate(zip(colour, red, mask, strict=True)) if len(set(values)) > 1}
    assert len(colour) == 7
    assert len(answers) == 4
    assert {red[at][0] for at in answers} == {255}
    assert {mask[at][0] for at in answers} == {0}
    # Without a sheet they are seen: what is not red is as it was, or darker.
    assert [red[at][1:] for at in answers] == [colour[at][1:] for at in answers]
    assert {mask[at] for at in answers} == {(0, 19, 18), (0, 19, 123)}


def test_a_picture_is_not_wider_than_its_column(tmp_path: Path) -> None:
    picture = "![a](images/wide.png)"
    root = project(tmp_path, {"a": {"fact": picture, "is": picture}, "b": {"fact": f"x {picture}", "is": "y"}})
    Image.new("RGB", (3000, 400), "red").save(root / "content" / "images" / "wide.png")
    assert main(["build", "sheet", "--edition", "colour", "-C", str(root)]) == 0
    page = pypdfium2.PdfDocument(root / "build" / "k-sheet.pdf")[0]
    images = [each.get_bounds() for each in page.get_objects() if each.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
    assert [round(right - left) for left, _, right, _ in images[:2]] == [
        233,
        233,
    ]  # pt, beside the bullet and a mark behind them


@pytest.mark.parametrize("output", ["deck", "log"])
def test_what_is_made_of_pictures_and_sounds_is_remembered_with_their_hashes(built: Path, output: str) -> None:
    texts, _ = loader.texts(built)
    task = Task(output, built, topic_file.settings(texts), "content/t.yaml", texts["content/t.yaml"])
    result = work_out(task)
    assert sorted(name for name, _ in result.pictures) == ["audio/a.wav", "images/blue (1).png", "images/red (1).png"]
    assert is_remembered(task, result)
    assert not is_remembered(task, replace(result, pictures=()))


def test_a_picture_that_changes_makes_the_deck_and_the_posts_anew(tmp_path: Path) -> None:
    root = project(tmp_path, {"a": MEDIA["question"]})
    assert main(["build", "deck", "log", "-C", str(root)]) == 0
    before = {path.name for path in (root / "build" / "log" / "media").iterdir()}
    Image.new("RGB", (60, 40), "green").save(root / "content" / "images" / "red (1).png")
    assert main(["build", "deck", "log", "-C", str(root)]) == 0
    after = {path.name for path in (root / "build" / "log" / "media").iterdir()}
    assert len(before) == len(after) == 1
    assert before.isdisjoint(after)
    with engine.collection(root / "anki") as col:
        engine.import_deck(col, root / "build" / "k.apkg")
        assert {path.name for path in Path(col.media.dir()).iterdir()} == after


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("![a](images/none.png)", "no picture 'images/none.png' in content/: add it or mend the name"),
        ("![a](../x.png)", "'../x.png' leads out of content/: copy the picture into content/images/"),
        ("![a](audio/none.mp3)", "no sound 'audio/none.mp3' in content/: add it or mend the name"),
        ("![a](../x.mp3)", "'../x.mp3' leads out of content/: copy the sound into content/audio/"),
        ("![a](images/empty.png)", "'images/empty.png' is empty: save the picture anew"),
    ],
)
@pytest.mark.parametrize("output", ["deck", "log", "check"])
def test_a_file_that_cannot_be_shown_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, message: str, output: str
) -> None:
    root = project(tmp_path, {"a": {"fact": "x", "is": f"y {text}"}})
    (root / "content" / "images" / "empty.png").touch()
    assert main([*(["build"] if output != "check" else []), output, "-C", str(root)]) == 1
    assert f"content/t.yaml:11:12: {message}\n" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("items", "message"),
    [
        ({"a": {"fact": "x", "is": "10^6^", "typed": "true"}}, "a superscript cannot be typed in"),
        ({"a": {"fact": "x", "is": "![a](images/red (1).png)", "typed": "true"}}, "a picture cannot be typed in"),
        ({"a": {**SOUND, "speak": "true"}}, "a voice would read the name of this sound: take `speak:` away"),
        ({"a": {"cloze": "x {{c1::![a](audio/a.wav)}} y {{c1::z}}", "typed": "true"}}, "a sound cannot be typed in"),
        (
            {"a": {"fact": "x", "is": "y", "figure": {"title": "f", "alt": "g", "flow": {"n": "CO~2~"}}}},
            "a label holds no subscript: write ₂ instead of ~2~",
        ),
    ],
)
def test_where_a_mark_has_no_place_it_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], items: dict[str, object], message: str
) -> None:
    assert main(["check", "-C", str(project(tmp_path, items))]) == 1
    assert message in capsys.readouterr().err


def test_a_picture_on_a_line_of_its_own_is_larger_than_one_among_words(tmp_path: Path) -> None:
    texts = {"alone": RED, "below": f"何?\n{RED}", "among": f"旗{RED}"}
    root = project(tmp_path, {key: {"fact": text, "is": "y"} for key, text in texts.items()})
    assert main(["build", "deck", "-C", str(root)]) == 0
    assert main(["build", "sheet", "--edition", "colour", "-C", str(root)]) == 0
    page = pypdfium2.PdfDocument(tmp_path / "build" / "k-sheet.pdf")[0]
    images = [each.get_bounds() for each in page.get_objects() if each.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
    assert [top - bottom > 20 for _, bottom, _, top in images] == [True, True, False]
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, tmp_path / "build" / "k.apkg")
        paths = {guid: one["Id"].rpartition(".")[2] for guid, one in engine.fields(col).items()}
        fronts = {paths[guid]: front for (guid, _), (front, _) in engine.sides(col).items()}
    small = {key for key, front in fronts.items() if '<img style="height: 3em' in front}
    assert (fronts.keys(), small) == (texts.keys(), {"among"})


def test_paragraphs_of_an_item_of_a_list_stand_below_each_other(tmp_path: Path) -> None:
    root = project(tmp_path, {"a": {"fact": "x", "is": "- 一\n\n  二\n- 三"}})
    assert main(["build", "deck", "-C", str(root)]) == 0
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, tmp_path / "build" / "k.apkg")
        ((_, back),) = engine.sides(col).values()
    assert Page(back).all("li") == ["一 二", "三"]


def test_check_and_build_warn_of_other_notations_and_pictures_without_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cloze = {"cloze": "x {{c1::y::*z*}}"}
    root = project(tmp_path, {"a": {"fact": "H<sub>2</sub>O", "is": "![](images/red (1).png)"}, "b": cloze})
    for words in (["check"], ["build", "deck"]):
        assert main([*words, "-C", str(root)]) == 0
        err = capsys.readouterr().err
        assert "content/t.yaml:10:14: warning: '<sub>' is shown as written: write `~2~`, or put it into `…`" in err
        assert "content/t.yaml:11:12: warning: the picture 'images/red (1).png' has no words: write what it" in err
        assert "content/t.yaml:14:15: warning: the hint '*z*' is shown as written: take its marks away" in err


@pytest.mark.parametrize("title", ["*Harmonielehre*", "man `ls`", "a {{c1::blank", "<i>Harmony</i>", "H~2~O"])
def test_marks_are_told_in_the_titles_that_have_none(
    title: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sources = [title, {"title": "A plain* title", "url": "https://a.example/"}]
    items: dict[str, object] = {"a": {"fact": "x", "is": "y"}}
    root = project(tmp_path, items, sources=sources, quote={"text": "x", "source": title})
    assert main(["check", "-C", str(root)]) == 0
    told = [line for line in capsys.readouterr().err.splitlines() if "take its marks away" in line]
    assert [line.partition(": warning: ")[2] for line in told] == [
        f"'{title}' is shown as written: take its marks away"
    ] * 2


def test_a_picture_that_cannot_be_read_is_told_where_it_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = project(tmp_path, {"a": {"fact": "x", "is": "![a](images/bad.png)"}})
    (root / "content" / "images" / "bad.png").write_bytes(b"no picture")
    assert main(["build", "sheet", "-C", str(root)]) == 1
    assert "content/t.yaml:11:12: 'images/bad.png' is damaged, or no picture" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("cloze", "told"),
    [
        ("{{c1::`2 ** n::倍々`}}", True),
        ("式\n```python\nx = {{c1::2 ** n::倍々}}\n```", True),
        ("{{c1::`2 ** n`::倍々}}", False),
        ("式\n```cpp\n{{c1::std::sort}}(a);\n```", False),
    ],
)
def test_a_hint_that_would_be_shown_as_code_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], cloze: str, told: bool
) -> None:
    assert main(["check", "-C", str(project(tmp_path, {"a": {"cloze": cloze}}))]) == 0
    assert ("'::倍々' is shown as code: write a hint behind" in capsys.readouterr().err) == told


@pytest.mark.parametrize(
    ("speak", "cloze", "told"),
    [
        ("de-DE", "x {{c1::Wasser::水}}", True),
        ("de-DE", "x {{c1::Wasser}}", False),
        ("ja-JP", "x {{c1::Wasser::水}}", False),
        ("true", "x {{c1::Wasser::水}}", False),
    ],
)
def test_a_hint_that_a_foreign_voice_reads_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], speak: str, cloze: str, told: bool
) -> None:
    assert main(["check", "-C", str(project(tmp_path, {"a": {"cloze": cloze, "speak": speak}}))]) == 0
    message = "the de-DE voice reads the hint '水': write it into `hint:`, which is not read"
    assert (f"content/t.yaml:10:15: warning: {message}\n" in capsys.readouterr().err) == told

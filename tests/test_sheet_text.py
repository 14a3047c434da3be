"""Characters on the sheet: lines break between phrases, columns fit their words, and every character has a glyph."""

import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from hitoe import checks
from hitoe.model.project import Project
from hitoe.resources import folder
from hitoe.sheet import glyph_coverage
from hitoe.sheet.layout import boxes, column_widths
from hitoe.text.parse import parse
from hitoe.typography import fonts, line_breaking
from hitoe.values.language import Language
from hypothesis import given
from hypothesis import strategies as st
from support.notes import item, written
from support.study_sheet import document, study_sheet

ROOT = Path(__file__).resolve().parents[1]


def shown(text: str, language: str = "ja") -> str:
    """Return a text with what glues it shown as '_', and where it may break besides as '|'."""
    written = str(line_breaking.prose(Language(language))(text))
    return written.replace("\u2060", "_").replace("\u200b", "|").replace("\xa0", "~")


@pytest.mark.parametrize(
    ("text", "glued"),
    [
        ("答えを書く", "答_え_を書_く"),
        ("24 時間と 10 MB まで", "24~時_間_と 10~MB ま_で"),
        ("既定は6時間", "既_定_は6_時_間"),
        ("0〜2回", "0_〜_2_回"),
        ("は変わる", "_は変_わ_る"),
        ("暗号化されない", "暗_号_化_さ_れ_な_い"),
        ("git push --dry-run", "git push -_-_dry-_run"),
        ("書き込みシャーディングで分散", "書_き_込_みシ_ャ_ー_デ_ィ_ン_グ_で分_散"),
        ("パーティションごとに", "パ_ー_テ_ィ_シ_ョ_ンご_と_に"),
        ("X-Rayの設定", "X-_Ray_の設_定"),
        ("CodeCommit と Web の間", "CodeCommit~と Web~の間"),
        (" WCU", "~WCU"),
        (" KBまで", "~KBま_で"),
        (" and more", " and more"),
        ("x" * 50 + "/y", "xx|" + "x|" * 46 + "xx/|y"),
        ("überlange" * 3, "überlange" * 3),
    ],
)
def test_phrases_numbers_and_names_stay_whole(text: str, glued: str) -> None:
    assert shown(text) == glued


def test_in_narrow_columns_long_names_break_where_they_are_joined() -> None:
    def narrow(text: str) -> str:
        return str(line_breaking.narrow(text)).replace("\u2060", "_").replace("\u200b", "|")

    assert narrow("x" * 36) == "x" * 36
    assert narrow("x" * 37) == "xx|" + "x|" * 33 + "xx"
    assert narrow("--region us-east-2") == "-_-_region us-_east-_2"
    assert narrow('ExpressionAttributeValues={&":price": 1}').startswith("ExpressionAttributeValues=|{&amp;")
    assert narrow("arn:aws:iam::123456789012:root") == "arn:|aws:|iam::|123456789012:|root"
    assert narrow("trafficsplitting:true") == "trafficsplitting:|true"


@pytest.mark.parametrize(
    ("text", "longest", "written"),
    [
        ("Bundesamt", 6.0, "Bundesamt"),
        ("Bundesamt", 3.0, "Bu|n|d|e|s|a|mt"),
        ("Amt der Bundesamt", 3.0, "Amt der Bu|n|d|e|s|a|mt"),
        ("--region us-east-2", 5.5, "-_-_region us-_east-_2"),
        ("us-ōrum /usr/lib --no-edit", 3.5, "us-|ōrum| /usr/|lib --no-|edit"),
        ("example.com/wwwwwwwwww", 5.5, "example.|com/|ww|w|w|w|w|w|w|ww"),
        ("(a,b;c)=>{}", 2.0, "(|a,|b;|c)|=|>|{|}"),
        ("Steakpfiff", 2.0, "St|e|a|k|p|fi|ff"),
        ("العربيةالعربية", 2.0, "العربيةالعربية"),
        ("ééééé", 2.0, "éé|é|éé"),
        ("e\u0301e\u0301e\u0301e\u0301", 2.0, "e\u0301e\u0301e\u0301e\u0301"),
        ("不法行為、責任ABCDEF", 2.0, "不法行為、責任AB|C|D|EF"),
    ],
)
def test_only_words_that_are_too_long_for_a_cell_may_break(text: str, longest: float, written: str) -> None:
    assert str(line_breaking.broken(text, longest)).replace("\u2060", "_").replace("\u200b", "|") == written.replace(
        ">", "&gt;"
    )


def test_a_line_may_end_at_a_space_before_a_sign_though_unicode_lets_none_end_there() -> None:
    assert str(line_breaking.code("cd /usr } ! x")) == "cd\u200b /\u2060usr\u200b }\u200b ! x"
    assert shown("siehe /etc oder .git", "en") == "siehe| /_etc oder| .git"
    assert shown("quoi ? non : rien !", "fr") == "quoi ? non : rien !"


def test_words_of_code_are_as_long_as_their_letters() -> None:
    assert line_breaking.broken("iiiiiiii", 3.0) == "iiiiiiii"
    assert line_breaking.BREAK in line_breaking.broken("iiiiiiii", 3.0, line_breaking.mono)


def test_other_languages_break_at_spaces() -> None:
    assert shown("wait for 30 s, at most", "en") == "wait for 30~s, at most"
    assert shown("§ 823 I, 22 000 Euro, 10 1234", "de") == "§~823~I, 22~000~Euro, 10 1234"
    assert shown("ж" * 40, "en") == "жж|" + "ж|" * 36 + "жж"


@pytest.mark.parametrize(
    ("language", "text", "written"),
    [
        ("de", "Wahr|scheinlichkeit ist hier", "Wahr-schein-lich-keit ist hier"),
        ("de-CH", "Straßenbahn|haltestellen", "Stra-ßen-bahn-hal-te-stel-len"),
        ("en", "a prob|ability", "a prob-ab-il-ity"),
        ("de", "Wahr\xadscheinlichkeit", "Wahrscheinlichkeit"),  # the author's own
        ("hu", "assz|ony", "assz|ony"),  # it would be asz-szony
        ("he", "abc|def", "abc|def"),
        ("ja", "Wahr|scheinlichkeit", "Wahr|scheinlichkeit"),
    ],
)
def test_words_that_may_break_have_a_hyphen_where_their_language_divides_them(
    language: str, text: str, written: str
) -> None:
    shown = str(line_breaking.prose(Language(language))(text.replace("|", line_breaking.BREAK)))
    assert shown.replace("&shy;", "-").replace(line_breaking.BREAK, "|") == written


def test_a_word_that_a_cell_has_no_room_for_ends_its_line_with_a_hyphen(tmp_path: Path) -> None:
    words = ("Geschwindigkeit", "Wahrscheinlichkeit", "Verwaltungsgerichte", "Straßenbahnhaltestelle", "Aufmerksamkeit")
    columns = ", ".join(f"c{at}: {word}" for at, word in enumerate(words))
    table = f"table: Tabelle\ncolumns: {{{columns}}}\nrows: {{r: {{label: Donaudampfschifffahrt, {columns}}}}}\n"
    deck = "format: 1\nkey: own\ntitle: T\nlanguage: de\n"
    project = checks.trusted(written(tmp_path, {"deck.yaml": deck, "a.yaml": item(table)}))
    page = document(study_sheet(project, tmp_path / "cache")).pages[0]
    texts = [box.text for box in boxes.root(page).descendants() if boxes.is_text(box)]
    assert [text for text in texts if text.replace("\xad", "") in ("Geschwin-", "Geschwindig-", "Ge-")]
    assert [text for text in texts if text.endswith(("schein\xad-", "lich\xad-"))]


@given(st.text(st.characters(exclude_characters="\xa0\u2060\u200b", exclude_categories=["Cs"])))
def test_what_is_written_is_what_the_author_wrote(text: str) -> None:
    for glued in (line_breaking._japanese(text), line_breaking._western(text), line_breaking._names(text)):
        assert line_breaking.unglued(glued) == text


def test_html_in_notes_is_text() -> None:
    assert str(line_breaking.prose(Language("ja"))("<b>&amp;")) == "&lt;b&gt;&amp;amp;"
    assert str(line_breaking.code("<LocalPath>")) == "&lt;LocalPath&gt;"


def test_columns_are_as_wide_as_their_text_needs() -> None:
    head = [None, parse("短い"), parse("説明")]
    rows = [[parse("あ"), parse("はい"), parse("とても長い説明がここに続いて二行か三行になるはずの文")]]
    columns = column_widths.columns(head, rows, 33.5)
    assert sum(columns.widths) == pytest.approx(100, abs=0.3)
    assert columns.widths[2] > 60
    assert not columns.tight


def test_names_that_find_no_room_may_break_and_others_need_not() -> None:
    name = parse("`" + "n" * 40 + "`")
    columns = column_widths.columns([None, None, None], [[parse("短い"), name, name]], 33.5)
    assert columns.tight
    assert columns.widths[0] >= 100 * 2 / 33.5


def project(root: Path, topic: str) -> Project:
    (root / "content").mkdir()
    (root / "content/deck.yaml").write_text("format: 1\nkey: notes\ntitle: 覚え書き\n", "utf-8")
    (root / "content/one.yaml").write_text(topic, "utf-8")
    return checks.trusted(root)


def test_a_character_without_a_glyph_is_told_with_its_place(tmp_path: Path) -> None:
    topic = """\
topic: one
title: 一つ
entries:
  only:
    title: 一つだけ𝄞
    sources: [{title: 出典𝄢, url: "https://example.com"}]
    items:
      near: {fact: "およそ", is: "한と국と한", hint: 한}
      code: {code: 正しい, is: "a → b # 한"}
      table:
        table: 表
        columns: {a: 甲, b: {title: 𝄫, retired: true}}
        rows: {r: {label: 𝄪, a: 値, b: 値}}
      later: {fact: 한, is: 한, tier: extra}
      gone: {fact: 한, is: 한, retired: true}
"""
    start, end = "the sheet's fonts have no", "〓 is printed; put a font with"
    assert list(map(str, glyph_coverage.missing(project(tmp_path, topic)))) == [
        f"content/one.yaml:5:12: {start} '𝄞' (U+1D11E), '𝄢' (U+1D122), '𝄪' (U+1D12A): "
        "〓 is printed in 3 texts, first here; put a font with them into content/fonts/",
        f"content/one.yaml:8:31: {start} '한' (U+D55C), '국' (U+AD6D): {end} them into content/fonts/",
        f"content/one.yaml:9:29: {start} '한' (U+D55C): {end} it into content/fonts/",
    ]


def test_the_example_has_glyphs_for_all(example_project: Project) -> None:
    assert list(glyph_coverage.missing(example_project)) == []


@pytest.mark.parametrize("names", [fonts.PROSE, *fonts.FALLBACKS.values()])
def test_all_weights_have_the_same_characters(names: tuple[str, ...]) -> None:
    assert len({frozenset(fonts.font(name).getBestCmap()) for name in names}) == 1


@pytest.mark.parametrize("names", [fonts.PROSE, fonts.CODE])
def test_letters_are_as_wide_as_in_the_font(names: tuple[str, ...]) -> None:
    bold = TTFont(folder() / "fonts" / names[-1])
    em = bold["head"].unitsPerEm
    widths = {chr(point): bold["hmtx"][glyph][0] / em for point, glyph in bold.getBestCmap().items()}
    assert fonts.advances(names) == widths


def test_fonts_are_those_that_were_made() -> None:
    run = subprocess.run(
        [sys.executable, ROOT / "scripts/fonts/remake.py"], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")

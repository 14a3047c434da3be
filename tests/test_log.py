"""A week's post: its structure, its number, its period, and what stands in it."""

import re
import subprocess
import sys
from collections.abc import Callable
from html import escape
from itertools import pairwise
from pathlib import Path

import pytest
from hitoe import checks
from hitoe.log import series
from hitoe.model.project import Project
from hitoe.schema import Series, Week
from hitoe.typography import numbers
from markdown_it import MarkdownIt
from support.logs import log_files
from tinyhtml5.parser import HTMLParser  # type: ignore[import-untyped]

WEEKS = ["2020-W30", "2020-W52", "2020-W53", "2021-W01"]
FORMS = [".md", ".commonmark.md", ".html"]
DECK = "format: 1\nkey: d\ntitle: デッキ\n"
SERIES = "series: {title: 学習, number_1: 2020-W25, intro: 学習ログです。}\n"


@pytest.fixture
def posted(tmp_path: Path) -> Callable[..., dict[str, str]]:
    """Return a function that renders the log of entries in YAML, of week 2020-W30 each."""

    def render(entries: str, deck: str = DECK + SERIES) -> dict[str, str]:
        content = tmp_path / "content"
        content.mkdir(exist_ok=True)
        (content / "deck.yaml").write_text(deck, "utf-8")
        indented = "".join(f"  {line}\n" for line in entries.strip().split("\n"))
        (content / "t.yaml").write_text(f"topic: t\ntitle: T\nentries:\n{indented}", "utf-8")
        return weekly(log_files(checks.trusted(tmp_path)))

    return render


def weekly(files: dict[str, str]) -> dict[str, str]:
    """Return the posts of a log, without the lists of them."""
    return {name: text for name, text in files.items() if re.match(r"\d{4}-W", name)}


def learned(post: str) -> str:
    """Return a Markdown post without the numbers at its end."""
    return re.split("\n## (?:今週のまとめ|This week in numbers)\n", post)[0]


def outline(markdown: str) -> list[tuple[str, str]]:
    """Return the headings of a Markdown text: tag and words."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    return [(a.tag, b.content) for a, b in pairwise(tokens) if a.type == "heading_open"]


@pytest.mark.golden
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("week", WEEKS)
def test_posts_of_the_example(
    example_project: Project, golden: Callable[[str, str], None], week: str, form: str
) -> None:
    golden(f"log/{week}{form}", log_files(example_project)[week + form])


def test_weeks_without_entries_have_no_post(example_project: Project) -> None:
    posts = weekly(log_files(example_project))
    assert sorted(posts) == sorted(week + form for week in WEEKS for form in FORMS)


def test_the_post_follows_the_series(example_project: Project) -> None:
    lines = log_files(example_project)["2020-W30.md"].split("\n")
    assert lines[:13] == [
        "<!-- 【雑学】一日ひとつの学習① -->",
        "",
        "[f:id:example:20200720120000p:plain]",
        "",
        "## はじめに",
        "",
        "雑学の学習ログです。",
        "",
        "## 学習期間",
        "",
        "2020年7月20日~7月26日",
        "",
        "## 学習ログ",
    ]


@pytest.mark.parametrize("form", [".md", ".commonmark.md"])
def test_headings_are_the_fixed_four_and_the_entries_in_order(example_project: Project, form: str) -> None:
    assert outline(log_files(example_project)["2020-W53" + form]) == [
        ("h2", "はじめに"),
        ("h2", "学習期間"),
        ("h2", "学習ログ"),
        ("h3", "料理の計量"),
        ("h3", "うま味とだし"),
        ("h2", "今週のまとめ"),
    ]


def test_link_cards_stand_alone_at_the_end(example_project: Project) -> None:
    text = learned(log_files(example_project)["2020-W53.md"])
    assert text.endswith(
        "\n\n[https://example.com/umami:embed:cite]\n\n[https://example.com/dashi?type=ichiban&lang=ja:embed:cite]\n"
    )


def test_only_hatena_gets_hatenas_syntax(example_project: Project) -> None:
    for name, text in log_files(example_project).items():
        if not re.fullmatch(r"[\dW-]+\.md", name):
            assert ":embed:cite]" not in text
            assert "f:id:" not in text


def test_what_is_retired_is_left_out(example_project: Project) -> None:
    for name, text in log_files(example_project).items():
        assert not re.search("塩で味をつける|tablespoon|米用カップ|少々", text), name


def test_entries_without_order_follow_those_with(posted: Callable[..., dict[str, str]]) -> None:
    entry = "{key}: {{title: {key}, learned: 2020-W30{order}, points: [x]}}"
    orders = {"a": "", "b": ", order: 2", "c": ", order: 1", "d": ""}
    posts = posted("\n".join(entry.format(key=key, order=order) for key, order in orders.items()))
    assert [words for tag, words in outline(posts["2020-W30.md"]) if tag == "h3"] == ["c", "b", "a", "d"]


def test_a_day_counts_for_its_week(posted: Callable[..., dict[str, str]]) -> None:
    assert "2020-W53.md" in posted("a: {title: a, learned: 2021-01-03, points: [x]}")


def test_a_heading_is_never_empty(posted: Callable[..., dict[str, str]]) -> None:
    posts = posted("""
a: {title: 空, learned: 2020-W30, items: {f: {fact: x, is: y, retired: true}}}
b: {title: 表, learned: 2020-W30, items: {t: {table: T, columns: {c: C}, rows: {r: {c: x, retired: true}}}}}
c: {title: 廃止, learned: 2020-W30, points: [x], retired: true}
""")
    assert posts == {}


@pytest.mark.parametrize(
    ("value", "circle"),
    [(0, "⓪"), (1, "①"), (20, "⑳"), (21, "㉑"), (35, "㉟"), (36, "㊱"), (50, "㊿"), (51, "(51)"), (104, "(104)")],
)
def test_circled_numbers(value: int, circle: str) -> None:
    assert numbers.mark(value) == circle


@pytest.mark.parametrize(
    ("week", "number"),
    [
        (Week(2020, 24), None),
        (Week(2020, 25), 1),
        (Week(2020, 30), 6),
        (Week(2020, 33), 8),
        (Week(2020, 34), 9),
        (Week(2020, 53), 28),
        (Week(2021, 1), 29),
    ],
)
def test_numbers_count_weeks_and_go_on_from_an_override(week: Week, number: int | None) -> None:
    told = Series.model_validate({"title": "t", "number_1": "2020-W25", "numbers": {"2020-W33": "8"}})
    assert series.number(told, week) == number


def test_a_week_before_the_first_has_no_number(posted: Callable[..., dict[str, str]]) -> None:
    posts = posted("a: {title: a, learned: 2020-W01, points: [x]}")
    assert posts["2020-W01.md"].startswith("<!-- 学習 -->\n")


def test_a_deck_without_series_is_named_by_its_week(posted: Callable[..., dict[str, str]]) -> None:
    posts = posted("a: {title: a, learned: 2020-W30, points: [x]}", DECK)
    assert posts["2020-W30.md"].startswith("<!-- デッキ 2020-W30 -->\n\n## 学習期間\n\n2020年")
    assert "<title>デッキ 2020-W30</title>" in posts["2020-W30.html"]


def test_a_title_cannot_end_its_comment(posted: Callable[..., dict[str, str]]) -> None:
    deck = DECK.replace("デッキ", "'a --> <b> ---- b'")
    line = posted("a: {title: a, learned: 2020-W30, points: [x]}", deck)["2020-W30.md"].split("\n")[0]
    assert line == "<!-- a - -> <b> - - - - b 2020-W30 -->"


def test_the_year_is_repeated_only_when_it_changes(example_project: Project) -> None:
    posts = log_files(example_project)
    assert "\n2020年12月28日~2021年1月3日\n" in posts["2020-W53.md"]
    assert "\n2021年1月4日~1月10日\n" in posts["2021-W01.md"]


def test_facts_read_as_notes(posted: Callable[..., dict[str, str]]) -> None:
    posts = posted("""
a:
  title: a
  learned: 2020-W30
  items:
    f: {fact: 既定の時間, is: 30秒, ask: "既定の時間は何秒?"}
    c: {cloze: '山は{{c1::「高い」::どう}}'}
    l:
      fact: 二つの値
      is: |
        - あ
        - い
""")
    assert learned(posts["2020-W30.commonmark.md"]).endswith(
        "### a\n\n- 既定の時間: 30秒\n- 山&#12399;**「高い」**\n- 二つの値:\n    - あ\n    - い\n"
    )


def test_points_come_before_the_items_and_hide_none(posted: Callable[..., dict[str, str]]) -> None:
    items = """
    f: {fact: 問い, is: 答え}
    c: {cloze: "山は{{c1::高い}}"}
    s: {steps: 手順, sequence: {a: 一番, b: 二番}}
"""
    posts = posted(f"a:\n  title: a\n  learned: 2020-W30\n  points: [点, [下]]\n  items:{items}")
    assert len(posts) == 3
    for text in posts.values():
        places = [text.index(words) for words in ("点", "下", "答え", "高い", "一番", "二番")]
        assert places == sorted(places)
    assert "### a\n\n- 点\n    - 下\n- 問い: 答え\n- 山は" in learned(posts["2020-W30.md"])


def test_corrections_say_what_was_wrong_and_what_was_overtaken(posted: Callable[..., dict[str, str]]) -> None:
    entries = """
a:
  title: a
  learned: 2020-W30
  points: [x]
  corrections:
    one: {said: GetSessionRole, correct: "`GetSessionToken`"}
    two: {said: 最大 4 KB, correct: 最大 8 KB, outdated: true, note: 2024年から}
"""
    assert learned(posted(entries)["2020-W30.md"]).endswith("""
- x
- 訂正
    - 以前の記事の「GetSessionRole」は誤り。正しくは `GetSessionToken`
    - 以前の記事の「最大 4 KB」は当時のもの。現在は 最大 8 KB
        - 2024年から
""")
    english = posted(entries, DECK + "language: en\n")["2020-W30.md"]
    assert "\n- Corrections\n    - An earlier post said “GetSessionRole”, which is wrong. Correct: `Get" in english
    assert "“最大 4 KB”, which was right then. Now: 最大 8 KB\n" in english
    assert "\nJuly 20 – July 26, 2020\n" in english


def test_what_changed_since_stands_below_the_corrections(posted: Callable[..., dict[str, str]]) -> None:
    entries = """
a:
  title: a
  learned: 2020-W30
  changed: 2024年に **終了**
  points: [x]
  corrections: {one: {said: 誤, correct: 正}}
  items:
    f: {fact: 上限, is: 1 MB, changed: 2025年に引き上げ}
    l: {fact: 二つの値, is: "- あ\\n- い", changed: 三つが二つに}
    c: {cloze: '{{c1::高い}}', changed: 低くなった}
    t: {table: 表, columns: {x: 列}, rows: {r: {x: 欄}}, ask: none, changed: 行が減った}
    s: {steps: 手順, sequence: {a: 初め, b: 次}, changed: 逆になった}
    k: {code: 式, is: x, changed: 新しい式}
    n: {calc: 数, given: {v: {value: 1}}, formula: v * 2, changed: 倍になった}
    o: {fact: 昔, is: 話, changed: 値段, retired: true}
"""
    told = """
- 訂正
    - 以前の記事の「誤」は誤り。正しくは 正
    - その後の変化: 2024年に **終了**
    - 上限: 1 MB
        - その後の変化: 2025年に引き上げ
    - 二つの値
        - その後の変化: 三つが二つに
    - **高い**
        - その後の変化: 低くなった
    - 表
        - その後の変化: 行が減った
    - 手順
        - その後の変化: 逆になった
    - 式
        - その後の変化: 新しい式
    - 数
        - その後の変化: 倍になった
"""
    posts = posted(entries)
    assert learned(posts["2020-W30.md"]).endswith(told)
    found = re.findall("<li>([^<]*)(?:<[^>]*>)*その後の変化: (?:2025|逆)", posts["2020-W30.html"])
    assert found == ["上限: 1 MB", "手順"]
    assert "<li>その後の変化: 2024年に <strong>終了</strong></li>" in posts["2020-W30.html"]
    assert "\n| 訂正 | 9 | 9 |\n" in posts["2020-W30.md"]
    assert "\n- 以前の記事のうち1件に、訂正を9か所加えた。\n" in posts["2020-W30.md"]
    assert "\n    - Since then: 2024年に **終了**\n" in posted(entries, DECK + "language: en\n")["2020-W30.md"]


def test_a_change_alone_is_told(posted: Callable[..., dict[str, str]]) -> None:
    posts = posted("a: {title: a, learned: 2020-W30, points: [x], changed: 終了}")
    assert learned(posts["2020-W30.md"]).endswith("### a\n\n- x\n- 訂正\n    - その後の変化: 終了\n")
    assert "\n| a | 1 |\n" in posts["2020-W30.md"]


@pytest.mark.parametrize(
    ("key", "outdated", "told"),
    [
        ("other", "false", ["終了した", "値が増えた"]),
        ("other", "true", ["値が増えた"]),
        ("f", "false", ["終了した"]),
        ("f", "true", []),
    ],
)
def test_what_a_correction_tells_is_not_told_again(
    posted: Callable[..., dict[str, str]], key: str, outdated: str, told: list[str]
) -> None:
    posts = posted(f"""
a:
  title: a
  learned: 2020-W30
  changed: 終了した
  corrections: {{{key}: {{said: 古, correct: 新, outdated: {outdated}}}}}
  items: {{f: {{fact: 値, is: 答え, changed: 値が増えた}}}}
""")
    for text in posts.values():
        assert re.findall("その後の変化: ([^<\n]*)", text) == told


def test_a_calculation_shows_its_givens_and_its_answer(example_project: Project) -> None:
    assert """
- 水750 mLを計量カップで量るときに、カップを使う回数
    - 水: 750 mL
    - 計量カップ: 200 mL
    - ceil(750 ÷ 200) = **4** 回
""" in log_files(example_project)["2020-W53.md"]


def test_a_quotation_names_its_source(example_project: Project) -> None:
    text = log_files(example_project)["2020-W53.md"]
    assert "\n\n> 夏は夜。月のころはさらなり。(出典:清少納言『枕草子』)\n\n" in text


def test_hatenas_syntax_stands_in_code_only(posted: Callable[..., dict[str, str]]) -> None:
    hostile = [
        "id:name と f:id:a:1p:plain", "脚注((これ))", "[https://x.example:embed]", "[[語]] と []", "[注意: これ]",
        "kms:* と @DynamoDBVersionAttribute", "$1 と $2", "foo:embed:cite", "((a", "2^10 と ~~x~~",
    ]  # fmt: skip
    quoted = ", ".join(f"'{words}'" for words in hostile)
    text = posted(f"a: {{title: 'id:name', learned: 2020-W30, points: [{quoted}]}}")["2020-W30.md"]
    notes = learned(text).partition("学習ログ\n")[2]
    bare = re.sub(r"(`+).+?\1", "", notes)
    assert not re.search(r"id:|\(\(|\[|@|kms|\*|\$|:embed|\^|~", bare), bare


@pytest.mark.parametrize(
    "words",
    ["id:name", "((脚注))", "[注意: これ]", "kms:*", "@DynamoDBVersionAttribute", "[[語]]", ":embed:cite", "$1 と $2"],
)
@pytest.mark.parametrize("where", ["points", "title", "cell", "quote", "correction", "answer"])
def test_words_that_are_hatenas_syntax_come_out_untouched(
    posted: Callable[..., dict[str, str]], words: str, where: str
) -> None:
    parts = {
        "points": f"points: ['{words}']",
        "title": "points: [x]",
        "cell": f"items: {{t: {{table: T, columns: {{c: '{words}'}}, rows: {{r: {{c: '{words}'}}}}}}}}",
        "quote": f"quote: {{text: '{words}', source: '{words}'}}",
        "correction": f"corrections: {{c: {{said: '{words}', correct: '{words}'}}}}",
        "answer": f"items: {{f: {{fact: '{words}', is: '{words}'}}}}",
    }
    title = words if where == "title" else "題"
    posts = posted(f"a: {{title: '{title}', learned: 2020-W30, {parts[where]}}}")
    for form in (".md", ".commonmark.md"):
        tokens = MarkdownIt("commonmark").enable("table").parse(learned(posts["2020-W30" + form]))
        inline = ["".join(part.content for part in token.children or []) for token in tokens]
        assert any(words in line for line in inline), form
    assert escape(words, quote=False) in posts["2020-W30.html"]


@pytest.mark.parametrize("week", WEEKS)
def test_the_page_is_sound_html_and_needs_no_other_file(example_project: Project, week: str) -> None:
    page = log_files(example_project)[week + ".html"]
    parser = HTMLParser()
    parser.parse(page)
    assert parser.errors == []
    assert not re.search(r"<(?:link|script|iframe)\b|@import|url\(", page)
    assert set(re.findall(r'\bsrc="(.{11})', page)) == {"data:image/"}
    assert "prefers-color-scheme: dark" in page


def test_the_page_is_sound_html_for_texts_of_many_blocks(posted: Callable[..., dict[str, str]]) -> None:
    posts = posted("""
a:
  title: <b> & "a"
  learned: 2020-W30
  sources: [{title: '<i>', url: 'https://example.com/?a=1&b="2"'}]
  quote: {text: '<u>', source: '<s>'}
  corrections: {c: {said: '<p>', correct: '</p>', note: '</li>'}}
  items:
    f:
      fact: 値
      is: |
        - `<a>`

        段落

        ```html
        </code>
        ```
""")
    parser = HTMLParser()
    parser.parse(posts["2020-W30.html"])
    assert parser.errors == []
    assert not re.search("<b>|<i>|<u>|<s>|<a>", posts["2020-W30.html"].partition("<body>")[2])


def test_the_log_loads_neither_the_sheets_nor_the_decks_library() -> None:
    told = "import sys, hitoe.log; print(sorted({'weasyprint', 'genanki'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout == "[]\n"

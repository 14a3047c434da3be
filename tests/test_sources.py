"""Sources of an entry: pages with a title, addresses alone, and books, on cards, sheets and posts."""

from pathlib import Path

import pypdfium2
import pytest
from hitoe import checks, links
from hitoe.cli import main
from hitoe.deck import cards
from hitoe.schema import Topic, decode
from hitoe.schema.topic import Source
from hitoe.source import read
from hitoe.values.language import Language
from support.notes import problems, written

ENTRY = "topic: t\ntitle: T\nentries:\n  e:\n    title: E\n    learned: 2020-W30\n"
FACT = "    items:\n      a: {fact: x, is: y}\n"


UNTITLED = "key 'title' is missing: add it, or write the address alone"
UNSPACED = "a space is missing after the '-' of this list: write '- '"


def sources(text: str) -> tuple[Source, ...]:
    document, told = read("f", f"{ENTRY}    sources: {text}\n{FACT}".encode())
    assert (told, document is None) == ([], False)
    assert document is not None
    topic, told = decode.decode(Topic, document)
    assert told == []
    assert topic is not None
    return topic.entries["e"].sources


@pytest.mark.parametrize(
    ("text", "name", "url"),
    [
        ("https://a.example/b", "a.example/b", "https://a.example/b"),
        ("[https://a.example/b/]", "a.example/b", "https://a.example/b/"),
        ("[https://a.example/b?c=d:e]", "a.example/b?c=d:e", "https://a.example/b?c=d:e"),
        ("\n      - http://a.example", "a.example", "http://a.example"),
        ("https://ja.wikipedia.org/wiki/%E6%B0%B4", "ja.wikipedia.org/wiki/水", "https://ja.wikipedia.org/wiki/%E6%B0%B4"),
        ("https://a.example/%0A%1F", "a.example/%0A%1F", "https://a.example/%0A%1F"),
        ("{title: A page, url: https://a.example}", "A page", "https://a.example"),
        ("[{title: A page, url: https://a.example}]", "A page", "https://a.example"),
        ("[{title: 'Atkins, p. 12'}]", "Atkins, p. 12", None),
        ("Atkins p. 12", "Atkins p. 12", None),
        ("['Atkins, p. 12']", "Atkins, p. 12", None),
        ("教科書p.12", "教科書p.12", None),
    ],
)  # fmt: skip
def test_each_way_to_write_a_source(text: str, name: str, url: str | None) -> None:
    assert [(source.name, source.url) for source in sources(text)] == [(name, url)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a.example/b", "7:14: 'a.example/b' is not a web address: begin it with https://"),
        ("[www.example.com]", "7:15: 'www.example.com' is not a web address: begin it with https://"),
        ("ftp://a.example", "7:14: 'ftp://a.example' is not a web address: begin it with https://"),
        ("[https://a.example/b,c]", "7:15: the ',' ends this address: quote the address"),
        ("[{url: https://a.example}]", f"7:15: {UNTITLED}"),
        ("\n      - title: A\n      - url: https://a.example", f"9:9: {UNTITLED}"),
        ("'[A](https://a.example)'", "7:14: a link of Markdown: write {title: A, url: https://a.example}"),
        ("\n      -https://a.example\n      -https://b.example", f"8:8: {UNSPACED}"),
        ("[{}]", "7:15: a source without a name: write its title or its url"),
        ("[A book, A book]", "7:23: 'A book' is a source of this entry already: delete one of the two"),
        ("[https://a.example, {title: A, url: https://a.example}]",
         "7:50: 'https://a.example' is a source of this entry already: delete one of the two"),
    ],
)  # fmt: skip
def test_what_is_no_source(tmp_path: Path, text: str, told: str) -> None:
    text = f"{ENTRY}    sources: {text}\n{FACT}"
    assert problems(tmp_path, {"t.yaml": text})[:1] == [f"content/t.yaml:{told}"]


THREE = "[https://a.example/b, {title: A page, url: https://a.example/c}, '1. *Book* id:x']"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a built project whose entry has a source of each kind."""
    root = tmp_path_factory.mktemp("sources")
    deck = "format: 1\nkey: own\ntitle: D\nlanguage: en\nseries: {title: S, number_1: 2020-W30}\n"
    written(root, {"deck.yaml": deck, "t.yaml": f"{ENTRY}    sources: {THREE}\n{FACT}"})
    assert main(["build", "-C", str(root)]) == 0
    return root


def test_cards_link_pages_and_name_books(project: Path) -> None:
    (note,) = cards.notes(checks.trusted(project), cards.templates(Language("en")), unasked=False)
    assert dict(note.fields)["Source"] == (
        '<a href="https://a.example/b">a.example/b</a><br><a href="https://a.example/c">A page</a><br>1. *Book* id:x'
    )


def test_posts_link_pages_and_name_books(project: Path) -> None:
    log = project / "build" / "log"
    page = (log / "2020-W30.html").read_text("utf-8")
    assert '<li><a href="https://a.example/b">a.example/b</a></li>' in page
    assert '<li><a href="https://a.example/c">A page<span class="site">a.example</span></a></li>' in page
    assert "<li>1. *Book* id:x</li>" in page
    commonmark = (log / "2020-W30.commonmark.md").read_text("utf-8")
    assert (
        "- [a.example/b](https://a.example/b)\n- [A page](https://a.example/c)\n- 1\\. \\*Book\\* id:x\n" in commonmark
    )
    hatena = (log / "2020-W30.md").read_text("utf-8")
    assert "\n[https://a.example/c:embed:cite]\n\nSource: 1. `*Book*` `id:x`\n" in hatena


def test_the_sheet_links_pages_and_names_books(project: Path) -> None:
    page = pypdfium2.PdfDocument(project / "build" / "own-sheet.pdf")[0]
    said = " ".join(page.get_textpage().get_text_range().split())
    assert "Source: a.example/b" in said
    assert "A page" in said
    assert "1. *Book* id:x" in said


def test_links_ask_pages_only(project: Path) -> None:
    places = links.source_addresses(checks.trusted(project))
    assert {address: str(at) for address, at in places.items()} == {
        "https://a.example/b": "content/t.yaml:7:15",
        "https://a.example/c": "content/t.yaml:7:57",
    }


def test_a_page_without_a_title_has_no_other_one(tmp_path: Path) -> None:
    two = (
        f"{ENTRY}    sources: https://a.example\n{FACT}"
        "  f:\n    title: F\n    sources: {title: A, url: https://a.example}\n    points: [x]\n"
    )
    assert checks.warnings(checks.trusted(written(tmp_path, {"t.yaml": two}))) == []

"""What an author writes is what a learner reads, in the real Anki, whatever the characters.

Each example is a deck of many texts; each text stands in every field of every kind of item.
"""

import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

import pytest
from hitoe.cli import main
from hitoe.text.parse import parse
from hitoe.typography.ending_marks import ended
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support import anki_engine as engine
from support.browsing import Page, folded
from support.hostile import Written, blank, codes, hint_of, lines, texts

COUNT = 24
"""Texts in a deck."""
decks = st.tuples(
    st.lists(texts, min_size=COUNT, max_size=COUNT), st.lists(st.tuples(lines, codes), min_size=COUNT, max_size=COUNT)
)


# A failure names its text, and making a deck of it smaller takes minutes.
QUICK = settings(suppress_health_check=list(HealthCheck), database=None, phases=[Phase.generate])


@settings(QUICK, max_examples=4, derandomize=True)
@given(decks)
def test_what_is_written_is_what_is_read(deck: tuple[list[Written], list[tuple[str, str]]]) -> None:
    compare(*deck)


@pytest.mark.slow
@settings(QUICK, max_examples=80)
@given(decks)
def test_what_is_written_is_what_is_read_in_many_decks(deck: tuple[list[Written], list[tuple[str, str]]]) -> None:
    compare(*deck)


def test_a_cloze_between_signs_of_mathematics_is_lit_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "deck.yaml").write_text("format: 1\nkey: k\ntitle: d\n", "utf-8")
    items = {"c": {"cloze": "\\\\( a {{c1::`b`}} c \\\\)"}}
    topic = {"topic": "t", "title": "t", "entries": {"e": {"title": "t", "items": items}}}
    (tmp_path / "content" / "t.yaml").write_text(json.dumps(topic, indent=1), "utf-8")
    assert main(["build", "deck", "-C", str(tmp_path)]) == 0
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, tmp_path / "build" / "k.apkg")
        back = Page(next(iter(engine.sides(col).values()))[1])
    assert back.all("span.cloze") == back.all("code") == ["b"]
    assert back.all("div.question") == ["\\( a b c \\)"]


def compare(some: list[Written], literals: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "content").mkdir()
        (root / "content" / "deck.yaml").write_text('format: 1\nkey: k\ntitle: "デッキ"\n', "utf-8")
        entries = {f"e{n}": entry(one, *words) for n, (one, words) in enumerate(zip(some, literals, strict=True))}
        # JSON is YAML, and its escapes keep every character from the reader's rules.
        topic = json.dumps({"topic": "t", "title": "題", "entries": entries}, indent=1)
        (root / "content" / "t.yaml").write_text(yaml(topic), "utf-8")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SOURCE_DATE_EPOCH", "1609459200")
            assert main(["build", "deck", "-C", folder]) == 0
        with engine.collection(root / "anki") as col:
            assert engine.import_deck(col, root / "build" / "k.apkg").conflicting == 0
            sides = {key: (Page(front), Page(back)) for key, (front, back) in engine.sides(col).items()}
            paths = {guid: one["Id"].partition("/")[2] for guid, one in engine.fields(col).items()}
            tags = {paths[guid]: its for guid, its in engine.tags(col).items()}
            assert not col.get_empty_cards().notes
    pages = {(paths[guid], number): pages for (guid, number), pages in sides.items()}
    for front, back in pages.values():
        assert not front.wrong + back.wrong
    wrong = []
    for n, (one, (words, code)) in enumerate(zip(some, literals, strict=True)):
        for where, said, wanted in seen(f"e{n}", pages, one, words, code):
            wrong += [(where, one.markdown, said, composed(wanted))] if said != composed(wanted) else []
        # Anki takes :: for a level of tags, and a level must have a name.
        shelf = {tag.casefold().replace(":", "") for tag in tags[f"e{n}.fact"]}
        kept = re.sub(r"\s+", "_", composed(words)).casefold().replace(":", "")
        wrong += [] if kept in shelf else [("tag", words, tags[f"e{n}.fact"], kept)]
    assert not wrong


def yaml(topic: str) -> str:
    """Write pairs of surrogates, which are JSON's alone, as one escape."""
    pair = re.compile(r"\\u(d[89ab]..)\\u(d[c-f]..)")
    return pair.sub(lambda m: rf"\U{0x10000 + ((int(m[1], 16) & 1023) << 10) + (int(m[2], 16) & 1023):08x}", topic)


def composed(words: str) -> str:
    return normalize("NFC", words)


def entry(one: Written, words: str, code: str) -> dict[str, object]:
    mark, lone = one.markdown, blank(one).markdown
    hint, one_value = hint_of(words), {"label": mark, "value": "2", "unit": mark}
    items = {
        "fact": {"fact": mark, "is": mark, "ask": mark, "reverse": mark, "hint": mark, "extra": mark},
        "plain": {"fact": mark, "is": mark},
        "cloze": {"cloze": f"{lone} {{{{c1::甲 {lone}}}}} {lone} {{{{c2::乙 {lone} ::{hint}}}}}"},
        "table": {
            "table": mark,
            "corner": mark,
            "ask": "both",
            "ask_rows": "true",
            "columns": {"c": mark, "d": "x"},
            "rows": {"r": {"label": mark, "c": mark, "d": "y"}, "s": {"label": "x", "c": "z", "d": "w"}},
        },
        "steps": {"steps": mark, "sequence": {"a": mark, "b": mark}},
        "code": {"code": mark, "language": "text", "is": code, "reverse": mark},
        "calc": {"calc": mark, "given": {"x": one_value}, "formula": "x", "unit": mark},
    }
    source = {"title": words, "url": "https://example.com/"}
    return {"title": mark, "tags": [words], "sources": [source], "items": items}


def ends(said: str, words: str) -> str:
    """Return the words at both ends, if they are the same; all that is said otherwise."""
    size = len(composed(words))
    return said[:size] if said[:size] == said[-size:] else said


Pages = dict[tuple[str, int], tuple[Page, Page]]


def seen(key: str, pages: Pages, one: Written, words: str, code: str) -> Iterator[tuple[str, object, str]]:
    """Yield where something stands, what is read there, and what is to be read."""
    text_ = folded(one.seen)
    front, back = pages[f"{key}.fact", 0]
    yield "ask", front.all("div.question")[0], text_
    yield "is", back.all("div.answer")[0], text_
    yield "hint", front.all("div.hint")[0], text_
    yield "extra", back.all("div.extra")[0], text_
    yield "entry", back.all("div.entry")[0], text_
    yield "source", back.all("a")[-1], folded(words)
    yield "reverse", pages[f"{key}.fact", 1][0].all("div.question")[0], text_
    yield "fact", pages[f"{key}.fact", 1][1].all("div.answer")[0], text_
    asked = one.seen if ended(parse(one.markdown)) else f"{one.seen}は?"
    yield "question", pages[f"{key}.plain", 0][0].all("div.question")[0], folded(asked)
    yield from _cloze(key, pages, folded(blank(one).seen), words)
    yield from _table(pages, f"{key}.table", text_)
    for front, back in (pages[f"{key}.steps[b]", 0],):
        yield "steps", front.all("div.title")[0], text_
        yield "so far", front.all("li")[0], text_
        yield "step", back.all("div.answer")[0], text_
    yield "code", pages[f"{key}.code", 0][1].all("pre")[0], code
    yield "coded", pages[f"{key}.code", 1][1].all("div.answer")[0], text_
    front, back = pages[f"{key}.calc", 0]
    yield "given", ends(front.all("li")[0], text_), text_
    yield "unit", back.all("div.answer")[0], folded(f"2 {one.seen}")
    yield "calc", back.all("div.calc-title")[0], text_


def _cloze(key: str, pages: Pages, text_: str, words: str) -> Iterator[tuple[str, object, str]]:
    hint = folded(hint_of(words))
    whole = "{0} {1} {0} {2}"
    one, other = f"甲 {text_}", f"乙 {text_}"
    front, back = pages[f"{key}.cloze", 0]
    yield "cloze 1", front.all("div.question")[0], folded(whole.format(text_, "[...]", other))
    yield "answer 1", back.all("div.question")[0], folded(whole.format(text_, one, other))
    yield "answer 1 alone", back.all("span.cloze")[0], folded(one)
    front, back = pages[f"{key}.cloze", 1]
    yield "cloze 2", front.all("div.question")[0], folded(whole.format(text_, one, f"[{hint}]"))
    yield "answer 2", back.all("div.question")[0], folded(whole.format(text_, one, other))


def _table(pages: Pages, path: str, text_: str) -> Iterator[tuple[str, object, str]]:
    front, back = pages[f"{path}[r,c]", 0]
    yield "row", front.all("b.row")[0], text_
    yield "column", front.all("b.column")[0], text_
    yield "cell", back.all("div.answer")[0], text_
    yield "asked", back.all("td.asked")[0], text_
    yield "caption", back.all("caption")[0], text_
    yield "corner", back.all("th")[0], text_
    yield "title", front.all("div.title")[0], text_
    front, back = pages[f"{path}[r,c]", 1]
    yield "cell reversed", front.all("blockquote")[0], text_
    yield "label", back.all("div.answer")[0], text_
    front, back = pages[f"{path}[r]", 0]
    yield "columns", front.all("li")[0], text_
    yield "row's cells", ends(back.all("li")[2], text_), text_

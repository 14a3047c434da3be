"""A place in a source that a comma in […] made a source by itself is told."""

import re
import time
from pathlib import Path

import pytest
from hitoe import checks
from hitoe.checks import parted_sources
from support.notes import item, written


def told(root: Path, sources: str) -> list[str]:
    """Return what is told of an entry with these sources, but for the places."""
    topic = item("fact: 問\nis: 答").replace("    items:", f"    sources: {sources}\n    items:")
    project = checks.trusted(written(root, {"t.yaml": topic}))
    return [str(problem) for problem in parted_sources.told(project)]


PLACES = [
    *("p. 34", "pp. 3–5", "P. 3", "p 34", "page 7", "pages 3-9", "S. 12", "S. 12 ff.", "Seite 4", "S 12", "s. 8f"),
    *("pág. 34", "págs. 3 y 4", "vol. 2", "Vol. III", "Bd. 1", "t. IV", "tome 2", "ch. 3", "Chapter 3 Verbs"),
    *("chap. 12", "cap. 5", "capítulo 2", "Kap. 3", "Kapitel 10", "глава 3", "гл. 3", "с. 17", "стр. 5", "т. 2"),
    *("§ 433", "fig. 2", "Abb. 3", "no. 4", "Nr. 7", "n° 12", "第3章", "第 十二 巻", "第1版", "34頁", "第３４条"),
    *("12ページ", "3쪽", "12페이지", "第3课", "p. xii", "p. 12a", "fol. 12r", "Rn. 5", "제3장", "34", "34-36"),
    *("1998", "2nd ed.", "9th edition", "3. Auflage", "2e éd.", "Lektion 5", "Unit 4", "lección 3", "leçon 2"),
    *("sec. 4.2", "Teil 2", "pt. 2"),
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_a_place_in_a_source_is_told_behind_a_comma_that_made_it_a_source(tmp_path: Path, place: str) -> None:
    (message,) = told(tmp_path, f"[Gramática B1, {place}]")
    assert message.startswith(f"content/t.yaml:6:29: '{place}' is a source by itself")
    assert message.endswith(f': write "Gramática B1, {place}", or "{place}" if it is one')


def test_all_places_behind_a_source_are_told_once_and_of_an_address_with_a_title(tmp_path: Path) -> None:
    assert [
        re.findall(r'write (".+?"), or ', message)[0]
        for message in told(tmp_path, "[A, Book B, vol. 2, p. 34, C, p. 1]")
    ] == [
        '"Book B, vol. 2, p. 34"',
        '"C, p. 1"',
    ]
    (message,) = told(tmp_path, "[https://a.example/b, p. 34]")
    assert message.endswith('write {title: "…, p. 34", url: https://a.example/b}, or "p. 34" if it is one')


@pytest.mark.parametrize(
    "sources",
    [
        *("[Gramática B1]", "Gramática B1, p. 34", '["Gramática B1, p. 34", B]', "[p. 34, p. 35]", "[第3章, 第4章, A]"),
        *("[A, S3 User Guide]", "[A, Pages of a diary]", "[A, p-adic numbers]", "[A, Chapters]"),
        *("[A, 1984 by Orwell]", "[A, T. S. Eliot]", "[A, S. Freud]", "[A, V. I. Lenin]", "[A, C. Darwin]"),
        *("[A, Nr]", "[A, 第二次世界大戦]", "[A, 三四郎]", "[A, Vol de nuit]", "[A, Unit testing]", "[A, P. Vidal]"),
        *("[A, https://a.example/p.34]", "[A, Partisan]", "[A, Art. 5]", '[A, "p. 34"]'),
        *("\n      - A\n      - p. 34", "[A, {title: p. 34}]", "[A, 3 Idiots]", "[A, K. 331]", "[A, 第九交響曲]"),
        *("[A, S/Z]", "[A, Chap Books]", "[A, t test]", "[A, 20th Century Boys]", "[A, p53]"),
    ],
)  # fmt: skip
def test_other_sources_are_not_told(tmp_path: Path, sources: str) -> None:
    assert not told(tmp_path, sources)


@pytest.mark.parametrize(
    "source", ["1" * 100_000, "p" * 100_000, "第" + "一" * 100_000, "3" + " " * 100_000 + "x", "p. 3" * 25_000]
)
def test_a_long_source_takes_little_time(source: str) -> None:
    start = time.process_time()
    parted_sources.PLACE.match(source)
    assert time.process_time() - start < 1

"""Pictures that take too long to draw, or too much memory, are told with their place, and stop the sheets alone."""

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hitoe import checks, resources, workers
from hitoe.cli import main
from hitoe.kinds import picture_file
from hitoe.problems import InputError
from hitoe.sheet import heavy_pictures
from hitoe.sheet.cache import Cache
from hitoe.sheet.pdf.render import Volume
from support.notes import DECK, item, written

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{}</svg>'
RECT = '<rect width="50" height="50"/>'
STOPS = '<stop offset="0" stop-color="red"/><stop offset="1"/>'
SHORT = f'gradientUnits="userSpaceOnUse" spreadMethod="repeat">{STOPS}'
SHIFT = '<feOffset dx="1"/>'
HEAVY = {
    "filters.svg": f'<filter id="f">{SHIFT * 9000}</filter><style>rect {{filter: url(#f)}}</style>{RECT * 900}',
    "letters.svg": f"<text>{'abcdefghi ' * 50_000}</text>",
    "points.svg": f'<polyline points="{"1 1 2 3 " * 400_000}"/>',
    "repeated.svg": f'<linearGradient id="g" x2=".0000001" {SHORT}</linearGradient><g fill="url(#g)">{RECT}</g>',
}
MUCH = {"rings.svg": f'<radialGradient id="g" r=".00000001" {SHORT}</radialGradient><g fill="url(#g)">{RECT}</g>'}
"""What takes gigabytes at once."""
LIGHT = {"light.svg": RECT, "shown.svg": f'<g id="a">{RECT}</g><use href="#a" x="50"/>'}

HTML = '<foreignObject width="9" height="9"><p xmlns="http://www.w3.org/1999/xhtml">{}</p></foreignObject>'
BLOCK = "has parts in HTML (<foreignObject>), which are not printed: save it with plain text "
BLOCK += "(in Mermaid `htmlLabels: false`), or as PNG"
UNPRINTED = {
    "words.svg": (f"<g>{HTML.format('<b>words</b>')}</g>", f"'words.svg' {BLOCK}"),
    "picture.svg": (HTML.format("<img src='data:,'/>"), f"'picture.svg' {BLOCK}"),
    "rule.svg": (
        f"<style>{{}} rect {{fill: red}}</style>{RECT}",
        "the style sheet in 'rule.svg' cannot be read (Failed to apply CSS rule in SVG rule: "
        "(None, 'expected a compound selector, got EOF')): save it anew, or as PNG",
    ),
    "face.svg": (
        f"<style>@font-face {{font-family: x}}</style>{RECT}",
        "the style sheet in 'face.svg' cannot be read (Missing src descriptor in '@font-face' rule at 1:1): "
        "save it anew, or as PNG",
    ),
    "font.svg": (
        f"<style>@font-face {{font-family: x; src: url(data:font/woff2;base64,{'A' * 9000})}}</style>{RECT}",
        f"the style sheet in 'font.svg' cannot be read (blocked: data:font/woff2;base64,{'A' * 28}): "
        "save it anew, or as PNG",
    ),
    "escaped.svg": (
        f"<style>@font-face {{font-family: x; src: u\\72l(file:///etc/hostname)}}</style>{RECT}",
        "the style sheet in 'escaped.svg' cannot be read (blocked: file:///etc/hostname): save it anew, or as PNG",
    ),
    "local.svg": (
        f"<style>@font-face {{font-family: x; src: local(none)}}</style>{RECT}",
        "the style sheet in 'local.svg' cannot be read (Font-face 'x' cannot be loaded): save it anew, or as PNG",
    ),
}
"""What WeasyPrint leaves out, or warns of without a name."""


def project(root: Path, pictures: Mapping[str, str]) -> Path:
    notes = "topic: t\ntitle: 題\nentries:\n  e:\n    title: 題\n    learned: 2020-W30\n    items:\n"
    for number, name in enumerate(pictures):
        notes += f"      i{number}: {{fact: 問い{number}, is: 答え, image: {{file: {name}, alt: 絵}}}}\n"
    return written(root, {"t.yaml": notes, **{name: SVG.format(drawn) for name, drawn in pictures.items()}})


@pytest.fixture(autouse=True)
def limits(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.setattr(heavy_pictures, "SECONDS", 1)


@pytest.mark.parametrize(
    "pictures",
    [
        {name: HEAVY[name] for name in ["points.svg"]},
        pytest.param(HEAVY, marks=pytest.mark.slow),
        pytest.param(MUCH, marks=pytest.mark.skipif(sys.platform != "linux", reason="no limit")),
    ],
    ids=["points", "all", "memory"],
)
def test_they_are_told_and_stop_the_sheet_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], pictures: Mapping[str, str]
) -> None:
    root = project(tmp_path, {**LIGHT, **pictures})
    assert main(["check", "-C", str(root)]) == 0
    capsys.readouterr()
    assert main(["build", "-C", str(root)]) == 1
    told = [line for line in capsys.readouterr().err.splitlines() if ".svg" in line]
    wrong = "takes more than 1 s or 1.5 GB to draw: save it simpler, or as a smaller PNG"
    lines = enumerate(pictures, 8 + len(LIGHT))
    assert told == [f"content/t.yaml:{line}:45: '{name}' {wrong}" for line, name in lines]
    assert (root / "build" / "own.apkg").is_file()
    assert (root / "build" / "log" / "index.html").is_file()
    assert not list((root / "build").glob("*.pdf"))


@pytest.mark.parametrize("name", UNPRINTED)
def test_what_paper_would_lack_is_told_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    monkeypatch.setattr(heavy_pictures, "SECONDS", 10)
    drawn, told = UNPRINTED[name]
    root = project(tmp_path, {"light.svg": RECT, name: drawn})
    assert main(["build", "sheet", "-C", str(root)]) == 1
    assert f"content/t.yaml:9:45: {told}\n" in capsys.readouterr().err
    assert not list((root / "build").glob("*.pdf"))


def test_html_with_something_in_its_place_is_printed_as_that(tmp_path: Path) -> None:
    drawn = f"<switch>{HTML.format('words')}<text>words</text></switch>{HTML.format(' ')}"
    assert main(["build", "sheet", "--edition", "colour", "-C", str(project(tmp_path, {"a.svg": drawn}))]) == 0


def test_a_picture_that_was_drawn_is_not_drawn_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project(tmp_path, LIGHT)
    words = ["build", "sheet", "--edition", "colour", "-C", str(root)]
    assert main(words) == 0
    monkeypatch.setattr(heavy_pictures, "SECONDS", 0)
    project(tmp_path, {**LIGHT, "more.svg": RECT})
    assert main(words) == 0
    project(tmp_path, {**LIGHT, "other.svg": LIGHT["shown.svg"] + RECT})
    assert main(words) == 1


def test_a_picture_of_the_exam_is_drawn_once_and_again_with_other_fonts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    choice = "choice: '問い ![絵](shown.svg)'\noptions:\n  a: {right: 甲}\n  b: {wrong: 乙, why: 丙}\n"
    deck = DECK + "exam: {questions: 1, minutes: 2}\n"
    written(tmp_path, {"deck.yaml": deck, "t.yaml": item(choice), "shown.svg": SVG.format(LIGHT["shown.svg"])})
    words = ["build", "exam", "-C", str(tmp_path)]
    assert main(words) == 0
    monkeypatch.setattr(heavy_pictures, "SECONDS", 0)
    assert main([*words, "--seed", "2"]) == 0
    vendored = next((resources.folder() / "fonts").glob("NotoSansMath*.ttf"))
    (tmp_path / "content" / "fonts").mkdir()
    (tmp_path / "content" / "fonts" / "a.ttf").write_bytes(vendored.read_bytes())
    assert main(words) == 1
    assert "'shown.svg' takes more than 0 s" in capsys.readouterr().err


def test_a_picture_is_told_at_its_first_place_also_in_the_exam_and_tried_again_once_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = {name: f"{LIGHT['shown.svg']}<!-- {name} -->" for name in ("a.svg", "c.svg", "d.svg", "e.svg")}
    root = project(tmp_path, {"a.svg": shown["a.svg"], "b.svg": RECT, "c.svg": shown["c.svg"], "d.svg": shown["d.svg"]})
    more = "      j0: {fact: 問い5, is: '![絵](a.svg)'}\n      j1:\n        choice: 問い6\n        options:\n"
    more += "          a: {right: 甲}\n          b: {wrong: 乙, why: '丙 ![絵](e.svg)'}\n"
    written(
        root, {"t.yaml": (root / "content" / "t.yaml").read_text("utf-8") + more, "e.svg": SVG.format(shown["e.svg"])}
    )
    tried: list[list[str]] = []
    heavy: set[str] = set()

    def limited(_function: object, volumes: Sequence[Volume], *_: object) -> list[str | None]:
        tried.append([re.findall(r"\w\.svg", volume.html)[0] for volume in volumes])
        return [None if name in heavy else "" for name in tried[-1]]

    monkeypatch.setattr(workers, "limited", limited)
    its, cache = checks.trusted(root), Cache(tmp_path / "cache")
    heavy |= {"a.svg", "e.svg"}
    with pytest.raises(InputError) as told:
        heavy_pictures.refuse(its, its.entries(), cache)
    assert [str(each).partition(" takes")[0] for each in told.value.problems] == [
        "content/t.yaml:8:45: 'a.svg'",
        "content/t.yaml:17:30: 'e.svg'",
    ]
    heavy.clear()
    heavy_pictures.refuse(its, its.entries(), cache)
    (root / "content" / "c.svg").write_text(SVG.format(shown["c.svg"] + RECT), "utf-8")
    heavy_pictures.refuse(its, its.entries(), cache)
    assert tried == [["a.svg", "c.svg", "d.svg", "e.svg"], ["a.svg", "e.svg"], ["c.svg"]]


@pytest.mark.parametrize("remembered", [None, False, 1, "true", [True]])
def test_whatever_else_is_remembered_a_picture_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, remembered: object
) -> None:
    root = project(tmp_path, {"a.svg": LIGHT["shown.svg"]})
    its, cache = checks.trusted(root), Cache(tmp_path / "cache")
    cache.put(cache.key("drawn", (root / "content" / "a.svg").read_bytes()), remembered)
    monkeypatch.setattr(workers, "limited", lambda _function, volumes, *_: [None for _ in volumes])
    with pytest.raises(InputError, match="takes more than"):
        heavy_pictures.refuse(its, its.entries(), cache)


@pytest.mark.parametrize(
    ("drawn", "light"),
    [
        (RECT, True),
        (RECT * 900, False),
        (f'<g id="a">{RECT}</g>', True),
        ('<use href="#a"/>', False),
        ('<use xmlns:x="http://www.w3.org/1999/xlink" x:href="#a"/>', False),
        ('<rect fill="URL(#a)"/>', False),
        ('<rect style="fill: u\\72l(#a)"/>', False),
        ('<rect fill="&#117;rl(#a)"/>', False),
        ("<style>* ~ * ~ * {fill: red}</style>", False),
        ('<x:style xmlns:x="http://www.w3.org/2000/svg"/>', False),
    ],
)
def test_a_light_picture_is_small_and_shows_nothing_twice(tmp_path: Path, drawn: str, light: bool) -> None:
    path = tmp_path / "a.svg"
    path.write_text(SVG.format(drawn), "utf-8")
    assert picture_file.is_light(path) is light
    path.write_text(SVG.format(drawn), "utf-16")
    assert picture_file.is_light(path) is light


def test_what_entities_stand_for_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    entity = f'<!DOCTYPE svg [<!ENTITY a "{"a" * 2000}">]>'
    path.write_text(entity + SVG.format("<text>&a;</text>"), "utf-8")
    assert picture_file.is_light(path)
    path.write_text(entity + SVG.format(f"<text>{'&a;' * 20}</text>"), "utf-8")
    assert not picture_file.is_light(path)

"""Figures: whatever can be drawn is drawn readably, and what cannot is told to its author."""

import re
import unicodedata
from itertools import combinations, pairwise
from math import ceil
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from hitoe import figures
from hitoe.figures import Drawing, sign_widths
from hitoe.figures.label_text import BOLD, EM, MEDIUM, MONO, label_text
from hitoe.figures.shapes import Box, Label
from hitoe.model.project import Project
from hitoe.text.parse import parse
from hitoe.typography import fonts
from hitoe.values.figures import FIGURES, Drawn
from hypothesis import given, settings
from hypothesis import strategies as st
from support.notes import item, problems

FONTS = Path(__file__).resolve().parent.parent / "templates" / "fonts"
WIDTHS = (figures.PAPER, figures.SCREEN)
LOOKS = ("plain", "tinted", "solid", "hatched", "dashed")
PLAY = 0.1

phrases = st.sampled_from(["", "受信", "キー", "を得る", "データ", " AWS", "`Api`", "4台", "、", "(例)", "\n次"])
labels = st.builds(
    lambda first, parts, learned: "".join((first, *parts)) + (f"**{learned}**" if learned else ""),
    st.sampled_from(["見える", "A", "暗号化する", "`put`"]),
    st.lists(phrases, max_size=4),
    st.sampled_from(["", "", "30秒", "暗号化済みの"]),
)
looks = st.sampled_from(LOOKS)


def keyed(values: st.SearchStrategy[Any], least: int = 1, most: int = 5) -> st.SearchStrategy[dict[str, Any]]:
    return st.lists(values, min_size=least, max_size=most).map(lambda found: {f"k{i}": v for i, v in enumerate(found)})


def numbers(low: int, high: int) -> st.SearchStrategy[str]:
    return st.integers(low, high).map(str)


groups = st.fixed_dictionaries(
    {
        "groups": keyed(
            st.fixed_dictionaries({"label": labels, "frames": st.lists(numbers(0, 24), min_size=1, max_size=6)})
        ),
        "frame": labels,
        "member": labels,
    }
)
phases = st.fixed_dictionaries(
    {
        "states": st.just({look: {"label": look, "look": look} for look in LOOKS}),
        "phases": keyed(
            st.fixed_dictionaries(
                {"label": labels, "units": st.dictionaries(looks, numbers(0, 5), min_size=1, max_size=3)},
                optional={"note": labels},
            )
        ),
    }
)
flags = st.sampled_from(["true", "false"])
stretches = st.tuples(labels, st.integers(0, 50), st.integers(1, 50), looks)


@st.composite
def timelines(draw: st.DrawFn) -> dict[str, Any]:
    spans, end = {}, 0
    for key, (label, gap, length, look) in draw(keyed(stretches, most=4)).items():
        spans[key] = {"label": label, "from": str(end + gap), "to": str(end + gap + length), "look": look}
        end += gap + length
    events = draw(keyed(st.fixed_dictionaries({"label": labels, "at": numbers(0, 200)}), least=0, most=4))
    measures = {
        key: {"label": label, "from": str(start), "to": str(start + length)}
        for key, (label, start, length, _) in draw(keyed(stretches, least=0, most=2)).items()
    }
    return {"timeline": spans, "events": events, "measures": measures, "numbers": draw(flags)}


@st.composite
def flows(draw: st.DrawFn) -> dict[str, Any]:
    nodes = draw(keyed(st.fixed_dictionaries({"label": labels, "look": looks}), most=6))
    keys = list(nodes)
    for i, key in enumerate(keys[:-1]):
        targets = draw(st.lists(st.sampled_from(keys[i + 1 :]), unique=True, max_size=2))
        named = draw(st.booleans())
        nodes[key]["to"] = {target: draw(labels) for target in targets} if named else targets
    framed = draw(st.lists(st.sampled_from(keys), unique=True, max_size=2))
    return {"flow": nodes, "frames": {"f": {"label": draw(labels), "nodes": framed}} if framed else {}}


bars = st.fixed_dictionaries(
    {
        "bar": keyed(st.fixed_dictionaries({"label": labels, "value": numbers(1, 100), "look": looks})),
        "total": numbers(100, 500),
        "whole": labels,
    },
    optional={"rest": labels, "numbers": flags},
)
any_figure = st.one_of(groups, phases, timelines(), flows(), bars).map(
    lambda found: FIGURES[next(key for key in found if key in FIGURES)].model_validate(
        {"title": "題", "alt": "図", **found}
    )
)


@given(any_figure, st.sampled_from(WIDTHS))
@settings(max_examples=150)
def test_whatever_is_drawn_is_inside_and_apart(figure: Drawn, width: float) -> None:
    well_drawn(figure, width)


@pytest.mark.slow
@given(any_figure, st.sampled_from(WIDTHS))
@settings(max_examples=1000)
def test_whatever_else_is_drawn_is_inside_and_apart(figure: Drawn, width: float) -> None:
    well_drawn(figure, width)


def well_drawn(figure: Drawn, width: float) -> None:
    if list(figures.faults(figure)):
        return
    drawing = figures.draw(figure, width)
    assert drawing == figures.draw(figure, width)
    assert drawing.width == width
    shapes: list[Box | Label] = [*drawing.boxes, *drawing.labels]
    for shape in shapes:
        assert -PLAY <= shape.left <= shape.right <= width + PLAY
        assert -PLAY <= shape.top <= shape.bottom <= drawing.height + PLAY
    for one, other in combinations(drawing.labels, 2):
        assert apart(one, other), f"{said(one)} over {said(other)}"
    for label in drawing.labels:
        for box in drawing.boxes:
            assert apart(label, box) or inside(label, box), f"{said(label)} across a {box.look} box"
        for x, y in points(drawing):
            assert -PLAY <= x <= width + PLAY
            assert -1.5 <= y <= drawing.height + 1.5
            assert not (label.left < x < label.right and label.top + 1.5 < y < label.bottom - 1.5), said(label)


def said(label: Label) -> str:
    return "".join(piece.run.text for piece in label.pieces)


def apart(one: Label | Box, other: Label | Box) -> bool:
    return (
        one.right <= other.left + PLAY
        or other.right <= one.left + PLAY
        or one.bottom <= other.top + PLAY
        or other.bottom <= one.top + PLAY
    )


def inside(label: Label, box: Box) -> bool:
    return (
        box.left <= label.left + PLAY
        and label.right <= box.right + PLAY
        and box.top <= label.top + PLAY
        and label.bottom <= box.bottom + PLAY
    )


def points(drawing: Drawing) -> list[tuple[float, float]]:
    """Return places along all lines of a drawing, close to each other."""
    found = []
    for path, _ in drawing.lines:
        way = [(0.0, 0.0)]
        for sign, rest in re.findall(r"([MLCHV])([^MLCHVz]*)", path):
            values = [float(value) for value in rest.split()]
            ends = list(zip(values[::2], values[1::2], strict=True))
            if sign == "M":
                way = ends
                continue
            control = [way[-1], *ends]
            steps = 60
            for step in range(steps + 1):
                found.append(bezier(control, step / steps))
            way.append(ends[-1])
    return found


def bezier(control: list[tuple[float, float]], part: float) -> tuple[float, float]:
    while len(control) > 1:
        control = [(x0 + (x1 - x0) * part, y0 + (y1 - y0) * part) for (x0, y0), (x1, y1) in pairwise(control)]
    return control[0]


def test_every_kind_is_in_the_example(example_project: Project) -> None:
    found = {
        type(item.figure) for placed in example_project.entries() for item in placed.entry.items.values() if item.figure
    }
    assert found == set(FIGURES.values())


class TestLabelText:
    @pytest.mark.parametrize(
        ("file", "known"), [("NotoSansJP-subset-Medium.ttf", MEDIUM), ("NotoSansJP-subset-Bold.ttf", BOLD)]
    )
    def test_widths_are_those_of_the_fonts(self, file: str, known: tuple[int, ...]) -> None:
        advances = advances_of(file)
        assert [advances[chr(sign)] for sign in range(32, 127)] == list(known)
        wider = {sign for sign, width in advances.items() if width > 1000 and ord(sign) > 126}
        for sign in {*wider, "語"}:
            run = label_text(parse(sign), bold=True).lines(100)[0][0]
            assert run.width * 1000 / EM >= advances[sign]

    @pytest.mark.parametrize("names", fonts.FALLBACKS.values())
    def test_no_character_of_the_other_fonts_is_wider_than_known(self, names: tuple[str, ...]) -> None:
        wide = {sign: width for sign, width in fonts.advances(names).items() if fonts.advance(sign) == width}
        narrow = {
            sign for sign, width in wide.items() if ord(sign) > 126 and sign_widths.width(sign) < width * 1000 - 0.5
        }
        assert {sign for sign in narrow if unicodedata.category(sign) not in ("Mn", "Me", "Cf")} == set()

    def test_signs_of_several_characters_stay_whole(self) -> None:
        for sign in ("👩‍🚀", "👍🏽", "Привіт", "か\u309a", "H₂O", "x̄"):
            (paragraph,) = label_text(parse(f"日{sign}本")).paragraphs
            assert [segment.run.text for segment in paragraph if sign in segment.run.text]

    def test_code_is_as_wide_as_its_font(self) -> None:
        assert set(advances_of("IBMPlexMono-SemiBold.ttf").values()) <= {0, MONO}

    @pytest.mark.parametrize(
        ("text", "width", "lines"),
        [
            (
                "他のコンシューマーから見えない",
                80,
                ["他の", "コンシューマー", "から見えない"],
            ),
            ("削除する。", 30, ["削除", "する。"]),
            ("4台で受ける", 40, ["4台で", "受ける"]),
            ("暗号化済みの\nデータキー", 400, ["暗号化済みの", "データキー"]),
            ("Rolling with additional batch", 90, ["Rolling with", "additional batch"]),
        ],
    )
    def test_lines_end_where_a_reader_expects_it(self, text: str, width: float, lines: list[str]) -> None:
        found = ["".join(run.text for run in line).strip() for line in label_text(parse(text)).lines(width)]
        assert found == lines

    def test_room_for_answers_tells_little_of_their_length(self) -> None:
        for answer in ("4", "30秒", "暗号化済み", "他のコンシューマー"):
            (run,) = label_text(parse(f"**{answer}**")).lines(400)[0]
            assert run.room == max(40, 20 * ceil(run.width / 20)) >= run.width

    def test_spaces_stand_between_the_words_of_an_answer_and_its_neighbours(self) -> None:
        (line,) = label_text(parse("残す **100** を")).lines(400)
        assert "".join(run.text for run in line) == "残す 100 を"


def advances_of(file: str) -> dict[str, int]:
    font = TTFont(FONTS / file)
    em = font["head"].unitsPerEm
    return {chr(sign): round(font["hmtx"].metrics[name][0] * 1000 / em) for sign, name in font.getBestCmap().items()}


HEAD = "fact: 問い\nis: 答え\nfigure:\n  title: 題\n  alt: 図\n"


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        ("groups: {}", "13:19: groups without a group: add one at least"),
        (
            "groups: {a: {label: A, frames: []}}",
            "13:42: a group without frames: write how many members each has, as [4, 4]",
        ),
        (
            "groups: {a: {label: A, frames: [99]}}",
            "13:42: too many to be seen: 12 frames of 24 members at most",
        ),
        (
            "groups: {a: {label: A, frames: [x]}}",
            "13:43: 'x' is not a whole number: write digits only",
        ),
        (
            "states: {old: {label: 旧}}\nphases: {a: {label: A, units: {odl: 3}}}",
            "14:42: unknown state 'odl': did you mean 'old'?",
        ),
        (
            "states: {old: {label: 旧}}\nphases: {a: {label: A, units: {old: 0}}}",
            "14:41: a phase without units: write how many are in which state",
        ),
        (
            "timeline: {a: {label: A, from: 5, to: 3}}",
            "13:25: it ends at 3 and begins at 5: let it end later",
        ),
        (
            "timeline: {a: {label: A, from: 0, to: 5}, b: {label: B, from: 4, to: 9}}",
            "13:73: span 'b' begins at 4, before 'a' ends: let it begin at 5 or later",
        ),
        ("flow: {a: {label: A, to: c}, b: B}", "13:36: unknown node 'c': "),
        (
            "flow: {a: {label: A, to: b}, b: {label: B, to: a}}",
            "the arrows run in a circle: a → b → a: leave one out",
        ),
        (
            "flow: {a: {label: A, to: b}, b: B}\nframes: {f: {label: F, nodes: [a, b]}}",
            "14:41: nodes of a frame are drawn one below the other, so no arrow may lead from one of them to another",
        ),
        (
            "flow: {a: {label: A, to: b}, b: B}\nframes: {f: {label: F, nodes: []}}",
            "14:41: a frame without nodes: name one at least",
        ),
        (
            "bar: {a: {label: A, value: 7}, b: {label: B, value: 5}}\ntotal: 10",
            "14:18: the parts come to 12, more than the total of 10: correct one of them",
        ),
        ("bar: {a: {label: A, value: 0}}\ntotal: 10", "13:38: a part of 0 cannot be seen: write more than 0"),
        (
            "bar: {a: {label: A, value: 10}}\ntotal: 10\nrest: 残り",
            "15:17: the parts leave nothing of the total: delete `rest`, or correct the numbers",
        ),
        (
            "flow: {a: 'Donaudampfschifffahrtsgesellschaftskapitaenswitwenrente'}",
            "13:17: too wide: shorten the words of nodes and arrows, or let fewer arrows follow each other",
        ),
        ("flow: {a: {label: A, lok: solid}}", "13:32: unknown key 'lok': did you mean 'look'?"),
        ("flow: {a: {label: A, look: soild}}", "13:38: 'soild' is not known here: did you mean 'solid'?"),
        ("flwo: {a: A}", "11:11: no kind of figure: unknown key 'flwo': did you mean 'flow'?"),
        ("bar: {a: {label: A, value: 1}}", "key 'total' is missing: add it"),
        (
            "flow: {a: A}\nbar: {a: {label: A, value: 1}}",
            "14:11: 'flow' and 'bar' in one figure: make two figures of it",
        ),
        (
            "flow:\n  a: |\n    - 一\n    - 二",
            "14:16: a label is one paragraph: write no lists and no blocks of code into a figure",
        ),
    ],
)
def test_what_cannot_be_drawn_is_told(tmp_path: Path, lines: str, wrong: str) -> None:
    text = HEAD + "".join(f"  {line}\n" for line in lines.split("\n"))
    told = problems(tmp_path, {"one.yaml": item(text)})
    assert len(told) == 1
    assert wrong in told[0]


def test_all_faults_of_a_figure_are_told_at_once(tmp_path: Path) -> None:
    text = f"{HEAD}  flow: {{a: {{label: A, to: x}}, b: {{label: B, to: y}}}}\n"
    assert len(problems(tmp_path, {"one.yaml": item(text)})) == 2


@pytest.mark.parametrize("key", ["title", "alt"])
def test_a_figure_needs_words_for_those_who_do_not_see_it(tmp_path: Path, key: str) -> None:
    text = re.sub(rf"  {key}: .\n", "", HEAD) + "  flow: {a: A}\n"
    assert [each.partition(": ")[2] for each in problems(tmp_path, {"one.yaml": item(text)})] == [
        f"key '{key}' is missing: add it"
    ]


def test_the_examples_of_the_format_can_be_drawn(tmp_path: Path) -> None:
    readme = (Path(__file__).resolve().parent.parent / "content" / "README.md").read_text("utf-8")
    examples = readme.split("## Figures")[1].split("```yaml\n")[1].split("```")[0].rstrip("\n").split("\n\n")
    assert len(examples) == len(FIGURES)
    for number, example in enumerate(examples):
        lines = "\n".join(line.removeprefix(" " * 8) for line in example.split("\n"))
        head = HEAD if number else "fact: 問い\nis: 答え\n"
        text = f"{head}{lines}\n"
        assert problems(tmp_path, {"one.yaml": item(text)}) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_timeline_prints_each_of_its_times_once(width: float) -> None:
    times = {"a": {"label": "甲", "from": "-500", "to": "1274"}, "b": {"label": "乙", "from": "1274", "to": "1300.5"}}
    more = {
        "events": {"c": {"label": "丙", "at": "1000"}},
        "measures": {"d": {"label": "丁", "from": "0", "to": "1000"}},
    }
    for numbers, shown in (("false", []), ("true", ["-500", "0", "1000", "1274", "1300.5"])):
        timeline = {"title": "題", "alt": "図", "timeline": times, "numbers": numbers, **more}
        drawing = figures.draw(FIGURES["timeline"].model_validate(timeline), width)
        runs = [piece.run.text for label in drawing.labels for piece in label.pieces]
        assert sorted(text for text in runs if any(map(str.isdigit, text))) == shown
        assert {"甲", "乙", "丙", "丁"} < {*runs, ""}


@pytest.mark.parametrize("width", WIDTHS)
def test_a_bar_prints_its_values_the_total_and_the_rest(width: float) -> None:
    bar = {"title": "題", "alt": "図", "bar": {"a": {"label": "甲", "value": "4000"}}, "total": "10000", "rest": "残り"}
    for numbers, shown in (("false", ["甲", "残り"]), ("true", ["10,000", "甲", "4,000", "残り", "6,000"])):
        drawing = figures.draw(FIGURES["bar"].model_validate({**bar, "numbers": numbers}), width)
        assert [piece.run.text for label in drawing.labels for piece in label.pieces] == shown


def test_a_rest_too_small_to_be_seen_has_its_label_all_the_same() -> None:
    parts = {"a": {"label": "甲", "value": "99.9"}}
    figure = {"title": "題", "alt": "図", "bar": parts, "total": "100", "rest": "残り"}
    drawing = figures.draw(FIGURES["bar"].model_validate(figure), figures.PAPER)
    assert [piece.run.text for label in drawing.labels for piece in label.pieces] == ["甲", "残り"]

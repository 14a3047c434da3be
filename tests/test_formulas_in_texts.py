"""Formulas in texts: what is one and what is not, and that each arrives on card, paper and log as it is meant."""

import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hitoe.cli import main
from hitoe.deck.escaping import tex
from hitoe.log.formats import tex_source
from hitoe.text import ClozeSpan, Formula, Inline, TextError
from hitoe.text.notations import told
from hitoe.text.parse import parse
from support import anki_engine as engine
from test_formulas import FORMULAS


def outline(raw: str, *, math: bool = True) -> str:
    """Return a text of one paragraph with its formulas in ⟨…⟩ or ⟪…⟫ and its clozes in {…}."""
    return "".join(map(_outline, parse(raw, math=math).inline or ()))


def _outline(node: Inline) -> str:
    match node:
        case Formula(children=parts, display=display):
            inner = "".join(map(_outline, parts))
            return f"⟪{inner}⟫" if display else f"⟨{inner}⟩"
        case ClozeSpan(number, children, hint):
            return f"{{{number}:{''.join(map(_outline, children))}{f':{hint}' if hint else ''}}}"
        case _:
            return getattr(node, "text", None) or "".join(map(_outline, getattr(node, "children", ())))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("$x$", "⟨x⟩"),
        ("値は$x$と$y$です", "値は⟨x⟩と⟨y⟩です"),
        ("2$x$", "2⟨x⟩"),
        ("$n^2$", "⟨n^2⟩"),
        ("$2x$", "⟨2x⟩"),
        ("$N$、$AB$", "⟨N⟩、⟨AB⟩"),
        ("$E=mc^2$と$F=ma$", "⟨E=mc^2⟩と⟨F=ma⟩"),
        ("the $n$th term", "the ⟨n⟩th term"),
        (r"$\text{速さ}$", r"⟨\text{速さ}⟩"),
        (r"\(E=mc^2\)", "⟨E=mc^2⟩"),
        (r"\[ E=mc^2 \]", "⟪E=mc^2⟫"),
        ("$$E=mc^2$$", "⟪E=mc^2⟫"),
        (
            "$$\n\\begin{split}\na &= b \\\\\n&= c\n\\end{split}\n$$",
            r"⟪\begin{split} a &= b \\ &= c \end{split}⟫",
        ),
        (r"$\$5$", r"⟨\$5⟩"),
        ("**$x*y$** *a* $z*w$", "⟨x*y⟩ a ⟨z*w⟩"),
        ("$x~y$ H~2~O", "⟨x~y⟩ H2O"),
        ("{{c1::$x^2$}}", "{1:⟨x^2⟩}"),
        (r"{{c1::$\frac{1}{2}$::半分}}", r"{1:⟨\frac{1}{2}⟩:半分}"),
        ("{{c1::$a::b$}}", "{1:⟨a::b⟩}"),
        ("$a^2 + {{c1::b^{2}}} = c^2$", "⟨a^2 + {1:b^{2}} = c^2⟩"),
        (r"$\frac{{{c1::a}}}{{{c2::\text{時間}::何?}}}$", r"⟨\frac{{1:a}}{{2:\text{時間}:何?}}⟩"),
        ("[$x$](https://a.example)", "⟨x⟩"),
    ],
)
def test_formulas_are_read(raw: str, expected: str) -> None:
    assert outline(raw) == expected
    assert not list(told(raw, math=True))


@pytest.mark.parametrize(
    "raw",
    [
        *("$0.20 から $0.25", "$0.20 から $", "$HOME/bin:$PATH", "$5 and $6", "costs $30,000-$40,000", "$x$5"),
        *("$ x$", "$x $", "$x, $y", "$a と$b", "$x=$y", "$FOO_BAR/$BAZ", "${HOME}/x and ${PATH}", "$ABCD$", "$100$"),
        *("100$/月、200$/年", "$1 = ¥150, $2 = ¥300", "$?=$1"),
    ],
)
def test_what_is_in_doubt_is_text_and_told(raw: str) -> None:
    assert outline(raw) == raw
    (message,) = told(raw, math=True)
    assert "is no formula and is shown as written: put \\ before each $, or \\(…\\) around a formula" in message
    escaped = raw.replace("$", "\\$")
    assert outline(escaped) == raw
    assert not list(told(escaped, math=True))
    assert not list(told(raw, math=False))


@pytest.mark.parametrize("raw", ["$x", "$", "$$", "a $ b", "5$", "`$x$` `\\(x\\)`", "```\n$x$\n```", "$$$$"])
def test_a_single_sign_and_signs_in_code_are_no_formula(raw: str) -> None:
    assert not parse(raw, math=True).formulas
    assert not list(told(raw, math=True))


@pytest.mark.parametrize("before", ["", "x", "xx", "xxx"])
def test_without_math_a_formula_keeps_its_backslashes_wherever_it_stands(before: str) -> None:
    assert parse(rf"{before}\(x^2\)").plain == rf"{before}\(x^2\)"


@pytest.mark.parametrize("signs", [1, 2, 500, 1501])
def test_a_formula_may_be_long(signs: int) -> None:
    tex = "x" + "+x" * (signs // 2) + "1" * (signs % 2)
    for raw in (f"${tex}$", f"a ${tex}$ b $y$", f"a \\({tex}\\) b $y$"):
        assert any(tex in formula.source for formula in parse(raw, math=True).formulas)
    assert not parse(f"${tex}", math=True).formulas
    (formula,) = parse(f"${'x+' * (249)}x\\alpha$", math=True).formulas
    assert formula.source.endswith("x\\alpha")


@pytest.mark.parametrize(
    ("raw", "shown", "what"),
    [
        (r"\(E=mc^2\)", r"\(E=mc^2\)", r"'\(E=mc^2\)' is shown as written"),
        (r"\[\frac{a}{b}\]", r"\[\frac{a}{b}\]", r"'\[\frac{a}{b}\]' is shown as written"),
        ("$E=mc^2$", "$E=mc^2$", "'$E=mc^2$' is shown as written"),
        (r"\(x\)", "(x)", r"'\(x\)' is shown without its backslashes"),
    ],
)
def test_without_math_nothing_is_a_formula_and_it_is_told_what_to_write(raw: str, shown: str, what: str) -> None:
    assert parse(raw).plain == shown
    (message,) = told(raw, math=False)
    assert message == f"{what}: if it is a formula, write `math: true` into deck.yaml, else put it into `…`"


def test_without_math_a_link_may_be_escaped_and_a_cloze_stays_a_cloze() -> None:
    assert not list(told(r"\[words\](https://a.example)", math=False))
    assert outline(r"\( a=1 {{c1::b}} \)", math=False) == "( a=1 {1:b} )"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (r"$\ce{H2O}$", r"'\ce' cannot stand in a formula"),
        ("$x^2^3$", "two superscripts at one place in x^2^3"),
        ("$a {{c1::b$", "the cloze {{c1::b… is never closed: add }}"),
        ("$x + {{c1:: }}$", "the cloze {{c1::…}} has nothing inside: write the answer"),
        (r"$\frac{ {{c1::a}{b}}$", r"'{' is never closed in \frac{ a}{b: add '}'"),
        ("$x^{{c501::2}}$", "a cloze with number 501: count from 1 (to 500)"),
        ("$x^{{c1::{{c2::2}}}}$", "a cloze inside the cloze {{c1::…}}: put them side by side"),
        ("{{c1::x::$y$}}", "a formula in the hint '$y$', where Anki shows it as written: write words"),
    ],
)
def test_what_is_wrong_in_a_formula_is_told(raw: str, message: str) -> None:
    with pytest.raises(TextError) as error:
        parse(raw, math=True)
    assert str(error.value).startswith(message)


@pytest.mark.parametrize(
    "raw", ["$\theta$", "$a \neq b$", "$$\nu$$", "$\rho$", "$a\xa0b$", "\\(a\nb\\)", "$$a \neq b$$"]
)
def test_a_command_that_yaml_took_for_an_escape_is_told(raw: str) -> None:
    with pytest.raises(
        TextError, match=r"^the formula '.+' holds a tab or a line end: put its text into '…' or after \|"
    ):
        parse(raw, math=True)


def formula(raw: str) -> Formula:
    (node,) = parse(raw, math=True).inline or ()
    assert isinstance(node, Formula)
    return node


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        ("$x<y$", r"\(x&lt;y\)"),
        ("$$x$$", r"\[x\]"),
        (r"$\frac{a}{b^{2}}$", r"\(\frac{a}{b^{2} } \)"),
        ("$x^{{{c1::a}}}$", r"\(x^{{{c1::a}}}\)"),
        ("$a^2 + {{c1::b^{2}}} = c^2$", r"\(a^2 + {{c1::b^{2} }} = c^2\)"),
        ("$a::b$", r"\(a: :b\)"),
        ("${{c1::a::b?}}$", r"\({{c1::a::b?}}\)"),
        ("$a[sound: b]$", r"\(a[ sound: b]\)"),
    ],
)
def test_on_cards_anki_sees_no_other_notation_in_a_formula(raw: str, field: str) -> None:
    assert tex(formula(raw)).replace(" ", "") == field.replace(" ", "")


@pytest.mark.parametrize(
    ("raw", "common", "hatena"),
    [
        ("$x_1$", "$x_1$", r"[tex:x\_1]"),
        ("$x^2+x^{3}$", "$x^2+x^{3}$", "[tex:x^{2}+x^{3}]"),
        (r"$\sqrt[3]{x}$", r"$\sqrt[3]{x}$", r"[tex:\sqrt\\[3\\]{x}]"),
        (r"$\{a\} \, b$", r"$\{a\} \, b$", r"[tex:\\{a\\} \\, b]"),
        ("$a<b$", "$a<b$", r"[tex:a\lt b]"),
        ("$$x$$", "$$x$$", r"[tex:\displaystyle x]"),
        (
            r"$\begin{cases} a \\ b \end{cases}$",
            r"$\begin{cases} a \\ b \end{cases}$",
            r"[tex:\begin{cases} a \\\\ b \end{cases}]",
        ),
    ],
)
def test_posts_have_the_notation_of_their_dialect(raw: str, common: str, hatena: str) -> None:
    assert tex_source.commonmark(formula(raw), False) == common
    assert tex_source.hatena(formula(raw), False) == hatena


def test_in_a_table_of_markdown_no_formula_has_a_bar() -> None:
    assert tex_source.commonmark(formula(r"$|x| + \|y\|$"), True) == r"$\vert x\vert  + \Vert y\Vert $"


def project(folder: Path, items: Mapping[str, Any], *, math: bool = True, title: str = "t") -> Path:
    content = folder / "content"
    content.mkdir(parents=True)
    content.joinpath("deck.yaml").write_text(
        f"format: 1\nkey: k\ntitle: d\nlanguage: ja\nmath: {str(math).lower()}\n", "utf-8"
    )
    entry = {"title": title, "learned": "2020-W30", "items": items}
    topic = {"topic": "t", "title": "t", "entries": {"e": entry}}
    content.joinpath("t.yaml").write_text(json.dumps(topic, indent=1, ensure_ascii=False), "utf-8")
    return folder


def alternatives(pdf: Path) -> list[str]:
    """Return the alternative texts of a PDF."""
    with pikepdf.open(pdf) as document:
        return [str(each.Alt) for each in document.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each]


ITEMS = {
    "fact": {"fact": "円 $r>0$ の面積", "is": r"$\pi r^2$"},
    "strong": {"fact": "解", "is": r"**$\sqrt{2}$**で$y$"},
    "cloze": {"cloze": r"定理は{{c1::$a^{2}+b^{2}=c^{2}$}}、$v = \frac{{{c2::x}}}{t_{0}}$である"},
    "table": {"table": "導関数", "columns": {"d": "$f'$"}, "rows": {"sin": {"label": r"$\sin x$", "d": r"$\cos x$"}}},
}


def test_the_real_anki_shows_formulas_and_their_clozes(tmp_path: Path) -> None:
    project(tmp_path, ITEMS, title="題 $x_0$")
    assert main(["build", "deck", "-C", str(tmp_path)]) == 0
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, tmp_path / "build" / "k.apkg")
        sides = [(engine.seen(front), engine.seen(back)) for front, back in engine.sides(col).values()]
        html = "".join(back for _, back in engine.sides(col).values())
    shown = " ".join(front for front, _ in sides)
    assert r"円 \(r>0\) の面積" in shown
    assert r"\(v = \frac{[...]}{t_{0} } \)" in shown
    assert r"定理は [...] 、 \(v = \frac{x}{t_{0} } \)" in shown
    assert any(r"定理は \(a^{2}+b^{2}=c^{2}" in back for _, back in sides)
    assert any(r"\(\pi r^2\)" in back and r"題 \(x_0\)" in back for _, back in sides)
    assert html.count('class="mathjax_process"') >= html.count(r"\(")
    assert "mathjax_ignore" in html


def test_paper_has_each_formula_and_its_tex_as_alternative_text(tmp_path: Path) -> None:
    project(tmp_path, ITEMS, title="題 $x_0$")
    assert main(["build", "sheet", "-C", str(tmp_path)]) == 0
    build = tmp_path / "build"
    wanted = ["x_0", "r>0", r"\pi r^2", r"\sqrt{2}", "y", "a^{2}+b^{2}=c^{2}", r"v = \frac{x}{t_{0}}", "f'", r"\cos x"]
    for name in ("k-sheet.pdf", "k-sheet-red.pdf", "k-sheet-mask.pdf"):
        assert set(wanted) <= set(alternatives(build / name))
    # On the worksheet the answers stand in the key, after the blanks; a part that is asked is the number of its blank.
    worksheet = alternatives(build / "k-worksheet.pdf")
    wanted[6:7] = [r"v = \frac{\,\text{④}\,}{t_{0}}", "x"]
    assert sorted(worksheet) == sorted([*wanted, "x_0", r"\sin x"])


WIDE = " + ".join(f"x_{{{number}}}" for number in range(30))


def test_formulas_as_wide_as_their_columns_have_room_for_the_marks_behind_them(tmp_path: Path) -> None:
    columns = {"a": f"${WIDE}$", "b": "b", "c": "c"}
    items: dict[str, Any] = {
        "fact": {"fact": f"和 ${WIDE}$", "is": f"値は ${WIDE}$。"},
        "title": {"fact": f"(${WIDE}$)」", "is": "a"},
        "cloze": {"cloze": f"和は ${WIDE}$)、{{{{c1::答え}}}}"},
        "cells": {"table": "t", "columns": columns, "rows": {"r": {"a": f"(${WIDE}$)。", "b": "b"}}},
        "heads": {
            "table": "t",
            "columns": {"a": f"(${WIDE}$)"},
            "rows": {"r": {"label": f"${WIDE}$:", "a": "b"}},
        },
    }
    project(tmp_path, items)
    assert main(["build", "sheet", "--edition", "colour", "--edition", "worksheet", "-C", str(tmp_path)]) == 0


def painted(pdf: Path) -> set[str]:
    """Return the colours that outlines are filled with."""
    found = set()
    with pikepdf.open(pdf) as document:
        for page in document.pages:
            for instruction in pikepdf.parse_content_stream(page):
                if str(instruction.operator) == "rg":
                    found.add("".join(f"{round(255 * float(part)):02x}" for part in instruction.operands))
    return found


@pytest.mark.parametrize(
    "item", [{"cloze": r"$a = {{c1::b}}$ と $c$"}, {"cloze": "{{c1::$b$}}"}, {"fact": "a", "is": "$b$"}]
)
def test_a_formula_that_is_learned_has_the_ink_of_answers_in_each_edition(tmp_path: Path, item: dict[str, Any]) -> None:
    project(tmp_path, {"c": item})
    editions = [word for edition in ("colour", "red", "mask") for word in ("--edition", edition)]
    assert main(["build", "sheet", *editions, "-C", str(tmp_path)]) == 0
    names = {"k-sheet.pdf": "0d3b66", "k-sheet-red.pdf": "ff7a1a", "k-sheet-mask.pdf": "00a99d"}
    for name, colour in names.items():
        assert colour in painted(tmp_path / "build" / name)
        assert not painted(tmp_path / "build" / name) & {"0d3b67", "0d3b68", "00a99e"}


def test_the_log_has_formulas_in_each_format(tmp_path: Path) -> None:
    project(tmp_path, ITEMS, title="題 $x_0$")
    assert main(["build", "log", "-C", str(tmp_path)]) == 0
    log = tmp_path / "build" / "log"
    page = (log / "2020-W30.html").read_text("utf-8")
    assert '<math display="inline" alttext="\\pi r^2"><mrow><mi>π</mi><msup>' in page
    assert "$" not in re.sub(r"<style.*?</style>", "", page, flags=re.S)
    assert r"**$\sqrt{2}$**" in (log / "2020-W30.commonmark.md").read_text("utf-8")
    assert r"### 題 [tex:x\_0]" in (log / "2020-W30.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("item", "column", "message"),
    [
        ({"fact": "a", "is": r"$\foo$"}, "is", r"the command '\foo' is not known in formulas"),
        ({"fact": "a", "is": "$x$", "typed": "true"}, "is", "a formula cannot be typed in: take `typed:` away"),
        ({"cloze": "$x + {{c1::y}}$", "typed": "true"}, "cloze", "a formula cannot be typed in: take `typed:` away"),
        ({"fact": "$x$", "is": "a", "speak": "true"}, "fact", "a voice would read the TeX of this formula"),
        (
            {"fact": "a", "is": "b", "figure": {"groups": {"a": {"label": "$x$", "frames": [1]}}}},
            "figure",
            "a label holds no formula: write words",
        ),
    ],
)
def test_where_a_formula_cannot_stand_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], item: dict[str, Any], column: str, message: str
) -> None:
    if column == "figure":
        item["figure"] |= {"title": "t", "alt": "t"}
    project(tmp_path, {"a": item})
    assert main(["check", "-C", str(tmp_path)]) == 1
    assert message in capsys.readouterr().err


def test_a_sign_that_no_font_has_is_told_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project(tmp_path, {"a": {"fact": "a", "is": r"$\text{ก}$"}})
    assert main(["check", "-C", str(tmp_path)]) == 0
    assert re.search(
        r"t\.yaml:\d+:\d+: warning: the font of formulas has no 'ก' \(U\+0E01\): 〓", capsys.readouterr().err
    )


LONG = "(a + b)^{10} = " + " + ".join(f"{number}a^{{{number}}}b^{{{10 - number}}}" for number in range(10))
SOME = FORMULAS[::3]
SUM = " + ".join(f"{letter}^2" for letter in "abcdefgh")


def test_a_formula_that_is_printed_too_small_is_told_and_others_are_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cells = {"label": "r", "x": f"${SUM}$", "y": f"${SUM} = 1$", "z": f"${SUM} = 2$"}
    table = {"table": "t", "columns": {"x": "A", "y": "B", "z": "C"}, "rows": {"r": cells}}
    ordinary = {f"f{number}": {"fact": f"式 {number}", "is": rf"\({each}\)"} for number, each in enumerate(SOME)}
    project(tmp_path, {**ordinary, "long": {"fact": "b", "is": f"${LONG}$"}, "sum": {"fact": "c", "is": f"${SUM}$"}})
    assert main(["check", "-C", str(tmp_path)]) == 0
    (told,) = [line for line in capsys.readouterr().err.splitlines() if " em wide is printed small" in line]
    assert re.search(r"t\.yaml:\d+:\d+: warning: a formula 45 em wide .* of 24 em: write it as two, or as lines", told)
    project(tmp_path / "cells", {"a": {"fact": "a", "is": "b"}, "cells": table})
    assert main(["check", "-C", str(tmp_path / "cells")]) == 0
    assert capsys.readouterr().err.count(" em wide is printed small") == 3
    # In a column of the sheet there is more room than in one of the answers.
    project(tmp_path / "asked", {"long": {"cloze": f"${LONG.replace('10}', '{{c1::10}}}', 1)}$"}})
    assert main(["check", "-C", str(tmp_path / "asked")]) == 0
    assert " em wide is printed small" not in capsys.readouterr().err


@pytest.mark.slow
def test_300_formulas_arrive_on_card_paper_and_log(tmp_path: Path) -> None:
    items = {f"f{number}": {"fact": f"式 {number}", "is": rf"\({each}\)"} for number, each in enumerate(FORMULAS)}
    project(tmp_path, items)
    assert main(["build", "-C", str(tmp_path)]) == 0
    build = tmp_path / "build"
    sources = {" ".join(each.split()) for each in FORMULAS}
    for name in ("k-sheet.pdf", "k-sheet-red.pdf", "k-sheet-mask.pdf", "k-worksheet.pdf"):
        assert sources <= set(alternatives(build / name))
    assert (build / "log" / "2020-W30.html").read_text("utf-8").count("<math ") == len(FORMULAS)
    with zipfile.ZipFile(build / "k.apkg") as package:
        assert package.testzip() is None

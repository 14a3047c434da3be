"""Formulas: what is printed is what TeX means, on every surface, and what cannot be printed is told."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hitoe.formulas import LEARN, LEARNT, TexError, drawing, lacking, markup
from hitoe.formulas.grammar import canonical

FILE = Path(__file__).parent / "formulas" / "formulas.txt"
FORMULAS = [line for line in FILE.read_text("utf-8").splitlines() if not line.startswith("#")]
PATH = re.compile(r"(?:[MLQCZ]|-?[0-9.]+|[ ,])+")


def test_there_are_300_formulas() -> None:
    assert len(set(FORMULAS)) > 300


@pytest.mark.parametrize(
    ("display", "formulas"),
    [
        (False, FORMULAS[::2]),
        (True, FORMULAS[1::6]),
        *(pytest.param(display, FORMULAS, marks=pytest.mark.slow) for display in (False, True)),
    ],
    ids=["in a line", "alone", "all in a line", "all alone"],
)
def test_each_formula_is_drawn_and_written(display: bool, formulas: list[str]) -> None:
    for tex in formulas:
        drawn = drawing(tex, display)
        assert PATH.fullmatch(drawn.outline), tex
        assert min(drawn.width, drawn.height) > 0, tex
        assert drawn.learned == "", tex
        tree = ElementTree.fromstring(markup(tex, display))
        shown = "".join(text for element in tree.iter() if element.tag != "mtext" and (text := element.text))
        assert not re.search(r"\\[A-Za-z]|[&;]#|[\x02\x03❴❵*]{2}", shown), tex


def test_the_same_formula_is_drawn_the_same_again() -> None:
    some = FORMULAS[::4]
    first = [drawing(tex, False) for tex in some]
    drawing.cache_clear()
    assert [drawing(tex, False) for tex in reversed(some)][::-1] == first


def visible(tex: str, display: bool = False) -> str:
    """Return the characters of the MathML of a formula."""
    return "".join(ElementTree.fromstring(markup(tex, display)).itertext())


@pytest.mark.parametrize(
    ("tex", "characters"),
    [
        (r"\frac12", "12"),
        (r"x^12", "x12"),
        (r"2ex+1", "2ex+1"),  # not a length of 2 ex
        (r"5cm", "5cm"),
        (r"a-b", "a−b"),
        (r"\mathbb{R}", "ℝ"),
        (r"\mathcal{L}\mathfrak{C}", "ℒℭ"),
        (r"\mathbf{v}", "𝐯"),
        (r"\boldsymbol\alpha", "𝜶"),
        (r"\text{速さ } v", "速さ\xa0v"),
        (r"\text{a<b & c}", "a<b\xa0&\xa0c"),
        (r"a<b", "a<b"),
        (r"\operatorname*{argmax}_x", "argmaxx"),
        (r"\big\{x\big\}", "{x}"),
        (r"100\%", "100%"),
        (r"\left< x \right> \big. \big<", "⟨x⟩⟨"),
        (r"\text{}x", "x"),
    ],
)
def test_characters_are_those_that_tex_means(tex: str, characters: str) -> None:
    assert visible(tex) == characters


def test_no_cell_is_lost_where_others_are_empty() -> None:
    tree = ElementTree.fromstring(markup(r"\begin{matrix} a & \\ & b \\ c & \\ \end{matrix}", False))
    assert [["".join(cell.itertext()) for cell in row] for row in tree.iter("mtr")] == [["a", ""], ["", "b"], ["c", ""]]


def test_a_script_belongs_to_a_matrix_and_both_its_brackets() -> None:
    tree = ElementTree.fromstring(markup(r"x\begin{pmatrix} a \end{pmatrix}_i^\top", False))
    (scripts,) = tree.iter("msubsup")
    assert ["".join(part.itertext()) for part in scripts] == ["(a)", "i", "⊤"]
    assert drawing(r"\begin{pmatrix} a \end{pmatrix}'", False) == drawing(r"{\begin{pmatrix} a \end{pmatrix}}'", False)


def tags(tex: str, display: bool) -> list[str]:
    return [element.tag for element in ElementTree.fromstring(markup(tex, display)).iter()]


@pytest.mark.parametrize("tex", [r"\sum_a^b", r"\lim_a^b", r"\limsup_a^b", r"\operatorname*{ess}_a^b", r"\bigodot_a^b"])
def test_limits_stand_below_where_a_formula_has_a_line_of_its_own(tex: str) -> None:
    assert "munderover" in tags(tex, True)
    assert "msubsup" in tags(tex, False)
    assert "munderover" in tags(rf"\displaystyle {tex}", False)
    assert "msubsup" in tags(rf"\frac{{{tex}}}{{2}}", True)


def test_limits_stand_below_where_the_author_says_so() -> None:
    assert "munderover" in tags(r"\sum\limits_a^b", False)
    assert "msubsup" in tags(r"\int_a^b", True)
    assert "munderover" in tags(r"\int\limits_a^b", True)


@pytest.mark.parametrize(
    ("tex", "message"),
    [
        (r"\ce{H2O}", r"'\ce' cannot stand in a formula: write chemistry with sub- and superscripts: \mathrm{H_2O}"),
        (r"\alhpa", r"the command '\alhpa' is not known in formulas: did you mean '\alpha'?"),
        (r"\frac{\zzz}{b}", r"the command '\zzz' is not known in formulas: content/README.md lists those that are"),
        ("{a", "'{' is never closed in {a: add '}'"),
        ("a}", "'}' closes nothing in a}: take it out"),
        (r"\frac{a}", r"something is missing after '\frac' in \frac{a}: write {…} after it"),
        ("x^", "something is missing after '^' in x^: write {…} after it"),
        ("x^2^3", "two superscripts at one place in x^2^3: put braces around the first"),
        (r"\left( x", r"'\left' is never closed in \left( x: add '\right'"),
        (r"\left x \right)", r"'\left' wants a bracket after it, not 'x': write \left( for instance"),
        (r"\begin{cases}a\end{matrix}", r"\begin{cases} is closed by \end{matrix}: write \end{cases}"),
        (r"\begin{array}{l|r}a\end{array}", r"'\begin{array}' wants its columns: \begin{array}{lcr}"),
        ("a & b", r"'&' outside of a matrix, cases or aligned: take it out, or write \&"),
        (r"\text{a} \begin{matrix} \end{matrix}", r"nothing stands in \begin{matrix}: fill it, or take it out"),
        (r"\sum\limits x", r"no limits follow '\limits' in \sum\limits x"),
        (r"\displaystyle^2", r"\displaystyle^2 cannot be read (msup): write it in another way"),
        ("{" * 50 + "}" * 50, "more than 40 braces in each other in a formula: make it simpler"),
        ("50%", r"'%' means something else in TeX: write \%"),
        ("速度", r"'速' in the formula 速度: put words into \text{…}"),
        (r"\text{a $x$}", r"\text wants words in braces, without braces, $ and commands: \text{…}"),
        (" ", "an empty formula: write it, or take the signs away"),
        *(
            (rf"\{name}{{a}}{{b}}", rf"'\{name}' cannot stand")
            for name in ("def", "newcommand", "href", "class", "style")
        ),
        *((rf"\{name}{{a}}", rf"'\{name}' cannot stand") for name in ("require", "includegraphics", "color", "label")),
        *(
            (rf"\{name} a", rf"the command '\{name}' is not known")
            for name in ("unicode", "verb", "bbox", "Rule", "over")[:4]
        ),
    ],
)
def test_what_cannot_be_printed_everywhere_is_told(tex: str, message: str) -> None:
    with pytest.raises(TexError) as error:
        drawing(tex, False)
    assert str(error.value).startswith(message)


def test_a_sign_that_no_font_has_is_drawn_as_another_and_can_be_asked_for() -> None:
    assert lacking(r"\text{あกa}x", False) == ["ก"]
    assert drawing(r"\text{ก}", False).outline == drawing(r"\text{〓}", False).outline
    assert not [tex for tex in FORMULAS if lacking(tex, True)]


def test_a_part_to_be_learned_is_drawn_apart_on_a_band_of_its_own() -> None:
    whole, parted = drawing("a^2+b^2=c^2", False), drawing(f"a^2+{LEARN}b^2{LEARNT}=c^2", False)
    assert whole.learned == ""
    assert parted.learned
    assert len(parted.outline) + len(parted.learned) + 1 == len(whole.outline)
    band = parted.bands[0]
    assert parted.view[0] < band.x < band.x + band.width < parted.view[0] + parted.view[2]
    assert len(drawing(f"{LEARN}a{LEARNT}+b+{LEARN}c{LEARNT}", False).bands) == 2
    beside = drawing(rf"\sum_{{i={LEARN}1{LEARNT}}}^{{{LEARN}n{LEARNT}}} {LEARN}i{LEARNT}{LEARN}k{LEARNT}", False)
    assert len(beside.bands) == 4


def test_a_cloze_that_cuts_braces_is_told() -> None:
    with pytest.raises(TexError, match="never closed"):
        canonical(f"{LEARN}a{{b{LEARNT}}}")


@pytest.mark.parametrize("sign", [r"\cup", r"\subset", r"\times", r"\wedge", r"\implies", r"\sim"])
def test_signs_between_two_have_space_around_them(sign: str) -> None:
    alone = drawing(sign, False).width - drawing("{}", False).width
    ends = drawing("ab", False).width
    assert drawing(f"a {sign} b", False).width > ends + alone + 0.3
    assert [element.tag for element in ElementTree.fromstring(markup(f"a {sign} b", False))[0]] == ["mi", "mo", "mi"]


def test_a_formula_stands_on_the_baseline() -> None:
    assert 0.1 < drawing("x", False).depth < 0.15
    assert drawing("y", False).depth > 0.3
    assert drawing(r"\frac{a}{b}", True).depth > 0.5


@pytest.mark.parametrize("thing", [r"\infty", r"\emptyset", r"\cdots"])
def test_a_minus_behind_a_sign_that_stands_for_a_thing_stands_between_two(thing: str) -> None:
    minus = next(each for each in ElementTree.fromstring(markup(f"1 + {thing} - x", False)).iter() if each.text == "−")
    assert minus.get("form") is None
    alone = sum(drawing(part, False).width for part in (thing, "-", "x")) - 2 * drawing("{}", False).width
    assert drawing(f"{thing} - x", False).width > alone + 0.3

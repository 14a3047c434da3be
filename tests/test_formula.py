"""Calculations: exact decimals, and nothing of Python but arithmetic."""

from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

import pytest
from hitoe.values.formula import shown, value, worked
from hitoe.values.intervals import FormulaError
from hypothesis import given
from hypothesis import strategies as st


def computed(formula: str, **values: str) -> str:
    return shown(value(formula, {name: Decimal(number) for name, number in values.items()}))


@pytest.mark.parametrize(
    ("formula", "answer"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("0.1 + 0.2", "0.3"),
        ("1 / 8", "0.125"),
        ("3 - 5", "-2"),
        ("-(3)", "-3"),
        ("10 / 4", "2.5"),
        ("ceil(7 / 2) + floor(7 / 2)", "7"),
        ("min(3, 1, 2) + max(3, 1, 2)", "4"),
        ("max(1)", "1"),
        ("ceil(-1 / 2)", "0"),
        ("1000 * 1000", "1,000,000"),
        ("1234567.5", "1,234,567.5"),
        ("100", "100"),
        ("0 * 5", "0"),
        ("12345678901234567890123456789012345 + 1", "12,345,678,901,234,567,890,123,456,789,012,346"),
        ("0.123456789012345678901234567890123", "0.123456789012345678901234567890123"),
        ("(1\n+ 2)", "3"),
        ("round(2 / 3, 2)", "0.67"),
        ("round(2.5) - round(-2.5)", "6"),
        ("round(1234.5, -2)", "1200"),
        ("2 ** 10 + 2^3^2", "1536"),
        ("-2^2", "-4"),
        ("(-2)^3", "-8"),
        ("2^-3", "0.125"),
        ("0^0.5", "0"),
        ("8^(1 / 3) + 4^0.5 + 9^1.5", "31"),
        ("sqrt(0.25)", "0.5"),
        ("sqrt(10^40)", "100,000,000,000,000,000,000"),
        ("log10(1000) + log2(1024) + log(8, 4)", "14.5"),
        ("ln(1) + exp(0)", "1"),
        ("round(log(9, 27), 3)", "0.667"),
        ("round(pi * 5^2, 2)", "78.54"),
        ("round(-log10(2.5 * 10^-4), 2)", "3.6"),
        ("round(0.5^(5000 / 5730), 4)", "0.5462"),
        ("round(exp(1), 5) + round(ln(10), 4)", "5.02088"),
        ("round(1.000001^1000000, 6)", "2.71828"),
        ("ceil(round(sqrt(2) * sqrt(2), 20))", "2"),
        ("max(sqrt(2), 2) - min(pi, 3)", "-1"),
    ],
)
def test_arithmetic_is_exact(formula: str, answer: str) -> None:
    assert computed(formula) == answer


def test_given_values_are_used_by_name() -> None:
    assert computed("rate * duration", rate="0.1", duration="3") == "0.3"
    assert computed("minimum + 1", minimum="2") == "3"  # its name begins like a function's


def test_the_worked_formula_shows_the_values_in_signs_of_arithmetic() -> None:
    assert worked("ceil(size / 4) * rate - 1", {"size": Decimal("1500"), "rate": Decimal("2.50")}) == (
        "ceil(1500 ÷ 4) × 2.50 − 1"
    )
    assert worked("-round(2^x - pi, -1) * 1024", {"x": Decimal(-3)}) == "−round(2^-3 − π, −1) × 1024"
    assert worked("x^2", {"x": Decimal(-3)}) == "(-3)^2"


def test_a_negative_value_behind_a_sign_stands_in_brackets() -> None:
    values = {"x": Decimal(-650), "m": Decimal(-500), "s": Decimal(50)}
    assert worked("(x - m) / s", values) == "(-650 − (-500)) ÷ 50"
    assert worked("-x + max(m, x) * m", values) == "−(-650) + max(-500, -650) × (-500)"


NOT_ARITHMETIC = (
    "a formula holds names, numbers, + - * / ^ ( ), "
    "ceil, floor, round, min, max, sqrt, exp, ln, log10, log2, log, pi only"
)
ENDLESS = "the answer has endless decimals: round it in the formula, as in round(…, 2)"
TOO_LARGE = "a number of thousands of digits: nobody learns it, so write smaller powers"
TOO_CLOSE = "too close to the next number to be rounded safely: round it to more places first, as in round(…, 20)"
UNREADABLE = "the formula does not read as arithmetic: look at its signs and brackets"


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("1 / 0", "the formula divides by zero"),
        ("1 / 3", ENDLESS),
        ("sqrt(2)", ENDLESS),
        ("pi", ENDLESS),
        ("9^9^9", TOO_LARGE),
        ("9**9**9**9", TOO_LARGE),
        ("((9^999)^9)^9", TOO_LARGE),
        ("2^(10^20)", TOO_LARGE),
        ("0.5^100000", TOO_LARGE),
        ("exp(10000)", TOO_LARGE),
        ("2^19000", TOO_LARGE),
        ("2^1000", "an answer of 402 characters: round it, or give it in another unit"),
        ("ceil(sqrt(2) * sqrt(2))", TOO_CLOSE),
        ("floor(ln(1000) / ln(10))", TOO_CLOSE),
        ("sqrt(-1)", "only numbers above 0 have roots and powers with decimals: look at what is raised"),
        ("ln(0)", "only numbers above 0 have a logarithm"),
        ("log(-2, 2)", "only numbers above 0 have a logarithm"),
        ("log(2, 1)", "the formula divides by zero"),
        ("0^-1", "the formula divides by zero"),
        ("log(100)", "log of which base? write ln(x), log10(x), log2(x) or log(x, base)"),
        ("round(1, 2, 3)", "round takes one or two values"),
        ("round(1, 0.5)", "round takes a whole number of decimals, 30 at most: round(…, 2)"),
        ("round(1, 31)", "round takes a whole number of decimals, 30 at most: round(…, 2)"),
        ("rate", "'rate' is not given: add it to `given`"),
        ("ceil(1, 2)", "ceil takes one value"),
        ("ceil()", NOT_ARITHMETIC),
        ("ceil", "'ceil' is not given: add it to `given`"),
        *((formula, UNREADABLE) for formula in ("", "1 +", "(1", "1)", "1 2", "012", "* 2", "()1", "min(", "if")),
        *((formula, NOT_ARITHMETIC) for formula in ("7 // 2", "7 % 2", "1e5", "1_000", "0x10", "1.", ".5", "1j")),
        *(
            (formula, NOT_ARITHMETIC)
            for formula in ("1,2", "1 < 2", "not 1", "1 if 1 else 2", "x.y", "[1]", "'a'", "1;2")
        ),
        *(
            (formula, NOT_ARITHMETIC)
            for formula in ("__import__(1)", "eval(1)", "abs(1)", "min(*(1, 2))", "(1)(2)", "1 and 2")
        ),
        *((formula, NOT_ARITHMETIC) for formula in ("１+２", "lambda: 1", "min(x for x in (1, 2))", "()", "True")),
        ("1+" * 200 + "1", "a formula of more than 200 signs: write it shorter"),
        ("9" * 5000, "a formula of more than 200 signs: write it shorter"),
    ],
)
def test_anything_else_is_refused(formula: str, message: str) -> None:
    with pytest.raises(FormulaError) as error:
        computed(formula)
    assert str(error.value) == message


@pytest.mark.parametrize(
    "formula", ["(" * 99 + "1" + ")" * 99, "-" * 199 + "1", "1" + "+1" * 99, "ceil(" * 33 + "1" + ")" * 33]
)
def test_the_longest_formulas_exhaust_nothing(formula: str) -> None:
    assert computed(formula)


def test_a_value_that_is_not_used_is_refused() -> None:
    with pytest.raises(FormulaError, match="'b' is given and not used: use it in the formula or delete it"):
        computed("a", a="1", b="2")


NUMBERS = st.decimals(0, 10**9, places=3).map(str)


@st.composite
def arithmetic(draw: st.DrawFn, levels: int = 3) -> tuple[str, Fraction | None]:
    """Return a formula and its value; None where it divides by zero."""
    if not levels or draw(st.booleans()):
        number = draw(NUMBERS)
        return number, Fraction(number)
    (left, a), (right, b) = draw(arithmetic(levels - 1)), draw(arithmetic(levels - 1))
    sign = draw(st.sampled_from("+-*/"))
    text = f"({left}) {sign} ({right})"
    if a is None or b is None or (sign == "/" and b == 0):
        return text, None
    return text, {"+": a + b, "-": a - b, "*": a * b}[sign] if sign != "/" else a / b


@given(arithmetic())
def test_formulas_agree_with_fractions(case: tuple[str, Fraction | None]) -> None:
    formula, expected = case
    if len(formula) > 200:
        return
    if expected is None:
        with pytest.raises(FormulaError, match="the formula divides by zero"):
            value(formula, {})
    else:
        assert value(formula, {}) == expected


@given(st.integers(-(10**18), 10**18), st.integers(0, 20), st.integers(0, 20))
def test_what_is_shown_is_the_number(numerator: int, twos: int, fives: int) -> None:
    number = Fraction(numerator, 2**twos * 5**fives)
    assert Fraction(shown(number).replace(",", "")) == number


TOKENS = [*"0123456789.+-*/^(), ax", "ceil(", "round(", "sqrt(", "log(", "exp(", "pi"]


@given(st.lists(st.sampled_from(TOKENS)).map("".join))
def test_any_formula_is_a_number_or_a_sentence_to_the_author(formula: str) -> None:
    with suppress(FormulaError):
        assert computed(formula)

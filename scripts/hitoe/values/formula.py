"""Formulas of calculations: arithmetic over decimals that is never inexact unseen, and no other Python."""

import ast
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from hitoe.messages import say
from hitoe.values import intervals
from hitoe.values.intervals import FormulaError, Interval

OPERATORS: dict[type[ast.operator], Callable[[Interval, Interval], Interval]] = {
    ast.Add: intervals.add,
    ast.Sub: intervals.subtract,
    ast.Mult: intervals.multiply,
    ast.Div: intervals.divide,
    ast.Pow: intervals.power,
}
ANY = 200
FUNCTIONS: Mapping[str, tuple[range, Callable[..., Interval]]] = {
    "ceil": (range(1, 2), intervals.ceil),
    "floor": (range(1, 2), intervals.floor),
    "round": (range(1, 3), intervals.rounded),
    "min": (range(1, ANY), lambda *xs: Interval(min(x.low for x in xs), min(x.high for x in xs))),
    "max": (range(1, ANY), lambda *xs: Interval(max(x.low for x in xs), max(x.high for x in xs))),
    "sqrt": (range(1, 2), lambda x: intervals.power(x, Interval.exactly("0.5"))),
    "exp": (range(1, 2), intervals.exponential),
    "ln": (range(1, 2), intervals.logarithm),
    "log10": (range(1, 2), lambda x: intervals.logarithm(x, Interval.exactly(10))),
    "log2": (range(1, 2), lambda x: intervals.logarithm(x, Interval.exactly(2))),
    "log": (range(2, 3), intervals.logarithm),
}
"""The functions, each with how many values it takes."""
NUMBERS = {"pi": intervals.PI_INTERVAL}
SIGNS = {"*": " × ", "/": " ÷ ", "+": " + ", "-": " − ", ",": ", ", "**": "^"}
ARITHMETIC = ("+", "-", "*", "/")
PRINTED = SIGNS | {"pi": "π"}
TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9_]*|[0-9]+(?:\.[0-9]+)?(?![A-Za-z0-9_.])|\*\*|[-+*/^(),]")
SEPARATED = 10_000
"""The least number of a calculation whose thousands are separated."""
LONGEST = 200
"""The most characters of a formula; a longer one could exhaust Python's stack."""
MOST_DECIMALS = 4_000
"""Python makes no text of a number with more than 4,300 digits."""
LONGEST_ANSWER = 50
"""The most characters of an answer, which stand in one line of a narrow column."""
NOT_ARITHMETIC = say(
    "a formula holds names, numbers, + - * / ^ ( ), {functions} only", functions=", ".join([*FUNCTIONS, *NUMBERS])
)
ENDLESS = say("the answer has endless decimals: round it in the formula, as in round(…, 2)")
WHICH_LOG = say("log of which base? write ln(x), log10(x), log2(x) or log(x, base)")
COUNTS = {range(1, 2): say("one value"), range(1, 3): say("one or two values"), range(2, 3): say("two values")}


def value(formula: str, given: Mapping[str, Decimal]) -> Fraction:
    """Compute a formula of + - * / ^ ( ), the FUNCTIONS, pi, numbers and the names in `given`.

    Raise FormulaError if it is not such a formula, a name is unknown or not used, it divides by zero, or its value is
    not exact.
    """
    formula = " ".join(formula.split())
    if len(formula) > LONGEST:
        raise FormulaError("a formula of more than {longest} signs: write it shorter", longest=LONGEST)
    if "".join(TOKEN.findall(formula)) != formula.replace(" ", ""):
        raise FormulaError(NOT_ARITHMETIC)
    formula = formula.replace("^", "**")
    try:
        tree = ast.parse(formula, mode="eval").body
    except SyntaxError:
        raise FormulaError("the formula does not read as arithmetic: look at its signs and brackets") from None
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    if unused := [name for name in given if name not in names]:
        raise FormulaError("'{name}' is given and not used: use it in the formula or delete it", name=unused[0])
    try:
        found = _value(tree, formula, given)
    except ZeroDivisionError:
        raise FormulaError("the formula divides by zero") from None
    if not found.exact:
        raise FormulaError(ENDLESS)
    return found.low


def shown(number: Fraction) -> str:
    """Return a number as decimals, see `printed`; raise FormulaError if these are too many or never end."""
    places = number.denominator.bit_length()  # 1/2 and 1/5 need one each, and 2 to that power is larger
    if places > MOST_DECIMALS or number.numerator.bit_length() > intervals.MOST_BITS // 2:
        raise FormulaError(intervals.TOO_LARGE)
    scaled = number * 10**places
    if scaled.denominator != 1:
        raise FormulaError(ENDLESS)
    whole, decimals = divmod(abs(scaled.numerator), 10**places)
    digits = printed(Decimal(f"{whole}.{decimals:0{places}}".rstrip("0").rstrip(".")))
    if len(digits) > LONGEST_ANSWER:
        raise FormulaError("an answer of {count} characters: round it, or give it in another unit", count=len(digits))
    return "-" + digits if number < 0 else digits


def printed(number: Decimal) -> str:
    """Return a number of a calculation; one of four digits may be a year, and may stand whole (SI Brochure, 5.4.4)."""
    return f"{number:,f}" if abs(number) >= SEPARATED else f"{number:f}"


def worked(formula: str, given: Mapping[str, Decimal]) -> str:
    """Return the formula with the given values in place of their names."""
    tokens = TOKEN.findall(formula.replace("^", "**"))
    around = zip(["", *tokens], tokens, [*tokens[1:], ""], strict=False)
    return "".join(_worked(before, token, after, given) for before, token, after in around)


def _worked(before: str, token: str, after: str, given: Mapping[str, Decimal]) -> str:
    if token in given:
        number = printed(given[token])
        return f"({number})" if given[token] < 0 and (after == "**" or before in ARITHMETIC) else number
    if token == "-" and (before in SIGNS or before in ("", "(")):
        return "−"
    return printed(Decimal(token)) if token[0].isdigit() else PRINTED.get(token, token)


def _value(node: ast.expr, formula: str, given: Mapping[str, Decimal]) -> Interval:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            source = formula[node.col_offset : node.end_col_offset]  # a float would be rounded
            return Interval.exactly(source)
        case ast.Name(id=name) if name in given:
            return Interval.exactly(given[name])
        case ast.Name(id=name) if name in NUMBERS:
            return NUMBERS[name]
        case ast.Name(id=name):
            raise FormulaError("'{name}' is not given: add it to `given`", name=name)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            return OPERATORS[type(op)](_value(left, formula, given), _value(right, formula, given))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return intervals.subtract(Interval.exactly(0), _value(operand, formula, given))
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in FUNCTIONS and args:
            counts, function = FUNCTIONS[name]
            if len(args) not in counts:
                if name == "log":
                    raise FormulaError(WHICH_LOG)
                raise FormulaError("{name} takes {counts}", name=name, counts=COUNTS[counts])
            return function(*(_value(arg, formula, given) for arg in args))
        case _:
            raise FormulaError(NOT_ARITHMETIC)

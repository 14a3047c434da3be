"""Formulas of calculations: exact arithmetic over decimals, and no other Python."""

import ast
import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

OPERATORS: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
}
FUNCTIONS: dict[str, Callable[..., Fraction]] = {
    "ceil": lambda x: Fraction(math.ceil(x)),
    "floor": lambda x: Fraction(math.floor(x)),
    "min": lambda *xs: min(xs),
    "max": lambda *xs: max(xs),
}
SIGNS = {"*": " × ", "/": " ÷ ", "+": " + ", "-": " − ", ",": ", "}
TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9_]*|[0-9]+(?:\.[0-9]+)?(?![A-Za-z0-9_.])|[-+*/(),]")
LONGEST = 200
"""The most characters of a formula; a longer one could exhaust Python's stack."""
NOT_ARITHMETIC = "a formula holds names, numbers, + - * / ( ), ceil, floor, min and max only"


class FormulaError(ValueError):
    """A formula that cannot be computed; the message says why."""


def value(formula: str, given: Mapping[str, Decimal]) -> Fraction:
    """Compute a formula of + - * / ( ) ceil floor min max, numbers and the names in `given`.

    Raise FormulaError if it is not such a formula, a name is unknown or not used, or it divides by zero.
    """
    formula = " ".join(formula.split())
    if len(formula) > LONGEST:
        raise FormulaError(f"a formula of more than {LONGEST} signs: write it shorter")
    if "".join(TOKEN.findall(formula)) != formula.replace(" ", ""):
        raise FormulaError(NOT_ARITHMETIC)
    try:
        tree = ast.parse(formula, mode="eval").body
    except SyntaxError:
        raise FormulaError("the formula does not read as arithmetic: look at its signs and brackets") from None
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    if unused := [name for name in given if name not in names]:
        raise FormulaError(f"'{unused[0]}' is given and not used: use it in the formula or delete it")
    try:
        return _value(tree, formula, given)
    except ZeroDivisionError:
        raise FormulaError("the formula divides by zero") from None


def shown(number: Fraction) -> str:
    """Return a number as decimals, thousands separated; raise FormulaError if the decimals never end."""
    places = number.denominator.bit_length()  # 1/2 and 1/5 need one each, and 2 to that power is larger
    scaled = number * 10**places
    if scaled.denominator != 1:
        raise FormulaError("the answer has endless decimals: round it in the formula with ceil or floor")
    whole, decimals = divmod(abs(scaled.numerator), 10**places)
    digits = f"{whole:,}.{decimals:0{places}}".rstrip("0").rstrip(".")
    return "-" + digits if number < 0 else digits


def worked(formula: str, given: Mapping[str, Decimal]) -> str:
    """Return the formula with the given values in place of their names."""
    tokens = TOKEN.findall(formula)
    return "".join(f"{given[token]:,f}" if token in given else SIGNS.get(token, token) for token in tokens)


def _value(node: ast.expr, formula: str, given: Mapping[str, Decimal]) -> Fraction:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return Fraction(formula[node.col_offset : node.end_col_offset])  # from the source: a float would be rounded
        case ast.Name(id=name) if name in given:
            return Fraction(given[name])
        case ast.Name(id=name):
            raise FormulaError(f"'{name}' is not given: add it to `given`")
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            return OPERATORS[type(op)](_value(left, formula, given), _value(right, formula, given))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, formula, given)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in FUNCTIONS and args:
            if name in ("ceil", "floor") and len(args) > 1:
                raise FormulaError(f"{name} takes one value")
            return FUNCTIONS[name](*(_value(arg, formula, given) for arg in args))
        case _:
            raise FormulaError(NOT_ARITHMETIC)

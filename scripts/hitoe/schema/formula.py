"""Arithmetic that an author writes and a card shows: exact, over decimals, nothing else of Python."""

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
SIGNS = {"*": " × ", "/": " ÷ ", "+": " + ", "-": " - ", ",": ", "}
TOKEN = re.compile(r"[A-Za-z_][A-Za-z_0-9]*|[0-9.]+|[-+*/(),]")


class FormulaError(ValueError):
    """A formula that cannot be computed; the message says why."""


def value(formula: str, given: Mapping[str, Decimal]) -> Fraction:
    """Compute a formula of + - * / ( ) ceil floor min max, numbers and the names in `given`.

    Raises:
        FormulaError: it is not such a formula, a name is unknown, it divides by zero, or a given value is not used.
    """
    if "".join(TOKEN.findall(formula)) != re.sub(r"\s", "", formula):
        raise FormulaError("a formula holds names, numbers, + - * / ( ), ceil, floor, min and max only")
    try:
        tree = ast.parse(formula.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError):
        raise FormulaError("the formula does not read as arithmetic: look at its signs and brackets") from None
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    if unused := [name for name in given if name not in names]:
        raise FormulaError(f"'{unused[0]}' is given and not used: use it in the formula or delete it")
    try:
        return _value(tree, given)
    except ZeroDivisionError:
        raise FormulaError("the formula divides by zero") from None


def shown(number: Fraction) -> str:
    """Return a number as decimals, thousands separated.

    Raises:
        FormulaError: the decimals never end.
    """
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        raise FormulaError("the answer has endless decimals: round it in the formula with ceil or floor")
    digits = f"{Decimal(number.numerator) / Decimal(number.denominator):,f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def worked(formula: str, given: Mapping[str, Decimal]) -> str:
    """Return the formula with the given values in place of their names."""
    words = []
    for token in TOKEN.findall(formula):
        words.append(f"{given[token]:,f}" if token in given else SIGNS.get(token, token))
    return "".join(words)


def _value(node: ast.expr, given: Mapping[str, Decimal]) -> Fraction:
    match node:
        case ast.Constant(value=int() | float()):
            return Fraction(ast.unparse(node))
        case ast.Name(id=name) if name in given:
            return Fraction(given[name])
        case ast.Name(id=name):
            raise FormulaError(f"'{name}' is not given: add it to `given`")
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            return OPERATORS[type(op)](_value(left, given), _value(right, given))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, given)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in FUNCTIONS and args:
            try:
                return FUNCTIONS[name](*(_value(arg, given) for arg in args))
            except TypeError:
                raise FormulaError(f"{name} takes one value") from None
        case _:
            raise FormulaError("a formula holds names, numbers, + - * / ( ), ceil, floor, min and max only")

"""Arithmetic of formulas: a number is a fraction if it is exact, else the two fractions that it lies between.

Roots, logarithms and pi have endless decimals. Their bounds are 60 digits apart from each other, and a rounding that
the bounds do not agree on is refused: no answer is ever one off because of an approximation.
"""

import math
from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from typing import NamedTuple

from hitoe.messages import WrongValueError, say

MOST_BITS = 20_000
"""The most binary digits of a numerator or denominator: larger ones take moments to compute."""
LARGEST_EXPONENT = 2_000
"""The most that a power of e may be raised to."""
MOST_PLACES = 30
"""The most places that a number can be rounded to."""
DOWN, UP = Context(60, ROUND_FLOOR), Context(60, ROUND_CEILING)
PI = "3.14159265358979323846264338327950288419716939937510582097494"
TOO_LARGE = say("a number of thousands of digits: nobody learns it, so write smaller powers")


class FormulaError(WrongValueError):
    """A formula that cannot be computed; the message says why."""


class Interval(NamedTuple):
    """A number from `low` to `high`; these are equal if it is exact."""

    low: Fraction
    high: Fraction

    @classmethod
    def exactly(cls, number: Fraction | Decimal | int | str) -> "Interval":
        """Return an exact number."""
        return cls(Fraction(number), Fraction(number))

    @property
    def exact(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high


ZERO, ONE = Interval.exactly(0), Interval.exactly(1)
PI_INTERVAL = Interval(Fraction(PI), Fraction(PI) + Fraction(1, 10**59))


def _between(numbers: list[Fraction]) -> Interval:
    """Return the bounds of some numbers; raises FormulaError if these have too many digits."""
    if any(max(number.numerator.bit_length(), number.denominator.bit_length()) > MOST_BITS for number in numbers):
        raise FormulaError(TOO_LARGE)
    return Interval(min(numbers), max(numbers))


def add(a: Interval, b: Interval) -> Interval:
    """Return a + b."""
    return _between([a.low + b.low, a.high + b.high])


def subtract(a: Interval, b: Interval) -> Interval:
    """Return a - b."""
    return _between([a.low - b.high, a.high - b.low])


def multiply(a: Interval, b: Interval) -> Interval:
    """Return a * b."""
    return _between([x * y for x in a for y in b])


def divide(a: Interval, b: Interval) -> Interval:
    """Return a / b; raises ZeroDivisionError if b is, or could be, zero."""
    if b.low <= 0 <= b.high:
        raise ZeroDivisionError
    return _between([x / y for x in a for y in b])


def power(base: Interval, exponent: Interval) -> Interval:
    """Return base ** exponent; raises ZeroDivisionError if that divides by zero."""
    times = exponent.low
    if exponent.exact and times.denominator == 1 and _bits(base) * abs(times) <= MOST_BITS:
        if times < 0:
            base, times = divide(ONE, base), -times
        around = [Fraction(0)] if base.low < 0 < base.high and times else []
        return _between([*around, base.low ** int(times), base.high ** int(times)])
    if base == ZERO and exponent.low > 0:
        return base
    if base.low <= 0:
        raise FormulaError("only numbers above 0 have roots and powers with decimals: look at what is raised")
    return _recognised(
        exponential(multiply(exponent, logarithm(base))),
        base.exact and exponent.exact,
        lambda result: _same(result, times.denominator, base.low, times.numerator),
    )


def logarithm(number: Interval, base: Interval | None = None) -> Interval:
    """Return the logarithm of a number to a base, or the natural one."""
    if number.low <= 0 or (base and base.low <= 0):
        raise FormulaError("only numbers above 0 have a logarithm")
    if base is not None:
        return _recognised(
            divide(logarithm(number), logarithm(base)),
            number.exact and base.exact,
            lambda result: _same(base.low, result.numerator, number.low, result.denominator),
        )
    if number == ONE:
        return ZERO
    low, high = DOWN.ln(_decimal(number.low, DOWN)), UP.ln(_decimal(number.high, UP))
    return Interval(Fraction(low.next_minus(DOWN)), Fraction(high.next_plus(UP)))


def exponential(number: Interval) -> Interval:
    """Return e ** number."""
    if number == ZERO:
        return ONE
    if max(map(abs, number)) > LARGEST_EXPONENT:
        raise FormulaError(TOO_LARGE)
    low, high = DOWN.exp(_decimal(number.low, DOWN)), UP.exp(_decimal(number.high, UP))
    return Interval(Fraction(low.next_minus(DOWN)), Fraction(high.next_plus(UP)))


def ceil(number: Interval) -> Interval:
    """Return the next whole number above."""
    return _agreed(number, lambda each: Fraction(math.ceil(each)))


def floor(number: Interval) -> Interval:
    """Return the next whole number below."""
    return _agreed(number, lambda each: Fraction(math.floor(each)))


def rounded(number: Interval, places: Interval = ZERO) -> Interval:
    """Return a number rounded to decimal places; a half is rounded away from zero."""
    if not places.exact or places.low.denominator != 1 or abs(places.low) > MOST_PLACES:
        raise FormulaError("round takes a whole number of decimals, {most} at most: round(…, 2)", most=MOST_PLACES)
    unit = Fraction(10) ** -int(places.low)

    def nearest(each: Fraction) -> Fraction:
        size = math.floor(abs(each) / unit + Fraction(1, 2)) * unit
        return size if each > 0 else -size

    return _agreed(number, nearest)


def _agreed(number: Interval, function: Callable[[Fraction], Fraction]) -> Interval:
    low, high = function(number.low), function(number.high)
    if low != high:
        message = say(
            "too close to the next number to be rounded safely: round it to more places first, as in round(…, 20)"
        )
        raise FormulaError(message)
    return Interval(low, low)


def _recognised(found: Interval, exact: bool, right: Callable[[Fraction], bool]) -> Interval:
    """Return the simplest fraction within bounds if it is the `right` one, of exact numbers; else the intervals."""
    for most in (1, 10**12):
        simple = ((found.low + found.high) / 2).limit_denominator(most)
        if exact and found.low <= simple <= found.high and right(simple):
            return Interval(simple, simple)
    return found


def _same(a: Fraction, m: int, b: Fraction, n: int) -> bool:
    """Whether a ** m == b ** n; no if the powers are too large to compare."""
    if max(_bits(Interval(a, a)) * abs(m), _bits(Interval(b, b)) * abs(n)) > MOST_BITS:
        return False
    return a**m == b**n


def _bits(number: Interval) -> int:
    return max(part.bit_length() for each in number for part in (each.numerator, each.denominator))


def _decimal(number: Fraction, context: Context) -> Decimal:
    return context.divide(Decimal(number.numerator), Decimal(number.denominator))

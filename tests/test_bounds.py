"""The work of `hitoe check` grows with the notes, and no faster, whatever they hold and whatever is wrong with them.

Calls of functions are counted instead of time, which depends on the machine; `make bench-bounds` measures time.
"""

import math
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import bench_bounds
import pytest
from bench_faults import FAULTS
from bench_samples import KINDS, SVG
from hitoe.cli import main

SIZE = 120
GROWTH = 1.15
FEW = 20_000
"""Calls that any check may take."""
SAMPLES = {**KINDS, **FAULTS}
ONCE_WORSE = (
    "steps",
    "columns of a table",
    "figure: flow, many small ones",
    "late: ': ' in braces",
    "missing keys",
    "misplaced keys",
    "unknown cells of many columns",
    "unknown keys in one item",
    "arrows to nowhere",
    "choices of unknown items",
)
"""Samples for which the work grew with the square of the notes, or faster."""


def calls(folder: Path, text: str) -> int:
    """Return how many calls of functions a check takes."""
    bench_bounds.write(folder, text)
    counted = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        main(["check", "-C", str(folder)])
    finally:
        sys.setprofile(None)
    return counted


def growth(folder: Path, name: str, size: int) -> float:
    """Return the exponent with which the calls grow from a size to its double; 0 where there are few."""
    calls(folder / "0", SAMPLES[name](1))  # loads what it needs
    few, many = calls(folder / "1", SAMPLES[name](size)), calls(folder / "2", SAMPLES[name](2 * size))
    return math.log2(many / few) if many > FEW else 0.0


@pytest.mark.parametrize("name", ONCE_WORSE)
def test_what_grew_with_the_square_of_the_notes_does_so_no_more(name: str, tmp_path: Path) -> None:
    assert growth(tmp_path, name, SIZE) < GROWTH


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLES)
def test_the_work_of_a_check_grows_with_the_notes(name: str, tmp_path: Path) -> None:
    assert growth(tmp_path, name, 4 * SIZE) < GROWTH


def test_the_benchmark_tells_of_broken_bounds(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_bounds, "seconds", len)
    monkeypatch.setattr(bench_bounds, "FAULTS", {"wrong": lambda size: "x" * size**2})
    monkeypatch.setattr(bench_bounds, "ProcessPoolExecutor", _Here)
    assert bench_bounds.main(["wrong"]) == 1
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "wrong: the growth exponent is above 1.1",
        "wrong: more than 1.0 s for each 100 kB",
    ]


class _Here:
    """Runs in this process what a pool would run in another."""

    def __init__(self, *_: object) -> None:
        self._value: Any = None

    def __enter__(self) -> "_Here":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def submit(self, function: Any, *arguments: Any) -> "_Here":
        self._value = function(*arguments)
        return self

    def result(self) -> Any:
        return self._value


def test_the_samples_of_content_hold_no_mistake(tmp_path: Path) -> None:
    assert SVG.startswith("<svg")
    refused = [
        name for number, (name, sample) in enumerate(KINDS.items()) if _refused(tmp_path / str(number), sample(6))
    ]
    assert refused == ["choices"]  # of an item that the file lacks


def _refused(folder: Path, text: str) -> bool:
    bench_bounds.write(folder, text)
    return main(["check", "-C", str(folder)]) != 0

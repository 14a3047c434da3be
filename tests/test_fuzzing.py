"""What `make fuzz` has found once stays mended, and a few seconds of fuzzing find nothing; see tests/fuzzing/."""

import os
from pathlib import Path
from random import Random

import pytest
from fuzzing.__main__ import TARGETS
from fuzzing.execution import Finding, Session, outcome, smallest
from fuzzing.mutations import BYTES
from fuzzing.target import BrokenRuleError, Target, sentences
from hitoe.problems import Position, Problem

CORPUS = Path(__file__).resolve().parent / "fuzz_corpus"
FOUND = sorted(path for path in CORPUS.rglob("*") if path.is_file())
SEED, MUTATED, GENERATED = 20261128, 12, 3


@pytest.fixture(autouse=True)
def _no_repository(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", os.fspath(tmp_path))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", TARGETS)
def test_what_was_found_once_and_what_is_made_up_now_ends_well(tmp_path: Path, name: str) -> None:
    session = Session(TARGETS[name](tmp_path), Random(SEED))
    for path in (path for path in FOUND if path.parent.name == name):
        found, _ = outcome(session.target, path.read_bytes())
        assert found is None, f"{path}: {found.told if found else ''}"
    for raw in session.target.seeds[: 1 if session.target.factor > 10 else 3]:
        found, _ = outcome(session.target, raw)
        assert found is None, found.told if found else ""
    session.generate(max(1, int(GENERATED / session.target.factor)))
    for _ in range(max(2, int(MUTATED / session.target.factor))):
        session.execute(session.mutate())
    assert [found.told for found in session.findings.values()] == []


def test_every_input_of_the_corpus_is_replayed() -> None:
    assert {path.parent.name for path in FOUND} <= TARGETS.keys()


def refusing(raw: bytes) -> list[str]:
    """Fail as no target may if the input has a nine in it."""
    if b"9" in raw:
        raise ZeroDivisionError(len(raw))
    while b"endless" in raw:
        pass
    return [f"x: {len(raw)}"]


def test_a_finding_is_kept_once_and_made_small() -> None:
    session = Session(Target("x", ".x", [b"seed 9 and more"], refusing, BYTES), Random(1))
    assert session.execute(b"a long text with a 9 in it") is not None
    assert session.execute(b"another 9") is None
    (found,) = session.findings.values()
    assert found.raw == b"another 9"
    assert smallest(session.target, found).raw == b"9"


def test_an_input_that_takes_too_long_is_found() -> None:
    found, _ = outcome(Target("x", ".x", [b""], refusing, BYTES, factor=0.05), b"endless")
    assert isinstance(found, Finding)
    assert found.signature.startswith("TooSlowError")


@pytest.mark.parametrize(
    "problem",
    [
        Problem(Position("content/t.yaml", 0, 1), "x"),
        Problem(Position("content/t.yaml", 9, 1), "x"),
        Problem(Position("content/t.yaml", 1, 0), "x"),
        Problem(Position("content/u.yaml", 1, 1), "x"),
        Problem(Position("content/t.yaml", 1, 1), " "),
    ],
)
def test_a_sentence_without_a_place_that_is_there_is_no_outcome(problem: Problem) -> None:
    assert sentences([Problem(Position("content/t.yaml", 8, 1), "a\nb")], {"content/t.yaml": 8})
    with pytest.raises(BrokenRuleError):
        sentences([problem], {"content/t.yaml": 8})

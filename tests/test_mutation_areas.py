"""What `make mutate` breaks and runs is there, so that a module or a test that moves is not forgotten."""

from pathlib import Path

import pytest
from mutation_areas import AREAS, files

TESTS = Path(__file__).resolve().parent


@pytest.mark.parametrize("name", AREAS)
def test_the_modules_and_tests_of_an_area_are_there(name: str) -> None:
    assert files(AREAS[name])
    assert [str(file) for file in files(AREAS[name]) if not file.is_file()] == []
    assert [test for test in AREAS[name].tests if not (TESTS / test).is_file()] == []

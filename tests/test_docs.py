"""The documentation says what is: the reference is up to date, links lead somewhere, commands take such arguments."""

from pathlib import Path

import reference

ROOT = Path(__file__).resolve().parent.parent


def test_the_reference_is_what_the_code_says() -> None:
    written = {name: (ROOT / "docs" / name).read_text("utf-8") for name in reference.files()}
    assert written == reference.files(), "run `make reference`"

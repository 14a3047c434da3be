"""Problems for other programs: as JSON, and as the lines of which GitHub makes notes beside the lines of a change."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from hitoe.problems import Problem
from hitoe.translation import shown

GITHUB = {"%": "%25", "\r": "%0D", "\n": "%0A"}
GITHUB_PROPERTY = {**GITHUB, ":": "%3A", ",": "%2C"}
"""Signs that have a meaning in GitHub's workflow commands, and what is written for them."""


def as_json(problems: Sequence[Problem], warnings: Sequence[Problem], project: Path) -> str:
    """Return a list with a mapping for each; `file` is relative to the working directory, `rule` is that of a lint."""
    values = [
        {
            "file": (project / each.at.file).as_posix(),
            "line": each.at.line,
            "column": each.at.column,
            "severity": severity,
            "message": shown(each.message),
        }
        | ({"rule": each.rule} if each.rule else {})
        for severity, each in _all(problems, warnings)
    ]
    return json.dumps(values, ensure_ascii=False, indent=1)


def as_github(problems: Sequence[Problem], warnings: Sequence[Problem], project: Path) -> str:
    """Return a line for each: `::error file=…,line=…,col=…::message`, or `::warning` (GitHub's workflow commands)."""
    return "\n".join(
        f"::{severity} file={_escaped((project / each.at.file).as_posix(), GITHUB_PROPERTY)}"
        f",line={each.at.line},col={each.at.column}::{_escaped(shown(each.message), GITHUB)}"
        for severity, each in _all(problems, warnings)
    )


def _all(problems: Sequence[Problem], warnings: Sequence[Problem]) -> Iterator[tuple[str, Problem]]:
    yield from (("error", each) for each in problems)
    yield from (("warning", each) for each in warnings)


def _escaped(text: str, signs: Mapping[str, str]) -> str:
    return "".join(signs.get(sign, sign) for sign in text)

"""What `hitoe check` says of how cards teach (`lints`), found in the background: at 10,000 items it takes seconds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hitoe import checks, lints, writing
from hitoe.build import topic_file
from hitoe.build.topic_file import Settings
from hitoe.checks import CheckedFile
from hitoe.model import loader
from hitoe.model.project import is_topic
from hitoe.problems import Problem

_checked: dict[str, tuple[Settings, bytes, CheckedFile]] = {}
"""The files as they were read last, in the process that judges, for most of them are the same next time."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The findings of all rules, and the hash of each file in which they were found."""

    findings: Sequence[Problem]
    digests: Mapping[str, str]


def judge(root: Path) -> Judgement | None:
    """Return what is to be said of how a project's cards teach; None while there are mistakes in the notes."""
    texts, problems = loader.texts(root)
    deck = checks.deck_file(root, texts)
    settings = topic_file.settings(texts)
    for name in _checked.keys() - texts.keys():
        del _checked[name]
    for name, text in texts.items():
        if is_topic(name) and _checked.get(name, ())[:2] != (settings, text):
            _checked[name] = settings, text, checks.topic_file(deck.project, name, text)
    files = {name: checked for name, (_, _, checked) in _checked.items()}
    if problems or deck.project is None or any(file.problems for file in (deck, *files.values())):
        return None
    parts = {name: file.project for name, file in files.items() if file.project}
    findings = lints.warnings(checks.joined(deck.project, parts))
    return Judgement(findings, {name: writing.digest(text) for name, text in texts.items()})

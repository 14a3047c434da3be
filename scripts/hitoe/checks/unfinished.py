"""Texts that are still to be written: they begin with TODO, as those that `hitoe new` adds do."""

import re
from collections.abc import Iterator

from hitoe.messages import say
from hitoe.model.project import Project
from hitoe.problems import Problem

UNFINISHED = re.compile(r"TODO\b")


def told(project: Project) -> Iterator[Problem]:
    """No text begins with TODO, code and titles included."""
    for file in project.topics:
        document = project.documents[file]
        if b"TODO" in document.text:
            for position, text in document.scalars(lambda text: bool(UNFINISHED.match(text))):
                yield Problem(position, say("'{text}' is still to be written", text=text.splitlines()[0]))

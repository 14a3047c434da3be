"""Texts that are still to be written: they begin with TODO, as those that `hitoe new` adds do."""

import re
from collections.abc import Iterator

from hitoe.model.project import Project
from hitoe.problems import Problem
from hitoe.values.texts import texts

UNFINISHED = re.compile(r"TODO\b")


def told(project: Project) -> Iterator[Problem]:
    """No text begins with TODO."""
    for file, topic in project.topics.items():
        if b"TODO" in project.documents[file].text:
            for loc, text in texts(topic):
                if UNFINISHED.match(text.raw):
                    yield Problem(project.at(file, *loc), f"'{text.raw}' is still to be written")

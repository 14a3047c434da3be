"""Lines that look like a key of an item or an entry, and that YAML takes for the rest of the text above them."""

import re
from collections.abc import Iterator

from hitoe.kinds import KINDS
from hitoe.messages import say
from hitoe.model.project import Project
from hitoe.problems import Problem
from hitoe.schema import Entry
from hitoe.schema.fields import fields_of

KEYS = {*fields_of(Entry), *(key for kind in KINDS.values() for key in fields_of(kind))}
LINE = re.compile(r"[\r\n][ ]+([a-z_]+)[ ]*(?:[：；]|:(?=\S))")
"""A line that could begin with a key. To look for the keys themselves takes five times as long."""


def lines_not_swallowed(project: Project) -> Iterator[Problem]:
    """No line with a mistyped colon became a part of the text above it."""
    for document in project.documents.values():
        if any(hit[1] in KEYS for hit in LINE.finditer(document.text.decode("utf-8", "replace"))):
            for position, line in document.continued():
                if (hit := LINE.match("\n" + line)) and hit[1] in KEYS:
                    message = say(
                        "this line is part of the text above: write ': ' after the key, in the column of the others"
                    )
                    yield Problem(position, message)

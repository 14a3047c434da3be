"""Lines that look like a key of an item or an entry, and that YAML takes for the rest of the text above them."""

import re
from collections.abc import Iterator

from hitoe.kinds import KINDS
from hitoe.messages import say
from hitoe.model.project import Project
from hitoe.problems import Problem
from hitoe.schema import Entry
from hitoe.schema.fields import fields_of

KEYS = sorted({*fields_of(Entry), *(key for kind in KINDS.values() for key in fields_of(kind))})
LINE = re.compile(rf"\n[ ]+(?:{'|'.join(KEYS)})[ ]*(?:[：；]|:(?=\S))")


def lines_not_swallowed(project: Project) -> Iterator[Problem]:
    """No line with a mistyped colon became a part of the text above it."""
    for document in project.documents.values():
        if LINE.search(document.text.decode("utf-8", "replace")):
            for position, line in document.continued():
                if LINE.match("\n" + line):
                    message = say(
                        "this line is part of the text above: write ': ' after the key, in the column of the others"
                    )
                    yield Problem(position, message)

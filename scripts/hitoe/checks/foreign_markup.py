"""Warnings about notations of HTML, Anki and other Markdown in texts: they are shown as they are written."""

import re
from collections.abc import Iterator

from hitoe.messages import say
from hitoe.model.project import DECK_FILE, Project
from hitoe.problems import Problem
from hitoe.text import ClozeSpan, CodeSpan
from hitoe.values.texts import texts

SUSPECT = re.compile(
    rb"[$\\]|<[a-z]|&[#A-Za-z]|\[(?i:sound:|latex)|!\[|\{\{(?!c[0-9]+::)\s*[cC][0-9]"
    rb"|(?<!\w)_+[^\s_]|==[^\s=]|::[^:]*[*`\[]|```|[~^][^\s~^]|[A-Za-z0-9]\*[A-Za-z]\*"
    rb"|(?:[\s\[{,:][\"']\s*|[\r\n][ \t]*[\r\n][ \t]*)(?:[-*]\s|#{1,6}\s|>)|[0-9][.]\s|-:?\s*[|]|[|>][-+1-9]{0,2}\s"
)
"""What the bytes of a file have that may hold a notation."""
HINT_IN_CODE = re.compile(r"::[^:]*[^\x00-\x7f][^:]*$")
"""What is meant as a hint: programs have no other letters than English ones behind `::`."""


def told(project: Project) -> Iterator[Problem]:
    """No text has marks of HTML, Anki or other Markdown, which are shown as they are written."""
    for file, value in {DECK_FILE: project.deck, **project.topics}.items():
        if file in project.documents and SUSPECT.search(project.documents[file].text):
            from hitoe.text import notations  # with the Markdown parser, which takes long to load

            math = project.deck.math
            for loc, text in texts(value):
                found = [*notations.told(text.raw, math=math)] if notations.QUICK.search(text.raw) else []
                if "::" in text.raw:
                    hints = (hint for cloze in text.clozes if (hint := cloze.hint) and notations.is_marked(hint))
                    found += [say("the hint '{hint}' is shown as written: take its marks away", hint=h) for h in hints]
                    found += filter(None, map(_hint_in_code, text.clozes))
                yield from (Problem(project.at(file, *loc), message) for message in found)


def _hint_in_code(cloze: ClozeSpan) -> str | None:
    code = cloze.children[-1] if cloze.children and not cloze.hint else None
    hint = HINT_IN_CODE.search(code.text) if isinstance(code, CodeSpan) else None
    return (
        say("'{hint}' is shown as code: write a hint behind the backticks, or in the item's `hint:`", hint=hint[0])
        if hint
        else None
    )

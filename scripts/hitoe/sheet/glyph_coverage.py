"""Characters that no font of the sheet has, or that a figure cannot show, and that are therefore printed as 〓."""

from collections.abc import Iterator, Sequence
from unicodedata import category

from hitoe import formulas
from hitoe.kinds import picture_file
from hitoe.messages import joined, say
from hitoe.model.project import CONTENT, DECK_FILE, WORDS_FILE, Project
from hitoe.problems import Problem
from hitoe.schema import Item
from hitoe.sheet.author_errors import pictures
from hitoe.sheet.layout.blocks import printed
from hitoe.source import Loc
from hitoe.text import CodeSpan, Fence, Plain, Sub, Sup, Text
from hitoe.text.ruby import Ruby
from hitoe.typography import own_fonts
from hitoe.typography.printed_signs import Signs

PRIVATE = "Co"
"""The category of characters that mean something in one font only, as bullets pasted from Word."""
SHOWN = 3
"""Characters that a message names at most: a text in an unknown script has many."""


def missing(project: Project) -> Iterator[Problem]:
    """Yield a warning for each text on paper that has characters which no font has, or a figure cannot show."""
    known = Signs(own_fonts.read(project.root / CONTENT).characters)
    for file, loc, text in _texts(project):
        words = [node.text for node in text.walk() if isinstance(node, Plain | CodeSpan | Sub | Sup | Fence)]
        words += [node.reading for node in text.walk() if isinstance(node, Ruby)]
        if lacking := list(dict.fromkeys(sign for each in words for sign in known.lacking(each))):
            signs, them = _listed(lacking), "it" if len(lacking) == 1 else "them"
            remedy = say("put a font with {them} into content/fonts/", them=them)
            if all(category(sign) == PRIVATE for sign in lacking):
                remedy = say(
                    "{them} came with pasted text and another font; write • or begin a line with '- ' for a bullet",
                    them=them,
                )
            yield Problem(
                project.at(file, *loc),
                say("the sheet's fonts have no {signs}: 〓 is printed; {remedy}", signs=signs, remedy=remedy),
            )
        if lost := [sign for each in text.formulas for sign in formulas.lacking(each.source, each.display)]:
            message = say("the font of formulas has no {lost}: 〓 is printed; write it otherwise", lost=_listed(lost))
            yield Problem(project.at(file, *loc), message)
        if "figure" in loc and (undrawn := [letter for each in words for letter in known.undrawn(each)]):
            message = say(
                "a figure on paper cannot show {undrawn}: 〓 is printed; write it otherwise", undrawn=_listed(undrawn)
            )
            yield Problem(project.at(file, *loc), message)
    yield from _in_pictures(project, known)


def _in_pictures(project: Project, known: Signs) -> Iterator[Problem]:
    """Yield a warning for each picture on paper that draws characters as text which no font has."""
    for placed in project.entries():
        for key, item in placed.live_items.items():
            texts = _of_item(project, item)
            for file, loc in pictures(item, texts) if texts else ():
                drawn = picture_file.words(project.root / CONTENT / file)
                at = project.at(placed.file, *placed.loc, "items", key, *loc)
                if lacking := known.lacking(drawn):
                    lost = say(
                        "{lacking} in '{file}': 〓 is printed; draw them as paths", lacking=_listed(lacking), file=file
                    )
                    yield Problem(at, say("the sheet's fonts have no {lost}", lost=lost))
                if undrawn := known.undrawn(drawn):
                    yield Problem(
                        at,
                        say(
                            "paper may show {undrawn} in '{file}' apart or reversed: draw them as paths",
                            undrawn=_listed(undrawn),
                            file=file,
                        ),
                    )


def _listed(signs: Sequence[str]) -> str:
    """Return the first of some characters with their numbers in Unicode, and how many more there are."""
    named = (f"'{sign}' ({' '.join(f'U+{ord(part):04X}' for part in sign)})" for sign in signs[:SHOWN])
    more = say(" and {count} more", count=len(signs) - SHOWN) if len(signs) > SHOWN else ""
    return joined("", (", ".join(named), more))


def _texts(project: Project) -> Iterator[tuple[str, Loc, Text]]:
    """Yield the texts that the sheet and the mock exam print, with the file and the place in it."""
    yield DECK_FILE, ("title",), Text.of(project.deck.title)
    yield DECK_FILE, ("version",), Text.of(project.deck.version or "")
    for name, word in project.deck.language.words:
        yield WORDS_FILE, (name,), Text.of(str(word))
    for file, topic in project.topics.items():
        yield file, ("title",), Text.of(topic.title)
    for placed in project.entries():
        items = {key: (item, texts) for key, item in placed.live_items.items() if (texts := _of_item(project, item))}
        if items:
            yield placed.file, (*placed.loc, "title"), placed.entry.title
            for number, source in enumerate(placed.entry.sources):
                yield placed.file, (*placed.loc, "sources", number, "title"), Text.of(source.name)
        for key, (item, texts) in items.items():
            figure = item.figure.texts() if item.figure else ()
            for loc, text in [*texts, *((("figure", *loc), text) for loc, text in figure)]:
                yield placed.file, (*placed.loc, "items", key, *loc), text


def _of_item(project: Project, item: Item) -> list[tuple[Loc, Text]]:
    """Return the texts of an item that are printed, but for those of its figure; the mock exam only if there is one."""
    return [*(item.texts() if printed(item) else ()), *(item.exam_texts() if project.deck.exam else ())]

"""Characters that no font of the sheet has, or that a figure cannot show, and that are therefore printed as 〓."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from unicodedata import category
from unicodedata import name as name_in_unicode

from hitoe import formulas
from hitoe.kinds import picture_file
from hitoe.messages import joined, say, say_count
from hitoe.model.project import CONTENT, DECK_FILE, WORDS_FILE, Project
from hitoe.problems import Position, Problem
from hitoe.schema import Item
from hitoe.sheet.author_errors import pictures
from hitoe.source import Loc
from hitoe.text import CodeSpan, Fence, Plain, Sub, Sup, Text
from hitoe.text.ruby import Ruby
from hitoe.typography import own_fonts
from hitoe.typography.printed_signs import Signs
from hitoe.typography.scripts import KANJI

PRIVATE = "Co"
"""The category of characters that mean something in one font only, as bullets pasted from Word."""
VARIANT = re.compile(f"[{KANJI}][\ufe00-\ufe0e\U000e0100-\U000e01ef]")
"""A kanji in the form that the selector behind it chooses; paper leaves selectors out."""
SHOWN = 3
"""Characters of a text that a message names at most: a text in an unknown script has many."""
ALONE = 2
"""Texts that are told each by itself: in a language without a font, thousands would hide all other warnings."""

Sentence = Callable[[str, str, int], str]
"""Makes the message about characters: these as they are listed, what is printed for them, and how many they are."""


def missing(project: Project) -> Iterator[Problem]:
    """Yield warnings of texts on paper that have characters which no font has, or a figure cannot show.

    Where these are of one script in more than ALONE texts, one warning has the first place and all characters.
    """
    known = Signs(own_fonts.read(project.root / CONTENT).characters)
    found: dict[tuple[Sentence, str], dict[Position, Sequence[str]]] = defaultdict(dict)
    for file, loc, text in _texts(project):
        for sentence, signs in _lacking(known, text, in_figure="figure" in loc):
            script = name_in_unicode(signs[0][0], "").partition(" ")[0]
            found[sentence, script][project.at(file, *loc)] = signs
    for (sentence, _), places in found.items():
        yield from _told(sentence, places)
    yield from _in_pictures(project, known)


def _lacking(known: Signs, text: Text, *, in_figure: bool) -> Iterator[tuple[Sentence, Sequence[str]]]:
    """Yield what is printed as 〓 of a text, or in another form, with the function that says so."""
    words = [node.text for node in text.walk() if isinstance(node, Plain | CodeSpan | Sub | Sup | Fence)]
    words += [node.reading for node in text.walk() if isinstance(node, Ruby)]
    if lacking := list(dict.fromkeys(sign for each in words for sign in known.lacking(each))):
        yield _pasted if all(category(sign) == PRIVATE for sign in lacking) else _without_font, lacking
    if variants := list(dict.fromkeys(sign for each in words for sign in VARIANT.findall(each))):
        yield _usual_form, variants
    if lost := [sign for each in text.formulas for sign in formulas.lacking(each.source, each.display)]:
        yield _without_font_of_formulas, lost
    if in_figure and (undrawn := [letter for each in words for letter in known.undrawn(each)]):
        yield _undrawn, undrawn


def _told(sentence: Sentence, places: Mapping[Position, Sequence[str]]) -> Iterator[Problem]:
    """Yield a problem for each of a few places, else one for all."""
    if len(places) <= ALONE:
        for at, signs in places.items():
            yield Problem(at, sentence(_listed(signs), say("〓 is printed"), len(signs)))
        return
    every = sorted({sign for signs in places.values() for sign in signs})
    printed = say("〓 is printed in {count} texts, first here", count=len(places))
    yield Problem(min(places), sentence(_all(every), printed, len(every)))


def _without_font(signs: str, printed: str, count: int) -> str:
    remedy = say_count("put a font with it into content/fonts/", "put a font with them into content/fonts/", count)
    return say("the sheet's fonts have no {signs}: {printed}; {remedy}", signs=signs, printed=printed, remedy=remedy)


def _pasted(signs: str, printed: str, count: int) -> str:
    remedy = say_count(
        "it came with pasted text and another font; write • or begin a line with '- ' for a bullet",
        "they came with pasted text and another font; write • or begin a line with '- ' for a bullet",
        count,
    )
    return say("the sheet's fonts have no {signs}: {printed}; {remedy}", signs=signs, printed=printed, remedy=remedy)


def _usual_form(signs: str, _printed: str, _count: int) -> str:
    return say("paper shows {signs} in the usual form: say in words how it looks, if that matters", signs=signs)


def _without_font_of_formulas(signs: str, printed: str, _count: int) -> str:
    return say("the font of formulas has no {lost}: {printed}; write it otherwise", lost=signs, printed=printed)


def _undrawn(signs: str, printed: str, _count: int) -> str:
    return say("a figure on paper cannot show {undrawn}: {printed}; write it otherwise", undrawn=signs, printed=printed)


def _in_pictures(project: Project, known: Signs) -> Iterator[Problem]:
    """Yield a warning for each picture on paper that draws characters as text which no font has."""
    for placed in project.live_items():
        texts = _of_item(project, placed.item)
        for file, loc in pictures(placed.item, texts) if texts else ():
            drawn = picture_file.words(project.root / CONTENT / file)
            at = project.at(placed.entry.file, *placed.loc, *loc)
            if lacking := known.lacking(drawn):
                lost = say(
                    "{lacking} in '{file}': 〓 is printed; draw them as paths", lacking=_listed(lacking), file=file
                )
                yield Problem(at, say("the sheet's fonts have no {lost}", lost=lost))
            if undrawn := known.undrawn(drawn):
                message = say(
                    "paper may show {undrawn} in '{file}' apart or reversed: draw them as paths",
                    undrawn=_listed(undrawn),
                    file=file,
                )
                yield Problem(at, message)


def _listed(signs: Sequence[str]) -> str:
    """Return the first of some characters with their numbers in Unicode, and how many more there are."""
    named = (f"'{sign}' ({' '.join(f'U+{ord(part):04X}' for part in sign)})" for sign in signs[:SHOWN])
    more = say(" and {count} more", count=len(signs) - SHOWN) if len(signs) > SHOWN else ""
    return joined("", (", ".join(named), more))


def _all(signs: Sequence[str]) -> str:
    """Return characters, all of them; with their numbers in Unicode if they are few or cannot be seen alone."""
    if len(signs) <= SHOWN:
        return _listed(signs)
    seen = [sign for sign in signs if sign.isprintable() and not category(sign[0]).startswith("M")]
    numbered = (f"U+{ord(part):04X}" for sign in signs if sign not in seen for part in sign)
    return ", ".join([*([f"'{''.join(seen)}'"] if seen else []), *numbered])


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
    return [*(item.texts() if item.on_sheet else ()), *(item.exam_texts() if project.deck.exam else ())]

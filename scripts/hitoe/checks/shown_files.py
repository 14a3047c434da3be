"""Checks of the pictures and sounds that stand in texts, and the files that a project's notes are printed with."""

from collections.abc import Iterator, Mapping

from hitoe.checks import kept_notes
from hitoe.kinds.cloze import Cloze
from hitoe.kinds.content_file import file_fault
from hitoe.messages import say
from hitoe.model.project import CONTENT, DECK_FILE, Project
from hitoe.problems import Problem
from hitoe.source import Loc
from hitoe.text import ClozeSpan, PictureSpan, SoundSpan, Sup, Tex, Text
from hitoe.values.language import Language
from hitoe.values.texts import texts

NOT_TYPED: Mapping[type, str] = {
    PictureSpan: say("a picture"),
    SoundSpan: say("a sound"),
    Sup: say("a superscript"),
    Tex: say("a formula"),
}
"""What a keyboard does not have."""


def found(project: Project) -> Iterator[Problem]:
    """Each file that a text shows is there, and can be shown."""
    content = project.root / CONTENT
    for file, loc, text in with_media(project):
        for node in text.media:
            if fault := file_fault(node.file, content, "picture" if isinstance(node, PictureSpan) else "sound"):
                yield Problem(project.at(file, *loc), fault)


def can_be_typed(project: Project) -> Iterator[Problem]:
    """What is to be typed in is made of what a keyboard has."""
    for placed in project.items():
        if not (item := placed.item).typed:
            continue
        clozes = [(loc, span.children) for loc, text in item.texts() for span in text.clozes]
        answers = [(words.answered, words.wording.blocks) for words in item.card_words() if words.wording]
        for loc, nodes in [*clozes, *answers]:
            kinds = [type(node) for node in Text("", nodes).walk()]  # type: ignore[arg-type]
            for name in (NOT_TYPED[kind] for kind in kinds if kind in NOT_TYPED):
                yield Problem(
                    project.at(placed.entry.file, *placed.loc, *loc),
                    say("{name} cannot be typed in: take `typed:` away, or write the answer in letters", name=name),
                )


def can_be_spoken(project: Project) -> Iterator[Problem]:
    """Of what a voice reads aloud, nothing is a sound or a formula: it would read the file's name, or the TeX."""
    for placed in project.items():
        for loc, text in texts(placed.item) if placed.item.speak else ():
            if loc[0] in ("hint", "extra", "changed"):
                continue
            at = project.at(placed.entry.file, *placed.loc, *loc)
            if any(isinstance(node, SoundSpan) for node in text.media):
                yield Problem(at, say("a voice would read the name of this sound: take `speak:` away"))
            if text.formulas:
                yield Problem(at, say("a voice would read the TeX of this formula: take `speak:` away"))


def foreign_hints(project: Project) -> Iterator[Problem]:
    """The voice of a foreign language reads the hints of blanks, too: Anki knows no part of a blank without them."""
    for placed in project.live_items():
        voice, item = placed.item.speak, placed.item
        if not isinstance(item, Cloze) or not isinstance(voice, Language):
            continue
        for node in item.cloze.walk() if voice.primary != project.deck.language.primary else ():
            if isinstance(node, ClozeSpan) and node.hint:
                message = say(
                    "the {voice} voice reads the hint '{hint}': write it into `hint:`, which is not read",
                    voice=voice,
                    hint=node.hint,
                )
                yield Problem(project.at(placed.entry.file, *placed.loc, "cloze"), message)


def without_alt(project: Project) -> Iterator[Problem]:
    """What a picture shows is said in words, for those who hear the card and where the picture is not loaded."""
    for file, loc, text in with_media(project):
        for node in text.media:
            if isinstance(node, PictureSpan) and not node.alt:
                message = say("the picture '{file}' has no words: write what it shows into ![…]", file=node.file)
                yield Problem(project.at(file, *loc), say("{message}, but not the answer", message=message))


def files(project: Project) -> list[str]:
    """Return the files of the content folder that the topics show, each once, in the order of the source."""
    shown = [placed.item.image.file for placed in project.items() if placed.item.image]
    shown += [node.file for file, _, text in with_media(project) if file != DECK_FILE for node in text.media]
    return list(dict.fromkeys([*shown, *kept_notes.files(project)]))


def with_media(project: Project) -> Iterator[tuple[str, Loc, Text]]:
    """Yield the texts with pictures or sounds, with their file and the place in it."""
    for file, value in {DECK_FILE: project.deck, **project.topics}.items():
        if file in project.documents and project.documents[file].may_hold(b"]("):
            yield from ((file, loc, text) for loc, text in texts(value) if text.media)

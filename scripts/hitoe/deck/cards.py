"""From items to notes: fields, tags and media of the notes that each item asks for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from unicodedata import normalize

from hitoe import resources
from hitoe.deck import kept_note
from hitoe.deck.escaping import tag, tex, written
from hitoe.deck.notes import FACES, SEPARATOR, Note, content_hash, values_of
from hitoe.deck.study_order import entries_in_order, items_in_order
from hitoe.kinds import Item
from hitoe.kinds.note import KeptNote
from hitoe.kinds.question import Covered, FieldValue, Macro, Question, Verbatim
from hitoe.model import identity
from hitoe.model.media import Media
from hitoe.model.project import CONTENT, PlacedEntry, Project
from hitoe.templating import Templates
from hitoe.text import Text, ruby
from hitoe.values import report_link
from hitoe.values.language import Language


def templates(language: Language) -> Templates:
    """Return the templates that print fields, compiled once."""
    return _templates(language, resources.folder())


@lru_cache(maxsize=1)
def _templates(language: Language, _folder: Path) -> Templates:
    return Templates("card", language, written=written, literal=written, tex=tex)


def notes(project: Project, print_: Templates, *, unasked: bool = True) -> Iterator[Note]:
    """Yield the notes of all items in the order of study, as it is without neighbours.

    `unasked`: also those that have no cards now; learners can have a card of them from an earlier release.
    """
    media = Media(project.root / CONTENT)
    print_.set_address(media)
    for placed in entries_in_order(project):
        context, tags = {"Entry": print_.prose(placed.entry.title)}, _tags_of_entry(placed)
        if placed.entry.sources:
            context["Source"] = print_.call("cards/back.html.j2", "sources", placed.entry.sources)
        for key, item in items_in_order(placed):
            if isinstance(item, KeptNote):
                yield kept_note.of_item(project, placed, key, item, tag(print_.word("retired")))
                continue
            common = _common(item, print_, media)
            its_tags = {*tags, f"kind::{item.kind}", *map(tag, item.tags)}
            for question in item.questions(identity.item_path(placed, key, item), unasked=unasked):
                retired = placed.entry.retired or item.retired or question.retired
                own = {name: _field(value, print_, project.root) for name, value in question.fields.items()}
                fields = {"Id": f"{project.deck.key}/{question.path}", **context, **common, **own}
                if item.typed or item.speak:
                    fields |= _opted(item, question.type, own)
                if retired:
                    fields["Retired"] = written(print_.word("retired_note"))
                if project.deck.report:
                    address = report_link.filled(project.deck.report, project.deck.key, question.path)
                    fields["Extra2"] = print_.call("cards/back.html.j2", "report", address)
                its = tuple(sorted({*its_tags, tag(print_.word("retired"))} if retired else its_tags))
                used = media.named_in(fields.values())
                # Anki keeps texts with their characters composed.
                fields = {name: normalize("NFC", value) for name, value in fields.items()}
                yield _note(project, placed, key, question, retired, its, values_of(question.type, fields), used)


def without_fields(project: Project) -> Iterator[Note]:
    """Yield the notes that `notes` does, but without fields, tags and media, and so many times faster."""
    for placed in entries_in_order(project):
        for key, item in items_in_order(placed):
            if isinstance(item, KeptNote):
                yield kept_note.of_item(project, placed, key, item, "")
                continue
            for question in item.questions(identity.item_path(placed, key, item)):
                retired = placed.entry.retired or item.retired or question.retired
                yield _note(project, placed, key, question, retired)


def _note(
    project: Project,
    placed: PlacedEntry,
    key: str,
    question: Question,
    retired: bool,
    tags: tuple[str, ...] = (),
    values: Sequence[str] = (),
    media: tuple[tuple[str, str], ...] = (),
) -> Note:
    """Return the note of a question; without the values of its fields it has no hash."""
    return Note(
        guid=identity.guid(project.deck.key, question.path),
        path=question.path,
        file=placed.file,
        topic=placed.topic_key,
        type=question.type,
        tags=tags,
        ords=question.ords,
        text=SEPARATOR.join(values),
        hash=content_hash(question.type, values, tags, question.ords) if values else "",
        retired=retired,
        retired_ords=question.retired_ords,
        loc=(*placed.loc, "items", key),
        apart=question.apart,
        media=media,
    )


def _field(value: FieldValue, print_: Templates, root: Path) -> str:
    """Return the content of a field."""
    match value:
        case Text():
            return print_.prose(value)
        case Macro(template, name, values):
            return print_.call(f"cards/{template}.html.j2", name, *values)
        case Verbatim(html):
            return html
        case Covered(file, area):
            # Anki's own notation; `oi` leaves the other regions uncovered, which have notes of their own.
            sides = ":".join(f"{name}={side:.4f}" for name, side in asdict(area(root / CONTENT / file)).items())
            return f"{{{{c1::image-occlusion:rect:{sides}:oi=1}}}}"


def _common(item: Item, print_: Templates, media: Media) -> dict[str, str]:
    fields = {name: print_.prose(text) for name, text in (("Hint", item.hint), ("Extra", item.extra)) if text}
    if item.reading:
        fields["Reading"] = written(ruby.for_anki(item.reading))
    if item.figure:
        from hitoe import figures  # few decks have one

        drawing = figures.draw(item.figure, figures.SCREEN)
        fields["Extra1"] = print_.call("figures/figure.svg.j2", "captioned", item.figure, drawing)
    if item.image:
        fields["Image"] = print_.call("cards/back.html.j2", "image", media(item.image.file), item.image.alt.plain)
    return fields


def _opted(item: Item, type_: str, own: Mapping[str, str]) -> dict[str, str]:
    """Return the fields for which an item opts: those that switch on typing and speech."""
    fields: dict[str, str] = {}
    if type_ == "cloze":
        fields |= ({"Typed": "1"} if item.typed else {}) | ({"Speech": "1"} if item.speak else {})
    else:
        for question, answer, typed, speech in FACES.values():
            fields |= {typed: own[answer]} if item.typed and answer in own else {}
            fields |= {speech: own[question]} if item.speak and question in own else {}
    if isinstance(item.speak, Language) and type_ != "picture":
        fields["Voice"] = item.speak.voice
    return fields


def _tags_of_entry(placed: PlacedEntry) -> set[str]:
    """Return the tags that all notes of an entry have."""
    entry = placed.entry
    week = {f"week::{entry.learned}"} if entry.learned else set()
    domain = {f"domain::{entry.domain}"} if entry.domain else set()
    return {f"topic::{placed.topic_key}"} | week | domain | set(map(tag, entry.tags))

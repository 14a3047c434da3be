"""The note types that learners have: their fields and templates are frozen for ever.

Anki matches a note type by its id and, inside it, fields and templates by theirs. A field or template more, fewer or
moved makes Anki copy the type as 'Name+' and never update the old notes again (seen on anki 26.9.3); names, templates'
text and CSS may change. So every field that later work may want stands here from the first release on, and every
template shows it only when it is filled.

Each deck has note types of its own, whose words and voice are those of its language. The first decks had the same ones,
with Japanese words: they keep them.
"""

from dataclasses import dataclass
from typing import NamedTuple

FRONT_BACK, CLOZE = 0, 1
"""Anki's numbers for the two kinds of note type."""


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type: Anki's kind, its fields in order, and its templates by their file stem in templates/cards/.

    `styles` is a file with further CSS, empty if there is none: a change of card.css changes all note types.

    The ids of fields and templates are `first_id` + their place. `roles` are the fields by which Anki's image occlusion
    works, in the order of its numbers for them; other types have none.
    """

    key: str
    kind: int
    fields: tuple[str, ...]
    templates: tuple[str, ...]
    first_id: int
    roles: tuple[str, ...] = ()
    styles: str = ""


CONTEXT = ("Whole", "Hint", "Entry", "Extra", "Source")
RESERVED = ("Extra1", "Extra2", "Voice", "Retired")

STANDARD = NoteType(
    key="standard",
    kind=FRONT_BACK,
    fields=(
        *("Id", "Question", "Answer", "Reverse", "ReverseAnswer", "Title", *CONTEXT, "Image"),
        *("Typed", "ReverseTyped", "Speech", "ReverseSpeech", "Reading", "RetiredForward", "RetiredReverse", *RESERVED),
    ),
    templates=("forward", "reverse"),
    first_id=4_718_000_000_000_100,
)

CLOZES = NoteType(
    key="cloze",
    kind=CLOZE,
    fields=("Id", "Text", "RetiredText", "Title", *CONTEXT, "Image", "Typed", "Speech", "Reading", *RESERVED),
    templates=("cloze",),
    first_id=4_718_000_000_000_200,
)

PICTURE = NoteType(
    key="picture",
    kind=CLOZE,
    fields=("Id", "Header", "Occlusion", "Image", "Back Extra", "Comments", *CONTEXT, "Reading", *RESERVED),
    templates=("picture",),
    first_id=4_718_000_000_000_300,
    roles=("Occlusion", "Image", "Header", "Back Extra", "Comments"),
)

CHOICE = NoteType(
    key="choice",
    kind=FRONT_BACK,
    fields=(
        *("Id", "Question", "Options", "Answer", "Reasons", "Title", *CONTEXT, "Image"),
        *("Speech", "Reading", *RESERVED),
    ),
    templates=("choice",),
    first_id=4_718_000_000_000_400,
    styles="cards/choice.css",
)

IMAGE_OCCLUSION = 6
"""Anki's number for its own image occlusion type; with it, its editor opens notes of ours as well."""

NOTE_TYPES: dict[str, NoteType] = {kind.key: kind for kind in (STANDARD, CLOZES, PICTURE, CHOICE)}
SORT_FIELD = 1
"""The browser sorts by the question or the text, not by the id."""


class TypeWords(NamedTuple):
    """What differs between the note types of decks: Anki's id, the names, and the voice that reads aloud.

    `cards` are the names of the templates in order, `hint` is that of the field that a button shows. `voices`: notes
    may name another voice. `right_to_left`: the deck's language is written from right to left.
    """

    id: int
    name: str
    cards: tuple[str, ...]
    hint: str
    voice: str
    voices: bool = True
    right_to_left: bool = False


SHARED: dict[str, TypeWords] = {
    key: TypeWords(id_, name, cards, "ヒント", "ja_JP", voices=False)
    for key, id_, name, cards in (
        ("standard", 1_718_000_000_001, "hitoe 一問一答", ("質問 → 答え", "答え → 質問")),
        ("cloze", 1_718_000_000_002, "hitoe 穴埋め", ("穴埋め",)),
        ("picture", 1_718_000_000_003, "hitoe 図", ("図",)),
    )
}
"""The note types of decks that were shipped before decks had their own."""

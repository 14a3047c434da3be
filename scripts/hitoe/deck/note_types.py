"""The note types that learners have: their fields and templates are frozen for ever.

Anki matches a note type by its id and, inside it, fields and templates by theirs. A field or template more, fewer or
moved makes Anki copy the type as 'Name+' and never update the old notes again (seen on anki 26.9.3); names, templates'
text and CSS may change. So every field that later work may want stands here from the first release on, and every
template shows it only when it is filled.
"""

from dataclasses import dataclass

FRONT_BACK, CLOZE = 0, 1
"""Anki's numbers for the two kinds of note type."""


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type: Anki's id, kind, field names in order, and its templates as (name, file stem in templates/cards/).

    The ids of fields and templates are `first_id` + their place. `roles` are the fields by which Anki's image occlusion
    works, in the order of its numbers for them; other types have none.
    """

    key: str
    id: int
    name: str
    kind: int
    fields: tuple[str, ...]
    templates: tuple[tuple[str, str], ...]
    first_id: int
    roles: tuple[str, ...] = ()


CONTEXT = ("Whole", "ヒント", "Entry", "Extra", "Source")
RESERVED = ("Extra1", "Extra2", "Extra3", "Retired")

STANDARD = NoteType(
    key="standard",
    id=1_718_000_000_001,
    name="hitoe 一問一答",
    kind=FRONT_BACK,
    fields=(
        *("Id", "Question", "Answer", "Reverse", "ReverseAnswer", "Title", *CONTEXT, "Image"),
        *("Typed", "ReverseTyped", "Speech", "ReverseSpeech", "Reading", "RetiredForward", "RetiredReverse", *RESERVED),
    ),
    templates=(("質問 → 答え", "forward"), ("答え → 質問", "reverse")),
    first_id=4_718_000_000_000_100,
)

CLOZES = NoteType(
    key="cloze",
    id=1_718_000_000_002,
    name="hitoe 穴埋め",
    kind=CLOZE,
    fields=("Id", "Text", "RetiredText", "Title", *CONTEXT, "Image", "Typed", "Speech", "Reading", *RESERVED),
    templates=(("穴埋め", "cloze"),),
    first_id=4_718_000_000_000_200,
)

PICTURE = NoteType(
    key="picture",
    id=1_718_000_000_003,
    name="hitoe 図",
    kind=CLOZE,
    fields=("Id", "Header", "Occlusion", "Image", "Back Extra", "Comments", *CONTEXT, "Reading", *RESERVED),
    templates=(("図", "picture"),),
    first_id=4_718_000_000_000_300,
    roles=("Occlusion", "Image", "Header", "Back Extra", "Comments"),
)

IMAGE_OCCLUSION = 6
"""Anki's number for its own image occlusion type; with it, its editor opens notes of ours as well."""

NOTE_TYPES: dict[str, NoteType] = {kind.key: kind for kind in (STANDARD, CLOZES, PICTURE)}
SORT_FIELD = 1
"""The browser sorts by the question or the text, not by the id."""

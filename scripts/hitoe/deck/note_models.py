"""Note types as Anki's JSON: those that all decks have in common, in the words of one deck."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from hitoe.deck import genanki
from hitoe.deck.note_types import IMAGE_OCCLUSION, NOTE_TYPES, SHARED, SORT_FIELD, TypeWords
from hitoe.deck.notes import SEPARATOR, Note, content_hash
from hitoe.model.identity import type_id
from hitoe.resources import source
from hitoe.templating import Templates

HINT = re.compile(r"\bHint\}\}")
SPEECH = re.compile(r"\{\{tts VOICE:([^{}]+)\}\}")
SPARE = re.compile(r"\{\{#Extra3\}\}.*\n")
"""What only the shared note types have: other ones keep a voice in that field."""


class _Model(genanki.Model):  # type: ignore[misc]
    """A note type without `req`, the fields that each template needs: Anki computes them again on import."""

    _req = property(lambda self: [[number, "any", [SORT_FIELD]] for number in range(len(self.templates))])


def own(key: str, deck_key: str, title: str, print_: Templates) -> TypeWords:
    """Return the words of a deck's own note type; `title` is the deck's name in Anki, `print_` has the language."""
    return TypeWords(
        id=type_id(deck_key, key),
        name=f"hitoe {title} – {print_.word('note_types', key)}",
        cards=tuple(print_.word("card_names", stem) for stem in NOTE_TYPES[key].templates),
        hint=print_.word("hint"),
        voice=print_.language.voice,
        right_to_left=print_.language.from_right_to_left,
    )


def shared(key: str, notes: Iterable[Note]) -> TypeWords:
    """Return the words of a note type that decks share, with voices where one of its `notes` names one."""
    place = NOTE_TYPES[key].fields.index("Voice")
    voices = any(note.type == key and note.text.split(SEPARATOR)[place] for note in notes)
    return SHARED[key]._replace(voices=voices)


def type_hash(key: str, model: Mapping[str, Any]) -> str:
    """Return the hash of what may change in a note type, from its JSON: of its name, CSS and templates."""
    faces = [face[part] for face in model["tmpls"] for part in ("name", "qfmt", "afmt")]
    return content_hash(key, [model["name"], model["css"], *faces], (), ())


def model(key: str, words: TypeWords, mod: int = 0) -> dict[str, Any]:
    """Return the JSON of a note type; `mod` is the time of its last change, in seconds since 1970."""
    kind = NOTE_TYPES[key]
    below, css = source("cards/below.html"), source("cards/card.css") + source("figures/screen.css")
    css += source(kind.styles) if kind.styles else ""
    css += source("cards/rtl.css") if words.right_to_left else ""
    templates = [
        {
            "name": name,
            "qfmt": _worded(source(f"cards/{stem}.front.html"), words),
            "afmt": _worded(source(f"cards/{stem}.back.html") + below, words),
            "id": kind.first_id + 50 + number,
        }
        for number, (name, stem) in enumerate(zip(words.cards, kind.templates, strict=True))
    ]
    names = {"Hint": words.hint, "Voice": "Voice" if words.voices else "Extra3"}
    fields = [{"name": names.get(name, name), "id": kind.first_id + number} for number, name in enumerate(kind.fields)]
    for number, name in enumerate(kind.roles):
        fields[kind.fields.index(name)] |= {"tag": number, "preventDeletion": True}
    made = _Model(words.id, words.name, fields, templates, css, kind.kind, sort_field_index=SORT_FIELD)
    return {**made.to_json(mod, 1), **({"originalStockKind": IMAGE_OCCLUSION} if kind.roles else {})}


def _worded(template: str, words: TypeWords) -> str:
    """Return a template in the words of a deck."""
    template = HINT.sub(f"{words.hint}}}}}", template)
    if not words.voices:
        return template.replace("{{tts VOICE:", f"{{{{tts {words.voice}:")
    # A name of Anki's voices may come from a field only in this notation, which is what {{tts}} becomes in Anki.
    spoken = rf"{{{{^Voice}}}}{{{{tts {words.voice}:\1}}}}{{{{/Voice}}}}"
    spoken += r"{{#Voice}}[anki:tts lang={{Voice}}]{{\1}}[/anki:tts]{{/Voice}}"
    return SPEECH.sub(spoken, SPARE.sub("", template))

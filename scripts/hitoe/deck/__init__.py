"""The Anki deck. genanki is known here alone."""

from hitoe.deck.cards import notes, templates
from hitoe.deck.notes import Note, content_hash, with_shipped_cards
from hitoe.deck.order import study_order

__all__ = ["Note", "content_hash", "notes", "study_order", "templates", "with_shipped_cards"]

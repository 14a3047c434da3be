"""The Anki deck. Only this package uses genanki."""

from hitoe.deck.notes import Note, content_hash, with_shipped_cards
from hitoe.deck.study_order import Card, study_order

__all__ = ["Card", "Note", "content_hash", "study_order", "with_shipped_cards"]

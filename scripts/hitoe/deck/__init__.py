"""The Anki deck. genanki is known here alone.

How items become notes is in `hitoe.deck.cards`, which is not loaded where no item need be read.
"""

from hitoe.deck.notes import Note, content_hash, with_shipped_cards
from hitoe.deck.study_order import Card, study_order

__all__ = ["Card", "Note", "content_hash", "study_order", "with_shipped_cards"]

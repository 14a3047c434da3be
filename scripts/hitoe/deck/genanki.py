"""genanki without asyncio, which a library of genanki's imports for properties that are coroutines: it has none."""

from hitoe.later_imports import imported_later

with imported_later("asyncio"):
    import genanki
    from genanki.apkg_col import APKG_COL
    from genanki.apkg_schema import APKG_SCHEMA

Deck, Model = genanki.Deck, genanki.Model
__all__ = ["APKG_COL", "APKG_SCHEMA", "Deck", "Model"]

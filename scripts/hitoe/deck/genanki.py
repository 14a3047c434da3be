"""genanki, imported without asyncio: only `cached_property` imports that, to see whether a property is a coroutine.

hitoe reads no such property of genanki's. Without asyncio the import takes half the time, and 5 MB less.
"""

from hitoe.later_imports import imported_later

with imported_later("asyncio"):
    import genanki
    from genanki.apkg_col import APKG_COL
    from genanki.apkg_schema import APKG_SCHEMA

Deck, Model = genanki.Deck, genanki.Model
__all__ = ["APKG_COL", "APKG_SCHEMA", "Deck", "Model"]

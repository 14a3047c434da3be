"""Fonts, line breaking and the geometry of pages."""

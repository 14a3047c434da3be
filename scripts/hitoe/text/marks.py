"""What marks a cloze, and the error of a text that is marked wrong."""

import re

CLOZE_START = re.compile(r"\{\{c([0-9]+)::")
NAMESPACE = re.compile(r"[A-Z][A-Za-z0-9]*::[A-Z][A-Za-z0-9]*")
HIGHEST_CLOZE = 500
"""Anki makes no card for a higher number (rslib/src/cloze.rs)."""


class TextError(ValueError):
    """A text that cannot mean what its author meant; the message says how to mend it."""

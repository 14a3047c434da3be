"""hitoe: one YAML source of study notes becomes an Anki deck, a printable sheet and a weekly log."""

__version__ = "1.0.0"

"""Brings a package to the Anki of this machine: through its add-on AnkiConnect, or through the desktop."""

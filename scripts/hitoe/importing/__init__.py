"""Brings notes of other programs into a project: Anki packages, tables of text and Markdown become topic files.

What a note holds becomes nodes of `hitoe.text` first, then a text that hitoe's own parser is asked to read back. What
cannot be carried is told, see `losses.py`.
"""

"""Counts of entries, items and cards, and how they lie over the domains of the exam."""

"""Numbers of entries, items and cards, and their distribution over the domains of the exam."""

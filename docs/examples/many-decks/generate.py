"""Writes decks to try the Makefile with: generate.py COUNT [ITEMS], into decks/ in the current folder."""

import sys
from pathlib import Path

DECK = """\
format: 1
key: {key}
title: Deck {number}
language: en
"""
TOPIC = """\
topic: numbers
title: Numbers
entries:
"""
ENTRY = """\
  number-{value}:
    title: The number {value}
    learned: 2020-W30
    sources:
      - {{title: "Table of squares", url: "https://example.com/squares"}}
    items:
      square: {{fact: The square of {value}, is: "{square}"}}
      cube: {{fact: The cube of {value}, is: "{cube}"}}
"""


def write(folder: Path, number: int, items: int) -> None:
    """Write a deck of `items` facts, two in each entry. The key makes its notes differ from those of other decks."""
    topics = folder / "content" / "topics"
    topics.mkdir(parents=True, exist_ok=True)
    (folder / "content" / "deck.yaml").write_text(DECK.format(key=f"deck-{number:04}", number=number), "utf-8")
    values = range(number * 1000 + 2, number * 1000 + 2 + items // 2)
    entries = (ENTRY.format(value=value, square=value**2, cube=value**3) for value in values)
    (topics / "numbers.yaml").write_text(TOPIC + "".join(entries), "utf-8")


if __name__ == "__main__":
    how_many, items_each = (*map(int, sys.argv[1:]), 40)[:2]
    for deck in range(how_many):
        write(Path("decks") / f"deck-{deck:04}", deck, items_each)

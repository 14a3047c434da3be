"""The front matter of posts for blogsync, by which Hatena's own workflow for GitHub publishes: YAML between two lines.

Texts are in double quotes, as in JSON, which YAML 1.1 and 1.2 read alike; no source has a control character.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from hitoe.schema import Week


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values of a post, each written as YAML: title, categories, and the time that the blog shows."""

    title: str
    categories: tuple[str, ...]
    date: str


def front_matter(title: str, week: Week, topics: Iterable[str]) -> FrontMatter:
    """Return that of a week's post, whose categories are the titles of its topics.

    Its time is 21 o'clock in Japan, where Hatena is, on the last day: all over the world that is the same day.
    """
    categories = dict.fromkeys(_written(topic) for topic in topics)
    return FrontMatter(_written(title), tuple(categories), f"{week.sunday}T21:00:00+09:00")


def _written(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)

"""The front matter of posts for blogsync, by which Hatena's own workflow for GitHub publishes: YAML between two lines.

Texts are in double quotes, as in JSON, which YAML 1.1 and 1.2 read alike; no source has a control character.
"""

import json
from collections.abc import Iterable
from functools import partial
from typing import Any

from hitoe.schema import Week


def front_matter(title: str, week: Week, topics: Iterable[str]) -> dict[str, Any]:
    """Return the title, the categories and the date of a week's post, each written as YAML.

    The categories are the titles of its topics. The date is 21 o'clock in Japan, where Hatena is, on the last day: all
    over the world that is the same day.
    """
    written = partial(json.dumps, ensure_ascii=False)
    categories = dict.fromkeys(map(written, topics))
    return {"title": written(title), "categories": list(categories), "date": f"{week.sunday}T21:00:00+09:00"}

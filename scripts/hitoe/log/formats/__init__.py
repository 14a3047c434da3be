"""The formats that posts are written in.

To add a format: write a module here that makes a `PostFormat`, add it to `post_formats`, and write its templates
`templates/log/post.*` and, if it has a list of posts, `templates/log/index.*`.
"""

from functools import lru_cache

from hitoe.log.formats import commonmark, hatena
from hitoe.log.formats.base import PostFormat
from hitoe.log.formats.html import HtmlFormat
from hitoe.templating import Templates

__all__ = ["PostFormat", "post_formats"]


@lru_cache
def post_formats(language: str) -> tuple[PostFormat, ...]:
    """Return all formats in a language. They are kept, so that their templates are compiled once."""
    markdown = Templates("markdown", language)
    return (hatena.of(markdown), commonmark.of(markdown), HtmlFormat(Templates("page", language)))

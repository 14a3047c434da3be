"""The formats that posts are written in.

To add a format: write a `PostFormat`, or a dialect for `MarkdownFormat`, add it to `post_formats`, and write its
templates `templates/log/post.*` and, if it has a list of posts, `templates/log/index.*`.
"""

from functools import lru_cache

from hitoe.log.formats import hatena
from hitoe.log.formats.base import PostFormat
from hitoe.log.formats.html import HtmlFormat
from hitoe.log.formats.markdown import MarkdownWriter
from hitoe.log.formats.markdown_format import MarkdownFormat
from hitoe.templating import Templates
from hitoe.values.language import Language

__all__ = ["PostFormat", "post_formats"]


@lru_cache
def post_formats(language: Language) -> tuple[PostFormat, ...]:
    """Return all formats in a language. They are cached, so that their templates are compiled once."""
    markdown = Templates("markdown", language)
    return (
        # Hatena Blog lists posts itself, so its format has no index.
        MarkdownFormat("hatena", ".md", None, MarkdownWriter(hatena.protected), markdown),
        MarkdownFormat("commonmark", ".commonmark.md", "index.md", MarkdownWriter(), markdown),
        HtmlFormat(Templates("page", language)),
    )

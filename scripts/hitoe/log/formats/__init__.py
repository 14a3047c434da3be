"""The formats that posts are written in.

To add a format: write a `PostFormat`, or a dialect for `MarkdownFormat`, add it to `post_formats`, and write its
templates `templates/log/post.*` and, if it has a list of posts, `templates/log/index.*`.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from hitoe.log.formats import hatena, tex_source
from hitoe.log.formats.base import PostFormat
from hitoe.log.formats.html import HtmlFormat
from hitoe.log.formats.markdown import MarkdownWriter
from hitoe.log.formats.markdown_format import MarkdownFormat
from hitoe.model.media import Media
from hitoe.model.project import CONTENT
from hitoe.templating import Templates
from hitoe.values.language import Language

__all__ = ["MEDIA", "PostFormat", "named", "post_formats"]

MEDIA = "media"
"""The folder beside the posts with the pictures and sounds that they show."""


@lru_cache  # so that their templates are compiled once
def post_formats(language: Language, *, marked: bool) -> tuple[PostFormat, ...]:
    """Return all formats in a language; `marked`: in HTML, what is to be learned has the class `answer`."""
    markdown = Templates("markdown", language)
    hatena_writer = MarkdownWriter(markdown.address, hatena.protected, tex_source.hatena)
    return (
        # Hatena Blog lists posts itself, so its format has no index.
        MarkdownFormat("hatena", ".md", None, hatena_writer, markdown),
        MarkdownFormat("commonmark", ".commonmark.md", "index.md", MarkdownWriter(markdown.address), markdown),
        HtmlFormat(Templates("page", language, marked=marked)),
    )


def named(formats: Sequence[PostFormat], root: Path) -> Media:
    """Make formats print pictures and sounds of a project in `root` as files of MEDIA; return what names these."""
    media = Media(root / CONTENT)
    for each in formats:
        each.templates.set_address(lambda file: f"{MEDIA}/{media(file)}")
    return media

"""CommonMark with pipe tables: Markdown for every place but Hatena Blog."""

from hitoe.log.formats.markdown import MarkdownWriter
from hitoe.log.formats.markdown_format import MarkdownFormat
from hitoe.templating import Templates


def of(templates: Templates) -> MarkdownFormat:
    """Return the format in the language of the templates."""
    return MarkdownFormat("commonmark", ".commonmark.md", "index.md", MarkdownWriter(), templates)

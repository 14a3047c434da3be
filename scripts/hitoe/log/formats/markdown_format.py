"""Posts in Markdown, for any dialect."""

from typing import Any

from hitoe.log.formats.base import PostFormat
from hitoe.log.formats.markdown import MarkdownWriter
from hitoe.log.formats.markdown_entries import EntryWriter
from hitoe.log.section import Section
from hitoe.templating import Templates
from hitoe.text import Text


class MarkdownFormat(PostFormat):
    """Posts in the dialect of Markdown that `writer` writes."""

    def __init__(self, name: str, suffix: str, index: str | None, writer: MarkdownWriter, templates: Templates) -> None:
        super().__init__(templates)
        self.name, self.suffix, self.index = name, suffix, index
        self._writer = writer
        self._entries = EntryWriter(writer, templates)

    def section(self, section: Section) -> str:
        """Return an entry's section with its heading."""
        return self.render("section", section=section, blocks=self._entries.blocks(section)).strip("\n")

    def blocks(self, text: Text) -> str:
        """Return the blocks of a text, an empty line between them."""
        return "\n\n".join(self._writer.blocks(text))

    def line(self, text: Text | str) -> str:
        """Return a text on one line."""
        return self._writer.cell(text)

    def render(self, name: str, **values: Any) -> str:
        """Return what the dialect's template makes; `markdown` writes Markdown for it."""
        return self.templates.render(f"log/{name}.{self.name}.md.j2", markdown=self._writer, **values)

"""HTML pages that need no other file than pictures and sounds of texts, and an Atom feed that lists them."""

from typing import Any

from markupsafe import Markup

from hitoe.log.formats.base import PostFormat
from hitoe.log.section import Section
from hitoe.text import Text


class HtmlFormat(PostFormat):
    """Posts as HTML pages."""

    name, suffix, index, feed, charts = "html", ".html", "index.html", "feed.xml", True

    def section(self, section: Section) -> str:
        """Return an entry's section with its heading."""
        return self.written(self.templates.call("log/section.html.j2", "section", section))

    def blocks(self, text: Text) -> str:
        """Return a text as HTML."""
        return self.written(self.templates.prose(text))

    def line(self, text: Text | str) -> str:
        """Return a text as HTML; plain characters are left to the templates, which escape them."""
        return text if isinstance(text, str) else self.blocks(text)

    def written(self, text: str) -> str:
        """Return text marked as HTML, so that templates do not escape it again."""
        return Markup(text)

    def render(self, name: str, **values: Any) -> str:
        """Return the page that a template makes."""
        return self.templates.render(f"log/{name}.html.j2", **values)

"""The weekly log: what was learned in a week, as a post for a blog."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hitoe.log.dialects import COMMONMARK, HATENA
from hitoe.log.markdown import Writer
from hitoe.log.notes import Notes
from hitoe.log.post import Post, posts
from hitoe.project import Project
from hitoe.templating import Templates

if TYPE_CHECKING:
    from hitoe.progress import Progress

SUFFIXES = {"hatena.md.j2": ".md", "commonmark.md.j2": ".commonmark.md", "page.html.j2": ".html"}
"""The forms of a post: templates, and how the names of their files end."""


def render(project: Project, progress: "Progress | None" = None) -> dict[str, str]:
    """Return the posts of all weeks in which something was learned: names below build/log/, and texts.

    Each week has three: Markdown for Hatena Blog, CommonMark with pipe tables, and an HTML page that stands alone. They
    also tell how learning went, if a learner's progress is given.
    """
    language = project.deck.language
    page = Templates("page", language)
    markdown = Templates("markdown", language)
    forms: Mapping[str, tuple[Templates, dict[str, Any]]] = {
        "hatena.md.j2": (markdown, {"notes": Notes(Writer(HATENA), markdown)}),
        "commonmark.md.j2": (markdown, {"notes": Notes(Writer(COMMONMARK), markdown)}),
        "page.html.j2": (page, {}),
    }
    return {
        f"{post.week}{SUFFIXES[name]}": templates.render(f"log/{name}", post=post, **values)
        for post in posts(project, progress)
        for name, (templates, values) in forms.items()
    }


__all__ = ["Post", "posts", "render"]

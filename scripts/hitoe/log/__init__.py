"""The weekly log: what was learned in a week, as a post for a blog."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from hitoe.log import chronicle
from hitoe.log.chapter import Chapter, chapters, digest, pack
from hitoe.log.chronicle import Chronicle
from hitoe.log.forms import forms
from hitoe.log.record import records
from hitoe.log.writing import written
from hitoe.model.project import Project
from hitoe.schema import Week

if TYPE_CHECKING:
    from hitoe.progress import Progress


def render(
    project: Project, progress: "Progress | None" = None, wanted: Callable[[Week], bool] | None = None
) -> dict[str, str]:
    """Return the files of a project's log, or the posts of `wanted` weeks alone: names below build/log/, and texts.

    Each week in which something was learned has three posts: Markdown for Hatena Blog, CommonMark with pipe tables, and
    an HTML page that stands alone; they also tell how learning went, if a learner's progress is given. Two pages list
    them all, and a feed the newest.
    """
    return written(chronicle.of(project), wanted, progress)


__all__ = ["Chapter", "Chronicle", "chapters", "digest", "forms", "pack", "records", "render", "written"]

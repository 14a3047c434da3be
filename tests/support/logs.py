"""The log of a whole project."""

from hitoe import log
from hitoe.model.project import Project
from hitoe.progress import Progress


def log_files(project: Project, progress: Progress | None = None) -> dict[str, str]:
    """Return the files of a project's log: their names and their contents."""
    return log.render(log.LogData.of(project), progress=progress)

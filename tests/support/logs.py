"""The log of a whole project."""

from hitoe import log
from hitoe.model.project import Project
from hitoe.progress.results import Progress


def log_data(project: Project) -> log.LogData:
    """Return the data of a whole project's log."""
    topics = {topic.topic: topic.title for topic in project.topics.values()}
    weeks = log.topic_weeks(project)
    return log.LogData(project.root, project.deck, topics, weeks)


def log_files(project: Project, progress: Progress | None = None) -> dict[str, str]:
    """Return the files of a project's log: their names and their contents."""
    return log.render(log_data(project), progress=progress)

"""The weekly study log: what was learned in each week, as posts for a blog.

`LogData` is what the log is made from, one `TopicWeek` for each topic and week; `render` makes the files from it.
"""

from hitoe.log.data import LogData, RenderedEntry, TopicWeek, topic_weeks
from hitoe.log.site import media, render

__all__ = ["LogData", "RenderedEntry", "TopicWeek", "media", "render", "topic_weeks"]

"""What the sheet must print."""

from collections.abc import Iterator

from hitoe.kinds.cloze import Cloze
from hitoe.kinds.code import Code
from hitoe.kinds.fact import Fact
from hitoe.kinds.steps import Steps
from hitoe.kinds.table import Table
from hitoe.model.project import Project
from hitoe.text import Text


def printed_texts(project: Project) -> Iterator[str]:
    """Yield the texts of all live items that are not extra."""
    for placed in project.entries():
        for item in placed.live_items.values():
            if item.tier == "extra":
                continue
            texts: list[Text] = []
            match item:
                case Fact():
                    texts = [item.fact, item.answer]
                case Cloze():
                    texts = [item.cloze]
                case Table():
                    texts = [item.table, *(item.labels[key] for key in item.live_rows)]
                    texts += [column.title for column in item.live_columns.values()]
                    texts += [row.cells[key].answer for row in item.live_rows.values() for key in item.live_columns]
                case Steps():
                    texts = [item.steps, *(step.text for step in item.live_steps.values())]
                case Code():
                    yield from (item.code.plain, *item.answer.splitlines())
            yield from (text.plain for text in texts)

"""Warnings about readings: of a word that begins too early, of one that is not in the item, of words run together."""

from collections.abc import Iterator

from hitoe.kinds import Item
from hitoe.messages import say
from hitoe.model.project import Project
from hitoe.problems import Problem
from hitoe.text import ruby
from hitoe.text.ruby import Ruby


def unclear(project: Project) -> Iterator[Problem]:
    """A reading belongs to a word of the item, and begins with the kana with which the word begins."""
    for placed in project.live_items():
        for message in _doubts(placed.item):
            yield Problem(project.at(placed.entry.file, *placed.loc, "reading"), message)


def _doubts(item: Item) -> Iterator[str]:
    if not item.reading:
        return
    texts = [text for _, text in (*item.texts(), *item.exam_texts())]
    said = {node.text for text in texts for node in text.walk() if isinstance(node, Ruby)}
    for word in ruby.words(item.reading):
        whole = f"{word.base}[{word.reading}]"
        if word.before:
            why = say("'{before}{whole}': the reading does not begin with '{before}'", before=word.before, whole=whole)
            yield say("{why}: write '{before} {whole}'", why=why, before=word.before, whole=whole)
        if word.base not in said:
            message = say(
                "'{base}' stands in no text of this item, so paper and log have no reading of it", base=word.base
            )
            yield say("{message}: write the word as it stands there", message=message)
    for pair, shown in ruby.joined(item.reading):
        if not any(shown in text.plain for _, text in item.texts()):
            yield say(
                "'{pair}' is shown as one word, '{shown}': if these are two, write 、 between them",
                pair=pair,
                shown=shown,
            )

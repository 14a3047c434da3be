"""The content of an entry as Markdown blocks."""

from collections.abc import Iterable, Iterator

from hitoe.kinds.log_note import Display, Sentence, TextGrid
from hitoe.log.changes import Change
from hitoe.log.formats import markdown
from hitoe.log.formats.markdown import MarkdownWriter
from hitoe.log.section import Section
from hitoe.schema import Correction, Item, Point, Quote
from hitoe.templating import Templates
from hitoe.text import Text


class EntryWriter:
    """Writes entries in the dialect of `writer` and the language of `templates`."""

    def __init__(self, writer: MarkdownWriter, templates: Templates) -> None:
        self._writer = writer
        self._templates = templates
        self._phrases = f"words/{templates.language}.j2"

    def blocks(self, section: Section) -> list[str]:
        """Return the blocks below a section's heading: bullets, quotation, items, figures, corrections."""
        return markdown.joined(self._parts(section))

    def _parts(self, section: Section) -> Iterator[str]:
        if section.points:
            yield self._points(section.points)
        if section.sentences:
            yield markdown.bullets(map(self._sentence, section.sentences))
        if section.quote:
            yield self._quote(section.quote)
        for item in section.displays:
            yield from self._display(item)
        for illustration in section.illustrations:
            yield self._writer.bold(illustration.figure.title)
            yield self._writer.paragraph(illustration.figure.alt)
        if section.corrected:
            corrections = [*map(self._correction, section.corrections), *map(self._change, section.changes)]
            yield markdown.bullets([markdown.below(self._templates.word("correction"), markdown.bullets(corrections))])

    def _points(self, points: Iterable[Point]) -> str:
        return markdown.bullets(
            self._writer.item(point.text, self._points(point.children) if point.children else "") for point in points
        )

    def _sentence(self, sentence: Sentence) -> str:
        if sentence.answer is None:
            return self._writer.item(sentence.text)
        if sentence.answer.inline is None:
            return markdown.below(self._said("known", sentence.text, ""), self._writer.item(sentence.answer))
        return self._said("known", sentence.text, sentence.answer)

    def _quote(self, quote: Quote) -> str:
        blocks = self._writer.blocks(quote.text)
        source = self._said("quoted_from", self._writer.characters(quote.source))
        if quote.text.inline is None:
            return markdown.quoted([*blocks, source.strip()])
        return markdown.quoted([blocks[0] + source])

    def _display(self, item: Item) -> Iterator[str]:
        assert isinstance(item.note, Display)
        title, body = item.note.title, item.note.body
        match body:
            case Text():
                yield from (self._writer.bold(title), *self._writer.blocks(body))
            case TextGrid(head, rows):
                yield from (self._writer.bold(title), self._writer.table(head, rows))
            case sentences:
                yield markdown.bullets([self._writer.item(title, markdown.bullets(map(self._sentence, sentences)))])

    def _correction(self, correction: Correction) -> str:
        phrase = "outdated" if correction.outdated else "mistaken"
        sentence = self._said(phrase, correction.said, correction.correct)
        note = [self._writer.item(correction.note)] if correction.note else []
        return markdown.below(sentence, markdown.bullets(note))

    def _change(self, change: Change) -> str:
        since = self._said("since", change.note)
        if change.subject is None:
            return since
        answered = self._said("known", change.subject, change.answer) if change.answer else ""
        return markdown.below(answered or self._writer.item(change.subject), markdown.bullets([since]))

    def _said(self, phrase: str, *values: Text | str) -> str:
        """Return a phrase of the language with texts, or strings that are Markdown already, put into it."""
        written = (value if isinstance(value, str) else self._writer.line(value) for value in values)
        return markdown.started(self._templates.call(self._phrases, phrase, *written)).rstrip()

"""Posts in Markdown, for any dialect."""

from collections.abc import Iterable, Iterator
from typing import Any

from hitoe.kinds.log_note import Display, Quiz, Sentence, TextGrid
from hitoe.log.formats import markdown
from hitoe.log.formats.base import PostFormat
from hitoe.log.formats.markdown import MarkdownWriter
from hitoe.log.section import Change, Photograph, Section
from hitoe.schema import Correction, Item, Quote
from hitoe.templating import Templates
from hitoe.text import PictureSpan, Text
from hitoe.typography.ending_marks import ended
from hitoe.values.points import Point


class MarkdownFormat(PostFormat):
    """Posts in the dialect of Markdown that `writer` writes."""

    def __init__(self, name: str, suffix: str, index: str | None, writer: MarkdownWriter, templates: Templates) -> None:
        super().__init__(templates)
        self.name, self.suffix, self.index = name, suffix, index
        self._writer = writer

    def section(self, section: Section) -> str:
        """Return an entry's section with its heading."""
        return self.render("section", section=section, blocks=markdown.joined(self._parts(section))).strip("\n")

    def blocks(self, text: Text) -> str:
        """Return the blocks of a text, an empty line between them."""
        return "\n\n".join(self._writer.blocks(text))

    def line(self, text: Text | str) -> str:
        """Return a text on one line."""
        return self._writer.cell(text)

    def render(self, name: str, **values: Any) -> str:
        """Return what the dialect's template makes; `markdown` writes Markdown for it."""
        return self.templates.render(f"log/{name}.{self.name}.md.j2", markdown=self._writer, **values)

    def _parts(self, section: Section) -> Iterator[str]:
        """Yield the blocks below a section's heading: bullets, quotation, items, figures, corrections."""
        if section.points:
            yield self._points(section.points)
        if section.sentences:
            yield markdown.bullets(map(self._sentence, section.sentences))
        yield from map(self._photograph, section.photographs)
        if section.entry.quote:
            yield self._quote(section.entry.quote)
        for item, photograph in section.displays:
            yield from self._display(item)
            if photograph:
                yield self._photograph(photograph)
        for quiz, photograph in section.quizzes:
            yield from self._quiz(quiz)
            if photograph:
                yield self._photograph(photograph)
        for figure, _ in section.illustrations:
            yield self._writer.bold(figure.title)
            yield self._writer.paragraph(figure.alt)
        if section.corrected:
            corrections = map(self._correction, section.entry.corrections.values())
            listed = markdown.bullets([*corrections, *map(self._change, section.changes)])
            yield markdown.bullets([markdown.below(self.templates.word("correction"), listed)])

    def _photograph(self, photograph: Photograph) -> str:
        return self._writer.paragraph(Text.of_nodes((PictureSpan(photograph.file, photograph.alt.plain),)))

    def _points(self, points: Iterable[Point]) -> str:
        return markdown.bullets(self._writer.item(point.text, self._points(point.children)) for point in points)

    def _sentence(self, sentence: Sentence) -> str:
        if sentence.answer is None:
            return self._writer.item(sentence.text)
        if sentence.answer.inline is None:
            return markdown.below(self._known(sentence.text, ""), self._writer.item(sentence.answer))
        return self._known(sentence.text, sentence.answer)

    def _known(self, text: Text, answer: Text | str) -> str:
        """Return a text with its answer, and a colon between them unless the text ends with a mark of its own."""
        if ended(text):
            told = answer if isinstance(answer, str) else self._writer.line(answer)
            return markdown.started(f"{self._writer.line(text)} {told}").rstrip()
        return self._sentence_with("known", text, answer)

    def _quote(self, quote: Quote) -> str:
        blocks = self._writer.blocks(quote.text)
        source = self._sentence_with("quoted_from", self._writer.line(quote.source))
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

    def _quiz(self, quiz: Quiz) -> Iterator[str]:
        many = f" {self.phrase('choose', quiz.count)}" if quiz.count > 1 else ""
        yield self._writer.bold(quiz.title) + many
        yield markdown.bullets(map(self._writer.item, quiz.options))
        answers = markdown.bullets(map(self._sentence, quiz.answers))
        yield self.templates.call("log/folded.md.j2", "folded", self.templates.word("answer_title"), answers)

    def _correction(self, correction: Correction) -> str:
        phrase = "outdated" if correction.outdated else "mistaken"
        sentence = self._sentence_with(phrase, correction.said, correction.correct)
        note = [self._writer.item(correction.note)] if correction.note else []
        return markdown.below(sentence, markdown.bullets(note))

    def _change(self, change: Change) -> str:
        since = self._sentence_with("since", change.note)
        return markdown.below(self._sentence(change.item), markdown.bullets([since])) if change.item else since

    def _sentence_with(self, phrase: str, *values: Text | str) -> str:
        """Return a phrase of the language with texts, or strings that are Markdown already, put into it."""
        written = (value if isinstance(value, str) else self._writer.line(value) for value in values)
        return markdown.started(self.phrase(phrase, *written)).rstrip()

"""The notes of a section as Markdown blocks. Templates put them in order and print what stands around them."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from hitoe.kinds.log_note import CodeBlock, Details, Display, Ordered, Sentence, TextGrid, Unordered
from hitoe.log import inlines, markdown
from hitoe.log.changes import Change
from hitoe.log.markdown import Writer
from hitoe.log.post import Section
from hitoe.log.review import Review
from hitoe.schema import Correction, Item, Point, Quote
from hitoe.templating import Templates
from hitoe.text import Link, Paragraph, Plain, Text

if TYPE_CHECKING:
    from hitoe.progress import Figures


class Notes:
    """Writes sections with a dialect's writer and the words of a language."""

    def __init__(self, writer: Writer, templates: Templates) -> None:
        self._writer = writer
        self._templates = templates
        self._phrases = f"words/{templates.language}.j2"

    def comment(self, characters: str) -> str:
        """Return characters that can stand in an HTML comment, which two hyphens would end."""
        return characters.replace("--", "- -").replace("--", "- -")

    def heading(self, text: Text) -> str:
        """Return the heading of a section."""
        return self._writer.heading(text)

    def link(self, title: str, url: str) -> str:
        """Return a link."""
        return self._writer.line(Text(title, (Paragraph((Link((Plain(title),), url),)),)))

    def address(self, url: str) -> str:
        """Return an address that brackets can hold."""
        return inlines.destination(url)

    def cell(self, text: Text | str) -> str:
        """Return a text, or plain characters, on one line, as a cell of a table can hold it."""
        return self._writer.cell(Text.of(text) if isinstance(text, str) else text)

    def blocks(self, text: Text) -> list[str]:
        """Return the blocks of a text."""
        return self._writer.blocks(text)

    def of(self, section: Section) -> list[str]:
        """Return the blocks of a section's notes: bullets, quotation, displays, corrections."""
        return markdown.joined(self._parts(section))

    def reviewed(self, review: Review) -> Iterator[str]:
        """Yield the figures of a week as tables: by domain, if there are any, and by topic."""
        for what, groups in (("review_domain", review.domains), ("review_topic", review.topics)):
            if groups:
                rows = ((group.title, *self._figures(group.figures)) for group in groups)
                yield self._numbers((self._templates.word(what), *self._templates.words("review_heads")), rows)

    def expected(self, review: Review) -> str:
        """Return the recall to be expected as a table."""
        rows = (
            (
                one.title if number else self._templates.word("whole_deck"),
                self._percent(one.percent),
                one.known,
                one.unknown,
            )
            for number, one in enumerate(review.expected)
        )
        return self._numbers(("", *self._templates.words("expected_heads")), rows)

    def _figures(self, it: "Figures") -> tuple[int | str, ...]:
        return it.reviews, it.minutes, self._percent(it.retention), it.lapses, it.leeches

    def _percent(self, value: float | None) -> str:
        return self._templates.call(self._phrases, "percent", value)

    def _numbers(self, head: Iterable[str], rows: Iterable[tuple[int | str | None, ...]]) -> str:
        """Return a table of plain characters; None stands for what has no domain."""
        lacking = self._templates.word("no_domain")
        written = ([Text.of(str(lacking if cell is None else cell)) for cell in row] for row in rows)
        return self._writer.table([Text.of(cell) for cell in head], written)

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
            told = [*map(self._correction, section.corrections), *map(self._change, section.changes)]
            yield markdown.bullets([markdown.below(self._templates.word("correction"), markdown.bullets(told))])

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
        if isinstance(body, Details):
            yield markdown.bullets([self._writer.item(title, markdown.bullets(map(self._sentence, body.sentences)))])
            return
        yield self._writer.bold(title)
        match body:
            case TextGrid(head, rows):
                yield self._writer.table(head, rows)
            case Ordered(texts):
                yield markdown.numbered(map(self._writer.item, texts))
            case Unordered(texts):
                yield markdown.bullets(map(self._writer.item, texts))
            case CodeBlock(text, language):
                yield markdown.fenced(text, language)

    def _correction(self, correction: Correction) -> str:
        told = "outdated" if correction.outdated else "mistaken"
        sentence = self._said(told, correction.said, correction.correct)
        note = [self._writer.item(correction.note)] if correction.note else []
        return markdown.below(sentence, markdown.bullets(note))

    def _change(self, change: Change) -> str:
        since = self._said("since", change.note)
        if change.subject is None:
            return since
        answered = self._said("known", change.subject, change.answer) if change.answer else ""
        return markdown.below(answered or self._writer.item(change.subject), markdown.bullets([since]))

    def _said(self, phrase: str, *values: Text | str) -> str:
        """Return one of the language's phrases with texts, or what is written already, put into it."""
        written = (value if isinstance(value, str) else self._writer.line(value) for value in values)
        return markdown.started(self._templates.call(self._phrases, phrase, *written)).rstrip()

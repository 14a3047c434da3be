"""The notes of a section as Markdown blocks. Templates put them in order and print what stands around them."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from hitoe.log import inlines, markdown
from hitoe.log.changes import Change
from hitoe.log.markdown import Writer
from hitoe.log.post import Section
from hitoe.log.review import Review
from hitoe.schema import Calc, Cloze, Code, Correction, Fact, Item, Picture, Point, Quote, Steps, Table
from hitoe.templating import Templates
from hitoe.text import Link, Paragraph, Plain, Text

if TYPE_CHECKING:
    from hitoe.progress import ReviewStats


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
        return self._writer.cell(Text(text, (Paragraph((Plain(text),)),)) if isinstance(text, str) else text)

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
                rows = ((group.title, *self._figures(group.stats)) for group in groups)
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

    def _figures(self, it: "ReviewStats") -> tuple[int | str, ...]:
        return it.reviews, it.minutes, self._percent(it.retention), it.lapses, it.leeches

    def _percent(self, value: float | None) -> str:
        return self._templates.call(self._phrases, "percent", value)

    def _numbers(self, head: Iterable[str], rows: Iterable[tuple[int | str | None, ...]]) -> str:
        """Return a table of plain characters; None stands for what has no domain."""
        lacking = self._templates.word("no_domain")
        written = ([_plain(str(lacking if cell is None else cell)) for cell in row] for row in rows)
        return self._writer.table([_plain(cell) for cell in head], written)

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

    def _sentence(self, item: Item) -> str:
        match item:
            case Fact() if item.answer.inline is None:
                return markdown.below(self._said("known", item.fact, ""), self._writer.item(item.answer))
            case Fact():
                return self._said("known", item.fact, item.answer)
            case Cloze():
                return self._writer.item(item.cloze)
            case _:
                raise AssertionError(f"{item.kind} is no sentence")

    def _quote(self, quote: Quote) -> str:
        blocks = self._writer.blocks(quote.text)
        source = self._said("quoted_from", self._writer.characters(quote.source))
        if quote.text.inline is None:
            return markdown.quoted([*blocks, source.strip()])
        return markdown.quoted([blocks[0] + source])

    def _display(self, item: Item) -> Iterator[str]:
        match item:
            case Table():
                yield self._writer.bold(item.table)
                yield self._table(item)
            case Steps():
                yield self._writer.bold(item.steps)
                yield markdown.numbered(self._writer.item(step.text) for step in item.live_steps.values())
            case Code():
                yield self._writer.bold(item.code)
                yield markdown.fenced(item.answer, item.language)
            case Calc():
                yield markdown.bullets([self._calc(item)])
            case Picture():
                yield self._writer.bold(item.picture)
                yield markdown.bullets(self._writer.item(region.label) for region in item.live_regions.values())
            case _:
                raise AssertionError(f"{item.kind} is no display")

    def _table(self, table: Table) -> str:
        columns = table.live_columns
        return self._writer.table(
            [table.corner, *(column.title for column in columns.values())],
            ([table.label(key), *(row.cells[name].answer for name in columns)] for key, row in table.live_rows.items()),
        )

    def _calc(self, calc: Calc) -> str:
        lines = []
        for name, given in calc.given.items():
            label = given.label or self._writer.characters(name)
            lines.append(self._said("known", label, self._amount(f"{given.value:,f}", given.unit)))
        answer = self._amount(f"**{calc.answer}**", calc.unit)
        worked = f"{self._writer.characters(calc.worked)} = {answer}"
        return self._writer.item(calc.calc, markdown.bullets([*lines, worked]))

    def _amount(self, number: str, unit: Text | None) -> str:
        return f"{number} {self._writer.line(unit)}" if unit else number

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


def _plain(characters: str) -> Text:
    return Text(characters, (Paragraph((Plain(characters),)),))

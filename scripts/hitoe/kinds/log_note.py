"""How an item reads in the weekly log, as data: the log writes it in each of its formats."""

from dataclasses import dataclass

from hitoe.text import Text


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of its own or, with an `answer`, `text: answer`."""

    text: Text
    answer: Text | None = None


@dataclass(frozen=True, slots=True)
class TextGrid:
    """A table: rows are as long as the head; None is an empty cell. The first column names the rows."""

    head: tuple[Text | None, ...]
    rows: tuple[tuple[Text | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Display:
    """A title and what is shown below it.

    If the body is sentences, the title is a bullet and they are bullets below it.
    """

    title: Text
    body: Text | TextGrid | tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Quiz:
    """A question with options, of which `count` are right; `answers` are folded until the reader opens them."""

    title: Text
    options: tuple[Text, ...]
    count: int
    answers: tuple[Sentence, ...]

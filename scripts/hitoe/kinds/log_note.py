"""How an item reads in the weekly log, as data: the log writes it in each of its formats."""

from dataclasses import dataclass

from hitoe.text import Text


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of its own or, with an `answer`, `text: answer`.

    The points of an entry tell the same in the learner's own words, so sentences stand in for missing points only.
    """

    text: Text
    answer: Text | None = None


@dataclass(frozen=True, slots=True)
class TextGrid:
    """A table: rows are as long as the head; None is an empty cell. The first column names the rows."""

    head: tuple[Text | None, ...]
    rows: tuple[tuple[Text, ...], ...]


@dataclass(frozen=True, slots=True)
class Ordered:
    """A numbered list."""

    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Unordered:
    """A list of bullets."""

    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Code in a programming language."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Details:
    """Sentences below the title, which is itself a bullet."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Display:
    """A title and what is shown below it, whether the entry has points or not."""

    title: Text
    body: TextGrid | Ordered | Unordered | CodeBlock | Details

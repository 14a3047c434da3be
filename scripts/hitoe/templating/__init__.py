"""Jinja, set up once for each medium. Templates print; they never compute.

A medium is `card`, `sheet`, `worksheet`, `key` (the worksheet's answers), `exam`, `page` (HTML) or `markdown`; it
decides how characters are written, how clozes look, and how answers are printed: on the worksheet as blanks.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, Protocol
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from hitoe import formulas, resources
from hitoe.templating import direction
from hitoe.templating.compiled_templates import CompiledTemplates
from hitoe.templating.language_words import words_of
from hitoe.templating.remembered import Remembered
from hitoe.text import (
    Block,
    Break,
    Bullets,
    ClozeSpan,
    CodeSpan,
    Emphasis,
    Fence,
    Formula,
    Inline,
    Link,
    Numbers,
    Paragraph,
    PictureSpan,
    Plain,
    SoundSpan,
    Strong,
    Text,
)
from hitoe.text.ruby import Ruby
from hitoe.typography.ending_marks import ended, instruction
from hitoe.typography.numbers import mark
from hitoe.values.language import Language

NODES = "nodes.html.j2"
PAPER = ("sheet", "worksheet", "key", "exam")


class BlankMaker(Protocol):
    """Makes the blanks of a worksheet."""

    def text(self, answer: Text) -> Markup:
        """Return the blank in which an answer is to be written, as HTML."""

    def within(self, formula: Formula) -> tuple[Formula, Markup]:
        """Return a formula with the number of a blank in each of its clozes, and these blanks as HTML."""


class Templates:
    """The templates of one medium, compiled once and called many times."""

    def __init__(
        self,
        medium: str,
        language: Language,
        written: Callable[[str], str] = escape,
        literal: Callable[[str], str] = escape,
        **names: Any,
    ) -> None:
        """Take how plain characters are `written`, how those in code are, and further names for the templates.

        The medium `worksheet` needs the name `blanks`, a BlankMaker; `marked`: answers have a class as on the sheet.
        """
        self.language = language
        self._written, self._literal = written, literal
        self._marks_answers: bool = names.setdefault("marked", medium == "sheet")
        self._blanks: BlankMaker | None = names.get("blanks")
        # A topic has fewer texts than this. Each blank is printed once.
        self.remembered = Remembered()
        self._prose = lru_cache(0 if self._blanks else 4096)(self._printed)
        self.set_address(quote)
        self._macros: dict[tuple[str, str], Callable[..., str]] = {}
        self._node_macros: dict[type, Callable[..., str]] = {}
        self._environment = Environment(
            loader=FileSystemLoader(resources.folder()),
            autoescape=medium != "markdown",
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=medium == "markdown",
            auto_reload=False,
            bytecode_cache=CompiledTemplates(resources.folder()),
        )
        self._environment.globals |= {"drawing": _drawing, "mathml": _mathml, "remembered": self.remembered}
        self._environment.globals |= {"medium": medium, "written": written, "literal": literal, "mark": mark, **names}
        self._environment.filters |= {"written": _at_run_time(written), "literal": _at_run_time(literal)}
        self._turned = language.from_right_to_left and medium in PAPER
        self._environment.filters["isolated"] = _at_run_time(direction.isolated if self._turned else lambda text: text)
        self._environment.tests |= {"ended": ended, "instruction": instruction}
        self._environment.filters |= {"prose": self._prose, "heading": self._heading, "answer": self._answer}
        self._words = self._environment.globals["words"] = words_of(language, resources.folder(), medium != "markdown")

    def call(self, name: str, macro: str, *values: Any) -> str:
        """Return what a macro of a template prints."""
        return str(self._macro(name, macro)(*values))

    def _macro(self, name: str, macro: str) -> Callable[..., str]:
        if (name, macro) not in self._macros:  # jinja's own lookup of a template takes as long as a short macro
            self._macros[name, macro] = getattr(self._environment.get_template(name).module, macro)
        return self._macros[name, macro]

    def address(self, file: str) -> str:
        """Return where a file of the content folder is for this medium."""
        return self._address(file)

    def set_address(self, address: Callable[[str], str]) -> None:
        """Set what tells the address of a file; asked once for each text that has one."""
        self._address = address
        self._prose.cache_clear()
        self.remembered.clear()

    def prose(self, text: Text) -> str:
        """Return a text as HTML."""
        return str(self._prose(text))

    def _printed(self, text: Text, ink: str = "") -> Markup:
        return self._nodes(_nodes(text), ink=ink)

    def _heading(self, text: Text) -> Markup:
        """The filter for titles, which on the study sheet are white on a dark bar."""
        return self._prose(text, "heading")

    def _answer(self, text: Text) -> Markup:
        """The filter for what is to be learned: on paper it is marked, or where some of it is strong, only that."""
        if not (self._blanks or self._marks_answers):
            return self._prose(text)
        if text.emphasised:
            return self._nodes(_nodes(text), answers=True)
        if self._blanks:
            return self._blanks.text(text)
        return Markup(self.call(NODES, "answer", self._prose(text, "answer"), text.inline is not None))

    def _nodes(self, nodes: Iterable[Inline | Block], answers: bool = False, ink: str = "") -> Markup:
        """Return nodes as HTML; `answers` marks strong words as what is to be learned.

        `ink` says of what formulas are a part, for on paper they do not take the colour around them: `answer`,
        `heading`, or nothing of both.
        """
        if not self._turned:
            return self._run(tuple(nodes), answers, ink)
        runs = [(turned, self._run(run, answers, ink)) for turned, run in direction.runs(nodes)]
        return Markup("").join(self._macro(NODES, "latin")(run) if turned else run for turned, run in runs)

    def _run(self, nodes: tuple[Inline | Block, ...], answers: bool, ink: str) -> Markup:
        parts = [
            self._picture(node, nodes[max(0, at - 1) : at] + nodes[at + 1 : at + 2])
            if isinstance(node, PictureSpan)
            else self._node(node, answers, ink)
            for at, node in enumerate(nodes)
        ]
        if len(parts) == 1 and isinstance(parts[0], Markup):
            return parts[0]
        return Markup("".join(parts))

    def _picture(self, node: PictureSpan, beside: Iterable[Inline | Block]) -> str:
        alone = all(isinstance(other, Break) for other in beside)
        return self._macro(NODES, "picturespan")(node, self._address(node.file), alone)

    def _node(self, node: Inline | Block, answers: bool, ink: str) -> str:
        if type(node) is Plain:  # most of them
            return self._written(node.text)
        children: Markup | list[Markup] = Markup()
        if self._blanks and (isinstance(node, ClozeSpan) or (answers and isinstance(node, Strong))):
            return self._blanks.text(Text.of_nodes(node.children))
        match node:
            case Ruby():
                return self._macro(NODES, "ruby")(node)
            case CodeSpan():  # the next in number; of those that come last, nothing is within either
                pass
            case Strong(children=inner):
                children = self._nodes(inner, ink="answer" if answers else ink)
            case ClozeSpan(children=inner):
                children = self._nodes(inner, ink="answer")
            case Formula() if self._blanks and node.asked:
                return self._macro(NODES, "asked_formula")(node, *self._blanks.within(node))
            case Formula():
                return self._macro(NODES, "formula")(node, ink)
            case SoundSpan(file=file):
                children = Markup(escape(self._address(file)))
            case Emphasis(children=inner) | Link(children=inner) | Paragraph(children=inner):
                children = self._nodes(inner, answers, ink)
            case Bullets(items=items) | Numbers(items=items):
                children = [self._item(item, answers, ink) for item in items]
            case Fence(children=parts):
                children = Markup("").join(map(self._code, parts))
        kind = type(node)
        if (printed := self._node_macros.get(kind)) is None:
            printed = self._node_macros[kind] = self._macro(NODES, kind.__name__.lower())
        return printed(node, children, answers)

    def _code(self, part: CodeSpan | ClozeSpan) -> str:
        """Return a part of a block of code, in which a line does not end where words may."""
        if isinstance(part, CodeSpan):
            return self._literal(part.text)
        if self._blanks:
            return self._blanks.text(Text.of_nodes(part.children))
        answer = Markup("").join(self._code(leaf) for leaf in part.children if isinstance(leaf, CodeSpan))
        return self._macro(NODES, "clozespan")(part, answer, False)

    def _item(self, blocks: Iterable[Block], answers: bool, ink: str) -> Markup:
        """Return an item of a list, in which paragraphs are printed as their words, one below the other."""
        words, before = Markup(), None
        for node in blocks:
            lines = node.children if isinstance(node, Paragraph) else (node,)
            below = isinstance(node, Paragraph) and isinstance(before, Paragraph)
            words += self._nodes((Break(True), *lines) if below else lines, answers, ink)
            before = node
        return words

    def word(self, name: str, key: str | None = None) -> str:
        """Return one of the deck's own words in its language, or the one with a `key`."""
        word = getattr(self._words, name)
        return str(word if key is None else word[key])

    def phrase(self, name: str, *values: Any) -> str:
        """Return a phrase of the deck's language, with values put into it."""
        return str(getattr(self._words, name)(*values))

    def render(self, name: str, **values: Any) -> str:
        """Return a whole template, printed."""
        return self._environment.get_template(name).render(**values)


def _nodes(text: Text) -> Iterable[Inline | Block]:
    """Return what a text is printed of: its words where it is one paragraph, else its blocks."""
    return text.blocks if text.inline is None else text.inline


def _at_run_time(filter_: Callable[[str], str]) -> Callable[[Context, str], str]:
    """Return a filter that the compiler does not call on what is constant: other media share what it compiles."""
    return pass_context(lambda _, text: filter_(text))


def _drawing(formula: Formula, parted: bool) -> formulas.DrawnFormula:
    """Return the drawing of a formula; `parted`: what is to be learned in it is apart."""
    return formulas.drawing(formula.marked if parted else formula.source, formula.display)


def _mathml(formula: Formula) -> Markup:
    return Markup(formulas.markup(formula.source, formula.display))

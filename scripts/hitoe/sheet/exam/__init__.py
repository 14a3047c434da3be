"""The mock exam on paper: questions to choose from, a sheet for the answers, and the answer key with the reasons."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

from hitoe import figures
from hitoe.figures import Drawing
from hitoe.model.project import CONTENT, Project
from hitoe.problems import InputError, Problem
from hitoe.schema import Exam
from hitoe.sheet import author_errors
from hitoe.sheet.exam.selection import ExamQuestion
from hitoe.sheet.layout import source_texts, validate
from hitoe.sheet.layout.validate import Expected
from hitoe.sheet.pdf import render
from hitoe.sheet.pdf.render import Volume
from hitoe.templating import Templates
from hitoe.text import Text
from hitoe.typography import line_breaking, own_fonts
from hitoe.typography.page_geometry import PAPERS
from hitoe.typography.printed_signs import Signs

KEY = " (key)"
"""Tells the answer of a question from the question, whose path it follows."""


@dataclass(frozen=True, slots=True)
class PrintedQuestion:
    """A question as it is printed: its picture's address, and its figure, which stands with the answer."""

    question: ExamQuestion
    picture: str | None
    drawing: Drawing | None

    @property
    def key(self) -> str:
        """The path of the question's answer."""
        return self.question.path + KEY


def paper(project: Project, settings: Exam, seed: int, chosen: Sequence[ExamQuestion], cache: Path) -> bytes:
    """Return the exam of the chosen questions as PDF; the same notes and seed give the same bytes.

    Raises:
        InputError: words have no place where a line may end.
        PrintError: WeasyPrint warns of something, or something would be lost.
    """
    content = project.root / CONTENT
    laid = render.laid_out(Volume(content, cache, _html(project, settings, seed, chosen), final=True))
    if wide := validate.too_wide(laid.pages):
        laid = render.laid_out(Volume(content, cache, _html(project, settings, seed, chosen, wide), final=True))
        _refuse(project, chosen, validate.too_wide(laid.pages))
    validate.check(laid.pages, _expected(chosen, Signs(own_fonts.read(content).characters)))
    return laid.pdf


def _html(
    project: Project, settings: Exam, seed: int, chosen: Sequence[ExamQuestion], loose: Collection[str] = ()
) -> str:
    """Return the HTML of the exam; in what has one of the paths in `loose` lines may end anywhere."""
    content, language = project.root / CONTENT, project.deck.language
    usual = Templates("exam", language, line_breaking.prose(language), line_breaking.code, pictures=content)
    loosened = Templates("exam", language, line_breaking.anywhere, line_breaking.anywhere_in_code, pictures=content)

    def printed(macro: str, path: str, question: PrintedQuestion, number: int) -> Markup:
        templates = loosened if path in loose else usual
        return Markup(templates.call("exam/problem.html.j2", macro, question, number, path in loose))

    return usual.render(
        "exam/exam.html.j2",
        deck=project.deck,
        paper=PAPERS[project.deck.sheet.paper],
        exam=settings,
        seed=seed,
        missing=settings.questions - len(chosen),
        problems=list(map(_printed, chosen)),
        most=max(len(each.options) for each in chosen),
        domains=_domains(project, chosen),
        printed=printed,
    )


def _refuse(project: Project, chosen: Sequence[ExamQuestion], wide: Mapping[str, str]) -> None:
    """Raise an InputError about questions and answers of which some words stand out, by path, if there are any."""
    found = [(each, words) for each in chosen for path in (each.path, each.path + KEY) if (words := wide.get(path))]
    if found:
        raise InputError([_unbroken(project, each, words) for each, words in found])


def _unbroken(project: Project, question: ExamQuestion, words: str) -> Problem:
    loc = author_errors.place(question.item.exam_texts(), words)
    placed = question.placed
    at = project.at(placed.file, "entries", placed.key, "items", question.key, *loc, key=not loc)
    return Problem(at, author_errors.unbroken(words))


def _printed(question: ExamQuestion) -> PrintedQuestion:
    item = question.item
    drawing = figures.draw(item.figure, figures.PAPER) if item.figure else None
    return PrintedQuestion(question, quote(item.image.file) if item.image else None, drawing)


def _domains(project: Project, chosen: Sequence[ExamQuestion]) -> list[tuple[Text | None, int]]:
    """Return the title of each domain and how many questions it has; last, without a title, those of no domain."""
    counts = Counter(question.placed.entry.domain for question in chosen)
    found: list[tuple[Text | None, int]] = [(domain.title, counts[key]) for key, domain in project.deck.domains.items()]
    return [*found, *([(None, counts[None])] if found and counts[None] else [])]


def _expected(chosen: Sequence[ExamQuestion], signs: Signs) -> Expected:
    """Return what the pages must show."""
    texts = {each.path: [each.item.choice, *(option.text for _, option in each.options)] for each in chosen}
    texts |= {each.path + KEY: list(_explained(each)) for each in chosen}
    letters = {path: [source_texts.letters(text) for text in own] for path, own in texts.items()}
    labels = {each.path + KEY: list(source_texts.of_figure(each.item)) for each in chosen}
    return Expected(None, letters, labels, signs)


def _explained(question: ExamQuestion) -> Iterator[Text]:
    """Yield the texts of a question's answer as they stand in the key."""
    for _, option in question.options:
        if option.right or option.why:
            yield option.text
        if option.why:
            yield option.why
    if question.item.extra:
        yield question.item.extra

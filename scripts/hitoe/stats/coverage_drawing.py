"""The coverage drawing: computes positions and sizes of its rectangles and texts, in SVG units (1 = 1 px)."""

from collections.abc import Sequence
from fractions import Fraction

from hitoe.stats.charts import WIDTH, ChartBar, PlacedText, Rectangle, length, scale_to
from hitoe.stats.counts import Count
from hitoe.stats.coverage import DomainCoverage
from hitoe.stats.domains import percent
from hitoe.templating import Templates
from hitoe.terminal.text_table import width
from hitoe.values.language import Language

MARGIN, TITLE = 12, 24
DOMAIN, TOPIC, SPACE = 46, 24, 10
"""Heights of a domain with its bars, of a topic (or a domain without a weight), and of the space above each domain."""
BASELINE, INDENT = 13, 12
LETTER = 6.2
"""Width of a letter that takes one column in a terminal; Japanese characters take two."""


def drawing(domains: Sequence[DomainCoverage], language: Language) -> str:
    """Return a project's coverage as SVG, in a language."""
    templates = Templates("page", language)
    lines, topics = [], []
    top = MARGIN + TITLE
    share_scale = scale_to(WIDTH, (part for domain in domains for part in (domain.share, domain.weight) if part))
    card_counts = (count.cards for domain in domains for count in domain.topics.values())
    card_scale = scale_to(WIDTH - INDENT, card_counts)
    for domain in domains:
        top += SPACE
        lines.append(_domain(domain, top, share_scale, templates))
        top += DOMAIN if domain.weight is not None else TOPIC
        for title, count in domain.topics.items():
            label, figures = _texts(title, _items_and_cards(count, templates), top, INDENT)
            dark = Rectangle(MARGIN + INDENT, top + BASELINE + 4, length(count.cards, card_scale), 2)
            topics.append(ChartBar(label, figures, dark))
            top += TOPIC
    return templates.render(
        "coverage/coverage.svg.j2",
        language=language,
        title=PlacedText(MARGIN, MARGIN + BASELINE, templates.word("coverage")),
        description=templates.word("listed").join(f"{line.label.text} {line.figures.text}" for line in lines),
        width=WIDTH + 2 * MARGIN,
        height=top + MARGIN,
        domains=lines,
        topics=topics,
    )


def _domain(domain: DomainCoverage, top: int, scale: Fraction, templates: Templates) -> ChartBar:
    figures = _items_and_cards(domain.count, templates)
    pale = None
    if domain.weight is not None:
        parts = percent(domain.share or 0), percent(domain.weight)
        figures = templates.phrase("covered", *parts)
        pale = Rectangle(MARGIN, top + BASELINE + 6, length(domain.weight, scale), 12)
    dark = Rectangle(MARGIN, top + BASELINE + 10, length(domain.share or 0, scale), 4)
    return ChartBar(*_texts(domain.title or templates.word("no_domain"), figures, top, 0), dark, pale)


def _texts(label: str, figures: str, top: int, indent: int) -> tuple[PlacedText, PlacedText]:
    """Return the label, cut so that it ends before the figures, and the figures."""
    columns = int((WIDTH - indent - (width(figures) + 2) * LETTER) / LETTER)
    if width(label) > columns:
        label = label[:columns]
        while label and width(label) > columns - 1:
            label = label[:-1]
        label += "…"
    return PlacedText(MARGIN + indent, top + BASELINE, label), PlacedText(MARGIN + WIDTH, top + BASELINE, figures)


def _items_and_cards(count: Count, templates: Templates) -> str:
    return templates.phrase("holds", f"{count.items:,}", f"{count.cards:,}")

"""The layout of the coverage drawing: positions and sizes of its rectangles and texts, in SVG units (1 = 1 px)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from hitoe.stats.charts import WIDTH, PlacedText, Rectangle
from hitoe.stats.counts import Count
from hitoe.stats.coverage import DomainCoverage
from hitoe.stats.domains import percent
from hitoe.templating import Templates
from hitoe.terminal.text_table import width

MARGIN = 12
TITLE = 24
DOMAIN, TOPIC, SPACE = 46, 24, 10
"""Heights of a domain with its bars, of a topic (or a domain without a weight), and of the space above each domain."""
BASELINE, THICK, THIN = 13, 12, 4
LETTER = 6.2
"""Width of a letter that takes one column in a terminal; Japanese characters take two."""
INDENT = 12


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """A label on the left, figures that end at the right margin, and below them the bars.

    The dark bar shows how much there is; the pale one shows the weight and is None without a weight.
    """

    label: PlacedText
    figures: PlacedText
    dark: Rectangle
    pale: Rectangle | None = None


@dataclass(frozen=True, slots=True)
class CoverageDrawing:
    """The whole drawing; `description` says the same in words, for readers who cannot see it."""

    title: PlacedText
    description: str
    width: int
    height: int
    domains: tuple[CoverageLine, ...]
    topics: tuple[CoverageLine, ...]


def coverage_drawing(domains: Sequence[DomainCoverage], templates: Templates) -> CoverageDrawing:
    """Return the drawing of a project's coverage in the language of the templates."""
    lines, topics = [], []
    top = MARGIN + TITLE
    most_cards = max((count.cards for domain in domains for count in domain.topics.values()), default=0)
    largest = max((part for domain in domains for part in (domain.share, domain.weight) if part), default=Fraction(0))
    for domain in domains:
        top += SPACE
        lines.append(_domain(domain, top, largest, templates))
        top += DOMAIN if domain.weight is not None else TOPIC
        for topic, count in domain.topics.items():
            topics.append(_topic(topic, count, top, most_cards, templates))
            top += TOPIC
    title = PlacedText(MARGIN, MARGIN + BASELINE, templates.word("coverage"))
    description = templates.word("listed").join(f"{line.label.text} {line.figures.text}" for line in lines)
    return CoverageDrawing(title, description, WIDTH + 2 * MARGIN, top + MARGIN, tuple(lines), tuple(topics))


def _domain(domain: DomainCoverage, top: int, largest: Fraction, templates: Templates) -> CoverageLine:
    figures = _items_and_cards(domain.count, templates)
    if domain.weight is not None:
        figures = templates.call(
            f"words/{templates.language}.j2", "covered", percent(domain.share or Fraction(0)), percent(domain.weight)
        )
    label, placed_figures = _texts(domain.title or templates.word("no_domain"), figures, top, 0)
    bar_top = top + BASELINE + 6
    dark = Rectangle(MARGIN, bar_top + (THICK - THIN) / 2, _length(domain.share, largest), THIN)
    pale = Rectangle(MARGIN, bar_top, _length(domain.weight, largest), THICK) if domain.weight is not None else None
    return CoverageLine(label, placed_figures, dark, pale)


def _topic(title: str, count: Count, top: int, most_cards: int, templates: Templates) -> CoverageLine:
    label, figures = _texts(title, _items_and_cards(count, templates), top, INDENT)
    length = round((WIDTH - INDENT) * count.cards / most_cards, 1) if most_cards else 0
    return CoverageLine(label, figures, Rectangle(MARGIN + INDENT, top + BASELINE + 4, length, 2))


def _texts(label: str, figures: str, top: int, indent: int) -> tuple[PlacedText, PlacedText]:
    """Return the label, cut so that it ends before the figures, and the figures."""
    columns = int((WIDTH - indent - (width(figures) + 2) * LETTER) / LETTER)
    return (
        PlacedText(MARGIN + indent, top + BASELINE, _shortened(label, columns)),
        PlacedText(MARGIN + WIDTH, top + BASELINE, figures),
    )


def _items_and_cards(count: Count, templates: Templates) -> str:
    return templates.call(f"words/{templates.language}.j2", "holds", f"{count.items:,}", f"{count.cards:,}")


def _length(part: Fraction | None, largest: Fraction) -> float:
    return round(float(WIDTH * (part or 0) / largest), 1) if largest else 0


def _shortened(label: str, columns: int) -> str:
    """Return a label that takes at most so many terminal columns; a cut one ends with an ellipsis."""
    if width(label) <= columns:
        return label
    while label and width(label) > columns - 1:
        label = label[:-1]
    return f"{label}…"

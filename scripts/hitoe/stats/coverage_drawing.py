"""Coverage as a drawing: where each rectangle and each word stands, in the units of the drawing (1 = 1 px)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hitoe.stats.charts import WIDTH, Box, Words
from hitoe.stats.counts import Count
from hitoe.stats.coverage import Domain
from hitoe.stats.domains import percent
from hitoe.templating import Templates
from hitoe.terminal.text_table import width

MARGIN = 12
TITLE = 24
DOMAIN, TOPIC, BETWEEN = 46, 24, 10
"""Heights of a domain with its bar, of a topic with its bar, and of the space before each domain."""
BASELINE, THICK, THIN = 13, 12, 4
LETTER = 6.2
"""Width of a letter that takes one column in a terminal; wide signs take two."""
INDENT = 12


@dataclass(frozen=True, slots=True)
class Line:
    """Words to the left and, ending there, to the right, and the bars below: a pale one for what is wanted, if any."""

    label: Words
    figures: Words
    dark: Box
    pale: Box | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing with its `title`, the words that `told` it to who cannot see it, and its lines."""

    title: Words
    told: str
    width: int
    height: int
    domains: tuple[Line, ...]
    topics: tuple[Line, ...]


def drawing(domains: Sequence[Domain], print_: Templates) -> Drawing:
    """Return the drawing of a project's coverage in the language of the templates."""
    lines, topics = [], []
    top = MARGIN + TITLE
    most = max((count.cards for domain in domains for count in domain.topics.values()), default=0)
    parts = max((part for domain in domains for part in (domain.share, domain.weight) if part), default=Fraction(0))
    for domain in domains:
        top += BETWEEN
        lines.append(_domain(domain, top, parts, print_))
        top += DOMAIN if domain.weight is not None else TOPIC
        for topic, count in domain.topics.items():
            topics.append(_topic(topic, count, top, most, print_))
            top += TOPIC
    title = Words(MARGIN, MARGIN + BASELINE, print_.word("coverage"))
    told = print_.word("listed").join(f"{line.label.text} {line.figures.text}" for line in lines)
    return Drawing(title, told, WIDTH + 2 * MARGIN, top + MARGIN, tuple(lines), tuple(topics))


def _domain(domain: Domain, top: int, most: Fraction, print_: Templates) -> Line:
    phrases = f"words/{print_.language}.j2"
    figures = _holds(domain.whole, print_)
    if domain.weight is not None:
        figures = print_.call(phrases, "covered", percent(domain.share or Fraction(0)), percent(domain.weight))
    label, figures_ = _words(domain.title or print_.word("no_domain"), figures, top, 0)
    below = top + BASELINE + 6
    dark = Box(MARGIN, below + (THICK - THIN) / 2, _length(domain.share, most), THIN)
    pale = Box(MARGIN, below, _length(domain.weight, most), THICK) if domain.weight is not None else None
    return Line(label, figures_, dark, pale)


def _topic(title: str, count: Count, top: int, most: int, print_: Templates) -> Line:
    label, figures = _words(title, _holds(count, print_), top, INDENT)
    room = WIDTH - INDENT
    return Line(
        label,
        figures,
        Box(MARGIN + INDENT, top + BASELINE + 4, round(room * count.cards / most, 1) if most else 0, 2),
    )


def _words(label: str, figures: str, top: int, indent: int) -> tuple[Words, Words]:
    room = WIDTH - indent - (width(figures) + 2) * LETTER
    return (
        Words(MARGIN + indent, top + BASELINE, _short(label, int(room / LETTER))),
        Words(MARGIN + WIDTH, top + BASELINE, figures),
    )


def _holds(count: Count, print_: Templates) -> str:
    return print_.call(f"words/{print_.language}.j2", "holds", f"{count.items:,}", f"{count.cards:,}")


def _length(part: Fraction | None, most: Fraction) -> float:
    return round(float(WIDTH * (part or 0) / most), 1) if most else 0


def _short(label: str, columns: int) -> str:
    """Return a label, its end cut off where it takes more than so many columns."""
    return label if width(label) <= columns else "".join(_beginning(label, columns - 1)) + "…"


def _beginning(label: str, columns: int) -> Iterator[str]:
    for sign in label:
        columns -= width(sign)
        if columns < 0:
            return
        yield sign

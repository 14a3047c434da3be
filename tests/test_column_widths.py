"""How wide the columns of a table are: its texts are few lines, and none is broken where it need not be."""

from hitoe.sheet.cells import PADDING, Columns, columns
from hitoe.text import parse

WIDTH = 40.0


def widths(*rows: list[str], width: float = WIDTH, head: list[str] | None = None) -> tuple[float, ...]:
    """Return how wide the columns of a table are, in em and without their padding."""
    found = laid(*rows, width=width, head=head)
    return tuple(width * part / 100 - PADDING for part in found.widths)


def laid(*rows: list[str], width: float = WIDTH, head: list[str] | None = None) -> Columns:
    titles = [parse(text) for text in head] if head else [None] * len(rows[0])
    return columns(titles, [[parse(text) for text in row] for row in rows], width)


def test_a_column_that_is_one_line_with_a_little_more_room_gets_it_before_one_that_stays_long() -> None:
    short, long = "東京 大阪 京都 奈良", "長い説明がどこまでも続いてゆく文章 " * 8
    first, second = widths([short, "川"], [short, "山"], ["国", long])
    assert first >= 4 * 2 + 3 * 0.25 > first - 2.5
    assert second > first

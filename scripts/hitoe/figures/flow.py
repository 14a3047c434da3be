"""Draws a flow figure: nodes in layers from left to right, and arrows between them.

Each layer is a column of the drawing. Before it, and after the curves of the arrows, is the width for the texts of the
arrows that lead to it. The heights of nodes follow from those of the layers to the left, so layers are drawn in order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hitoe.figures.label_text import LEADING, LabelText, label_text
from hitoe.figures.layers import CellGroup, LayerCell, Layers, faults, layered
from hitoe.figures.placement import WidthRange, fit_widths, spread
from hitoe.figures.shapes import Box, Canvas, Drawing, FigureError, point
from hitoe.schema import Flow

__all__ = ["draw", "faults"]

PAD, FRAME_PAD, GAP = 5.0, 6.0, 7.0
"""The distance between a node's text and its edge, between nodes and their frame, and between nodes."""
CURVE, HEAD = 15.0, 9.0
"""The least width for curves between two layers, and the width for a straight arrow without a text."""
BARE_ARROW, BELOW_TEXT, ABOVE_ARROW = 6.0, 3.5, 0.5
"""The height of an arrow without a text; the height below an arrow's text, and between that text and the arrow."""
LEVEL = 0.01
"""Arrows whose ends differ less in height are straight."""
STRETCH = 30.0
"""By how much the nodes of a layer are widened at most where there is space."""


@dataclass(frozen=True, slots=True)
class _LayerColumn:
    """The horizontal position of a layer; texts of arrows take the width `arrows` before `left`."""

    arrows: float
    left: float
    width: float

    @property
    def right(self) -> float:
        return self.left + self.width


@dataclass
class _FlowLayout:
    """A flow while it is drawn: its texts, the columns of its layers, and what is known of the cells drawn so far.

    `ends` has the point where arrows leave a cell, `paths` the path of an arrow as far as it crosses a layer.
    """

    canvas: Canvas
    figure: Flow
    layers: Layers
    texts: Mapping[str, LabelText]
    frames: Mapping[str, LabelText]
    arrows: Mapping[tuple[str, str], LabelText]
    columns: Sequence[_LayerColumn] = ()
    ends: dict[LayerCell, tuple[float, float]] = field(default_factory=dict)
    paths: dict[LayerCell, str] = field(default_factory=dict)


def draw(figure: Flow, width: float) -> Drawing:
    """Return the drawing.

    Raises:
        FigureError: the texts do not fit into the width.
    """
    layout = _FlowLayout(
        Canvas(width),
        figure,
        layered(figure),
        texts={key: label_text(node.label, bold=True) for key, node in figure.flow.items()},
        frames={key: label_text(frame.label) for key, frame in figure.frames.items()},
        arrows={
            (key, to): label_text(label) for key, node in figure.flow.items() for to, label in node.to.items() if label
        },
    )
    layout.columns = _columns(layout, width)
    heights = [[_height(layout, rank, group) for group in layer] for rank, layer in enumerate(layout.layers.units)]
    height = max(sum(layer) + GAP * (len(layer) - 1) for layer in heights)
    for rank, layer in enumerate(layout.layers.units):
        middles = [_wanted_middle(layout, group, height * (i + 0.5) / len(layer)) for i, group in enumerate(layer)]
        tops = spread(middles, heights[rank], height, GAP)
        for group, top, own in zip(layer, tops, heights[rank], strict=True):
            _draw_group(layout, rank, group, top, own)
    return layout.canvas.drawing(height)


def _columns(layout: _FlowLayout, width: float) -> list[_LayerColumn]:
    count = len(layout.layers.units)
    nodes = [_node_widths(layout, layer) for layer in layout.layers.units]
    arrows = [_arrow_widths(layout, layer) for layer in layout.layers.units[1:]]
    available = width - CURVE * (count - 1)
    widths = fit_widths([*nodes, *arrows], available)
    if widths is None:
        raise FigureError(
            "too wide: shorten the words of nodes and arrows, or let fewer arrows follow each other", "flow"
        )
    spare = available - sum(widths)
    stretch = min(STRETCH, spare / (2 * count - 1)) if count > 1 else spare
    curve = CURVE + (spare - stretch * count) / (count - 1) if count > 1 else 0.0
    columns: list[_LayerColumn] = []
    for own, before in zip(widths[:count], [0.0, *widths[count:]], strict=True):
        start = columns[-1].right + curve if columns else 0.0
        columns.append(_LayerColumn(before, start + before, own + stretch))
    return columns


def _node_widths(layout: _FlowLayout, layer: Sequence[CellGroup]) -> WidthRange:
    least = natural = 0.0
    for group in layer:
        pads = 2 * PAD + (2 * FRAME_PAD if group.frame else 0.0)
        texts = [layout.texts[cell.key] for cell in group.cells if not cell.towards]
        if group.frame:
            texts.append(layout.frames[group.frame])
        least = max([least, *(text.least + pads for text in texts)])
        natural = max([natural, *(text.natural + pads for text in texts)])
    return least, natural


def _arrow_widths(layout: _FlowLayout, layer: Sequence[CellGroup]) -> WidthRange:
    keys = {cell.key for group in layer for cell in group.cells if not cell.towards}
    texts = [text for (_, target), text in layout.arrows.items() if target in keys]
    least, natural = (
        max((text.least for text in texts), default=0.0),
        max((text.natural for text in texts), default=0.0),
    )
    return least + HEAD, natural + HEAD


def _height(layout: _FlowLayout, rank: int, group: CellGroup) -> float:
    inner = sum(_cell_height(layout, rank, cell, bool(group.frame)) + GAP for cell in group.cells) - GAP
    return inner + _title_height(layout, rank, group.frame) + 2 * FRAME_PAD if group.frame else inner


def _title_height(layout: _FlowLayout, rank: int, frame: str) -> float:
    return layout.frames[frame].height(layout.columns[rank].width - 2 * FRAME_PAD)


def _cell_height(layout: _FlowLayout, rank: int, cell: LayerCell, framed: bool) -> float:
    if cell.towards:
        return BARE_ARROW
    width = layout.columns[rank].width - 2 * PAD - (2 * FRAME_PAD if framed else 0.0)
    arrows = sum(_arrow_height(layout, rank, source, cell) for source in layout.layers.sources[cell])
    return max(layout.texts[cell.key].height(width) + PAD, arrows, LEADING)


def _arrow_height(layout: _FlowLayout, rank: int, source: LayerCell, cell: LayerCell) -> float:
    """Return the height that an arrow and its text take beside the node it leads to."""
    text = layout.arrows.get((source.key, cell.key))
    return text.height(layout.columns[rank].arrows - HEAD) + BELOW_TEXT if text else BARE_ARROW


def _wanted_middle(layout: _FlowLayout, group: CellGroup, otherwise: float) -> float:
    """Return the mean height of the cells from which arrows come to a group, `otherwise` if there are none."""
    heights = [layout.ends[source][1] for cell in group.cells for source in layout.layers.sources[cell]]
    return sum(heights) / len(heights) if heights else otherwise


def _draw_group(layout: _FlowLayout, rank: int, group: CellGroup, top: float, height: float) -> None:
    column, pad = layout.columns[rank], 0.0
    if group.frame:
        pad = FRAME_PAD
        layout.canvas.box(column.left, top, column.width, height, "around", 3)
        title = layout.frames[group.frame]
        layout.canvas.label(title, column.width - 2 * FRAME_PAD, column.left + FRAME_PAD, top + FRAME_PAD / 2)
        top += _title_height(layout, rank, group.frame) + FRAME_PAD
    for cell in group.cells:
        own = _cell_height(layout, rank, cell, bool(group.frame))
        if cell.towards:
            _draw_crossing(layout, rank, cell, top + own / 2)
        else:
            look = layout.figure.flow[cell.key].look
            box = layout.canvas.box(column.left + pad, top, column.width - 2 * pad, own, look, 2)
            _draw_node(layout, rank, cell, box)
        top += own + GAP


def _draw_crossing(layout: _FlowLayout, rank: int, cell: LayerCell, y: float) -> None:
    """Extend the path of an arrow across a layer; it is drawn when it reaches its node."""
    right = layout.columns[rank].right
    layout.paths[cell] = f"{_path(layout, rank, layout.layers.sources[cell][0], y)}L{point(right, y)}"
    layout.ends[cell] = right, y


def _draw_node(layout: _FlowLayout, rank: int, cell: LayerCell, box: Box) -> None:
    """Draw a node's text and the arrows that lead to it, from top to bottom by the heights they come from."""
    layout.canvas.text_in_box(box, layout.texts[cell.key], PAD)
    layout.ends[cell] = box.right, box.middle
    sources = sorted(layout.layers.sources[cell], key=lambda source: layout.ends[source][1])
    heights = [_arrow_height(layout, rank, source, cell) for source in sources]
    column = layout.columns[rank]
    top = box.top + (box.height - sum(heights)) / 2
    for source, height in zip(sources, heights, strict=True):
        text = layout.arrows.get((source.key, cell.key))
        y = top + (height - BELOW_TEXT + ABOVE_ARROW if text else height / 2)
        if len(heights) == 1 and text:
            y = max(box.middle, box.top + height - BELOW_TEXT + ABOVE_ARROW)
        layout.canvas.line(f"{_path(layout, rank, source, y)}L{point(box.left - 2, y)}")
        layout.canvas.arrowhead(box.left, y, 1, 0)
        if text:
            width = column.arrows - HEAD
            layout.canvas.label(text, width, column.left - column.arrows + 1, y - text.height(width) - ABOVE_ARROW)
        top += height


def _path(layout: _FlowLayout, rank: int, source: LayerCell, y: float) -> str:
    """Return the path of an arrow from its node, through the layers it crosses, to the height y before a layer."""
    x, start = layout.ends[source]
    end = layout.columns[rank].left - layout.columns[rank].arrows
    middle = (x + end) / 2
    before = layout.paths.get(source) or f"M{point(x, start)}"
    if abs(start - y) < LEVEL:
        return f"{before}L{point(end, y)}"
    return f"{before}C{point(middle, start)} {point(middle, y)} {point(end, y)}"

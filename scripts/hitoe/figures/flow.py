"""Draws a flow figure: nodes in layers from left to right, and arrows between them.

Each layer is a column of the drawing. Before it, and after the curves of the arrows, is the width for the texts of the
arrows that lead to it. The heights of nodes follow from those of the layers to the left, so layers are drawn in order.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from hitoe.figures.label_text import LEADING, WidthRange, label_text
from hitoe.figures.layers import CellGroup, LayerCell, layered, mean
from hitoe.figures.placement import fit_widths, spread, widest
from hitoe.figures.shapes import Box, Drawing, FigureError, point
from hitoe.messages import say
from hitoe.values.figures import Flow

PAD, FRAME_PAD, GAP = 5.0, 6.0, 7.0
"""The distance between a node's text and its edge, between nodes and their frame, and between nodes."""
CURVE, HEAD = 15.0, 9.0
"""The least width for curves between two layers, and the width for a straight arrow without a text."""
BARE_ARROW, BELOW_TEXT, ABOVE_ARROW = 6.0, 3.5, 0.5
"""The height of an arrow without a text; the height below an arrow's text, and between that text and the arrow."""
LEVEL, STRETCH = 0.01, 30.0
"""Arrows whose ends differ less in height are straight; by how much nodes are widened at most where there is space."""


@dataclass(frozen=True, slots=True)
class _LayerColumn:
    """The horizontal position of a layer; texts of arrows take the width `arrows` before `left`."""

    arrows: float
    left: float
    width: float


def draw(figure: Flow, width: float) -> Drawing:
    """Return the drawing."""
    layout, layers = _FlowLayout(figure, width), layered(figure)
    placed = list(zip(layers, layout.columns(layers), strict=True))
    heights = [[layout.group_height(group, column) for group in layer] for layer, column in placed]
    height = max(sum(layer) + GAP * (len(layer) - 1) for layer in heights)
    for (layer, column), own in zip(placed, heights, strict=True):
        middles = [
            mean([source.end[1] for cell in group for source in cell.sources], height * (i + 0.5) / len(layer))
            for i, group in enumerate(layer)
        ]
        for group, top, group_height in zip(layer, spread(middles, own, height, GAP), own, strict=True):
            layout.draw_group(group, column, top, group_height)
    return layout.drawing.finished(height)


class _FlowLayout:
    """The texts of a flow, and the drawing to which its groups of nodes are added."""

    def __init__(self, figure: Flow, width: float) -> None:
        self.figure, self.drawing = figure, Drawing(width)
        self.texts = {key: label_text(node.label, bold=True) for key, node in figure.flow.items()}
        self.titles = {key: label_text(frame.label) for key, frame in figure.frames.items()}
        self.arrows = {
            (key, to): label_text(label) for key, node in figure.flow.items() for to, label in node.to.items() if label
        }

    def columns(self, layers: Sequence[Sequence[CellGroup]]) -> list[_LayerColumn]:
        count, nodes = len(layers), [self._node_widths(layer) for layer in layers]
        arrows = [self._arrow_widths(layer) for layer in layers[1:]]
        available = self.drawing.width - CURVE * (count - 1)
        too_wide = say("too wide: shorten the words of nodes and arrows, or let fewer arrows follow each other")
        widths = fit_widths([*nodes, *arrows], available, FigureError(too_wide, "flow"))
        spare = available - sum(widths)
        stretch = min(STRETCH, spare / (2 * count - 1)) if count > 1 else spare
        curve = CURVE + (spare - stretch * count) / max(1, count - 1)
        left, columns = 0.0, []
        for own, before in zip(widths[:count], [0.0, *widths[count:]], strict=True):
            columns.append(_LayerColumn(before, left + before, own + stretch))
            left += before + own + stretch + curve
        return columns

    def _node_widths(self, layer: Sequence[CellGroup]) -> WidthRange:
        texts = [(self.texts[cell.key], cell.frame) for group in layer for cell in group if not cell.crossing]
        texts += [(self.titles[frame], frame) for group in layer if (frame := group[0].frame)]
        return widest(text.widths(_pads(frame)) for text, frame in texts)

    def _arrow_widths(self, layer: Sequence[CellGroup]) -> WidthRange:
        keys = {cell.key for group in layer for cell in group if not cell.crossing}
        texts = [text for (_, target), text in self.arrows.items() if target in keys]
        return widest([(HEAD, HEAD), *(text.widths(HEAD) for text in texts)])

    def group_height(self, group: CellGroup, column: _LayerColumn) -> float:
        inner = sum(self._cell_height(cell, column) + GAP for cell in group) - GAP
        if not (frame := group[0].frame):
            return inner
        return inner + self.titles[frame].height(column.width - 2 * FRAME_PAD) + 2 * FRAME_PAD

    def _cell_height(self, cell: LayerCell, column: _LayerColumn) -> float:
        if cell.crossing:
            return BARE_ARROW
        arrows = sum(self._arrow_height(source, cell, column) for source in cell.sources)
        return max(self.texts[cell.key].height(column.width - _pads(cell.frame)) + PAD, arrows, LEADING)

    def _arrow_height(self, source: LayerCell, cell: LayerCell, column: _LayerColumn) -> float:
        """Return the height that an arrow and its text need at the left edge of the node."""
        text = self.arrows.get((source.key, cell.key))
        return text.height(column.arrows - HEAD) + BELOW_TEXT if text else BARE_ARROW

    def draw_group(self, group: CellGroup, column: _LayerColumn, top: float, height: float) -> None:
        pad = 0.0
        if frame := group[0].frame:
            pad = FRAME_PAD
            self.drawing.box(column.left, top, column.width, height, "around", 3)
            title, width = self.titles[frame], column.width - 2 * pad
            top += self.drawing.label(title, width, column.left + pad, top + pad / 2).height + pad
        for cell in group:
            own = self._cell_height(cell, column)
            if cell.crossing:
                cell.end = column.left + column.width, top + own / 2
                cell.path = f"{_path(cell.sources[0], column, top + own / 2)}L{point(*cell.end)}"
            else:
                look = self.figure.flow[cell.key].look
                box = self.drawing.box(column.left + pad, top, column.width - 2 * pad, own, look, 2)
                self._draw_node(cell, column, box)
            top += own + GAP

    def _draw_node(self, cell: LayerCell, column: _LayerColumn, box: Box) -> None:
        """Draw a node's text and the arrows that lead to it, from top to bottom by the heights they come from."""
        self.drawing.text_in_box(box, self.texts[cell.key], PAD)
        cell.end = box.right, box.middle
        sources = sorted(cell.sources, key=lambda source: source.end[1])
        heights = [self._arrow_height(source, cell, column) for source in sources]
        top = box.top + (box.height - sum(heights)) / 2
        for source, height in zip(sources, heights, strict=True):
            text = self.arrows.get((source.key, cell.key))
            y = top + (height - BELOW_TEXT + ABOVE_ARROW if text else height / 2)
            if len(heights) == 1 and text:
                y = max(box.middle, box.top + height - BELOW_TEXT + ABOVE_ARROW)
            self.drawing.line(f"{_path(source, column, y)}L{point(box.left - 2, y)}")
            self.drawing.arrowhead(box.left, y, 1, 0)
            if text:
                left, width = column.left - column.arrows + 1, column.arrows - HEAD
                self.drawing.label(text, width, left, y - text.height(width) - ABOVE_ARROW)
            top += height


def _pads(frame: str | None) -> float:
    """Return the width between a node's text and the edges of its column."""
    return 2 * PAD + (2 * FRAME_PAD if frame else 0.0)


def _path(source: LayerCell, column: _LayerColumn, y: float) -> str:
    """Return the path of an arrow from its node, through the layers it crosses, to the height y before a layer."""
    x, start = source.end
    end = column.left - column.arrows
    middle = (x + end) / 2
    before = source.path or f"M{point(x, start)}"
    if abs(start - y) < LEVEL:
        return f"{before}L{point(end, y)}"
    return f"{before}C{point(middle, start)} {point(middle, y)} {point(end, y)}"

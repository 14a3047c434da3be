"""A flow: nodes in layers from left to right, and arrows between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hitoe.figures.layers import LayerCell, Layers, Unit, faults, layered
from hitoe.figures.letters import LEADING, LabelWords, words
from hitoe.figures.rooms import Need, apart, fitted
from hitoe.figures.shapes import Box, Canvas, Drawing, FigureError, point
from hitoe.schema import Flow

__all__ = ["draw", "faults"]

PAD, RIM, GAP = 5.0, 6.0, 7.0
"""Around a node's words, between nodes and their frame, and between nodes."""
CURVE, HEAD = 15.0, 9.0
"""The room for curves between two layers, and for a straight arrow that has no words."""
PASSING, FOOT, NEAR = 6.0, 3.5, 0.5
"""How high an arrow is that passes by or has no words; and how far the words of others end above the
lower edge of their room, and above the arrow."""
STRAIGHT = 0.01
STRETCH = 30.0
"""By how much the nodes of a layer may be widened where there is room."""


@dataclass(frozen=True, slots=True)
class _Column:
    """Where a layer stands: the room for the words of arrows that lead to it is before it."""

    tail: float
    left: float
    width: float


@dataclass
class _Sketch:
    """A flow while it is drawn: what its nodes and arrows say, where its layers stand, and what has its place."""

    canvas: Canvas
    figure: Flow
    layers: Layers
    texts: Mapping[str, LabelWords]
    names: Mapping[tuple[str, str], LabelWords]
    columns: Sequence[_Column] = ()
    exits: dict[LayerCell, tuple[float, float]] = field(default_factory=dict)
    ways: dict[LayerCell, str] = field(default_factory=dict)


def draw(figure: Flow, width: float) -> Drawing:
    """Draw the flow."""
    nodes = figure.flow.items()
    texts = {key: words(node.label, bold=True) for key, node in nodes}
    names = {(key, to): words(label) for key, node in nodes for to, label in node.to.items() if label}
    sketch = _Sketch(Canvas(width), figure, layered(figure), texts, names)
    sketch.columns = _columns(sketch, width)
    heights = [[_height(sketch, rank, unit) for unit in layer] for rank, layer in enumerate(sketch.layers.units)]
    height = max(sum(layer) + GAP * (len(layer) - 1) for layer in heights)
    for rank, layer in enumerate(sketch.layers.units):
        wishes = [_wish(sketch, unit, height * (i + 0.5) / len(layer)) for i, unit in enumerate(layer)]
        tops = apart(wishes, heights[rank], height, GAP)
        for unit, top, high in zip(layer, tops, heights[rank], strict=True):
            _unit(sketch, rank, unit, top, high)
    return sketch.canvas.drawing(height)


def _columns(sketch: _Sketch, width: float) -> list[_Column]:
    count = len(sketch.layers.units)
    layers = [_layer_need(sketch, layer) for layer in sketch.layers.units]
    tails = [_tail_need(sketch, layer) for layer in sketch.layers.units[1:]]
    room = width - CURVE * (count - 1)
    wide = fitted([*layers, *tails], room)
    if wide is None:
        raise FigureError(
            "too wide: shorten the words of nodes and arrows, or let fewer arrows follow each other", "flow"
        )
    spare = room - sum(wide)
    more = min(STRETCH, spare / (2 * count - 1)) if count > 1 else spare
    curve = CURVE + (spare - more * count) / (count - 1) if count > 1 else 0.0
    columns: list[_Column] = []
    for own, tail in zip(wide[:count], [0.0, *wide[count:]], strict=True):
        end = columns[-1].left + columns[-1].width + curve if columns else 0.0
        columns.append(_Column(tail, end + tail, own + more))
    return columns


def _layer_need(sketch: _Sketch, layer: Sequence[Unit]) -> Need:
    least = natural = 0.0
    for unit in layer:
        rim = 2 * PAD + (2 * RIM if unit.frame else 0.0)
        texts = [sketch.texts[cell.key] for cell in unit.cells if not cell.towards]
        if unit.frame:
            texts.append(words(sketch.figure.frames[unit.frame].label))
        least = max([least, *(text.least + rim for text in texts)])
        natural = max([natural, *(text.natural + rim for text in texts)])
    return least, natural


def _tail_need(sketch: _Sketch, layer: Sequence[Unit]) -> Need:
    keys = {cell.key for unit in layer for cell in unit.cells if not cell.towards}
    texts = [text for (_, target), text in sketch.names.items() if target in keys]
    if not texts:
        return HEAD, HEAD
    return max(text.least for text in texts) + HEAD, max(text.natural for text in texts) + HEAD


def _height(sketch: _Sketch, rank: int, unit: Unit) -> float:
    inner = sum(_cell_height(sketch, rank, cell, bool(unit.frame)) + GAP for cell in unit.cells) - GAP
    return inner + _title(sketch, rank, unit) + 2 * RIM if unit.frame else inner


def _title(sketch: _Sketch, rank: int, unit: Unit) -> float:
    """Return how high the words of a frame are."""
    assert unit.frame
    return words(sketch.figure.frames[unit.frame].label).height(sketch.columns[rank].width - 2 * RIM)


def _cell_height(sketch: _Sketch, rank: int, cell: LayerCell, framed: bool) -> float:
    if cell.towards:
        return PASSING
    width = sketch.columns[rank].width - 2 * PAD - (2 * RIM if framed else 0.0)
    ports = sum(_port(sketch, rank, source, cell) for source in sketch.layers.sources[cell])
    return max(sketch.texts[cell.key].height(width) + PAD, ports, LEADING)


def _port(sketch: _Sketch, rank: int, source: LayerCell, cell: LayerCell) -> float:
    """Return how much room an arrow takes beside the node it leads to."""
    name = sketch.names.get((source.key, cell.key))
    return name.height(sketch.columns[rank].tail - HEAD) + FOOT if name else PASSING


def _wish(sketch: _Sketch, unit: Unit, otherwise: float) -> float:
    """Return where the middle of a unit would best be: at the height of where its arrows come from."""
    heights = [sketch.exits[source][1] for cell in unit.cells for source in sketch.layers.sources[cell]]
    return sum(heights) / len(heights) if heights else otherwise


def _unit(sketch: _Sketch, rank: int, unit: Unit, top: float, high: float) -> None:
    column, rim = sketch.columns[rank], 0.0
    if unit.frame:
        rim = RIM
        sketch.canvas.box(column.left, top, column.width, high, "around", 3)
        text, room = words(sketch.figure.frames[unit.frame].label), column.width - 2 * RIM
        sketch.canvas.label(text, room, column.left + RIM, top + RIM / 2)
        top += _title(sketch, rank, unit) + RIM
    for cell in unit.cells:
        own = _cell_height(sketch, rank, cell, bool(unit.frame))
        if cell.towards:
            _pass(sketch, rank, cell, top + own / 2)
        else:
            _node(
                sketch,
                rank,
                cell,
                sketch.canvas.box(
                    column.left + rim, top, column.width - 2 * rim, own, sketch.figure.flow[cell.key].look, 2
                ),
            )
        top += own + GAP


def _pass(sketch: _Sketch, rank: int, cell: LayerCell, y: float) -> None:
    """Lead an arrow past a layer."""
    right = sketch.columns[rank].left + sketch.columns[rank].width
    sketch.ways[cell] = f"{_approach(sketch, rank, sketch.layers.sources[cell][0], y)}L{point(right, y)}"
    sketch.exits[cell] = right, y


def _node(sketch: _Sketch, rank: int, cell: LayerCell, box: Box) -> None:
    """Write a node's words, and lead the arrows to it: from top to bottom in the order of where they come from."""
    sketch.canvas.within(box, sketch.texts[cell.key], PAD)
    sketch.exits[cell] = box.right, box.middle
    sources = sorted(sketch.layers.sources[cell], key=lambda source: sketch.exits[source][1])
    ports = [_port(sketch, rank, source, cell) for source in sources]
    top = box.top + (box.height - sum(ports)) / 2
    for source, port in zip(sources, ports, strict=True):
        name = sketch.names.get((source.key, cell.key))
        y = top + (port - FOOT + NEAR if name else port / 2)
        if len(ports) == 1 and name:
            y = max(box.middle, box.top + port - FOOT + NEAR)
        sketch.canvas.line(f"{_approach(sketch, rank, source, y)}L{point(box.left - 2, y)}")
        sketch.canvas.head(box.left, y, 1, 0)
        if name:
            tail = sketch.columns[rank].tail - HEAD
            start = sketch.columns[rank].left - sketch.columns[rank].tail + 1
            sketch.canvas.label(name, tail, start, y - name.height(tail) - NEAR)
        top += port


def _approach(sketch: _Sketch, rank: int, source: LayerCell, y: float) -> str:
    """Return the way of an arrow from its source, or where it passed by last, to the room before a layer."""
    x, start = sketch.exits[source]
    end = sketch.columns[rank].left - sketch.columns[rank].tail
    middle = (x + end) / 2
    before = sketch.ways.get(source) or f"M{point(x, start)}"
    if abs(start - y) < STRAIGHT:
        return f"{before}L{point(end, y)}"
    return f"{before}C{point(middle, start)} {point(middle, y)} {point(end, y)}"

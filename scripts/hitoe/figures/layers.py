"""Assigns the nodes of a flow figure to layers so that each arrow leads to a later layer, and orders each layer.

This is layered graph drawing (Sugiyama): longest-path layering, and ordering by the mean position of the predecessors.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from hitoe.figures.shapes import FigureError
from hitoe.problems import did_you_mean
from hitoe.schema import Flow


@dataclass(frozen=True, slots=True)
class LayerCell:
    """A position in a layer: the node `key`, or the arrow from it to the node `towards`, which crosses the layer.

    `rank` is the layer of a crossing, since one arrow can cross several; 0 for nodes.
    """

    key: str
    towards: str | None = None
    rank: int = 0


@dataclass(frozen=True, slots=True)
class CellGroup:
    """Cells of a layer that stay together: those in a frame, or a single one without a frame."""

    frame: str | None
    cells: Sequence[LayerCell]


def faults(figure: Flow) -> Iterator[FigureError]:
    """Yield what prevents a figure from being drawn."""
    if not figure.flow:
        yield FigureError("a flow without a node: add one at least", "flow")
    references = [(target, "flow", key, "to") for key, node in figure.flow.items() for target in node.to]
    references += [(node, "frames", key, "nodes") for key, frame in figure.frames.items() for node in frame.nodes]
    unknown = [each for each in references if each[0] not in figure.flow]
    for name, *loc in unknown:
        yield FigureError(f"unknown node '{name}': {did_you_mean(name, figure.flow)}", *loc)
    framed: set[str] = set()
    for key, frame in figure.frames.items():
        if not frame.nodes:
            yield FigureError("a frame without nodes: name one at least", "frames", key, "nodes")
        for node_key in frame.nodes:
            if node_key in framed:
                yield FigureError(f"'{node_key}' is in two frames: take it out of one", "frames", key, "nodes")
            framed.add(node_key)
    if not unknown:
        yield from _misplaced(figure)


def _misplaced(figure: Flow) -> Iterator[FigureError]:
    try:
        ranks = ranked(figure)
    except CycleError as error:
        circle = [str(key) for key in error.args[1]]
        message = f"the arrows run in a circle: {' → '.join(reversed(circle))}: leave one out"
        yield FigureError(message, "flow", circle[-1], "to")
        return
    for key, frame in figure.frames.items():
        if len({ranks[node] for node in frame.nodes}) > 1:
            message = "nodes of a frame are drawn one below the other, so no arrow may lead from one of them to another"
            yield FigureError(message, "frames", key, "nodes")


def ranked(figure: Flow) -> Mapping[str, int]:
    """Return the layer of each node, from 0: the first one after the layers of all its predecessors.

    Raises:
        CycleError: the arrows run in a circle.
    """
    before: dict[str, list[str]] = {key: [] for key in figure.flow}
    for key, node in figure.flow.items():
        for target in node.to:
            before[target].append(key)
    ranks: dict[str, int] = {}
    for key in TopologicalSorter(before).static_order():
        ranks[key] = max((ranks[source] + 1 for source in before[key]), default=0)
    for frame in figure.frames.values():
        # Nodes of a frame from which no arrow leads can share the last layer of the frame.
        last = max((ranks[key] for key in frame.nodes), default=0)
        ranks |= {key: last for key in frame.nodes if not figure.flow[key].to}
    return ranks


@dataclass(frozen=True, slots=True)
class Layers:
    """The layers from left to right, each from top to bottom, and for each cell those from which arrows come to it."""

    units: Sequence[Sequence[CellGroup]]
    sources: Mapping[LayerCell, Sequence[LayerCell]]


def layered(figure: Flow) -> Layers:
    """Return the layers of a flow, each ordered so that few arrows cross."""
    ranks = ranked(figure)
    layers: list[list[LayerCell]] = [[] for _ in range(max(ranks.values()) + 1)]
    for key in figure.flow:
        layers[ranks[key]].append(LayerCell(key))
    sources: dict[LayerCell, list[LayerCell]] = {cell: [] for layer in layers for cell in layer}
    for key, node in figure.flow.items():
        for target in node.to:
            cell = LayerCell(key)
            for rank in range(ranks[key] + 1, ranks[target]):
                crossing = LayerCell(key, target, rank)
                layers[rank].append(crossing)
                sources[crossing] = [cell]
                cell = crossing
            sources[LayerCell(target)].append(cell)
    return Layers(_ordered(figure, layers, sources), sources)


def _ordered(
    figure: Flow, layers: Sequence[Sequence[LayerCell]], sources: Mapping[LayerCell, Sequence[LayerCell]]
) -> list[Sequence[CellGroup]]:
    """Order each layer by the mean height of the cells from which its arrows come."""
    frames = {node: key for key, frame in figure.frames.items() for node in frame.nodes}
    ordered: list[Sequence[CellGroup]] = []
    heights: dict[LayerCell, float] = {}
    for layer in layers:
        wanted = {
            cell: _mean([heights[source] for source in sources[cell]]) if sources[cell] else (index + 0.5) / len(layer)
            for index, cell in enumerate(layer)
        }
        groups: dict[str | LayerCell, list[LayerCell]] = {}
        for cell in layer:
            groups.setdefault((not cell.towards and frames.get(cell.key)) or cell, []).append(cell)
        units = [
            CellGroup(name if isinstance(name, str) else None, sorted(cells, key=wanted.__getitem__))
            for name, cells in groups.items()
        ]
        units.sort(key=lambda unit: _mean([wanted[cell] for cell in unit.cells]))
        cells = [cell for unit in units for cell in unit.cells]
        heights |= {cell: (index + 0.5) / len(cells) for index, cell in enumerate(cells)}
        ordered.append(units)
    return ordered


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)

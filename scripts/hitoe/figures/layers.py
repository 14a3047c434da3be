"""The nodes of a flow in layers, so that each arrow leads from a layer to a later one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from hitoe.figures.shapes import FigureError
from hitoe.problems import did_you_mean
from hitoe.schema import Flow


@dataclass(frozen=True, slots=True)
class LayerCell:
    """What stands in a layer: a node by its `key`, or where `towards` is given the arrow from it that passes by.

    `rank` tells the places apart where one arrow passes by.
    """

    key: str
    towards: str | None = None
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Unit:
    """Cells that stand together: those of a frame, or one."""

    frame: str | None
    cells: Sequence[LayerCell]


def faults(figure: Flow) -> Iterator[FigureError]:
    """Yield what keeps a figure from being drawn."""
    if not figure.flow:
        yield FigureError("a flow without a node: add one at least", "flow")
    known = True
    for key, node in figure.flow.items():
        for target in node.to:
            if target not in figure.flow:
                known = False
                yield FigureError(f"unknown node '{target}': {did_you_mean(target, figure.flow)}", "flow", key, "to")
    framed: dict[str, str] = {}
    for key, frame in figure.frames.items():
        if not frame.nodes:
            yield FigureError("a frame without nodes: name one at least", "frames", key, "nodes")
        for node_key in frame.nodes:
            if node_key not in figure.flow:
                known = False
                message = f"unknown node '{node_key}': {did_you_mean(node_key, figure.flow)}"
                yield FigureError(message, "frames", key, "nodes")
            elif node_key in framed:
                yield FigureError(f"'{node_key}' is in two frames: take it out of one", "frames", key, "nodes")
            framed.setdefault(node_key, key)
    if known:
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
            message = "the nodes of a frame stand one below the other: no arrow may lead from one to another of them"
            yield FigureError(message, "frames", key, "nodes")


def ranked(figure: Flow) -> Mapping[str, int]:
    """Return the number of each node's layer, from 0: as few as its arrows need.

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
        # Nodes that end together stand together.
        last = max(ranks[key] for key in frame.nodes)
        ranks |= {key: last for key in frame.nodes if not figure.flow[key].to}
    return ranks


@dataclass(frozen=True, slots=True)
class Layers:
    """The layers from left to right, each from top to bottom; and from which cells arrows come to each cell."""

    units: Sequence[Sequence[Unit]]
    sources: Mapping[LayerCell, Sequence[LayerCell]]


def layered(figure: Flow) -> Layers:
    """Return the layers of a flow, ordered so that few arrows cross."""
    ranks = ranked(figure)
    layers: list[list[LayerCell]] = [[] for _ in range(max(ranks.values()) + 1)]
    for key in figure.flow:
        layers[ranks[key]].append(LayerCell(key))
    sources: dict[LayerCell, list[LayerCell]] = {cell: [] for layer in layers for cell in layer}
    for key, node in figure.flow.items():
        for target in node.to:
            cell = LayerCell(key)
            for rank in range(ranks[key] + 1, ranks[target]):
                passing = LayerCell(key, target, rank)
                layers[rank].append(passing)
                sources[passing] = [cell]
                cell = passing
            sources[LayerCell(target)].append(cell)
    return Layers(_ordered(figure, layers, sources), sources)


def _ordered(
    figure: Flow, layers: Sequence[Sequence[LayerCell]], sources: Mapping[LayerCell, Sequence[LayerCell]]
) -> list[Sequence[Unit]]:
    """Put what stands in each layer at the height of where its arrows come from."""
    ordered: list[Sequence[Unit]] = []
    places: dict[LayerCell, float] = {}
    for layer in layers:
        wishes = {
            cell: _mean([places[source] for source in sources[cell]]) if sources[cell] else (index + 0.5) / len(layer)
            for index, cell in enumerate(layer)
        }
        units = [Unit(unit.frame, sorted(unit.cells, key=wishes.__getitem__)) for unit in _units(figure, layer)]
        units.sort(key=lambda unit: _mean([wishes[cell] for cell in unit.cells]))
        cells = [cell for unit in units for cell in unit.cells]
        places |= {cell: (index + 0.5) / len(cells) for index, cell in enumerate(cells)}
        ordered.append(units)
    return ordered


def _units(figure: Flow, layer: Sequence[LayerCell]) -> list[Unit]:
    frames = {node: key for key, frame in figure.frames.items() for node in frame.nodes}
    units: dict[object, Unit] = {}
    for cell in layer:
        frame = None if cell.towards else frames.get(cell.key)
        name = cell if frame is None else frame
        units[name] = Unit(frame, [*(units[name].cells if name in units else ()), cell])
    return list(units.values())


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)

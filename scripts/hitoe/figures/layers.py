"""Assigns the nodes of a flow figure to layers so that each arrow leads to a later layer, and orders each layer.

This is layered graph drawing (Sugiyama): longest-path layering, and ordering by the mean position of the predecessors.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

from hitoe.figures.shapes import FigureError
from hitoe.messages import say
from hitoe.problems import did_you_mean
from hitoe.values.figures import Flow


@dataclass(eq=False)
class LayerCell:
    """A position in a layer: a node, or the `crossing` of an arrow from it to a node of a later layer.

    `sources` are the cells from which arrows lead here. When drawn, a cell has the point `end` where arrows leave it,
    and a crossing the path of its arrow up to there.
    """

    key: str
    frame: str | None = None
    crossing: bool = False
    sources: list["LayerCell"] = field(default_factory=list)
    end: tuple[float, float] = (0.0, 0.0)
    path: str = ""


CellGroup = Sequence[LayerCell]
"""Cells of a layer that stay together: those in a frame, or a single one without a frame."""


def faults(figure: Flow) -> Iterator[FigureError]:
    """Yield what prevents a figure from being drawn."""
    if not figure.flow:
        yield FigureError(say("a flow without a node: add one at least"), "flow")
    references = [(target, "flow", key, "to") for key, node in figure.flow.items() for target in node.to]
    references += [(node, "frames", key, "nodes") for key, frame in figure.frames.items() for node in frame.nodes]
    unknown = [each for each in references if each[0] not in figure.flow]
    for name, *loc in unknown:
        yield FigureError(say("unknown node '{name}': {hint}", name=name, hint=did_you_mean(name, figure.flow)), *loc)
    framed: set[str] = set()
    for key, frame in figure.frames.items():
        if not frame.nodes:
            yield FigureError(say("a frame without nodes: name one at least"), "frames", key, "nodes")
        for node_key in frame.nodes:
            if node_key in framed:
                yield FigureError(
                    say("'{node_key}' is in two frames: take it out of one", node_key=node_key), "frames", key, "nodes"
                )
            framed.add(node_key)
    if unknown:
        return
    try:
        ranks = _ranks(figure)
    except CycleError as error:
        circle = [str(key) for key in error.args[1]]
        message = say("the arrows run in a circle: {circle}: leave one out", circle=" → ".join(reversed(circle)))
        yield FigureError(message, "flow", circle[-1], "to")
        return
    for key, frame in figure.frames.items():
        if len({ranks[node] for node in frame.nodes}) > 1:
            message = say(
                "nodes of a frame are drawn one below the other, so no arrow may lead from one of them to another"
            )
            yield FigureError(message, "frames", key, "nodes")


def _ranks(figure: Flow) -> Mapping[str, int]:
    """Return the number of the layer of each node, from 0; raise CycleError if the arrows run in a circle."""
    before = {key: [source for source, node in figure.flow.items() if key in node.to] for key in figure.flow}
    ranks: dict[str, int] = {}
    for key in TopologicalSorter(before).static_order():
        ranks[key] = max((ranks[source] + 1 for source in before[key]), default=0)
    for frame in figure.frames.values():
        # Nodes of a frame from which no arrow leads can share the last layer of the frame.
        last = max((ranks[key] for key in frame.nodes), default=0)
        ranks |= {key: last for key in frame.nodes if not figure.flow[key].to}
    return ranks


def layered(figure: Flow) -> list[list[CellGroup]]:
    """Return the layers of a flow from left to right, each ordered from top to bottom so that few arrows cross."""
    ranks = _ranks(figure)
    frames = {node: key for key, frame in figure.frames.items() for node in frame.nodes}
    cells = {key: LayerCell(key, frames.get(key)) for key in figure.flow}
    layers = [[cells[key] for key in cells if ranks[key] == rank] for rank in range(max(ranks.values()) + 1)]
    for key, node in figure.flow.items():
        for target in node.to:
            source = cells[key]
            for layer in layers[ranks[key] + 1 : ranks[target]]:
                source = LayerCell(key, crossing=True, sources=[source])
                layer.append(source)
            cells[target].sources.append(source)
    return _ordered(layers)


def _ordered(layers: Sequence[Sequence[LayerCell]]) -> list[list[CellGroup]]:
    """Order each layer by the mean height of the cells from which its arrows come."""
    ordered: list[list[CellGroup]] = []
    heights: dict[LayerCell, float] = {}
    for layer in layers:
        wanted = {
            cell: mean([heights[source] for source in cell.sources], (index + 0.5) / len(layer))
            for index, cell in enumerate(layer)
        }
        groups: dict[str | LayerCell, list[LayerCell]] = {}
        for cell in layer:
            groups.setdefault(cell.frame or cell, []).append(cell)
        for group in groups.values():
            group.sort(key=wanted.__getitem__)
        ordered.append(sorted(groups.values(), key=lambda group: mean([wanted[cell] for cell in group])))
        cells = [cell for group in ordered[-1] for cell in group]
        heights |= {cell: (index + 0.5) / len(cells) for index, cell in enumerate(cells)}
    return ordered


def mean(values: Sequence[float], default: float = 0.0) -> float:
    """Return the mean of the values, `default` if there are none."""
    return sum(values) / len(values) if values else default

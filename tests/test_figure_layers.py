"""The layers of a flow: each arrow leads to a later one, and each is ordered so that few arrows cross."""

from collections.abc import Mapping, Sequence

import pytest
from hitoe.figures.layers import layered
from hitoe.values.figures import Flow


def flow(arrows: Mapping[str, Sequence[str]], **frames: Sequence[str]) -> Flow:
    return Flow.model_validate(
        {
            "title": "題",
            "alt": "絵",
            "flow": {key: {"label": key, "to": list(targets)} for key, targets in arrows.items()},
            "frames": {key: {"label": key, "nodes": list(nodes)} for key, nodes in frames.items()},
        }
    )


def shown(figure: Flow) -> list[list[str]]:
    """Return what stands in each layer from top to bottom; an arrow that crosses it as `from>`."""
    return [
        [f"{cell.key}>" if cell.crossing else cell.key for group in layer for cell in group]
        for layer in layered(figure)
    ]


@pytest.mark.parametrize(
    ("arrows", "layers"),
    [
        ({"a": "c", "b": "d", "c": "", "d": ""}, [["a", "b"], ["c", "d"]]),
        ({"a": "d", "b": "c", "c": "", "d": ""}, [["a", "b"], ["d", "c"]]),
        ({"a": "f", "b": "e", "c": "d", "d": "", "e": "", "f": ""}, [["a", "b", "c"], ["f", "e", "d"]]),
        ({"a": "e", "b": "cd", "c": "", "d": "", "e": ""}, [["a", "b"], ["e", "c", "d"]]),
        ({"a": "cd", "b": "e", "c": "e", "d": "", "e": ""}, [["a", "b"], ["c", "d", "b>"], ["e"]]),
    ],
    ids=["parallel", "crossed", "three", "two from one", "passing by"],
)
def test_a_node_stands_at_the_height_of_those_from_which_arrows_come(
    arrows: dict[str, str], layers: list[list[str]]
) -> None:
    found = shown(flow(arrows))
    assert [sorted(layer) for layer in found] == [sorted(layer) for layer in layers]
    assert found == layers


def test_in_a_frame_and_with_it_nodes_stand_at_the_height_of_those_from_which_arrows_come() -> None:
    arrows = {"a": "f", "b": "e", "c": "d", "d": "", "e": "", "f": ""}
    assert shown(flow(arrows, one=["d", "e"])) == [["a", "b", "c"], ["f", "e", "d"]]


def test_a_node_is_in_the_first_layer_after_all_from_which_arrows_come() -> None:
    nodes = [
        [key for key in layer if ">" not in key] for layer in shown(flow({"a": "bc", "b": "c", "c": "", "d": "c"}))
    ]
    assert [sorted(layer) for layer in nodes] == [["a", "d"], ["b"], ["c"]]
    assert shown(flow({"a": "b", "b": "", "c": ""}, one=["b", "c"])) == [["a"], ["b", "c"]]

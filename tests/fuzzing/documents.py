"""Hypothesis: files of YAML that have the shape of notes, with other values in places."""

import json
from typing import Any

from hitoe.schema.editors import texts
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fuzzing.words import SCALARS

PROSE = [
    *(
        "問い",
        "答え",
        "{{c1::空欄}}がある",
        "**強調** と `code`",
        "24時間",
        "x^2^ H~2~O",
        "漢字《かんじ》",
        "a < b & c",
        "1.10",
        "$x^2$",
    ),
    *(
        "![絵](images/flag.png)",
        "images/flag.png",
        "images/states.svg",
        "2020-W30",
        "2020-07-20",
        "true",
        "ja",
        "key",
        "e.a",
        "3",
    ),
    *(
        "a: b",
        "x ^ 2 + 1",
        "{x} 個",
        "https://example.com/a?b=c",
        "standard",
        "none",
        "main",
        "extra",
        "C4",
        "python",
        "5",
    ),
]


def keys(name: str) -> list[str]:
    """Return all keys that the format has."""
    found: set[str] = set()

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            found.update(node.get("properties", ()))
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(json.loads(texts()[name]))
    return sorted(found)


def _values(known: list[str]) -> SearchStrategy[Any]:
    leaves = st.sampled_from(PROSE) | st.sampled_from(PROSE) | st.sampled_from(SCALARS) | st.text(max_size=9)
    key = st.sampled_from(known) | st.sampled_from(["a", "b", "r", "c", "鍵", "x-y"])
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(key, inner, max_size=5),
        max_leaves=12,
    )


def _file(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")


def _item(known: list[str], values: SearchStrategy[Any]) -> SearchStrategy[Any]:
    kinds = (
        "fact",
        "cloze",
        "table",
        "steps",
        "code",
        "calc",
        "choice",
        "picture",
        "flow",
        "layers",
        "timeline",
        "bar",
    )
    shapes: dict[str, dict[str, Any]] = {
        "fact": {"is": "答え"},
        "cloze": {},
        "table": {
            "columns": {"c": "列", "d": "列"},
            "rows": {"r": {"c": "一", "d": "二"}, "s": {"label": "行", "c": "三"}},
        },
        "steps": {"steps": {"a": "一", "b": "二"}},
        "code": {"is": "x = 1", "language": "python"},
        "calc": {"given": {"x": {"value": "3"}}, "formula": "x + 1"},
        "choice": {"options": {"a": "一", "b": "二"}, "right": "a", "why": "訳"},
        "picture": {
            "image": {"file": "images/states.svg", "alt": "絵"},
            "regions": {"a": {"label": "x", "left": "1", "top": "1", "width": "9", "height": "9"}},
        },
    }
    more = st.dictionaries(st.sampled_from(known), values, max_size=3)
    return st.sampled_from(kinds).flatmap(
        lambda kind: st.builds(
            lambda text, extra: {kind: text, **shapes.get(kind, {}), **extra},
            st.sampled_from(PROSE) | st.just("{{c1::x}} と {{c2::y::手がかり}}") | values,
            more,
        )
    )


def topics() -> SearchStrategy[bytes]:
    """Return topic files: some entries of some items, keys and values anywhere exchanged."""
    known = keys("topic.schema.json")
    values = _values(known)
    items = st.dictionaries(
        st.sampled_from(["a", "b", "c", "鍵"]), _item(known, values) | values, min_size=1, max_size=3
    )
    entry = st.builds(
        lambda inside, more: {"title": "題", "items": inside, **more},
        items,
        st.dictionaries(st.sampled_from(known), values, max_size=2),
    )
    entries = st.dictionaries(st.sampled_from(["e", "f", "g.h", "長い鍵"]), entry | values, min_size=1, max_size=2)
    topic = st.builds(
        lambda inside, more: {"topic": "t", "title": "題", "entries": inside, **more},
        entries,
        st.dictionaries(st.sampled_from(known), values, max_size=1),
    )
    return (topic | values).map(_file)


def decks() -> SearchStrategy[bytes]:
    """Return files like deck.yaml."""
    known = keys("deck.schema.json")
    values = _values(known)
    good = {"format": "1", "key": "own", "title": "題", "language": "ja"}
    return st.dictionaries(st.sampled_from(known), values, max_size=4).map(lambda more: _file({**good, **more}))

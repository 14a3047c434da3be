"""The order of topics: `order:` first, then the names of the files, in deck, sheet and log alike."""

from pathlib import Path

import pytest
from hitoe import checks
from hitoe.cli import main
from hitoe.sheet.layout.blocks import blocks
from support.anki_engine import collection, import_deck
from support.notes import written
from support.projects import build

TOPIC = """\
topic: {key}
title: {key}の題
{order}entries:
  {key}-e: {{title: {key}, learned: 2020-W30, items: {{i: {{fact: {key}の問い, is: 答え}}}}}}
"""


@pytest.mark.parametrize(
    ("orders", "topics"),
    [
        ({"a": "", "b": "", "c": ""}, "abc"),
        ({"a": "", "b": "", "c": "order: 1\n"}, "cab"),
        ({"a": "order: 20\n", "b": "order: 3\n", "c": ""}, "bac"),
        ({"a": "order: 1\n", "b": "order: 0\n", "c": "order: 1\n"}, "bac"),
    ],
)
def test_topics_stand_by_order_then_by_file(tmp_path: Path, orders: dict[str, str], topics: str) -> None:
    root = written(tmp_path, {f"{key}.yaml": TOPIC.format(key=key, order=order) for key, order in orders.items()})
    project = checks.trusted(root)
    assert [placed.topic_key for placed in project.entries()] == [*topics]
    assert [block.title.plain for block in blocks(project)] == [*topics]
    assert main(["build", "log", "-C", str(root)]) == 0
    post = (root / "build/log/2020-W30.md").read_text("utf-8")
    places = [post.index(f"### {key}") for key in topics]
    assert places == sorted(places)
    with collection(tmp_path / "anki") as col:
        import_deck(col, build(root))
        rows = col.db.all("select n.flds from cards c, notes n where c.nid = n.id order by c.due")  # type: ignore[union-attr]
        assert [next(key for key in topics if f"{key}の問い" in fields) for (fields,) in rows] == [*topics]

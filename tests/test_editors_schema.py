"""What an editor checks while the author types is what hitoe checks."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hitoe.schema import editors
from support.notes import item
from support.projects import EXAMPLE

ROOT = Path(__file__).resolve().parent.parent
SCHEMAS: dict[str, Any] = {name: json.loads(text) for name, text in editors.texts().items()}
NOTES = [path for path in sorted((EXAMPLE / "content").rglob("*.yaml")) if path.name != "deck.yaml"]


class Editor(yaml.SafeLoader):
    """YAML 1.2 as the editors' language server reads it: dates and yes are text, 12 and 1.10 are numbers."""


Editor.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in pairs if not tag.endswith((":timestamp", ":bool", ":int"))]
    for sign, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))
Editor.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^-?[0-9]+$"), list("-0123456789"))
Editor.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(str(node.value), 10))


def complaints(schema: str, text: str) -> list[str]:
    validator = jsonschema.Draft202012Validator(SCHEMAS[schema])
    return [error.message for error in validator.iter_errors(yaml.load(text, Editor))]


def the_item(text: str) -> list[str]:
    return complaints("topic.schema.json", item(text))


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_is_a_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_beside_the_notes_is_up_to_date(name: str) -> None:
    assert (ROOT / editors.FOLDER / name).read_text("utf-8") == editors.texts()[name], "run `make schema`"


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.name)
def test_the_example_has_no_complaints(path: Path) -> None:
    assert complaints("topic.schema.json", path.read_text("utf-8")) == []


def test_the_examples_deck_has_no_complaints() -> None:
    assert complaints("deck.schema.json", (EXAMPLE / "content" / "deck.yaml").read_text("utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        *(f"fact: {value}\nis: {value}" for value in ("12", "1.5", "true", "yes", "012", "12:30", "2020-07-20", "-1")),
        "fact: 問い\nis: 答え\nwas: e.b\ntags: [1, a]\nevidence: {botocore: x, expect: 3, rows: equal}",
        "fact: 問い\nis: 答え\nwas: [e.b, e.c]\nevidence: [{botocore: x}]\nkey: true\ntier: extra",
        "table: 表\ncolumns: {x: 列}\nrows: {r: {x: 12}}\nask: both",
        "table: 表\ncolumns: {x: {title: 列, was: 'e.a[,y]'}}\nrows: {r: {x: {is: 一, ask: none}}}\nask: {x: both}",
        "table: 表\ncolumns: {x: 列}\nrows: {r: {label: 行, was: 'e.a[q]', retired: true, x: 一}}",
        "steps: 手順\nsequence: {a: 一, b: {text: 二, retired: true}}",
        "calc: 計算\ngiven: {n: {value: 1.5, unit: 秒}}\nformula: n",
        'cloze: "{{c1::答え}}"\nretired_clozes: [2]',
        "code: 式\nis: 12\nlanguage: python",
        "fact: 問い\nis: 答え\nreverse: {question: 逆の問い, answer: その答え}",
        "table: 表\ncolumns: {x: {title: 列, question: '{row}は?'}}\nrows: {r: {x: 12}}\nquestion: '{row}の{column}?'",
        "fact: 問い\nis: 答え\nfigure: {title: 題, alt: 図, bar: {a: {label: 甲, value: 1}}, total: 2, numbers: true}",
    ],
)
def test_what_hitoe_takes_an_editor_takes(text: str) -> None:
    assert the_item(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "fact: 問い",
        "fact: 問い\nis: 答え\nhnit: 海",
        "fact: 問い\nis: [答え]",
        "fact: 問い\nis: {a: b}",
        "fact: 問い\nis:",
        "fact: 問い\ntable: 表\nis: 答え",
        "fact: 問い\nis: 答え\ntier: extar",
        "fact: 問い\nis: 答え\nkey: 1",
        "fact: 問い\nis: 答え\nreverse: {answer: 答え}",
        "table: 表\ncolumns: {x: 列}\nrows: {r: 一}",
        "table: 表\ncolumns: {x: 列}\nrows: {r: {x: {is: 一, aks: both}}}",
    ],
)
def test_what_hitoe_refuses_an_editor_marks(text: str) -> None:
    assert the_item(text) != []


def test_keys_of_any_script_are_keys_for_editors_too() -> None:
    assert "\\\\w" not in json.dumps(SCHEMAS)  # ECMAScript's \\w is ASCII only
    for key in ("a", "KEY_ONLY", "12", "鍵", "ビュー", "a_b-c"):
        assert complaints("topic.schema.json", item("fact: 問い\nis: 答え").replace("topic: t", f"topic: {key}")) == []
    for key in ("_a", "-a", "a b", "a.b", "a/b", "'a[b]'", '""'):
        assert complaints("topic.schema.json", item("fact: 問い\nis: 答え").replace("topic: t", f"topic: {key}")) != []


def test_make_schema_writes_into_the_project_it_is_told(tmp_path: Path) -> None:
    assert [path.relative_to(tmp_path).as_posix() for path in editors.write(tmp_path)] == [
        "content/.schema/deck.schema.json",
        "content/.schema/topic.schema.json",
        "content/.schema/note-type.schema.json",
    ]
    assert (tmp_path / "content/.schema/topic.schema.json").read_text("utf-8") == editors.texts()["topic.schema.json"]


def test_editors_know_what_may_stand_in_deck_topic_and_entry() -> None:
    allow = "allow: {yes-no: 理由}\n"
    deck = f"format: 1\nkey: k\ntitle: 題\n{allow}sheet: {{paper: B5}}\n"
    assert complaints("deck.schema.json", deck) == []
    assert complaints("deck.schema.json", deck.replace("yes-no", "yes-on").replace("B5", "B3")) != []
    topic = item("fact: 問い\nis: 答え").replace("  e:\n", f"  e:\n    {allow}")
    assert complaints("topic.schema.json", f"{allow}order: 3\n{topic}") == []
    assert complaints("topic.schema.json", f"{allow.replace('yes-no', 'x')}{topic}") != []

"""What templates remember of an item is printed once for it, and never for another one."""

import pytest
from hitoe.templating import Templates
from hitoe.values.language import Language
from jinja2 import Environment
from jinja2.runtime import Macro


class Printed(list[str]):
    """An item that notes each part of it that a macro prints."""

    def part(self, key: str) -> str:
        """Return a part."""
        self.append(key)
        return f"{key} {len(self)}"


@pytest.fixture
def macros() -> tuple[Macro, Macro]:
    module = (
        Environment(autoescape=True)
        .from_string(
            "{% macro row(item, key) %}{{ item.part(key) }}{% endmacro %}"
            "{% macro head(item, key) %}head {{ item.part(key) }}{% endmacro %}"
        )
        .module
    )
    return module.row, module.head  # type: ignore[attr-defined]  # macros of the template


def test_each_part_of_an_item_is_printed_once(macros: tuple[Macro, Macro]) -> None:
    (row, head), item, other = macros, Printed(), Printed()
    remembered = Templates("card", Language("ja")).remembered
    parts = [(item, row, "a"), (item, row, "b"), (item, row, "a"), (item, head, "a"), (other, row, "a")]
    assert [str(remembered(*part)) for part in parts] == ["a 1", "b 2", "a 1", "head a 3", "a 1"]


def test_where_files_have_other_addresses_all_is_printed_anew(macros: tuple[Macro, Macro]) -> None:
    templates, item = Templates("card", Language("ja")), Printed()
    first = templates.remembered(item, macros[0], "a")
    templates.set_address(str)
    assert (first, templates.remembered(item, macros[0], "a")) == ("a 1", "a 2")

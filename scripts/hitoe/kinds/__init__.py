"""The kinds of item, each in a file of its own.

To add one, write its file here and its template `templates/items/<kind>.html.j2`, put it into KINDS, and give it a name
in each language in `templates/words/kinds.j2`.
"""

from collections.abc import Mapping
from typing import Annotated

from pydantic import GetPydanticSchema

from hitoe.kinds.calc import Calc
from hitoe.kinds.choice import Choice
from hitoe.kinds.cloze import Cloze
from hitoe.kinds.code import Code
from hitoe.kinds.fact import Fact
from hitoe.kinds.item import Identified, Image, Item, ItemPart, Mistake
from hitoe.kinds.note import KeptNote
from hitoe.kinds.picture import Picture
from hitoe.kinds.steps import Steps
from hitoe.kinds.table import Table
from hitoe.messages import say
from hitoe.resources import folder
from hitoe.values.tagged import Family

KINDS: Mapping[str, type[Item]] = {
    kind.kind: kind  # in the order in which messages and the log name them
    for kind in (Fact, Cloze, Table, Steps, Code, Calc, Picture, Choice, KeptNote)
}

ITEMS = Family(
    say("item"),
    say("an item"),
    KINDS,
    say("write {{{kinds}: …}}", kinds="|".join(KINDS)),
    say("begin it with one of the keys {kinds}", kinds=", ".join(KINDS)),
)

for kind in KINDS:
    # Without its template an item would be missing on the sheet, or stop one build and not the next.
    if not (folder() / "items" / f"{kind}.html.j2").is_file():
        raise RuntimeError(f"items of kind '{kind}' cannot be printed: write templates/items/{kind}.html.j2")

AnyItem = Annotated[Item, GetPydanticSchema(lambda _item, handler: handler(ITEMS.union()))]
"""An item of one of the kinds."""

__all__ = ["ITEMS", "KINDS", "AnyItem", "Identified", "Image", "Item", "ItemPart", "Mistake"]

"""Makes items of the notes of an Anki package."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from hitoe.importing import anki_signs, html_marks, occlusion, template_reading
from hitoe.importing.anki_file import ForeignNote
from hitoe.importing.html_marks import FieldContext
from hitoe.importing.losses import Losses
from hitoe.importing.marks_writer import Writer
from hitoe.importing.template_reading import Recipe
from hitoe.importing.yaml_writer import InBraces, Value
from hitoe.kinds.item import SWITCHES
from hitoe.messages import say
from hitoe.text import Block, Bullets, ClozeSpan, Formula, Paragraph, PictureSpan, Plain, SoundSpan, Sup, Text
from hitoe.text.parse import parse
from hitoe.text.rewriting import mapped
from hitoe.typography.ending_marks import ended

PERSONAL = frozenset({"marked", "leech"})
"""Tags that Anki sets for a learner."""
ItemFields = dict[str, Value]
Media = Callable[[str, Callable[[str], None]], str | None]


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item that a note became, and the words that its key is made of."""

    fields: ItemFields
    words: str
    deck: str = ""


@dataclass(slots=True)
class Converter:
    """Makes items. `math`: texts have formulas; `bare`: hitoe puts no words of its own behind a question."""

    math: bool
    bare: bool
    media: Media
    losses: Losses
    _readings: list[str] = field(default_factory=list)
    _words: dict[str, str] = field(default_factory=dict)

    def item(self, note: ForeignNote) -> NewItem | None:
        """Return the item of a note; None, with the reason told, if it cannot become one."""
        self.losses.note, self.losses.field, self._readings, self._words = str(note.id), "", [], {}
        if note.type.occlusion or "image-occlusion:" in next(iter(note.values.values()), ""):
            made = self._picture(note)
        elif note.type.cloze:
            made = self._cloze(note)
        else:
            made = self._fact(note)
        self.losses.field = ""
        if not made:
            words = anki_signs.plain(" ".join(note.values.values()))[:60]
            self.losses.tell(say("the note was not carried over: {words}", words=words))
            return None
        for deck in note.other_decks:
            self.losses.tell(say("cards in another deck: {deck}", deck=deck))
        if self._readings:
            made["reading"] = " ".join(dict.fromkeys(self._readings))
        if tags := [tag for tag in note.tags if tag.lower() not in PERSONAL]:
            made["tags"] = tags
        first = str(next(iter(made.values())))
        return NewItem(made, self._words.get(first, first), note.deck)

    # Kinds

    def _fact(self, note: ForeignNote) -> ItemFields | None:
        recipe = template_reading.recipe(note.type)
        front, question = self._first(note, recipe.fronts, recipe)
        back, answer = self._first(note, [name for name in recipe.backs if name != front], recipe)
        self.losses.field = ""
        if not question or not answer:
            self.losses.tell(say("no question") if not question else say("no answer: a fact needs one"))
            return None
        made: ItemFields = {"fact": question, "is": answer}
        if not self.bare and not ended(parse(question, math=self.math)):
            if question.lower() in SWITCHES:
                self.losses.tell(
                    say("the question '{question}' is asked with a word of hitoe's behind it", question=question)
                )
            else:
                made["ask"] = question
        if recipe.mirrored and 1 in note.ords:
            if answer.lower() in SWITCHES:
                self.losses.tell(
                    say("the card that asks '{answer}': hitoe takes this word for a setting", answer=answer)
                )
            else:
                made["reverse"] = answer
        if recipe.typed:
            made |= self._typed([parse(answer, math=self.math)])
        return made | self._rest(note, {front, back}, recipe)

    def _cloze(self, note: ForeignNote) -> ItemFields | None:
        name = template_reading.cloze_field(note.type)
        recipe = template_reading.recipe(note.type)
        blocks = numbered(self._blocks(note, name, recipe, cloze=True))
        text, clozes = self._written(blocks, cloze=True), Text("", blocks).clozes
        if not text or not clozes:
            self.losses.tell(say("no cloze that can be asked"))
            return None
        made: ItemFields = {"cloze": text}
        if any("type:" in template.front for template in note.type.templates):
            made |= self._typed([Text.of_nodes(cloze.children) for cloze in clozes])
        return made | self._rest(note, {name}, recipe)

    def _picture(self, note: ForeignNote) -> ItemFields | None:
        shapes, image, header, *_ = [*note.type.fields, "", "", ""]
        self.losses.field = shapes
        regions = occlusion.regions(note.values.get(shapes, ""), self.losses.tell)
        self.losses.field = image
        file = self._media(occlusion.image(note.values.get(image, "")))
        if not regions or not file:
            self.losses.tell(say("no region, or no picture"))
            return None
        recipe = template_reading.recipe(note.type)
        title = self._text(note, header, recipe) or note.deck.rpartition("::")[2] or "picture"
        self.losses.field = shapes
        self.losses.tell(
            say("names of regions: Anki has none, so they are 1 to {count}: write what they show", count=len(regions))
        )
        named: dict[str, Value] = {
            str(number): InBraces({"label": str(number), **occlusion.percent(region)})
            for number, region in enumerate(regions.values(), 1)
        }
        alt = file.rpartition("/")[2].rpartition(".")[0]
        words = Writer(self.math).write([Paragraph((Plain(alt),))], self.losses.tell)
        made: ItemFields = {"picture": title, "image": InBraces({"file": file, "alt": words}), "regions": named}
        return made | self._rest(note, {shapes, image, header}, recipe)

    # Texts

    def _first(self, note: ForeignNote, names: Iterable[str], recipe: Recipe) -> tuple[str, str]:
        """Return the first of some fields that holds something, and its text."""
        for name in names:
            if note.values.get(name, "").strip() and (text := self._text(note, name, recipe)):
                return name, text
        return "", ""

    def _text(self, note: ForeignNote, name: str, recipe: Recipe) -> str:
        return self._written(self._blocks(note, name, recipe))

    def _written(self, blocks: tuple[Block, ...], *, cloze: bool = False) -> str:
        text = Writer(self.math, cloze).write(blocks, self.losses.tell)
        self._words[text] = Text("", blocks).plain
        return text

    def _blocks(self, note: ForeignNote, name: str, recipe: Recipe, *, cloze: bool = False) -> tuple[Block, ...]:
        self.losses.field = name
        html = note.values.get(name, "")
        if name in recipe.readings and "[" in html:
            html, readings = anki_signs.without_readings(html, self.losses.tell)
            self._readings += readings
        context = FieldContext(self.math, cloze, self._media, self.losses.tell, note.type.html)
        blocks, readings = html_marks.blocks(html, context)
        self._readings += readings
        return blocks

    def _media(self, name: str) -> str | None:
        return self.media(name, self.losses.tell) if name else None

    def _typed(self, answers: Iterable[Text]) -> ItemFields:
        for answer in answers:
            if any(isinstance(node, PictureSpan | SoundSpan | Sup | Formula) for node in answer.walk()):
                self.losses.tell(say("typing the answer: it has a picture, a sound, a superscript or a formula"))
                return {}
        return {"typed": "true"}

    def _rest(self, note: ForeignNote, used: set[str], recipe: Recipe) -> ItemFields:
        """Return hint and `extra`: all fields that are not used yet and hold something."""
        made: ItemFields = {}
        if recipe.hint and recipe.hint not in used and (hint := self._text(note, recipe.hint, recipe)):
            made["hint"] = hint
            used = {*used, recipe.hint}
        skipped = used | template_reading.conditions(note.type)
        names = [name for name in note.type.fields if name not in skipped and note.values.get(name, "").strip()]
        found = {name: blocks for name in names if (blocks := self._blocks(note, name, recipe))}
        listed = (Bullets(tuple(map(_named, found.items()))),)
        self.losses.field = "extra"
        if text := Writer(self.math).write(
            listed if len(found) > 1 else next(iter(found.values()), ()), self.losses.tell
        ):
            made["extra"] = text
        return made


def _named(field_: tuple[str, tuple[Block, ...]]) -> tuple[Block, ...]:
    """Return the blocks of a field with its name in front."""
    name, (first, *others) = field_
    if isinstance(first, Paragraph):
        return (Paragraph((Plain(f"{name}: "), *first.children)), *others)
    return (Paragraph((Plain(f"{name}:"),)), first, *others)


def numbered(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return blocks whose clozes count from 1 without gaps."""
    used = sorted({cloze.number for cloze in Text("", blocks).clozes})
    numbers = {number: new for new, number in enumerate(used, 1)}
    return blocks if list(numbers) == list(numbers.values()) else tuple(_renumbered(block, numbers) for block in blocks)


def _renumbered(node: Any, numbers: Mapping[int, int]) -> Any:
    inside = mapped(node, lambda inner: tuple(_renumbered(each, numbers) for each in inner))
    return replace(inside, number=numbers[node.number]) if isinstance(node, ClozeSpan) else inside

"""deck.yaml: what the deck is, and how its sheet and log are made."""

from typing import Literal as OneOf

from pydantic import Field

from hitoe.kinds import Image
from hitoe.messages import say
from hitoe.values.language import Language
from hitoe.values.lints import Allow
from hitoe.values.names import FileKey, Fotolife
from hitoe.values.report_link import ReportAddress
from hitoe.values.scalars import (
    Count,
    Day,
    Flag,
    Format,
    IsoWeek,
    Key,
    LanguageTag,
    Letters,
    Literal,
    Number,
    Prose,
    Url,
    Whole,
)
from hitoe.values.strict import Strict


class Domain(Strict):
    """A part of the examination and its weight in per cent."""

    title: Prose = Field(description=say("its name"))
    weight: Number | None = Field(None, description=say("its part of the exam's questions"))


class Series(Strict):
    """The blog series of the weekly logs."""

    title: Literal = Field(description=say("title of the series"))
    number_1: IsoWeek = Field(description=say("the week of post 1"))
    intro: Prose | None = Field(None, description=say("opens each post"))
    hero: Fotolife | None = Field(None, description=say("picture at the head of each post, on Hatena Fotolife"))
    hero_image: Image | None = Field(None, description=say("the same picture as a file, for the pages"))
    url: Url | None = Field(None, description=say("where build/log/ is published"))
    numbers: dict[IsoWeek, Whole] = Field(
        default_factory=dict, description=say("where a week was skipped, the number from that week on")
    )
    front_matter: OneOf["blogsync"] | None = Field(
        None, description=say("posts for Hatena Blog begin with that of blogsync")
    )


class Sheet(Strict):
    """How the sheet is printed."""

    paper: OneOf["A4", "A3", "A5", "B4", "B5", "Letter"] = Field("A4", description=say("B4 and B5 are those of JIS"))
    orientation: OneOf["landscape", "portrait"] = Field("landscape", description=say("how the page lies"))
    columns: Count | None = Field(None, description=say("columns of a page; they must be 80 mm wide or wider"))
    pages: Count | None = Field(None, description=say("the most pages; letters are as large as these allow"))
    smallest: Letters | None = Field(None, description=say("the least size of letters in pt: 7 or more"))


class Exam(Strict):
    """The real exam, by which a mock exam is made of the choices."""

    questions: Count = Field(description=say("questions of an exam"))
    minutes: Count = Field(description=say("time for all of them"))


class Deck(Strict):
    """`deck.yaml`: what the deck is."""

    format: Format = Field(description=say("version of the format"))
    key: FileKey = Field(description=say("identity of the deck, which never changes; names the outputs"))
    title: Literal = Field(description=say("the deck in Anki; topics are its subdecks"))
    language: LanguageTag = Field(
        Language("ja"),
        json_schema_extra={"default": "ja"},
        description=say("of the notes, and of what hitoe itself says on them"),
    )
    math: Flag = Field(False, description=say("texts have formulas in TeX: `$x^2$`"))
    description: Prose | None = Field(None, description=say("shown by Anki below the deck's title"))
    domains: dict[Key, Domain] = Field(default_factory=dict, description=say("parts of an exam"))
    series: Series | None = Field(None, description=say("the series of posts that the weekly logs belong to"))
    review_after: Whole | None = Field(None, description=say("days after which a `checked:` date is old"))
    exam_date: Day | None = Field(None, description=say("the day of the exam, for `hitoe progress`"))
    new_per_day: Count = Field(20, description=say("new cards that a learner begins in a day, as set in Anki"))
    exam: Exam | None = Field(None, description=say("how many questions and minutes the real exam has"))
    sheet: Sheet = Field(default_factory=Sheet, description=say("paper, columns and letters"))
    allow: Allow = Field(default_factory=dict)
    report: ReportAddress | None = Field(
        None, description=say("where learners report mistakes: `https://…?deck={deck}&card={path}`")
    )
    version: Literal | None = Field(None, description=say("stands on each page of the sheet"))

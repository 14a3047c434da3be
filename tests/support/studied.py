"""A collection that was studied for a while, with notes of every stock type and of a type of its own."""

from pathlib import Path
from random import Random

from anki.collection import Collection

from support import foreign
from support.anki_engine import study
from support.learner import Learner

SHAPES = (
    "{{c1::image-occlusion:rect:left=.1:top=.2:width=.3:height=.4:oi=1}}<br>"
    "{{c2::image-occlusion:rect:left=.5:top=.2:width=.2:height=.1:oi=1}}<br>"
)
HOSTILE = (
    "  begins with spaces",
    "ends with a space ",
    "\n\nlines\n  indented\n\n",
    "tab\there",
    "\r\nwindows\r\n",
    "a: b # c",
    "- item",
    "'single' \"double\"",
    "back\\slash \\( x^2 \\) [latex]$y$[/latex]",
    "line\u2028separator\u2029\x85end",
    "zero\u200bwidth\ufeff no-break\xa0space",
    "bell\x07escape\x1bdelete\x7f",
    '<div dir="rtl">שלום &amp; مرحبا</div>',
    "😀 𠮷 &nbsp;&lt;b&gt;",
    "%YAML 1.2\n---\n...",
    "~",
    "null",
    "0012",
    "{{notacloze}} {{c1:x}} {a: b}",
    "<b>x</b>\n   \n\t<i>y</i>",
    "TODO and title: x\n    tags: y",
    "*&!|>@`",
    "<script>if (a < b && c) { alert('x') }</script>",
    "か\u3099".replace("か\u3099", "が"),
    "`code` **not bold** _x_",
)
"""Texts that a writer of YAML can get wrong."""


def own_type(col: Collection) -> None:
    """Add a note type with three templates, of which two have conditions, and with settings of fields."""
    model = col.models.new("Vocabulary: 語彙 {x}".replace("{x}", "x"))
    for name in ("Word", "Meaning (意味)", "Example", "Audio", "Switch"):
        field = col.models.new_field(name)
        field["rtl"], field["font"], field["size"] = name == "Example", "Noto Sans", 24
        for setting in ("sticky", "plainText", "collapsed", "excludeFromSearch", "preventDeletion"):
            field[setting] = name == "Switch"
        field["description"] = "what, it: is" if name == "Word" else ""
        col.models.add_field(model, field)
    sides = (
        ("{{Word}}{{Audio}}", '{{FrontSide}}<hr id="answer">{{Meaning (意味)}}<br>{{Example}}'),
        ("{{#Switch}}{{Meaning (意味)}}{{/Switch}}", "{{Word}}"),
        ("\n  {{^Switch}}{{type:Example}}{{/Switch}}\n\n", "{{hint:Meaning (意味)}}\t{{tts ja_JP:Word}}"),
    )
    for number, (front, back) in enumerate(sides):
        template = col.models.new_template(f"Card: {number + 1}")
        template["qfmt"], template["afmt"], template["bqfmt"] = front, back, "{{Word}}" * number
        template["bfont"], template["bsize"] = ("Noto Serif", 12) if number else ("", 0)
        col.models.add_template(model, template)
    model["css"] = '@font-face { font-family: x; src: url("_x.ttf") }\n.card { background: url(_back.png) }\n'
    model["sortf"], model["latexsvg"] = 1, True
    col.models.add(model)


def fill(col: Collection) -> None:
    """Add notes of all types, with media, tags and nested decks."""
    own_type(col)
    for name in ("cell (1).png", "犬.png", "_back.png", "unused.png"):
        foreign.picture(col, name)
    foreign.sound(col, "dog & cat.mp3")
    (Path(col.media.dir()) / "_x.ttf").write_bytes(b"no font")
    decks = ("生物", "生物::細胞", "Languages::French::Verbs", "Other")
    for number, text in enumerate(HOSTILE):
        fields = {"Front": f"{number} {text}" if number % 2 else f"{text}{number}", "Back": text}
        foreign.add(col, "Basic", fields, deck=decks[number % 4], tags=["a::b", "x"])
    picture = '<img src="cell (1).png"><img src=犬.png>[sound:dog &amp; cat.mp3]<img src="gone.png">'
    for number in range(3):
        front = {"Front": f"cat {number}", "Back": picture}
        foreign.add(col, "Basic (and reversed card)", front, deck="生物::細胞", tags=["日本", "marked"])
        foreign.add(col, "Basic (optional reversed card)", {**front, "Add Reverse": "y" * (number % 2)}, deck="生物")
        foreign.add(col, "Basic (type in the answer)", {"Front": f"hen {number}", "Back": "鶏"}, deck="Other")
        cloze = "The {{c2::owl::who?}} is {{c1::a {{c3::<b>bird</b>}}}}" + "." * number
        foreign.add(
            col, "Cloze", {"Text": cloze, "Back Extra": "{{c7::}}hoo &amp; hoo"}, deck="Languages::French::Verbs"
        )
        shapes = {"Occlusion": SHAPES, "Image": '<img src="cell (1).png">', "Header": f"Cell {number}"}
        foreign.add(col, "Image Occlusion", shapes, deck="生物::細胞")
        values = {
            "Word": f"chien {number}",
            "Meaning (意味)": "犬 < 狼",
            "Example": "<i>Le chien</i>",
            "Switch": "1" * (number % 2),
        }
        foreign.add(col, "Vocabulary: 語彙 x", values, deck="Languages::French::Verbs", tags=["fr"])


def studied(col: Collection, seed: int = 1) -> None:
    """Fill a collection and study it: reviews, lapses, flags, suspended and buried cards, cards in other decks."""
    fill(col)
    study(col, 25)
    learner = Learner(col, Random(seed))
    for act in (learner.review, learner.bring_forward, learner.flag, learner.suspend, learner.bury, learner.move):
        act()
    learner.review()

"""Rules about what is asked."""

import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from hitoe.lints.cards import OPEN, Card, prose
from hitoe.lints.findings import Finding

POINTING = re.compile(
    r"(?:これ(?!まで|から)|それ(?!ぞれ)|あれ|ここ(?!数)|そこ|あそこ|こちら|そちら|この(?!ほど|ごろ)|その(?!他|ほか|まま|場)|あの"
    r"|こうした|そうした|このよう|そのよう|同サービス|前者|後者|上記|上述|前述)"
    r"|(?:This|These|That|Those|It|They|He|She|The (?:former|latter|above))\b(?!-)"
)
"""Words at the beginning that point at something said before."""

KINDS = (r"\u30a0-\u30ff", r"\u3400-\u9fff々", r"A-Za-z0-9_.%$")
"""Scripts in which letters of one kind make one word: katakana, kanji, Latin letters and digits."""


def same_question(cards: Sequence[Card]) -> Iterator[Finding]:
    """Two items ask the same and want different answers.

    Wozniak (1999), rule 11, combat interference: items must be as unambiguous as possible, for similar ones push each
    other out of memory. Matuschak (2020): prompts should be precise about what they ask for.
    """
    first: dict[str, Card] = {}
    for card in cards:
        other = first.setdefault(_bare(card.question), card)
        if _bare(other.said) != _bare(card.said):
            yield Finding(
                card,
                card.asked,
                f"the question fits '{other.placed.key}.{other.key}' too, whose answer is another: "
                "say in both what tells them apart",
            )


def given_away(cards: Sequence[Card]) -> Iterator[Finding]:
    """What is to be recalled can be read off the question or the hint.

    Matuschak (2020): prompts should be effortful, so that the answer is retrieved from memory and not inferred; his
    working notes warn of questions that imply their own answer. Wozniak (1999), rule 5: a cloze hides the answer.
    """
    for card in cards:
        hints = [hint.plain for hint in (card.item.hint,) if hint]
        if card.blank is not None:
            hints += [card.question.removeprefix(card.shown or "")]
            if any(_stands(answer, card.shown or "") for answer in card.blank.split(" / ")):
                yield Finding(
                    card,
                    card.asked,
                    f"the blank's answer '{card.blank}' stands elsewhere in the sentence: reword it, "
                    "or give both places one number",
                )
        if any(_stands(answer, hint) for answer in card.said.split(" / ") for hint in hints):
            yield Finding(card, card.asked, f"the hint holds the answer '{card.said}': hint at it in other words")


def pointing_word(cards: Sequence[Card]) -> Iterator[Finding]:
    """A question begins with a word for something that is not on the card.

    Wozniak (1999), rule 16, context cues simplify wording: a card comes without its neighbours, so it must name its
    subject. Matuschak (2020): prompts should be precise; a vague question gets a vague answer.
    """
    told = set()
    for card in cards:
        place = (card.placed.file, card.asked)
        if card.lead and place not in told and (found := POINTING.match(prose(card.lead))):
            told.add(place)
            yield Finding(card, card.asked, f"'{found[0]}' points at nothing on the card: name what it stands for")


def _bare(text: str) -> str:
    """Return a text without what makes no difference to a reader: forms of letters, spaces, the sign at the end."""
    return re.sub(r"\s", "", normalize("NFKC", text)).rstrip("?。.は:")


def _stands(answer: str, text: str) -> bool:
    """Tell whether an answer stands in a text as words of its own."""
    answer, text = normalize("NFKC", answer).strip(), normalize("NFKC", text)
    if not answer or not text:
        return False
    before, after = (_same_kind(letter) for letter in (answer[0], answer[-1]))
    ahead = f"(?<![{before}])" if before else ""
    behind = f"(?![{after}])" if after else ""
    return re.search(f"{ahead}{re.escape(answer)}{behind}", text.replace(OPEN, " "), re.IGNORECASE) is not None


def _same_kind(letter: str) -> str:
    return next((kind for kind in KINDS if re.match(f"[{kind}]", letter)), "")

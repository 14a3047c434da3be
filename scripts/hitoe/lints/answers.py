"""Rules about what must be recalled."""

import re
from collections.abc import Iterator, Sequence

from hitoe.lints.cards import SPAN, Card, prose
from hitoe.lints.findings import Finding
from hitoe.schema import Table
from hitoe.text import Bullets, Numbers, Text

LONGEST = 40
"""Letters of an answer; code spans count as they are read, signs of Markdown and spaces do not count."""

FEWEST_MEMBERS = 3
LONGEST_MEMBER = 20

ASIDE = re.compile(r"\([^()]*\)|「[^「」]*」|『[^『』]*』")
STOP = re.compile(r"[。!?;](?=\s*[^\s。!?;])|[.](?=\s+[A-Z\u3040-\u9fff])")
SEPARATORS = (
    re.compile(r"\s*・\s*"),
    re.compile(r"\s*、\s*(?:と|や|および|または)?"),
    re.compile(r"\s+/\s+"),
    re.compile(r",\s+(?:and\s+|or\s+)?|\s+(?:and|or)\s+"),
)
JOINERS = re.compile(r"(?<=[^\u3040-\u309f])(?:と|や|および|または)(?=[^\u3040-\u309f])")
CLAUSE = re.compile(r"[はがを]|なら")
UNFINISHED = re.compile(rf"[\u3041-\u3096]$|{CLAUSE.pattern}")
"""Ends in hiragana, or has a particle that makes a clause: no member of a list."""

YES_NO = re.compile(
    r"はい|いいえ|できる|できない|(?:不)?可能?|ある|ない|あり|なし|必要|不要|正しい|正しくない|誤り|[真偽○×〇✕✓]"
    r"|yes|no|true|false|(?:im)?possible|required|optional",
    re.IGNORECASE,
)
OPEN_END = re.compile(r"など|ナド|\betc\b|\band so (?:on|forth)\b|\band others\b", re.IGNORECASE)


def long_answer(cards: Sequence[Card]) -> Iterator[Finding]:
    """An answer is so long that it is recalled differently each time.

    Wozniak, "Effective learning: Twenty rules of formulating knowledge" (1999), rule 4, minimum information principle:
    the answer shall be as short as imaginably possible; rule 12, optimize wording.
    """
    for card in cards:
        if card.answer and (letters := len(re.sub(r"\s", "", card.said))) > LONGEST:
            yield Finding(
                card,
                card.answered,
                f"an answer of {letters} letters, more than {LONGEST}: keep what must be recalled, "
                "and move the rest into the question, `extra:` or an item of its own",
            )


def several_facts(cards: Sequence[Card]) -> Iterator[Finding]:
    """An answer is several sentences, of which some are remembered and some are not.

    Wozniak (1999), rule 4, minimum information principle: a complex item is to be split into simple ones. Matuschak,
    "How to write good prompts" (2020): prompts should be focused, on one detail at a time.
    """
    for card in cards:
        if card.answer and STOP.search(ASIDE.sub("", prose(card.answer))):
            yield Finding(
                card,
                card.answered,
                "several sentences in one answer: make an item of each, or move all but the first into `extra:`",
            )


def recalled_list(cards: Sequence[Card]) -> Iterator[Finding]:
    """An answer lists things that stand in no order, or in an order that nothing asks for.

    Wozniak (1999), rule 9, avoid sets, and rule 10, avoid enumerations: they are among the hardest to remember, and
    overlapping clozes are easier. Matuschak (2020) on lists: a cloze that leaves out one member at a time.
    """
    for card in cards:
        if card.answer and (members := _members(card.answer)) >= FEWEST_MEMBERS:
            yield Finding(
                card,
                card.answered,
                f"an answer that lists {members} things: make it a `table:`, `steps:`, "
                "or a `cloze:` with a number for each",
            )


def yes_no(cards: Sequence[Card]) -> Iterator[Finding]:
    """An answer that a coin would get right every other time.

    Matuschak (2020): questions that ask for yes or no take less effort and lead to shallow understanding; ask for what
    is true instead. A column of a table counts only where all that it asks is yes or no.
    """
    columns: dict[tuple[str, tuple[str | int, ...], str], list[Card]] = {}
    for card in cards:
        if card.column is not None and isinstance(card.item, Table):
            columns.setdefault((*card.home, card.column), []).append(card)
        elif card.answer and _binary(card.answer):
            yield Finding(
                card, card.answered, f"「{card.said}」 is a coin toss: ask what, how many or which instead of whether"
            )
    for asked in columns.values():
        if all(card.answer and _binary(card.answer) for card in asked):
            yield Finding(
                asked[0],
                asked[0].answered,
                f"column '{asked[0].column}' asks for yes or no in every row: "
                "write what is true of each, or leave it unasked with `ask: none`",
            )


def open_end(cards: Sequence[Card]) -> Iterator[Finding]:
    """An answer ends in "and so on", so that nobody can tell whether it was recalled.

    Matuschak (2020): prompts should be precise and produce consistent answers; an open list is no answer, and is asked
    by its instances or for examples. Wozniak (1999), rule 9, avoid sets.
    """
    for card in cards:
        if card.answer and (found := OPEN_END.search(prose(card.answer))):
            yield Finding(
                card,
                card.answered,
                f"'{found[0]}' leaves the answer open: name all that is asked for, or ask for one that is named",
            )


def _binary(answer: Text) -> bool:
    return YES_NO.fullmatch(ASIDE.sub("", prose(answer)).strip(" 。.")) is not None


def _members(answer: Text) -> int:
    """Return how many things an answer lists; 0 for one that is no list."""
    for node in answer.blocks:
        if isinstance(node, Bullets | Numbers):
            return len(node.items)
    said = ASIDE.sub("", prose(answer)).replace(SPAN, "X").rstrip("。. ")
    return max(_listed(separator.split(said)) for separator in SEPARATORS)


def _listed(parts: list[str]) -> int:
    """Return how many members the parts of an answer are; 0 when they are clauses and not members."""
    if len(parts) < FEWEST_MEMBERS - 1:
        return 0
    *front, last = (part.strip() for part in parts)
    members = [*front, *([last] if CLAUSE.search(last) else JOINERS.split(last))]
    if any(not part or len(part) > LONGEST_MEMBER or UNFINISHED.search(part) for part in members[:-1]):
        return 0
    return len(members)

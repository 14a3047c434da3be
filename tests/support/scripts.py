"""Random words of many scripts, in which each character is followed by what may follow it."""

from unicodedata import category

from hypothesis import strategies as st

RANGES: dict[str, tuple[tuple[int, int], ...]] = {
    "latin": ((0x41, 0x5A), (0x61, 0x7A), (0xC0, 0x24F), (0x1E00, 0x1EFF), (0xFB00, 0xFB06)),
    "ipa": ((0x250, 0x2FF), (0x1D00, 0x1DBF)),
    "greek": ((0x370, 0x3FF), (0x1F00, 0x1FFF)),
    "cyrillic": ((0x400, 0x52F),),
    "armenian": ((0x531, 0x556), (0x561, 0x587)),
    "hebrew": ((0x5B0, 0x5BC), (0x5D0, 0x5EA), (0xFB1D, 0xFB4E)),
    "arabic": ((0x620, 0x652), (0x66E, 0x6D3), (0x6F0, 0x6F9), (0xFE70, 0xFEFC)),
    "devanagari": ((0x901, 0x94D), (0x958, 0x96F)),
    "bengali": ((0x981, 0x9E3),),
    "tamil": ((0xB82, 0xBCD),),
    "thai": ((0xE01, 0xE3A), (0xE40, 0xE5B)),
    "lao": ((0xE81, 0xEDF),),
    "tibetan": ((0xF40, 0xF84),),
    "georgian": ((0x10A0, 0x10FF), (0x1C90, 0x1CBF)),
    "ethiopic": ((0x1200, 0x137C),),
    "khmer": ((0x1780, 0x17D3),),
    "mongolian": ((0x1820, 0x1878), (0x180B, 0x180E)),
    "hangul": ((0xAC00, 0xD7A3), (0x1100, 0x11FF), (0x3131, 0x318E)),
    "kana": ((0x3041, 0x3096), (0x3099, 0x309E), (0x30A1, 0x30FE), (0xFF66, 0xFF9F)),
    "kanji": ((0x3400, 0x9FFF), (0xF900, 0xFAD9), (0x20000, 0x2A6D6)),
    "chinese": ((0x4E00, 0x9FFF),),
    "signs": ((0x2070, 0x209C), (0x20A0, 0x20C0), (0x2100, 0x23FF), (0x2460, 0x27BF), (0x2900, 0x2BFF)),
    "letters of mathematics": ((0x1D400, 0x1D7FF),),
}
COMBINING = "".join(map(chr, (*range(0x300, 0x34F), *range(0x1AB0, 0x1AC0), *range(0x20D0, 0x20E0))))
EMOJI = [
    *"🙂🐙❤☀👍🏽🇯🇵",
    "❤\ufe0f",
    "👍🏽",
    "🇯🇵",
    "👩\u200d🚀",
    "👨\u200d👩\u200d👧",
    "1\ufe0f\u20e3",
    "🏴\u200d☠\ufe0f",
    "☺\ufe0e",
]
JOINERS = ["\u200c", "\u200d"]
ASSIGNED = {
    script: [
        chr(point)
        for first, last in ranges
        for point in range(first, last + 1)
        if category(chr(point)) not in ("Cn", "Co", "Zs", "Ps", "Pe", "Pi", "Pf", "Pd") and chr(point) != "・"
    ]
    for script, ranges in RANGES.items()
}


def _word(script: str) -> st.SearchStrategy[str]:
    """Return words of a script; where its letters are joined, with joiners among them."""
    signs = st.sampled_from(ASSIGNED[script])
    joined = script in ("arabic", "devanagari", "bengali", "tamil", "khmer", "mongolian")
    return st.lists(signs | st.sampled_from(JOINERS) if joined else signs, min_size=1, max_size=8).map("".join)


accented = st.lists(
    st.tuples(st.sampled_from("aeiouxnAɔαωиあ漢한1∑"), st.text(COMBINING, max_size=2)),
    min_size=1,
    max_size=4,
).map(lambda letters: "".join(letter + marks for letter, marks in letters))
words = st.one_of(*map(_word, RANGES), accented, st.lists(st.sampled_from(EMOJI), min_size=1, max_size=3).map("".join))
"""A word of any of the scripts."""
phrases = st.lists(words, min_size=1, max_size=3).map(" ".join)
"""Words of up to three scripts with spaces between them."""

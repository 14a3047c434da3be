"""Numbers that stand in a line or in a picture: in circles as far as fonts have them, larger ones in brackets."""

CIRCLED = "⓪" + "".join(map(chr, (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0))))


def mark(number: int) -> str:
    """Return a number from 0 on."""
    return CIRCLED[number] if number < len(CIRCLED) else f"({number})"

"""Takes the tokens of a formula in TeX, one after the other."""

import re

from hitoe.messages import WrongValueError

LEARN, LEARNT = "\x02", "\x03"
"""Around what is to be learned within a formula."""
TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|[0-9]+(?:\.[0-9]+)?|'+|\s+|.", re.S)


class TexError(WrongValueError):
    """A formula that cannot be printed everywhere; the message says how to correct it."""


class TokenReader:
    """A formula, and how far it has been read."""

    def __init__(self, tex: str) -> None:
        self.tex = tex
        self.at = 0

    def shown(self) -> str:
        """Return the formula as its author wrote it."""
        return self.tex.replace(LEARN, "").replace(LEARNT, "")

    def peek(self) -> str:
        """Return the next token that is not a space, without taking it; empty at the end."""
        while (match := TOKEN.match(self.tex, self.at)) and match[0].isspace():
            self.at = match.end()
        return match[0] if match else ""

    def take(self) -> str:
        """Take the next token that is not a space; empty at the end."""
        token = self.peek()
        self.at += len(token)
        return token

    def expect(self, token: str, opened: str) -> None:
        """Take a token that closes what was opened."""
        if self.take() != token:
            raise TexError(
                "'{opened}' is never closed in {shown}: add '{token}'",
                opened=opened,
                shown=self.shown(),
                token=token,
            )

    def match(self, pattern: re.Pattern[str], message: str) -> re.Match[str]:
        """Take what a pattern matches here; the message says what is missing otherwise."""
        if found := pattern.match(self.tex, self.at):
            self.at = found.end()
            return found
        raise TexError(message)

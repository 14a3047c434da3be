"""Reads a card's HTML as a browser shows it: the text of each element, white space folded but in code blocks."""

import re
from html.parser import HTMLParser

VOID = frozenset({"br", "hr", "img", "input"})
SPACE = " \t\n\r\f"


class Page(HTMLParser):
    """`texts` holds, as `tag.class`, what each element says; `wrong`, tags that close nothing or are never closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str, list[str]]] = []
        self.texts: list[tuple[str, str]] = []
        self.wrong: list[str] = []
        self.feed(re.sub(r"<style.*?</style>", "", html, flags=re.S))
        self.close()
        self.wrong += [tag for tag, _, _ in self.open] + ([self.rawdata] if self.rawdata else [])

    def all(self, name: str) -> list[str]:
        """Return the texts of all elements of a name such as `div.answer`, in reading order of their ends."""
        return [text for known, text in self.texts if known == name]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            self.say("\n")
        else:
            self.open.append((tag, dict(attrs).get("class") or "", []))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            self.wrong.append(f"/{tag}")
            return
        _, classes, said = self.open.pop()
        text = "".join(said)
        if tag != "pre":
            self.texts.append((f"{tag}.{classes}" if classes else tag, folded(text)))
        else:
            self.texts.append((tag, text))
        if self.open:
            self.say(text)

    def handle_data(self, data: str) -> None:
        self.say(data)

    def say(self, data: str) -> None:
        if self.open:
            self.open[-1][2].append(data)

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.wrong.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.wrong.append(f"<?{data}>")


def folded(text: str) -> str:
    """Fold white space as HTML does: the ASCII kinds become one space, and none stands at an end."""
    return re.sub(f"[{SPACE}]+", " ", text).strip(SPACE)
